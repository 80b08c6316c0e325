import { describe, expect, it } from 'vitest';
import type { AgentEvent, InteractionEvent } from '../../../cti-bridge/interactions/index.ts';
import { planOf, readScenario, scenarioOfDay, simulate } from '../../../cti-bridge/simulation/index.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { plainScenario, planFor } from '../../support/simulated-days.ts';

const date = '2026-03-02';
const at = (time: string) => Date.parse(`${date}T${time}+08:00`);

/** What a bridge stores of a call: queued, offered and answered, ended, wrapped up; or given up. */
function call(
  id: string,
  queuedAt: string,
  story: { answered?: string; ended: string; completed?: string; by?: string },
): InteractionEvent[] {
  const event = (time: string, fact: object) =>
    ({ id: `${id}-${time}`, interactionId: id, at: at(time), ...fact }) as unknown as InteractionEvent;
  const { answered, ended, completed, by = 'caller' } = story;
  return [
    event(queuedAt, { type: 'workItem:queued', workItemId: `w-${id}`, queueId: 'hotline', priority: 0 }),
    ...(answered === undefined
      ? []
      : [
          event(queuedAt, { type: 'reservation:offered', reservationId: `r-${id}`, agentId: 'ann' }),
          event(answered, { type: 'reservation:ended', reservationId: `r-${id}`, cause: 'answered' }),
          event(answered, { type: 'interaction:answered', agentId: 'ann' }),
        ]),
    event(ended, { type: 'interaction:ended', end: { by, reason: 'hungUp', fault: 'none' } }),
    ...(completed === undefined
      ? []
      : [event(ended, { type: 'wrapUp:started', agentId: 'ann' }), event(completed, { type: 'interaction:completed' })]),
  ];
}

const presence = (time: string, chosen: string) =>
  ({ id: time, type: 'agent:presenceChanged', agentId: 'ann', at: at(time), presence: chosen, reason: null }) as unknown as AgentEvent;

const reading = readScenario(plainScenario);
const usual = reading.ok ? reading.configuration : null;
const configuration = {
  ...usual,
  organisation: { ...usual?.organisation, timeZone: 'Asia/Shanghai' },
  users: [
    ...(usual?.users ?? []),
    {
      id: 'ann',
      username: 'ann',
      name: 'Ann',
      role: 'administrator',
      locale: 'en',
      orgUnit: null,
      agent: {
        id: 'ann',
        extension: '1001',
        team: null,
        capacity: 'usual',
        skills: {},
        leftQueues: [],
        weight: 1,
        phone: { kind: 'desktop' },
      },
    },
  ],
} as Configuration;

const day = {
  date,
  configuration,
  startsAt: at('00:00:00'),
  endsAt: at('24:00:00'),
  events: [
    ...call('one', '09:10:00', { answered: '09:10:05', ended: '09:12:05', completed: '09:12:35' }),
    ...call('two', '09:11:00', { ended: '09:11:40' }),
    ...call('three', '09:12:00', { answered: '09:12:45', ended: '09:13:45' }),
    ...call('four', '10:20:00', { ended: '10:20:10', by: 'system' }),
  ],
  agentEvents: [
    presence('08:59:20', 'available'),
    presence('10:00:00', 'notReady'),
    presence('10:15:00', 'available'),
    presence('10:45:00', 'loggedOut'),
  ],
};

describe('a recorded day', () => {
  it('becomes a scenario that can be read: its hours, its people with their breaks, its contacts', () => {
    const scenario = scenarioOfDay(day);
    expect(readScenario(scenario).ok).toBe(true);
    expect(scenario).toMatchObject({ from: '08:00', to: '11:00', timeZone: 'Asia/Shanghai' });
    expect(scenario.agents).toMatchObject([
      { who: { kind: 'person', agent: 'ann' }, shifts: [{ from: '08:59', to: '10:45', breaks: [{ at: '10:00', minutes: 15 }] }] },
    ]);
    expect(scenario.agents[0]?.answerDelay).toEqual({ kind: 'empirical', seconds: [5, 45] });
    expect(scenario.demand[0]?.arrivals).toEqual({
      kind: 'recorded',
      contacts: [
        { at: '09:10:00.000', handlingSeconds: 120, wrapUpSeconds: 30, waitedSeconds: 5 },
        { at: '09:11:00.000', patienceSeconds: 40 },
        { at: '09:12:00.000', handlingSeconds: 60, wrapUpSeconds: 0, waitedSeconds: 45 },
        { at: '10:20:00.000', waitedSeconds: 10 },
      ],
    });
  });

  it('takes from the answered only that their patience is longer than their wait', () => {
    // All waited 100 s together, one left: a mean of 100 s.
    const scenario = scenarioOfDay(day);
    expect(scenario.demand[0]?.patience).toEqual({ kind: 'exponential', meanSeconds: 100 });
    const judged = readScenario(scenario);
    if (!judged.ok) throw new Error(JSON.stringify(judged.problems));
    const { customers } = planOf(judged.scenario, judged.configuration);
    expect(customers[0]?.patienceMs).toBeGreaterThan(5_000);
    expect(customers[1]?.patienceMs).toBe(40_000);
    expect(customers[2]?.patienceMs).toBeGreaterThan(45_000);
  });

  it('knows no end of patience where nobody left', () => {
    const scenario = scenarioOfDay({ ...day, events: call('one', '09:10:00', { answered: '09:10:05', ended: '09:12:05' }) });
    expect(scenario.demand[0]?.patience).toBeNull();
  });

  it('plays with everybody who came', () => {
    const { contacts } = simulate(planFor(scenarioOfDay(day)));
    expect(contacts.map(({ customer }) => customer.at)).toEqual(['09:10:00', '09:11:00', '09:12:00', '10:20:00'].map(at));
    expect(contacts[1]?.waitedMs).toBeLessThanOrEqual(40_000);
  });
});
