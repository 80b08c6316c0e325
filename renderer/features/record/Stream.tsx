import { ChevronRight, Search, Star } from 'lucide-react';
import { memo, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { TimelineItem } from '../../../shared/contracts/contact.ts';
import type { ContactPage } from '../../../shared/contracts/record.ts';
import type { Recorded } from '../../../shared/contracts/recording.ts';
import { entrySigns, isSameDay, useText } from '../../i18n/index.ts';
import { type Stores, streamFilters } from '../../stores/index.ts';
import { Button, Chip, classes, LazyPiece, Marked, NearEnd, Segments, useTyped } from '../../ui/index.ts';
import type { RecordDeeds } from './deeds.ts';
import { Unfolded } from './Unfolded.tsx';

export interface StreamProps {
  readonly stores: Stores;
  readonly deeds: Pick<RecordDeeds, 'filterStream' | 'searchStream' | 'loadMore'>;
  readonly page: ContactPage;
  readonly now: number;
  caseFile(caseId: string): ReactNode;
  recordings(of: readonly Recorded[]): ReactNode;
  /** The way of a call through the IVR. */
  readonly path?: ((interactionId: string) => ReactNode) | undefined;
  readonly conversation?: ((conversationId: string) => ReactNode) | undefined;
}

const searchRestMs = 250;
const pieceSize = 10;
const entryHeight = 56;

/** Everything that ever happened with a customer, newest first; each entry opens in its place. */
export function Stream({ stores, deeds, page, now, caseFile, recordings, path, conversation }: StreamProps) {
  const { t } = useText();
  const { filter, text: asked, items, total, nextBefore, phase } = useStore(stores.record, (record) => record.stream);
  const typed = useTyped(asked);
  const [openIds, setOpenIds] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (id: string) =>
      setOpenIds((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );

  const wanted = typed.settled.trim();
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    const timer = setTimeout(() => deeds.searchStream(wanted), searchRestMs);
    return () => clearTimeout(timer);
  }, [wanted, deeds]);

  const lastPieces = useRef<Pieces>([]);
  const pieces = useMemo(() => inPieces(items, lastPieces.current), [items]);
  lastPieces.current = pieces;
  const isAnythingAsked = filter !== 'all' || asked !== '';
  return (
    <div className="stream">
      <div className="stream-head">
        <Segments
          label={t('timeline.filter')}
          value={filter}
          onChange={deeds.filterStream}
          segments={streamFilters.map((value) => ({ value, label: t(`record.stream.${value}`) }))}
        />
        <div className="field stream-search">
          <Search className="icon icon-small text-3" aria-hidden="true" />
          <input
            type="search"
            aria-label={t('record.stream.search')}
            placeholder={t('record.stream.search')}
            {...typed.field}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || typed.value === '') return;
              typed.set('');
              event.stopPropagation();
            }}
          />
        </div>
        <span className="small text-3 stream-count" role="status">
          {phase === 'loading' ? t('timeline.loading') : t('record.stream.count', { count: total })}
        </span>
      </div>
      {pieces.map((piece, index) => (
        <LazyPiece key={piece[0]?.id ?? index} guessedHeight={piece.length * entryHeight}>
          {() => (
            <Piece
              items={piece}
              before={pieces[index - 1]?.at(-1) ?? null}
              stores={stores}
              typed={asked}
              now={now}
              page={page}
              openIds={openIds}
              onToggle={toggle}
              caseFile={caseFile}
              recordings={recordings}
              path={path}
              conversation={conversation}
            />
          )}
        </LazyPiece>
      ))}
      {phase === 'ready' && items.length === 0 ? (
        <p className="text-2 stream-none">{isAnythingAsked ? t('timeline.nothing') : t('record.stream.empty')}</p>
      ) : null}
      {phase === 'failed' ? (
        <p className="row small stream-none">
          <span className="tone-broken">{t('timeline.failed')}</span>
          <Button size="small" onClick={deeds.loadMore}>
            {t('timeline.retry')}
          </Button>
        </p>
      ) : null}
      {phase === 'ready' && nextBefore !== null ? (
        <div className="stream-more">
          <NearEnd key={items.length} onNear={deeds.loadMore} />
          <Button size="small" onClick={deeds.loadMore}>
            {t('timeline.more')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

type Pieces = readonly (readonly TimelineItem[])[];

/** In lists of one size. Those that are full and have not changed stay the same lists, so that nothing of them is drawn again. */
export function inPieces(items: readonly TimelineItem[], before: Pieces): Pieces {
  return Array.from({ length: Math.ceil(items.length / pieceSize) }, (_, index) => {
    const from = index * pieceSize;
    const known = before[index];
    if (known?.length === pieceSize && known[0] === items[from] && known.at(-1) === items[from + pieceSize - 1]) return known;
    return items.slice(from, from + pieceSize);
  });
}

/** Entries of one month stand together, those of today by themselves. */
function isSameGroup(a: number, b: number, now: number): boolean {
  if (isSameDay(a, now) || isSameDay(b, now)) return isSameDay(a, b);
  const [first, second] = [new Date(a), new Date(b)];
  return first.getMonth() === second.getMonth() && first.getFullYear() === second.getFullYear();
}

interface PieceProps extends Pick<EntryProps, 'stores' | 'typed' | 'now' | 'page' | 'caseFile' | 'recordings' | 'path' | 'conversation'> {
  readonly items: readonly TimelineItem[];
  /** The entry above the first. */
  readonly before: TimelineItem | null;
  readonly openIds: ReadonlySet<string>;
  onToggle(id: string): void;
}

const Piece = memo(function Piece({ items, before, openIds, onToggle, ...shared }: PieceProps) {
  const { t, formats } = useText();
  const { now } = shared;
  return (
    <ol className="stream-list">
      {items.map((item, place) => {
        const above = place === 0 ? before : items[place - 1];
        const isFirstOfGroup = !above || !isSameGroup(above.at, item.at, now);
        const group = () => (isSameDay(item.at, now) ? t('timeline.today') : formats.month(item.at, now));
        return (
          <Entry
            key={item.id}
            item={item}
            group={isFirstOfGroup ? group() : null}
            isOpen={openIds.has(item.id)}
            onToggle={() => onToggle(item.id)}
            {...shared}
          />
        );
      })}
    </ol>
  );
});

interface EntryProps {
  readonly stores: Stores;
  readonly item: TimelineItem;
  /** The month above it, where it is the first of one. */
  readonly group: string | null;
  readonly typed: string;
  readonly now: number;
  readonly page: ContactPage;
  readonly isOpen: boolean;
  onToggle(): void;
  caseFile(caseId: string): ReactNode;
  recordings(of: readonly Recorded[]): ReactNode;
  /** The way of a call through the IVR. */
  readonly path?: ((interactionId: string) => ReactNode) | undefined;
  readonly conversation?: ((conversationId: string) => ReactNode) | undefined;
}

function Entry({ stores, item, group, typed, now, page, isOpen, onToggle, caseFile, recordings, path, conversation }: EntryProps) {
  const { t, formats } = useText();
  const Icon = entrySigns[item.kind];
  return (
    <li>
      {group === null ? null : <h3 className="small medium text-3 stream-group">{group}</h3>}
      <button type="button" className="stream-entry" aria-expanded={isOpen} onClick={onToggle}>
        <span className="timeline-point">
          <Icon className="icon" aria-hidden="true" />
        </span>
        <span className="stream-body">
          <span className="stream-title medium">
            <Marked text={item.title} typed={typed} />
          </span>
          {item.detail && item.detail !== item.title ? (
            <span className={classes('small text-2 stream-detail', isOpen ? 'is-whole' : 'cut')}>
              <Marked text={item.detail} typed={typed} />
            </span>
          ) : null}
        </span>
        {item.rating ? <Chip icon={Star}>{t('timeline.rated', { score: item.rating.score, highest: item.rating.highest })}</Chip> : null}
        <span className="stream-end small text-3">
          <span className="nowrap">{formats.dateOrTime(item.at, now)}</span>
          {item.outcome ? <span className="stream-outcome">{item.outcome}</span> : null}
        </span>
        <ChevronRight className={classes('icon icon-small text-3 stream-chevron', isOpen && 'is-open')} aria-hidden="true" />
      </button>
      {isOpen ? (
        <div className="stream-open">
          <Unfolded
            stores={stores}
            item={item}
            page={page}
            caseFile={caseFile}
            recordings={recordings}
            path={path}
            conversation={conversation}
          />
        </div>
      ) : null}
    </li>
  );
}
