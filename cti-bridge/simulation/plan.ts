import type { Configuration, OpeningHours, QueueConfiguration, UserConfiguration } from '../../shared/contracts/configuration.ts';
import type { Tier } from '../../shared/contracts/contact.ts';
import { hours, minutes, seconds } from '../../shared/duration.ts';
import { type AgentId, asId, type QueueId } from '../../shared/ids.ts';
import { type AgentSettings, momentOf, settingsFrom } from '../acd/index.ts';
import { type Distribution, drawMs } from './distribution.ts';
import { type Random, randomStream } from './random.ts';
import type { AgentGroup, Demand, Scenario } from './scenario.ts';

/** Everything that will happen by itself in a simulated day, before the router has decided anything. Moments are epoch ms. */
export interface Plan {
  readonly seed: number;
  readonly startsAt: number;
  /** Nobody comes any more; what is there is finished. */
  readonly endsAt: number;
  readonly queues: readonly QueueConfiguration[];
  readonly hours: readonly OpeningHours[];
  readonly agents: readonly PlannedAgent[];
  /** In the order of their arrival. */
  readonly customers: readonly Customer[];
}

/** A customer with everything about them that does not depend on us: the same in every configuration. */
export interface Customer {
  readonly number: number;
  readonly queueId: QueueId;
  readonly at: number;
  /** Infinite: waits as long as it takes. */
  readonly patienceMs: number;
  readonly handlingMs: number;
  readonly wrapUpMs: number;
  readonly tier: Tier | null;
  /** Leaves at once where more than so many wait; null: never. */
  readonly balksAbove: number | null;
}

export interface PlannedAgent {
  readonly agentId: AgentId;
  readonly group: string;
  readonly settings: AgentSettings;
  readonly shifts: readonly Shift[];
  readonly answerDelay: Distribution;
  readonly rejects: number;
  readonly leavesRinging: number;
  readonly backAfterMs: number;
}

interface Shift {
  readonly from: number;
  readonly to: number;
  readonly breaks: readonly { readonly at: number; readonly forMs: number }[];
}

/** Draws the day. The same scenario and seed give the same customers whatever the configuration says. */
export function planOf(scenario: Scenario, configuration: Configuration, seed = scenario.seed ?? 1): Plan {
  const moment = (timeOfDay: string) => momentOf(scenario.timeZone, scenario.date, timeOfDay);
  const startsAt = moment(scenario.from);
  const endsAt = moment(scenario.to);
  const customers = scenario.demand
    .flatMap((demand) => customersOf(demand, { seed, startsAt, endsAt, moment }))
    .sort((a, b) => a.at - b.at)
    .map((customer, index) => ({ ...customer, number: index + 1 }));
  return {
    seed,
    startsAt,
    endsAt,
    queues: configuration.queues,
    hours: configuration.hours,
    agents: scenario.agents.flatMap((group) => agentsOf(group, configuration, moment)),
    customers,
  };
}

interface Day {
  readonly seed: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly moment: (timeOfDay: string) => number;
}

function customersOf(demand: Demand, { seed, startsAt, endsAt, moment }: Day): Omit<Customer, 'number'>[] {
  // One stream for each habit: who has more patience in another scenario comes at the same time and speaks as long.
  const stream = (habit: string) => randomStream(seed, habit, demand.queue);
  const [handling, wrapUp, patience, tiers, balking] = ['handling', 'wrap-up', 'patience', 'tier', 'balking'].map(stream) as [
    Random,
    Random,
    Random,
    Random,
    Random,
  ];
  return arrivalsOf(demand, stream('arrivals'), { startsAt, endsAt, moment }).map(({ at, known }) => {
    const drawn = {
      handlingMs: drawMs(demand.handling, handling),
      wrapUpMs: demand.wrapUp === null ? 0 : drawMs(demand.wrapUp, wrapUp),
      patienceMs: demand.patience === null ? Number.POSITIVE_INFINITY : drawMs(demand.patience, patience),
    };
    const balks = balking.next() < (demand.balking?.share ?? 0);
    return {
      queueId: asId<QueueId>(demand.queue),
      at,
      handlingMs: known.handlingSeconds === undefined ? drawn.handlingMs : Math.round(seconds(known.handlingSeconds)),
      wrapUpMs: known.wrapUpSeconds === undefined ? drawn.wrapUpMs : Math.round(seconds(known.wrapUpSeconds)),
      patienceMs:
        known.patienceSeconds === undefined
          ? Math.round(seconds(known.waitedSeconds ?? 0)) + drawn.patienceMs
          : Math.round(seconds(known.patienceSeconds)),
      tier: tierOf(demand, tiers.next()),
      balksAbove: balks ? (demand.balking?.whenWaitingAbove ?? 0) : null,
    };
  });
}

