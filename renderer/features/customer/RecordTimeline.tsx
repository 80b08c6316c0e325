import { type LucideIcon, Star } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { ContactRecord, TimelineItem, TimelinePage } from '../../../shared/contracts/contact.ts';
import type { Recorded } from '../../../shared/contracts/recording.ts';
import { entrySigns, isSameDay, useText } from '../../i18n/index.ts';
import { Button, Chip, Segments, Timeline, type TimelineEntry, useSecond } from '../../ui/index.ts';

export type TimelineFilter = 'all' | 'calls' | 'written' | 'work';
export type TimelineLoader = (request: {
  contactId: string;
  before: number | null;
  limit: number;
  filter: TimelineFilter;
}) => Promise<TimelinePage | null>;

/** The call that is going on, or has just ended, at the top of the timeline. */
export interface CurrentCall {
  readonly sign: LucideIcon;
  readonly startedAt: number;
  readonly isOver: boolean;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly queueName: string;
}

const pageSize = 30;

export function RecordTimeline({
  record,
  current,
  now,
  clockOffsetMs,
  load,
  recordings,
  onConversation,
}: {
  readonly record: ContactRecord;
  readonly current: CurrentCall | null;
  readonly now: number;
  readonly clockOffsetMs: number;
  readonly load: TimelineLoader;
  /** What was recorded of a call, in its place. */
  recordings(of: readonly Recorded[]): ReactNode;
  /** Opens the whole of what was written. */
  onConversation(conversationId: string): void;
}) {
  const { t, formats } = useText();
  const [filter, setFilter] = useState<TimelineFilter>('all');
  const [page, setPage] = useState<TimelinePage | null>(record.timeline);
  const [state, setState] = useState<'ready' | 'loading' | 'failed'>('ready');
  const { contactId } = record;

  useEffect(() => {
    if (filter === 'all') {
      setPage(record.timeline);
      setState('ready');
      return;
    }
    let isWanted = true;
    setState('loading');
    void load({ contactId, before: null, limit: pageSize, filter }).then((loaded) => {
      if (!isWanted) return;
      setPage(loaded);
      setState(loaded ? 'ready' : 'failed');
    });
    return () => {
      isWanted = false;
    };
  }, [filter, contactId, record.timeline, load]);

  const more = async () => {
    setState('loading');
    const loaded = await load({ contactId, before: page?.nextBefore ?? null, limit: pageSize, filter });
    setState(loaded ? 'ready' : 'failed');
    if (loaded) setPage((before) => ({ ...loaded, items: [...(before?.items ?? []), ...loaded.items] }));
  };

  const showsCurrent = current !== null && (filter === 'all' || filter === 'calls');
  const groups = grouped(page?.items ?? [], (at) => (isSameDay(at, now) ? t('timeline.today') : formats.month(at, now)));

  const belowOf = ({ recordings: recorded, subject }: TimelineItem): ReactNode => {
    const heard = recorded?.length ? recordings(recorded) : null;
    if (subject?.kind !== 'conversation') return heard;
    return (
      <>
        {heard}
        <Button size="small" kind="quiet" onClick={() => onConversation(subject.id)}>
          {t('conversation.open')}
        </Button>
      </>
    );
  };

  const currentEntry: TimelineEntry | null = showsCurrent
    ? {
        id: 'current',
        icon: current.sign,
        title: (
          <>
            <span className="cut">{current.isOver ? t('timeline.ended') : t('timeline.inProgress')}</span>
            <Chip tone={current.isOver ? 'finishing' : 'talking'}>
              <Talked call={current} clockOffsetMs={clockOffsetMs} />
            </Chip>
          </>
        ),
        detail: current.queueName,
        when: formats.time(current.startedAt),
      }
    : null;
  if (currentEntry && groups[0]?.name !== t('timeline.today')) groups.unshift({ name: t('timeline.today'), items: [] });

  return (
    <div className="record-timeline">
      <Segments
        label={t('timeline.filter')}
        value={filter}
        onChange={setFilter}
        segments={(['all', 'calls', 'written', 'work'] as const).map((value) => ({ value, label: t(`timeline.${value}`) }))}
      />
      {groups.map((group, index) => (
        <section key={group.name} aria-label={group.name}>
          <h3 className="small medium text-3 record-timeline-month">{group.name}</h3>
          <Timeline
            entries={[
              ...(index === 0 && currentEntry ? [currentEntry] : []),
              ...group.items.map((item) => ({
                ...entryOf(item, formats.dateOrTime(item.at, now)),
                below: belowOf(item),
              })),
            ]}
          />
        </section>
      ))}
      {state === 'ready' && page?.items.length === 0 && !showsCurrent ? <p className="text-2">{t('timeline.nothing')}</p> : null}
      {state === 'loading' ? <p className="small text-3">{t('timeline.loading')}</p> : null}
      {state === 'failed' ? (
        <p className="row small">
          <span className="tone-broken">{t('timeline.failed')}</span>
          <Button size="small" onClick={() => void more()}>
            {t('timeline.retry')}
          </Button>
        </p>
      ) : null}
      {state === 'ready' && page?.nextBefore != null ? (
        <Button size="small" onClick={() => void more()}>
          {t('timeline.more')}
        </Button>
      ) : null}
    </div>
  );
}

/** What they said of it themselves comes first. */
function Rated({ rating, detail }: { readonly rating: NonNullable<TimelineItem['rating']>; readonly detail: string | null }) {
  const { t } = useText();
  return (
    <>
      <Chip icon={Star}>{t('timeline.rated', { score: rating.score, highest: rating.highest })}</Chip>{' '}
      {[rating.text && t('timeline.quoted', { text: rating.text }), detail].filter(Boolean).join(' · ')}
    </>
  );
}

function entryOf(item: TimelineItem, when: string): TimelineEntry {
  return {
    id: item.id,
    icon: entrySigns[item.kind],
    title: (
      <>
        <span className="cut" title={item.title}>
          {item.title}
        </span>
        {item.outcome ? <span className="small text-3 nowrap record-timeline-outcome">{item.outcome}</span> : null}
      </>
    ),
    detail: item.rating ? <Rated rating={item.rating} detail={item.detail} /> : item.detail,
    when,
  };
}

function grouped(items: readonly TimelineItem[], nameOf: (at: number) => string): { name: string; items: TimelineItem[] }[] {
  const groups: { name: string; items: TimelineItem[] }[] = [];
  for (const item of items) {
    const name = nameOf(item.at);
    const last = groups.at(-1);
    if (last?.name === name) last.items.push(item);
    else groups.push({ name, items: [item] });
  }
  return groups;
}

/** The one clock of the page that counts seconds. */
function Talked({ call: { answeredAt, endedAt }, clockOffsetMs }: { readonly call: CurrentCall; readonly clockOffsetMs: number }) {
  const { formats } = useText();
  const now = useSecond(clockOffsetMs);
  return formats.clock(answeredAt === null ? 0 : (endedAt ?? now) - answeredAt);
}
