import { type ReactNode, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { QueueRow } from '../../../shared/contracts/board.ts';
import { useText } from '../../i18n/index.ts';
import { countFloor, levelTone, type Stores, totalsOf } from '../../stores/index.ts';
import { classes, Mark, useSecond } from '../../ui/index.ts';
import { Clock } from './Clock.tsx';
import type { BoardDeeds } from './deeds.ts';
import './wallboard.css';

const mostRows = 8;
const mostPeople = 14;

export interface WallboardProps {
  readonly stores: Stores;
  readonly deeds: Pick<BoardDeeds, 'open' | 'close'>;
  onLeave(): void;
}

/** For a screen on the wall, read from five metres: no controls; Escape leaves. Everything is sized by the window. */
export function Wallboard({ stores, deeds, onLeave }: WallboardProps) {
  const text = useText();
  const { t, formats } = text;
  const board = useStore(stores.board, (state) => state.board);
  const organisation = useStore(stores.desk, (desk) => desk.organisation);
  const { clockOffsetMs, bridge } = useStore(stores.connection);
  const now = useSecond(clockOffsetMs);
  useEffect(() => {
    deeds.open();
    return () => deeds.close();
  }, [deeds]);
  useEffect(() => {
    const page = document.documentElement;
    const pressed = (event: KeyboardEvent) => event.key === 'Escape' && onLeave();
    // Leaving the full screen by its own key is leaving the wallboard.
    const changed = () => document.fullscreenElement === null && onLeave();
    window.addEventListener('keydown', pressed);
    // Opened by an address and not by a click the browser does not allow it, and the window is as large as it is.
    if (navigator.userActivation?.isActive)
      void page.requestFullscreen?.().then(
        () => document.addEventListener('fullscreenchange', changed),
        () => undefined,
      );
    return () => {
      window.removeEventListener('keydown', pressed);
      document.removeEventListener('fullscreenchange', changed);
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, [onLeave]);

  const rows = useMemo(() => (board ? mostPressing(board.queues) : []), [board]);
  const totals = totalsOf(board?.queues ?? []);
  const floor = countFloor(board?.agents ?? []);
  const signedIn = (board?.agents.length ?? 0) - floor.signedOut;
  const { serviceLevelToday: level, thresholdMs, targetPercent } = totals;
  const seconds = thresholdMs === null ? null : formats.number(thresholdMs / 1_000);
  const percent = text.formats.percent(level.percent).replace('%', '');
  const gaveUp = text.formats.percent(totals.abandonedPercent, 1).replace('%', '');
  const levelIs = levelTone(level.percent, targetPercent);
  const hidden = (board?.queues.length ?? 0) - rows.length;

  return (
    <main className="wallboard" aria-label={t('wallboard.title')}>
      <header className="wallboard-head">
        <Mark />
        <h1>{organisation?.name[formats.language] ?? t('wallboard.title')}</h1>
        <span className="wallboard-day">{formats.day(now)}</span>
        {bridge === 'lost' && board ? (
          <span className="wallboard-lost" role="alert">
            {t('wallboard.lost', { time: formats.timeOfDay(board.at) })}
          </span>
        ) : null}
        <time className="figures">{formats.time(now)}</time>
      </header>
      <div className="wallboard-numbers">
        <BigNumber name={t('wallboard.waiting')} value={formats.number(totals.waiting)}>
          {totals.longestWaitSince === null ? (
            t('wallboard.nobodyWaits')
          ) : (
            <>
              {t('wallboard.longest', { clock: '' })}
              <Clock stores={stores} since={totals.longestWaitSince} />
            </>
          )}
        </BigNumber>
        <BigNumber
          name={seconds === null ? t('wallboard.answeredInTime') : t('wallboard.answeredIn', { seconds })}
          value={percent}
          unit={level.percent === null ? '' : '%'}
          tone={level.percent === null || targetPercent === null ? null : levelIs === 'plain' ? 'ready' : levelIs}
        >
          {targetPercent === null
            ? t('wallboard.level', { inTime: formats.number(level.inTime), of: formats.number(level.of) })
            : t('wallboard.target', { percent: targetPercent, now: text.formats.percent(totals.serviceLevelNow.percent) })}
        </BigNumber>
        <BigNumber name={t('wallboard.free')} value={formats.number(floor.free)}>
          {t('wallboard.signedIn', { count: signedIn })}
        </BigNumber>
        <BigNumber name={t('wallboard.gaveUp')} value={gaveUp} unit={totals.abandonedPercent === null ? '' : '%'}>
          {t('wallboard.gaveUpOf', {
            abandoned: formats.number(totals.abandoned),
            all: formats.number(totals.answered + totals.abandoned),
          })}
        </BigNumber>
      </div>
      <table className="wallboard-queues">
        <thead>
          <tr>
            <th scope="col">{t('board.column.queue')}</th>
            <th scope="col">{t('wallboard.waiting')}</th>
            <th scope="col">{t('board.column.longest')}</th>
            <th scope="col">{seconds === null ? t('wallboard.inTime') : t('wallboard.inSeconds', { seconds })}</th>
            <th scope="col">{t('board.column.people')}</th>
          </tr>
        </thead>
        <tbody className={rows.length > 6 ? 'is-dense' : undefined}>
          {rows.map((row) => (
            <WallRow key={row.queueId} stores={stores} row={row} />
          ))}
        </tbody>
      </table>
      <p className="wallboard-foot">
        <span>{hidden > 0 ? t('wallboard.more', { count: hidden }) : null}</span>
        <span>{t('wallboard.leave')}</span>
      </p>
    </main>
  );
}

function BigNumber(props: {
  readonly name: string;
  readonly value: string;
  readonly unit?: string;
  readonly tone?: 'ready' | 'waiting' | 'broken' | null;
  readonly children: ReactNode;
}) {
  return (
    <section className="wallboard-number">
      <h2>{props.name}</h2>
      <strong className={classes('figures', props.tone && `tone-${props.tone}`)}>
        {props.value}
        {props.unit ? <small>{props.unit}</small> : null}
      </strong>
      <p className="figures">{props.children}</p>
    </section>
  );
}

function WallRow({ stores, row }: { readonly stores: Stores; readonly row: QueueRow }) {
  const text = useText();
  const { t, formats } = text;
  const level = row.serviceLevelToday.percent;
  const tone = levelTone(level, row.target.percent);
  return (
    <tr className={classes(row.alerts.length > 0 && 'is-alarmed')}>
      <th scope="row">{row.name[formats.language]}</th>
      <td className={classes('figures', row.waiting === 0 && 'text-3')}>{formats.number(row.waiting)}</td>
      <td className={classes('figures', row.longestWaitSince === null && 'text-3')}>
        {row.longestWaitSince === null ? t('board.none') : <Clock stores={stores} since={row.longestWaitSince} />}
      </td>
      <td className={classes('figures', level === null ? 'text-3' : tone !== 'plain' && `tone-${tone}`)}>{text.formats.percent(level)}</td>
      <td>
        <PeopleBlocks people={row.people} />
      </td>
    </tr>
  );
}

/** One block for each who is signed in: free, busy, away. Where they are too many it says the numbers. */
function PeopleBlocks({ people }: { readonly people: QueueRow['people'] }) {
  const { t } = useText();
  const busy = people.ringing + people.engaged + people.wrappingUp;
  const away = people.notReady + people.notReachable;
  const all = people.free + busy + away;
  if (all > mostPeople)
    return (
      <span className="figures">
        <span className={people.free > 0 ? 'tone-ready' : 'text-3'}>{people.free}</span> / {all}
      </span>
    );
  const blocks = [
    ...Array.from({ length: people.free }, () => 'free'),
    ...Array.from({ length: busy }, () => 'busy'),
    ...Array.from({ length: away }, () => 'away'),
  ];
  return (
    <span className="wallboard-people" role="img" aria-label={t('board.of', { part: people.free, all })}>
      {blocks.map((kind, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks are alike; only their number matters.
        <i key={`${kind}-${index}`} className={`is-${kind}`} />
      ))}
    </span>
  );
}

/** In the organisation's order where all fit, so that each queue keeps its place; otherwise those that need people most, in that order. */
export function mostPressing(queues: readonly QueueRow[]): readonly QueueRow[] {
  if (queues.length <= mostRows) return queues;
  const kept = new Set(
    queues
      .toSorted((a, b) => b.alerts.length - a.alerts.length || b.waiting - a.waiting || b.handling - a.handling || b.answered - a.answered)
      .slice(0, mostRows),
  );
  return queues.filter((row) => kept.has(row));
}
