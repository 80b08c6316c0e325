import { type RefObject, useEffect } from 'react';

const restMs = 60;
/** What was closed has given the keyboard back within these, and a page whose code was still to come is there. */
const mostLooks = 30;

/**
 * Where nothing has the keyboard any more, because what had it was closed or replaced, this element has it: the next Tab goes on from
 * here and not from the top of the window. Looked after for a moment whenever `when` changes; takes it from nothing that has it.
 */
export function useKeyboardHome(home: RefObject<HTMLElement | null>, when: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says when
  useEffect(() => {
    let left = mostLooks;
    const look = () => {
      left -= 1;
      const active = document.activeElement;
      const isLost = active === null || active === document.body || active.closest('[data-closed], [data-ending-style]') !== null;
      if (isLost && home.current) home.current.focus({ preventScroll: true });
      else if (left > 0) timer = setTimeout(look, restMs);
    };
    let timer = setTimeout(look, restMs);
    return () => clearTimeout(timer);
  }, [home, when]);
}
