import { type ReactNode, useId } from 'react';
import { useSettings } from './form.ts';
import { factsIn } from './words.ts';

/** The facts that there are: a list for the screen, and its id for the fields that choose from it. */
export function useFactList(): { readonly id: string; readonly list: ReactNode } {
  const { flow, names } = useSettings();
  const id = useId();
  const list = (
    <datalist id={id}>
      {factsIn(flow, names.references).map((fact) => (
        <option key={fact} value={fact} />
      ))}
    </datalist>
  );
  return { id, list };
}
