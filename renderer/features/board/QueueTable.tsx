import { AlarmClock } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { BoardFigure, BoardFormula, QueueRow } from '../../../shared/contracts/board.ts';
import { useText } from '../../i18n/index.ts';
import { levelTone, type Stores } from '../../stores/index.ts';
import { classes } from '../../ui/index.ts';
import { Clock } from './Clock.tsx';
import type { BoardDeeds } from './deeds.ts';
import { LevelBar, PeopleBar, Trend } from './meters.tsx';
import { channelIcons, formulaName, satisfactionText } from './words.ts';

export interface QueueTableProps {
  readonly stores: Stores;
  readonly deeds: BoardDeeds;
  readonly queues: readonly QueueRow[];
}

export function QueueTable({ stores, deeds, queues }: QueueTableProps) {
  const { t } = useText();
  const openQueue = useStore(stores.board, ({ panels }) => {
    const [first] = panels;
    return first?.kind === 'contacts' || first?.kind === 'people' ? first.queueId : null;
  });
  const at = useStore(stores.board, ({ board }) => board?.at ?? 0);
  if (queues.length === 0) return <p className="board-loading text-3">{t('board.noQueues')}</p>;
  return (
    <table className="board-table">
      <caption className="sr-only">{t('board.queues')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('board.column.queue')}</th>
          <th scope="col" className="is-figure">
            {t('board.column.waiting')}
          </th>
          <th scope="col" className="is-figure">
            {t('board.column.longest')}
          </th>
          <th scope="col">{t('board.column.serviceLevel')}</th>
          <th scope="col" className="is-figure">
            {t('board.column.today')}
          </th>
          <th scope="col" className="is-figure">
            {t('board.column.answered')}
          </th>
          <th scope="col" className="is-figure">
            <abbr title={t('board.name.abandoned')}>{t('board.column.abandoned')}</abbr>
          </th>
          <th scope="col" className="is-figure is-wide">
            {t('board.column.diverted')}
          </th>
          <th scope="col" className="is-figure is-wide">
            {t('board.column.handling')}
          </th>
          <th scope="col" className="is-figure">
            <abbr title={t('board.name.averageAnswer')}>{t('board.column.averageAnswer')}</abbr>
          </th>
          <th scope="col" className="is-figure">
            <abbr title={t('board.name.averageHandling')}>{t('board.column.averageHandling')}</abbr>
          </th>
          <th scope="col" className="is-figure is-wide">
            {t('board.column.satisfaction')}
          </th>
          <th scope="col" className="is-roomy">
            {t('board.column.people')}
          </th>
          <th scope="col" className="is-figure">
            {t('board.column.free')}
          </th>
          <th scope="col" className="is-roomy">
            {t('board.column.trend')}
          </th>
        </tr>
      </thead>
      <tbody>
        {queues.map((row) => (
          <Row key={row.queueId} stores={stores} deeds={deeds} row={row} at={at} isOpen={row.queueId === openQueue} />
        ))}
      </tbody>
    </table>
  );
}

