import { type RefObject, useEffect } from 'react';

/** After what was closed has given the keyboard back, or has gone with it. */
const restMs = 60;

/**
 * Where nothing has the keyboard any more, because what had it was closed or replaced, this element has it: the next Tab goes on from
 * here and not from the top of the window. Asked whenever `when` changes; takes it from nothing that has it.
 */
export function useKeyboardHome(home: RefObject<HTMLElement | null>, when: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says when
  useEffect(() => {
    const timer = setTimeout(() => {
      const active = document.activeElement;
      const isLost = active === null || active === document.body || active.closest('[data-closed], [data-ending-style]') !== null;
      if (isLost) home.current?.focus({ preventScroll: true });
    }, restMs);
    return () => clearTimeout(timer);
  }, [home, when]);
}
