import { type ReactNode, startTransition, useEffect, useState } from 'react';
import { afterPaint } from './after-paint.ts';

/**
 * What stands below the edge of most screens: rendered once what stands above it has been painted, and so is seen sooner by as much as the rest
 * takes. Give it a `key` that changes with what is shown.
 */
export function AfterPaint({ children }: { readonly children: ReactNode }) {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    let isHere = true;
    afterPaint(() => {
      if (isHere) startTransition(() => setIsDue(true));
    });
    return () => {
      isHere = false;
    };
  }, []);
  return isDue ? children : null;
}
