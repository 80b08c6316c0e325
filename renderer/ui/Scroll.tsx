import { type ReactNode, startTransition, useEffect, useRef, useState } from 'react';

/**
 * A piece of a very long list. Far from the view it is an empty box of the height it had, so that a list of ten thousand entries costs what
 * the visible ones cost, and what is in between may have any height.
 */
export function LazyPiece({
  guessedHeight,
  children,
}: {
  readonly guessedHeight: number;
  /** Called only while it is near: what is far costs nothing. */
  readonly children: () => ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const height = useRef(guessedHeight);
  const [isNear, setIsNear] = useState(typeof IntersectionObserver === 'undefined');
  useEffect(() => {
    const element = box.current;
    if (!element || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1);
        if (!entry) return;
        if (!entry.isIntersecting && element.childElementCount > 0) height.current = element.offsetHeight;
        // What has the keyboard stays: it must not lose its place under the hands.
        if (entry.isIntersecting || !element.contains(document.activeElement)) startTransition(() => setIsNear(entry.isIntersecting));
      },
      { rootMargin: '800px 0px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} className="lazy-piece" style={isNear ? undefined : { height: height.current }}>
      {isNear ? children() : null}
    </div>
  );
}

/** Stands at the end of what has been loaded and says when it comes near the view. */
export function NearEnd({ onNear }: { onNear(): void }) {
  const mark = useRef<HTMLDivElement>(null);
  const told = useRef(onNear);
  told.current = onNear;
  useEffect(() => {
    const element = mark.current;
    if (!element || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && told.current(), {
      rootMargin: '600px 0px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return <div ref={mark} aria-hidden="true" />;
}
