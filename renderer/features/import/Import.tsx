import type { Stores } from '../../stores/index.ts';
import type { Action } from '../../ui/index.ts';
import type { ImportDeeds } from './deeds.ts';

export function Import(_props: {
  readonly stores: Stores;
  readonly deeds: ImportDeeds;
  readonly actions: Readonly<Record<string, Action>>;
}) {
  return null;
}
