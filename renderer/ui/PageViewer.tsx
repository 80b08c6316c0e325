import { ChevronDown, ChevronUp, Download, RotateCw, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button, IconButton } from './Button.tsx';
import { PageFind } from './PageFind.tsx';
import { PagePicture } from './PagePicture.tsx';
import type { PageSource } from './page-source.ts';
import './page-viewer.css';

export interface PageViewerWords {
  /** What the document is called. */
  readonly name: string;
  readonly pages: string;
  readonly previous: string;
  readonly next: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fitWidth: string;
  readonly rotate: string;
  readonly save: string;
  readonly find: string;
  readonly notFound: string;
  /** Of a page that cannot be drawn. */
  readonly broken: string;
  readonly page: (number: number) => string;
  readonly pageOf: (number: number, count: number) => string;
}

export interface PageViewerProps {
  readonly source: PageSource;
  readonly words: PageViewerWords;
  onSave(): void;
}

/** Of the width that there is. */
const zooms = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;
const fits = zooms.indexOf(1);

/**
 * The pages of a document one under the other, at first as wide as there is room. PgUp and PgDn go from page to page, + and − zoom, 0 fits the width,
 * R turns. Only pages near the view are drawn; the room of the others is kept, so that nothing jumps.
 */
export function PageViewer({ source, words, onSave }: PageViewerProps) {
  const [zoom, setZoom] = useState<number>(fits);
  const [turns, setTurns] = useState(0);
  const [current, setCurrent] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const sheets = useRef<(HTMLElement | null)[]>([]);
  const room = useWidth(scroller);
  const { pages } = source;
  const isTurned = turns % 2 === 1;
  const width = Math.max(80, Math.floor(room * (zooms[zoom] ?? 1)));

  function goTo(index: number): void {
    const at = Math.min(pages.length - 1, Math.max(0, index));
    setCurrent(at);
    sheets.current[at]?.scrollIntoView?.({ block: 'start' });
  }

  /** The page that has the middle of the view, or the first that comes after it. */
  function lookWhere(): void {
    const view = scroller.current;
    if (!view) return;
    const middle = view.getBoundingClientRect().top + view.clientHeight / 2;
    const at = sheets.current.findIndex((sheet) => sheet !== null && sheet.getBoundingClientRect().bottom >= middle);
    if (at >= 0) setCurrent(at);
  }

  // What was in view stays in view when its size changes.
  const shown = useRef(current);
  shown.current = current;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sizes are what it answers to.
  useEffect(() => {
    sheets.current[shown.current]?.scrollIntoView?.({ block: 'start' });
  }, [zoom, turns]);

  const step = (by: number) => setZoom((now) => Math.min(zooms.length - 1, Math.max(0, now + by)));
  const keys: Readonly<Record<string, () => void>> = {
    PageDown: () => goTo(current + 1),
    PageUp: () => goTo(current - 1),
    Home: () => goTo(0),
    End: () => goTo(pages.length - 1),
    '+': () => step(1),
    '=': () => step(1),
    '-': () => step(-1),
    '0': () => setZoom(fits),
    r: () => setTurns((now) => (now + 1) % 4),
  };
  function pressed(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, key)) return;
    event.preventDefault();
    event.stopPropagation();
    keys[key]?.();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of what is within it.
    <div className="page-viewer" onKeyDown={pressed}>
      <div className="page-viewer-bar" role="toolbar" aria-label={words.name}>
        <IconButton
          icon={ChevronUp}
          label={words.previous}
          aria-keyshortcuts="PageUp"
          disabled={current === 0}
          onClick={() => goTo(current - 1)}
        />
        <IconButton
          icon={ChevronDown}
          label={words.next}
          aria-keyshortcuts="PageDown"
          disabled={current >= pages.length - 1}
          onClick={() => goTo(current + 1)}
        />
        <span className="small figures text-2 nowrap" role="status">
          {words.pageOf(current + 1, pages.length)}
        </span>
        <span className="page-viewer-gap" />
        <IconButton icon={ZoomOut} label={words.zoomOut} aria-keyshortcuts="-" disabled={zoom === 0} onClick={() => step(-1)} />
        <Button kind="quiet" size="small" className="figures page-viewer-zoom" title={words.fitWidth} onClick={() => setZoom(fits)}>
          {`${Math.round((zooms[zoom] ?? 1) * 100)}%`}
        </Button>
        <IconButton icon={ZoomIn} label={words.zoomIn} aria-keyshortcuts="+" disabled={zoom === zooms.length - 1} onClick={() => step(1)} />
        <IconButton icon={RotateCw} label={words.rotate} aria-keyshortcuts="R" onClick={keys.r} />
        <span className="page-viewer-gap" />
        {source.find ? <PageFind find={source.find} words={words} current={current} onFound={goTo} /> : null}
        <IconButton icon={Download} label={words.save} onClick={onSave} />
      </div>
      <div className="page-viewer-body">
        {pages.length > 1 ? (
          <nav className="page-thumbnails" aria-label={words.pages}>
            {pages.map((page, index) => (
              <button
                // biome-ignore lint/suspicious/noArrayIndexKey: pages have no other name, and keep their order.
                key={index}
                type="button"
                className="page-thumbnail"
                aria-label={words.page(index + 1)}
                aria-current={index === current ? 'page' : undefined}
                onClick={() => goTo(index)}
              >
                <PagePicture source={source} index={index} page={page} width={96} turns={turns} words={words} isSmall />
                <span className="micro figures">{index + 1}</span>
              </button>
            ))}
          </nav>
        ) : null}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <section className="page-sheets" ref={scroller} tabIndex={0} aria-label={words.name} onScroll={lookWhere}>
          {pages.map((page, index) => (
            <figure
              // biome-ignore lint/suspicious/noArrayIndexKey: pages have no other name, and keep their order.
              key={index}
              className="page-sheet"
              ref={(element) => {
                sheets.current[index] = element;
              }}
            >
              <PagePicture
                {...{ source, index, page, turns, words }}
                width={isTurned ? Math.round((width * page.width) / page.height) : width}
              />
            </figure>
          ))}
        </section>
      </div>
    </div>
  );
}

const padding = 32;

/** The room for a page within it; a guess where nothing is measured. */
function useWidth(box: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(720);
  useEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => setWidth(Math.max(120, element.clientWidth - padding)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
