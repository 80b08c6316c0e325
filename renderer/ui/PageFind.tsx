import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { classes } from './tone.ts';

interface PageFindProps {
  readonly find: (words: string) => Promise<readonly number[]>;
  readonly words: { readonly find: string; readonly notFound: string };
  readonly current: number;
  onFound(index: number): void;
}

/** Looks for words in a document: Enter goes to the next page that has them, Shift Enter to the one before, and round at the end. */
export function PageFind({ find, words, current, onFound }: PageFindProps) {
  const [text, setText] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const latest = useRef(0);
  const asked = useRef('');

  async function search(isBack: boolean): Promise<void> {
    const ask = ++latest.current;
    const wanted = text.trim();
    if (wanted === '') return;
    const pages = await find(wanted).catch(() => []);
    if (ask !== latest.current) return;
    // The first search may stay on the page that one looks at.
    const isFirst = asked.current !== wanted;
    asked.current = wanted;
    const next = isBack
      ? (pages.findLast((page) => page < current) ?? pages.at(-1))
      : (pages.find((page) => (isFirst ? page >= current : page > current)) ?? pages[0]);
    setIsMissing(next === undefined);
    if (next !== undefined) onFound(next);
  }

  return (
    <span className={classes('page-find', isMissing && 'page-find-missing')}>
      <Search className="icon text-3" aria-hidden="true" />
      <input
        type="search"
        className="small"
        value={text}
        aria-label={words.find}
        placeholder={words.find}
        aria-invalid={isMissing || undefined}
        onChange={({ target }) => {
          setText(target.value);
          setIsMissing(false);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.stopPropagation();
          void search(event.shiftKey);
        }}
      />
      <span className="small tone-broken nowrap" role="status">
        {isMissing ? words.notFound : null}
      </span>
    </span>
  );
}
