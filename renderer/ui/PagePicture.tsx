import { useEffect, useRef, useState } from 'react';
import type { PageSource } from './page-source.ts';
import { classes } from './tone.ts';

interface PagePictureProps {
  readonly source: PageSource;
  readonly index: number;
  readonly page: { readonly width: number; readonly height: number };
  /** Of the page before it is turned. */
  readonly width: number;
  /** Quarters of a circle, clockwise. */
  readonly turns: number;
  readonly words: { readonly broken: string; readonly page: (number: number) => string };
  /** Of a list of pages, which is named by its buttons. */
  readonly isSmall?: boolean;
}

/** Pages are drawn in few widths, so that a window that grows does not have them all drawn anew. */
const widths = [200, 480, 960, 1440, 1920, 2560, 3840] as const;

/** One page: its room at once, its picture when it comes near the view. Sharper where it is looked at closely; until then what is there stays. */
export function PagePicture({ source, index, page, width, turns, words, isSmall = false }: PagePictureProps) {
  const box = useRef<HTMLSpanElement>(null);
  const isNear = useNear(box);
  const dots = width * globalThis.devicePixelRatio;
  const drawnWidth = widths.find((each) => each >= dots) ?? 3840;
  const [url, setUrl] = useState<string | null>(null);
  const [isBroken, setIsBroken] = useState(false);
  const made = useRef<string | null>(null);

  useEffect(() => {
    if (!isNear) return;
    let isWanted = true;
    const put = (picture: Blob | null) => {
      if (!isWanted) return;
      if (made.current) URL.revokeObjectURL(made.current);
      made.current = picture && URL.createObjectURL(picture);
      setUrl(made.current);
      setIsBroken(picture === null);
    };
    source.draw(index, drawnWidth).then(put, () => put(null));
    return () => {
      isWanted = false;
    };
  }, [source, index, drawnWidth, isNear]);
  // Far from the view its picture costs nothing.
  useEffect(() => {
    if (isNear) return;
    if (made.current) URL.revokeObjectURL(made.current);
    made.current = null;
    setUrl(null);
  }, [isNear]);
  useEffect(
    () => () => {
      if (made.current) URL.revokeObjectURL(made.current);
    },
    [],
  );

  const height = Math.round((width * page.height) / page.width);
  const isTurned = turns % 2 === 1;
  return (
    <span
      ref={box}
      className={classes('page-picture', isSmall && 'page-picture-small')}
      style={isTurned ? { width: height, height: width } : { width, height }}
    >
      {url ? (
        <img src={url} alt={isSmall ? '' : words.page(index + 1)} style={{ width, height, rotate: `${turns * 90}deg` }} draggable={false} />
      ) : isBroken && !isSmall ? (
        <span className="page-broken small">{words.broken}</span>
      ) : null}
    </span>
  );
}

function useNear(box: { readonly current: HTMLElement | null }): boolean {
  const [isNear, setIsNear] = useState(typeof IntersectionObserver === 'undefined');
  useEffect(() => {
    const element = box.current;
    if (!element || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver((entries) => setIsNear(entries.at(-1)?.isIntersecting ?? false), { rootMargin: '600px 0px' });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return isNear;
}
