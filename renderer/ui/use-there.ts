import { useState } from 'react';

/**
 * What opens is there from its first opening until its closing has been seen to its end, and not before: closed, it would still be drawn anew with
 * everything around it.
 */
export function useThere(isOpen: boolean): { readonly isThere: boolean; onOpenChangeComplete(isOpen: boolean): void } {
  const [wasOpened, setWasOpened] = useState(isOpen);
  if (isOpen && !wasOpened) setWasOpened(true);
  return { isThere: isOpen || wasOpened, onOpenChangeComplete: (open) => open || setWasOpened(false) };
}
