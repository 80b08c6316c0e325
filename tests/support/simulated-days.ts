import { type Customer, type Plan, planOf, readScenario } from '../../cti-bridge/simulation/index.ts';
import { asId, type QueueId } from '../../shared/ids.ts';

/** Simulated days for tests: scenarios that differ from a plain one in what a test is about. */

/** One queue, two people, nobody who comes. */
export const plainScenario = {
  name: 'plain',
  date: '2026-03-02',
  timeZone: 'Asia/Shanghai',
  from: '08:00',
  to: '18:00',
  configuration: { queues: [{ id: 'hotline' }] } as object,
  demand: [demandOf('hotline', [])] as readonly object[],
  agents: [teamOf(2)] as readonly object[],
};

/** Customers who come at these moments, each with a minute to talk about, without wrap-up, and as patient as need be. */
export function demandOf(queue: string, contacts: readonly (string | object)[], more: object = {}) {
  return {
    queue,
    arrivals: { kind: 'recorded', contacts: contacts.map((contact) => (typeof contact === 'string' ? { at: contact } : contact)) },
    handling: { kind: 'fixed', seconds: 60 },
    wrapUp: null,
    patience: null,
    ...more,
  };
}

/** People who take what they are offered at once. */
export function teamOf(count: number, more: { readonly skills?: object; readonly capacity?: string } & Record<string, unknown> = {}) {
  const { skills = {}, capacity = null, ...rest } = more;
  return {
    group: 'team',
    who: { kind: 'alike', count, skills, capacity },
    shifts: [{ from: '08:00', to: '18:00' }],
    answerDelay: { kind: 'fixed', seconds: 0 },
    ...rest,
  };
}

/** The plan of a scenario that has to be right. */
export function planFor(scenario: object, seed?: number): Plan {
  const reading = readScenario(scenario);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems, null, 2));
  return planOf(reading.scenario, reading.configuration, seed);
}

/** A plan in which these customers come to the hotline, however long that takes, and a team is there all the time. */
export function endlessPlan(agents: number, customers: readonly Customer[], queue: object = {}): Plan {
  const configuration = { queues: [{ id: 'hotline', ...queue }] };
  const plan = planFor({ ...plainScenario, configuration, agents: [teamOf(agents)] });
  const endsAt = (customers.at(-1)?.at ?? plan.startsAt) + 1;
  const shifts = [{ from: plan.startsAt, to: endsAt + 1_000 * 3_600_000, breaks: [] }];
  return { ...plan, endsAt, customers, agents: plan.agents.map((agent) => ({ ...agent, shifts })) };
}

export const hotline = asId<QueueId>('hotline');
