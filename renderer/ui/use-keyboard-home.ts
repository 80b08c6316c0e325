import { type RefObject, useEffect } from 'react';

/** After what was closed has given the keyboard back, or has gone with it. */
const restMs = 60;
/** A page whose code is still to come is there within these; afterwards nobody is waited for. */
const mostWaits = 30;

/**
 * Where nothing has the keyboard any more, because what had it was closed or replaced, this element has it: the next Tab goes on from
 * here and not from the top of the window. Asked whenever `when` changes; takes it from nothing that has it.
 */
export function useKeyboardHome(home: RefObject<HTMLElement | null>, when: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says when
  useEffect(() => {
    let left = mostWaits;
    const look = () => {
      left -= 1;
      if (home.current === null && left > 0) {
        timer = setTimeout(look, restMs);
        return;
      }
      const active = document.activeElement;
      const isLost = active === null || active === document.body || active.closest('[data-closed], [data-ending-style]') !== null;
      if (isLost) home.current?.focus({ preventScroll: true });
    };
    let timer = setTimeout(look, restMs);
    return () => clearTimeout(timer);
  }, [home, when]);
}
