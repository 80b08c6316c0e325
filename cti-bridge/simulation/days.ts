import type { Configuration, QueueChannel } from '../../shared/contracts/configuration.ts';
import { hours, seconds } from '../../shared/duration.ts';
import { type Figures, figuresOf, type QueueFigures } from './figures.ts';
import { planOf } from './plan.ts';
import type { Scenario } from './scenario.ts';
import { simulate } from './simulate.ts';

/** A figure over several days: its mean, and how sure that is. Days without the figure (a rate of nothing) are left out. */
export interface DayMean {
  readonly mean: number | null;
  /** Half of the interval that holds the true mean with 95 %; null with fewer than two days. */
  readonly halfWidth: number | null;
  /** Day by day, in the order of the seeds. */
  readonly values: readonly (number | null)[];
}

export type QueueMeans = Readonly<Record<Exclude<keyof QueueFigures, 'serviceLevel'> | 'serviceLevelPercent', DayMean>>;

export interface Days {
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly seeds: readonly number[];
  /** Of all days together. */
  readonly customers: number;
  readonly events: number;
  readonly agents: number;
  /** When each hour begins, on the clock of the scenario. */
  readonly hours: readonly string[];
  readonly queues: readonly {
    readonly queueId: string;
    readonly channel: QueueChannel;
    readonly target: { readonly percent: number; readonly thresholdMs: number };
    readonly day: QueueMeans;
    readonly byHour: readonly QueueMeans[];
  }[];
  readonly all: QueueMeans;
  readonly groups: readonly {
    readonly group: string;
    readonly agents: number;
    readonly answered: DayMean;
    readonly busyMs: DayMean;
    readonly freeMs: DayMean;
    readonly occupancyPercent: DayMean;
  }[];
}

/** Plays the scenario once for each seed. */
export function playDays(scenario: Scenario, configuration: Configuration, seeds: readonly number[]): Days {
  const outcomes = seeds.map((seed) => simulate(planOf(scenario, configuration, seed)));
  const figures = outcomes.map(figuresOf);
  const plan = outcomes[0]?.plan;
  const hourCount = plan === undefined ? 0 : Math.ceil((plan.endsAt - plan.startsAt) / hours(1));
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: scenario.timeZone, hour: '2-digit', minute: '2-digit' });
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    date: scenario.date,
    from: scenario.from,
    to: scenario.to,
    timeZone: scenario.timeZone,
    seeds,
    customers: sum(outcomes.map(({ contacts }) => contacts.length)),
    events: sum(outcomes.map(({ events }) => events)),
    agents: plan?.agents.length ?? 0,
    hours: Array.from({ length: hourCount }, (_, hour) => clock.format((plan?.startsAt ?? 0) + hour * hours(1))),
    queues: configuration.queues.map(({ id, channel, serviceLevel }, place) => ({
      queueId: id,
      channel,
      target: { percent: serviceLevel.targetPercent, thresholdMs: seconds(serviceLevel.thresholdSeconds) },
      day: meansOf(figures.map(({ queues }) => queues[place]?.day)),
      byHour: Array.from({ length: hourCount }, (_, hour) => meansOf(figures.map(({ queues }) => queues[place]?.byHour[hour]))),
    })),
    all: meansOf(figures.map(({ all }) => all)),
    groups: groupsOf(figures),
  };
}

/** Day by day: what the second has more than the first. Both had the same customers, so most of the chance is gone from it. */
export function differenceOf(first: DayMean, second: DayMean): DayMean {
  return meanOf(
    first.values.map((value, day) => {
      const other = second.values[day] ?? null;
      return value === null || other === null ? null : other - value;
    }),
  );
}

function meansOf(days: readonly (QueueFigures | undefined)[]): QueueMeans {
  const of = (figure: (figures: QueueFigures) => number | null) => meanOf(days.map((day) => (day === undefined ? null : figure(day))));
  return {
    offered: of((day) => day.offered),
    answered: of((day) => day.answered),
    abandoned: of((day) => day.abandoned),
    diverted: of((day) => day.diverted),
    unserved: of((day) => day.unserved),
    movedAndAnswered: of((day) => day.movedAndAnswered),
    serviceLevelPercent: of((day) => day.serviceLevel.percent),
    averageAnswerMs: of((day) => day.averageAnswerMs),
    maxWaitMs: of((day) => day.maxWaitMs),
    abandonedPercent: of((day) => day.abandonedPercent),
    occupancyPercent: of((day) => day.occupancyPercent),
  };
}

function groupsOf(figures: readonly Figures[]): Days['groups'] {
  return (figures[0]?.groups ?? []).map(({ group, agents }, place) => {
    const of = (figure: (group: Figures['groups'][number]) => number | null) =>
      meanOf(
        figures.map(({ groups }) => {
          const day = groups[place];
          return day === undefined ? null : figure(day);
        }),
      );
    return {
      group,
      agents,
      answered: of((day) => day.answered),
      busyMs: of((day) => day.busyMs),
      freeMs: of((day) => day.freeMs),
      occupancyPercent: of((day) => day.occupancyPercent),
    };
  });
}

function meanOf(values: readonly (number | null)[]): DayMean {
  const known = values.filter((value) => value !== null);
  const mean = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  if (mean === null || known.length < 2) return { mean, halfWidth: null, values };
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1);
  return { mean, halfWidth: studentQuantile(known.length - 1) * Math.sqrt(variance / known.length), values };
}

/** Of Student's distribution, two-sided 95 %: from the table up to 10 degrees of freedom, then within half a percent. */
function studentQuantile(degrees: number): number {
  const table = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];
  return table[degrees - 1] ?? 1.96 + 2.5 / degrees;
}
