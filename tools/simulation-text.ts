import { type DayMean, type Days, differenceOf, type QueueMeans } from '../cti-bridge/simulation/index.ts';

/** The figures of simulated days as text for a terminal, one configuration alone or two side by side. */

/** One figure: how it is called, where it stands, and how it is written. */
interface Column {
  readonly title: string;
  readonly of: (means: QueueMeans) => DayMean;
  readonly write: (value: number) => string;
  /** Only where somebody has any. */
  readonly isRare?: boolean;
}

const count = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
const percent = (value: number) => value.toFixed(1);
/** m:ss, and tenths of a second where that is all. */
function duration(ms: number): string {
  const total = Math.round(Math.abs(ms) / 100) / 10;
  const sign = ms < 0 && total > 0 ? '-' : '';
  if (total < 60) return `${sign}${total.toFixed(1)} s`;
  const seconds = Math.round(total);
  return `${sign}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const columns: readonly Column[] = [
  { title: 'offered', of: (means) => means.offered, write: count },
  { title: 'answered', of: (means) => means.answered, write: count },
  { title: 'moved', of: (means) => means.movedAndAnswered, write: count, isRare: true },
  { title: 'diverted', of: (means) => means.diverted, write: count, isRare: true },
  { title: 'unserved', of: (means) => means.unserved, write: count, isRare: true },
  { title: 'in time %', of: (means) => means.serviceLevelPercent, write: percent },
  { title: 'ASA', of: (means) => means.averageAnswerMs, write: duration },
  { title: 'abandoned %', of: (means) => means.abandonedPercent, write: percent },
  { title: 'occupancy %', of: (means) => means.occupancyPercent, write: percent },
  { title: 'longest wait', of: (means) => means.maxWaitMs, write: duration },
];

export interface Told {
  readonly name: string;
  readonly note: string | null;
  readonly days: Days;
}

/** One configuration: the day at a glance, then a table per queue, hour by hour. */
export function simulationText({ name, note, days }: Told): string {
  const isSaidHowSure = days.seeds.length > 1;
  const rowsOf = (shown: readonly Column[], entries: readonly (readonly [string, QueueMeans])[], isDay: boolean) =>
    entries.map(([title, means]) => [title, ...shown.map(({ of, write }) => written(of(means), write, isDay && isSaidHowSure))]);

  const overall = columnsFor([days.all]);
  const glance = [
    ['the day', ...overall.map(({ title }) => title)],
    ...rowsOf(overall, [...days.queues.map(({ queueId, day }) => [queueId, day] as const), ['all', days.all]], true),
  ];
  const parts = [note === null ? head(name, days) : `${head(name, days)}\n   ${note}`, table(glance)];
  for (const queue of days.queues) {
    if (isEmpty(queue.day)) {
      parts.push(`${titleOf(queue)}: nobody came`);
      continue;
    }
    const shown = columnsFor([queue.day]);
    const hours = queue.byHour.map((means, hour) => [days.hours[hour] ?? '', means] as const);
    const rows = [['', ...shown.map(({ title }) => title)], ...rowsOf(shown, hours, false), ...rowsOf(shown, [['day', queue.day]], true)];
    parts.push(`${titleOf(queue)}\n${table(rows)}`);
  }
  parts.push(groups(days), legend);
  return parts.join('\n\n');
}

/** Two configurations, the same customers: each figure of the first, of the second, and what the second has more. */
export function comparisonText(first: Told, second: Told): string {
  const parts = [`A  ${head(first.name, first.days)}`, `B  ${head(second.name, second.days)}`];
  const isSaidHowSure = first.days.seeds.length > 1;
  const compared = (heading: string, rows: readonly (readonly [string, QueueMeans, QueueMeans, boolean])[]) => {
    const shown = columnsFor(rows.flatMap(([, a, b]) => [a, b])).filter(({ title }) => title !== 'offered');
    const cells = rows.map(([title, a, b, isDay]) => [
      title,
      written(a.offered, count, false),
      ...shown.flatMap(({ of, write }) => [
        written(of(a), write, false),
        written(of(b), write, false),
        difference(of(a), of(b), write, isDay && isSaidHowSure),
      ]),
    ]);
    return table(
      [[heading, 'offered', ...shown.flatMap(() => ['A', 'B', 'B-A'])], ...cells],
      ['', '', ...shown.flatMap(({ title }) => [title, '', ''])],
    );
  };

  const pairs = first.days.queues.flatMap((queue) => {
    const other = second.days.queues.find(({ queueId }) => queueId === queue.queueId);
    return other === undefined || (isEmpty(queue.day) && isEmpty(other.day)) ? [] : [{ queue, other }];
  });
  parts.push(
    compared('the day', [
      ...pairs.map(({ queue, other }) => [queue.queueId, queue.day, other.day, true] as const),
      ['all', first.days.all, second.days.all, true],
    ]),
  );
  for (const { queue, other } of pairs) {
    const hours = queue.byHour.map((means, hour) => [first.days.hours[hour] ?? '', means, other.byHour[hour] ?? means, false] as const);
    parts.push(`${titleOf(queue)}\n${compared('', [...hours, ['day', queue.day, other.day, true]])}`);
  }
  parts.push(`A ${groups(first.days)}`, `B ${groups(second.days)}`, legend);
  return parts.join('\n\n');
}

function columnsFor(all: readonly QueueMeans[]): readonly Column[] {
  return columns.filter(({ isRare, of }) => !isRare || all.some((means) => (of(means).mean ?? 0) > 0));
}

const isEmpty = ({ offered }: QueueMeans): boolean => (offered.mean ?? 0) === 0;

function head(name: string, { date, from, to, timeZone, seeds, customers, agents, events }: Days): string {
  const days = seeds.length === 1 ? `seed ${seeds[0]}` : `mean of ${seeds.length} days, seeds ${seeds[0]} to ${seeds.at(-1)}`;
  return `${name} · ${date} ${from} to ${to} ${timeZone} · ${days}\n   ${customers} customers, ${agents} agents, ${events} router events`;
}

function titleOf({ queueId, channel, target }: Days['queues'][number]): string {
  return `${queueId} (${channel}, aim ${target.percent} % within ${duration(target.thresholdMs)})`;
}

function groups({ groups: all }: Days): string {
  const rows = all.map(({ group, agents, answered, busyMs, freeMs, occupancyPercent }) => [
    group,
    String(agents),
    written(answered, count, false),
    written(busyMs, (ms) => (ms / 3_600_000).toFixed(1), false),
    written(freeMs, (ms) => (ms / 3_600_000).toFixed(1), false),
    written(occupancyPercent, percent, false),
  ]);
  return `people\n${table([['', 'agents', 'answered', 'busy h', 'free h', 'occupancy %'], ...rows])}`;
}

const legend = [
  'in time %    answered within the threshold / (answered + abandoned after the threshold)',
  'ASA          mean wait of the answered · longest wait: of anybody, answered or not',
  'occupancy %  busy / (busy + free) of everybody who can serve the queue; busy with any queue, wrap-up included, ringing not',
  'A customer counts in the queue and the hour of their arrival.',
].join('\n');

/** With more than one day, the mean of the day says how sure it is: the half width of its 95 % interval. */
function written({ mean, halfWidth }: DayMean, write: (value: number) => string, isSaidHowSure: boolean): string {
  if (mean === null) return '-';
  return isSaidHowSure && halfWidth !== null ? `${write(mean)} ±${write(halfWidth)}` : write(mean);
}

/** Day by day: both had the same customers, so that most of the chance is gone from it. */
function difference(a: DayMean, b: DayMean, write: (value: number) => string, isSaidHowSure: boolean): string {
  const paired = differenceOf(a, b);
  if (paired.mean === null) return '-';
  const sign = paired.mean > 0 ? '+' : '';
  return `${sign}${written(paired, write, isSaidHowSure)}`;
}

/** `above` names groups of columns: each name begins over its first one. */
function table(rows: readonly (readonly string[])[], above: readonly string[] = []): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
  let names = '';
  let from = 0;
  for (const [column, width] of widths.entries()) {
    if (above[column]) names = `${names.padEnd(from)}${above[column]}`;
    from += width + 2;
  }
  return [...(names === '' ? [] : [names]), ...lines].map((line) => `  ${line}`.trimEnd()).join('\n');
}