interface Arrival {
  readonly at: number;
  readonly known: {
    readonly handlingSeconds?: number;
    readonly wrapUpSeconds?: number;
    readonly patienceSeconds?: number;
    readonly waitedSeconds?: number;
  };
}

function arrivalsOf({ arrivals }: Demand, random: Random, { startsAt, endsAt, moment }: Omit<Day, 'seed'>): Arrival[] {
  if (arrivals.kind === 'recorded') {
    return arrivals.contacts.flatMap(({ at, ...known }) => {
      const [timeOfDay, rest] = [at.slice(0, 5), at.slice(6)];
      const came = moment(timeOfDay) + Math.round(seconds(Number(rest)));
      return came >= startsAt && came < endsAt ? [{ at: came, known: known as Arrival['known'] }] : [];
    });
  }
  const came: Arrival[] = [];
  for (const [index, { from, perHour }] of arrivals.rates.entries()) {
    const next = arrivals.rates[index + 1];
    const until = Math.min(endsAt, next === undefined ? endsAt : moment(next.from));
    // Chance has no memory: at a change of the rate the wait for the next one may begin anew.
    let at = Math.max(startsAt, moment(from));
    while (perHour > 0) {
      at += (-Math.log1p(-random.next()) * hours(1)) / perHour;
      if (at >= until) break;
      came.push({ at: Math.round(at), known: {} });
    }
  }
  return came;
}

function tierOf({ tiers = [] }: Demand, drawn: number): Tier | null {
  let upTo = 0;
  for (const { tier, share } of tiers) if (drawn < (upTo += share)) return tier;
  return null;
}

function agentsOf(group: AgentGroup, configuration: Configuration, moment: (timeOfDay: string) => number): PlannedAgent[] {
  const shiftsOf = (place: number): Shift[] =>
    group.shifts.map(({ from, to, breaks = [] }) => ({
      from: moment(from),
      to: moment(to),
      breaks: breaks.map(({ at, minutes: length, waves = 1 }) => ({
        at: moment(at) + (place % waves) * minutes(length),
        forMs: minutes(length),
      })),
    }));
  return peopleOf(group, configuration).map(([agentId, settings], place) => ({
    agentId,
    group: group.group,
    settings,
    shifts: shiftsOf(place),
    answerDelay: group.answerDelay ?? { kind: 'fixed', seconds: 3 },
    rejects: group.rejects ?? 0,
    leavesRinging: group.leavesRinging ?? 0,
    backAfterMs: seconds(group.backAfterSeconds ?? 120),
  }));
}

type Who = AgentGroup['who'];

/** Says whether an agent of the configuration belongs to the group. */
export function isMeant(who: Exclude<Who, { kind: 'alike' }>, agent: { readonly id: string; readonly team: string | null }): boolean {
  if (who.kind === 'everybody') return true;
  return who.kind === 'team' ? agent.team === who.team : agent.id === who.agent;
}

function peopleOf({ group, who }: AgentGroup, configuration: Configuration): (readonly [AgentId, AgentSettings])[] {
  const capacityOf = (id: string | null) =>
    (configuration.capacities.find((one) => one.id === id) ?? configuration.capacities[0])?.channels ?? {};
  if (who.kind === 'alike') {
    const settings = {
      skills: who.skills,
      capacity: capacityOf(who.capacity ?? null),
      teamId: null,
      orgUnitId: null,
      leftQueueIds: (who.leftQueues ?? []).map((id) => asId<QueueId>(id)),
      weight: who.weight ?? 1,
    };
    return Array.from({ length: who.count }, (_, index) => [asId<AgentId>(`${group} ${index + 1}`), settings]);
  }
  return configuration.users.flatMap(({ agent, orgUnit }: UserConfiguration) =>
    agent === null || !isMeant(who, agent)
      ? []
      : [[asId<AgentId>(agent.id), settingsFrom({ orgUnit }, agent, configuration.capacities)] as const],
  );
}