const Row = memo(function Row({
  stores,
  deeds,
  row,
  at,
  isOpen,
}: Omit<QueueTableProps, 'queues'> & { readonly row: QueueRow; readonly at: number; readonly isOpen: boolean }) {
  const text = useText();
  const { t, formats } = text;
  const Icon = channelIcons[row.channel];
  const name = row.name[formats.language];
  const isOver = (code: QueueRow['alerts'][number]) => row.alerts.includes(code);
  const isLate = row.longestWaitSince !== null && row.longestWaitSince < at - row.target.thresholdMs;
  const waitTone = isOver('waiting') || isOver('longestWait') ? 'broken' : isLate ? 'waiting' : null;
  const now = row.serviceLevelNow.percent;
  const nowTone = isOver('serviceLevel') ? 'broken' : levelTone(now, row.target.percent);
  const todayTone = levelTone(row.serviceLevelToday.percent, row.target.percent);
  const { people } = row;
  const signedIn = people.free + people.ringing + people.engaged + people.wrappingUp + people.notReady + people.notReachable;
  const parked = row.forCustomer + row.snoozed;
  const parkedWords = formats.listed((['forCustomer', 'snoozed'] as const).map((part) => t(`board.part.${part}`, { count: row[part] })));
  const parkedFirst = row.snoozed > 0 ? 'snoozed' : 'forCustomer';
  const clock = (ms: number | null) => (ms === null ? t('board.none') : formats.clock(ms));

  const opens = (figure: BoardFigure, formula: BoardFormula, value: string, className?: string, said = formulaName(text, formula)) => (
    <button
      type="button"
      className={classes('board-figure figures', className)}
      aria-label={t('board.open', { figure: said, queue: name, value })}
      onClick={() => deeds.showContacts(row.queueId, figure, formula)}
    >
      {value}
    </button>
  );

  return (
    <tr className={classes(isOpen && 'is-open')}>
      <th scope="row">
        <span className="row">
          <Icon className="icon text-3" aria-label={t(`channel.${row.channel}`)} />
          <span className="queue-name medium">{name}</span>
          {parked === 0 ? null : (
            <button
              type="button"
              className="board-parked small text-3 figures"
              aria-label={t('board.open', { figure: parkedWords, queue: name, value: formats.number(parked) })}
              title={parkedWords}
              onClick={() => deeds.showContacts(row.queueId, parkedFirst, parkedFirst)}
            >
              <AlarmClock className="icon icon-small" aria-hidden="true" />
              {formats.number(parked)}
            </button>
          )}
          {row.isOpen ? null : <span className="small text-3 nowrap">{t('board.closed')}</span>}
        </span>
      </th>
      <td className="is-figure">
        {opens(
          'waiting',
          'waiting',
          formats.number(row.waiting),
          classes('strong', row.waiting === 0 ? 'text-3' : waitTone && `tone-${waitTone}`),
        )}
      </td>
      <td className="is-figure">
        {row.longestWaitSince === null ? (
          <span className="text-3">{t('board.none')}</span>
        ) : (
          <button
            type="button"
            className={classes('board-figure figures is-clock', waitTone && `tone-${waitTone}`)}
            onClick={() => deeds.showContacts(row.queueId, 'waiting', 'longestWait')}
          >
            <span className="sr-only">{t('board.open', { figure: t('board.column.longest'), queue: name, value: '' })}</span>
            <Clock stores={stores} since={row.longestWaitSince} />
          </button>
        )}
      </td>
      <td>
        <span className="board-level">
          <LevelBar percent={now} target={row.target.percent} tone={nowTone} />
          {opens('answeredInTime', 'serviceLevel', text.formats.percent(now), classes(nowTone !== 'plain' && `medium tone-${nowTone}`))}
        </span>
      </td>
      <td className="is-figure">
        {opens(
          'answeredInTime',
          'serviceLevel',
          text.formats.percent(row.serviceLevelToday.percent),
          todayTone === 'plain' ? 'text-2' : `tone-${todayTone}`,
          t('board.total.serviceLevel'),
        )}
      </td>
      <td className="is-figure">{opens('answered', 'answered', formats.number(row.answered))}</td>
      <td className="is-figure">{opens('abandoned', 'abandoned', formats.number(row.abandoned))}</td>
      <td className="is-figure is-wide">{opens('diverted', 'diverted', formats.number(row.diverted))}</td>
      <td className="is-figure is-wide">{opens('handling', 'handling', formats.number(row.handling))}</td>
      <td className="is-figure">{opens('answered', 'averageAnswer', clock(row.averageAnswerMs), 'is-clock')}</td>
      <td className="is-figure">{opens('answered', 'averageHandling', clock(row.averageHandlingMs), 'is-clock')}</td>
      <td className="is-figure is-wide">
        <span
          className={classes('figures nowrap', row.satisfaction.average === null && 'text-3')}
          title={t('board.satisfactionOf', { count: row.satisfaction.count })}
        >
          {satisfactionText(text, row.satisfaction)}
          {row.satisfaction.count === 0 ? null : <span className="small text-3"> ({formats.number(row.satisfaction.count)})</span>}
        </span>
      </td>
      <td className="is-roomy">
        <PeopleBar people={people} channel={row.channel} />
      </td>
      <td className="is-figure">
        <button
          type="button"
          className="board-figure figures is-share text-2 nowrap"
          aria-label={t('board.open', { figure: formulaName(text, 'free'), queue: name, value: `${people.free} / ${signedIn}` })}
          onClick={() => deeds.showPeople(row.queueId)}
        >
          <b className={people.free > 0 ? 'tone-ready' : 'text-3'}>{people.free}</b> / {signedIn}
        </button>
      </td>
      <td className="is-roomy">
        <Trend values={row.trend} target={row.target.percent} label={t('board.trendOf', { target: row.target.percent })} />
      </td>
    </tr>
  );
});
