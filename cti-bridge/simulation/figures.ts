import { hours, seconds } from '../../shared/duration.ts';
import { type AgentId, asId, type QueueId } from '../../shared/ids.ts';
import { type ServiceLevelCount, serviceLevel, serviceLevelCount } from '../reporting/index.ts';
import type { Outcome, SimulatedContact } from './simulate.ts';

/**
 * The figures of a queue in one hour, or in the whole day. A customer counts in the queue and the hour of their arrival, wherever they are
 * answered. Rates of nothing are null.
 */
export interface QueueFigures {
  readonly offered: number;
  readonly answered: number;
  /** Gave up waiting. */
  readonly abandoned: number;
  /** Closed, full or waited too long. */
  readonly diverted: number;
  /** Still waiting long after everybody went home. */
  readonly unserved: number;
  /** Answered from another queue they were moved to. */
  readonly movedAndAnswered: number;
  /** The house's formula (`reporting/service-level.ts`), by the queue's own threshold. */
  readonly serviceLevel: ServiceLevelCount & { readonly percent: number | null };
  /** Mean wait of the answered, ms. */
  readonly averageAnswerMs: number | null;
  /** The longest anybody waited, answered or not, ms. */
  readonly maxWaitMs: number | null;
  /** Abandoned of offered, 0 to 100. */
  readonly abandonedPercent: number | null;
  /** Of the time at work (busy or free) of those who can serve it, the share they were busy, with this queue or another, 0 to 100. */
  readonly occupancyPercent: number | null;
}

export interface GroupFigures {
  readonly group: string;
  readonly agents: number;
  readonly answered: number;
  readonly busyMs: number;
  readonly freeMs: number;
  readonly occupancyPercent: number | null;
}

export interface Figures {
  readonly queues: readonly { readonly queueId: QueueId; readonly day: QueueFigures; readonly byHour: readonly QueueFigures[] }[];
  readonly all: QueueFigures;
  readonly groups: readonly GroupFigures[];
}

export function figuresOf(outcome: Outcome): Figures {
  const { plan, members, contacts } = outcome;
  const hourCount = Math.max(1, Math.ceil((plan.endsAt - plan.startsAt) / hours(1)));
  const hourOf = ({ customer }: SimulatedContact) => Math.floor((customer.at - plan.startsAt) / hours(1));
  const byQueue = Map.groupBy(contacts, ({ customer }) => customer.queueId);
  return {
    queues: plan.queues.map(({ id }) => {
      const queueId = asId<QueueId>(id);
      const own = byQueue.get(queueId) ?? [];
      const byHour = Map.groupBy(own, hourOf);
      const people = members.get(queueId) ?? [];
      return {
        queueId,
        day: count(outcome, own, people, null),
        byHour: Array.from({ length: hourCount }, (_, hour) => count(outcome, byHour.get(hour) ?? [], people, hour)),
      };
    }),
    all: count(
      outcome,
      contacts,
      plan.agents.map(({ agentId }) => agentId),
      null,
    ),
    groups: groupsOf(outcome),
  };
}

function count(outcome: Outcome, contacts: readonly SimulatedContact[], people: readonly AgentId[], hour: number | null): QueueFigures {
  const thresholds = new Map(outcome.plan.queues.map(({ id, serviceLevel: { thresholdSeconds } }) => [id, seconds(thresholdSeconds)]));
  const of = (...endings: readonly SimulatedContact['ending'][]) => contacts.filter(({ ending }) => endings.includes(ending));
  const answered = of('answered');
  const abandoned = of('left', 'balked');
  let level: ServiceLevelCount = { inTime: 0, of: 0 };
  for (const { ending, waitedMs, customer } of [...answered, ...abandoned]) {
    const thresholdMs = thresholds.get(customer.queueId) ?? 0;
    const added = serviceLevelCount(ending === 'answered' ? 'answered' : 'abandoned', waitedMs, thresholdMs);
    level = { inTime: level.inTime + added.inTime, of: level.of + added.of };
  }
  const waited = answered.reduce((sum, { waitedMs }) => sum + waitedMs, 0);
  return {
    offered: contacts.length,
    answered: answered.length,
    abandoned: abandoned.length,
    diverted: of('diverted').length,
    unserved: of('unserved').length,
    movedAndAnswered: answered.filter(({ customer, queueId }) => customer.queueId !== queueId).length,
    serviceLevel: serviceLevel(level),
    averageAnswerMs: answered.length === 0 ? null : waited / answered.length,
    maxWaitMs: contacts.length === 0 ? null : contacts.reduce((most, { waitedMs }) => Math.max(most, waitedMs), 0),
    abandonedPercent: contacts.length === 0 ? null : (100 * abandoned.length) / contacts.length,
    occupancyPercent: occupancyOf(outcome, people, hour),
  };
}

function occupancyOf({ times }: Outcome, people: readonly AgentId[], hour: number | null): number | null {
  let [busy, all] = [0, 0];
  for (const agentId of people) {
    const { busyMs, freeMs } = times.of(agentId, hour);
    busy += busyMs;
    all += busyMs + freeMs;
  }
  return all === 0 ? null : (100 * busy) / all;
}

function groupsOf(outcome: Outcome): GroupFigures[] {
  const { plan, times, contacts } = outcome;
  return [...new Set(plan.agents.map(({ group }) => group))].map((group) => {
    const people = new Set(plan.agents.filter((agent) => agent.group === group).map(({ agentId }) => agentId));
    const spent = [...people].map((agentId) => times.of(agentId, null));
    return {
      group,
      agents: people.size,
      answered: contacts.filter(({ agentId }) => agentId !== null && people.has(agentId)).length,
      busyMs: spent.reduce((sum, { busyMs }) => sum + busyMs, 0),
      freeMs: spent.reduce((sum, { freeMs }) => sum + freeMs, 0),
      occupancyPercent: occupancyOf(outcome, [...people], null),
    };
  });
}
