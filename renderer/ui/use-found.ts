import { type ChangeEvent, useEffect, useState } from 'react';

export interface Typed {
  /** As it stands in the field. */
  readonly value: string;
  /** The same without what an input method is still composing: what may be looked for. */
  readonly settled: string;
  set(value: string): void;
  /** For the field itself. */
  readonly field: {
    readonly value: string;
    onChange(event: ChangeEvent<HTMLInputElement>): void;
    onCompositionStart(): void;
    onCompositionEnd(event: { readonly currentTarget: HTMLInputElement }): void;
  };
}

/** A field of text that knows of input methods: letters on their way to characters are shown and not yet meant. */
export function useTyped(first = ''): Typed {
  const [value, setValue] = useState(first);
  const [settled, setSettled] = useState(first);
  const [isComposing, setIsComposing] = useState(false);
  const set = (next: string) => {
    setValue(next);
    setSettled(next);
  };
  return {
    value,
    settled,
    set,
    field: {
      value,
      onChange({ target, nativeEvent }) {
        setValue(target.value);
        if (!isComposing && !(nativeEvent as InputEvent).isComposing) setSettled(target.value);
      },
      onCompositionStart: () => setIsComposing(true),
      onCompositionEnd({ currentTarget }) {
        setIsComposing(false);
        set(currentTarget.value);
      },
    },
  };
}

export interface Found<Item> {
  readonly items: readonly Item[];
  /** `asking`: what is shown was found for an earlier text. */
  readonly phase: 'nothing' | 'asking' | 'found' | 'failed';
}

const nothing = { items: [], phase: 'nothing' } as const;

/**
 * Results as one types: asks when the fingers rest, keeps the last results until there are new ones, and drops an answer to what is no
 * longer asked. `find` answers null when it could not ask; it must stay the same function from one drawing to the next.
 */
export function useFound<Item>(find: (text: string) => Promise<readonly Item[] | null>, text: string, restMs = 120): Found<Item> {
  const [found, setFound] = useState<Found<Item>>(nothing);
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === '') {
      setFound(nothing);
      return;
    }
    let isWanted = true;
    setFound((before) => ({ items: before.items, phase: 'asking' }));
    const timer = setTimeout(() => {
      void find(wanted).then((items) => {
        if (isWanted) setFound(items === null ? { items: [], phase: 'failed' } : { items, phase: 'found' });
      });
    }, restMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [find, wanted, restMs]);
  return found;
}
