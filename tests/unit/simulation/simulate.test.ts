import { describe, expect, it } from 'vitest';
import { figuresOf, simulate } from '../../../cti-bridge/simulation/index.ts';
import { demandOf, plainScenario, planFor, teamOf } from '../../support/simulated-days.ts';

/** What became of each customer, in the order of their arrival: `answered 60` is a wait in seconds. */
const story = (scenario: object, seed?: number) =>
  simulate(planFor(scenario, seed)).contacts.map(({ ending, waitedMs }) => `${ending} ${waitedMs / 1_000}`);
const oneAgent = { ...plainScenario, agents: [teamOf(1)] };

describe('a simulated day', () => {
  it('answers in the order of arrival, each when somebody is free', () => {
    const scenario = { ...oneAgent, demand: [demandOf('hotline', ['09:00:00', '09:00:10', '09:00:20'])] };
    expect(story(scenario)).toEqual(['answered 0', 'answered 50', 'answered 100']);
  });

  it('counts the time to pick up, and the wrap-up before the next', () => {
    const scenario = {
      ...plainScenario,
      demand: [demandOf('hotline', ['09:00:00', '09:00:10'], { wrapUp: { kind: 'fixed', seconds: 30 } })],
      agents: [teamOf(1, { answerDelay: { kind: 'fixed', seconds: 4 } })],
    };
    expect(story(scenario)).toEqual(['answered 4', 'answered 88']);
  });

  it('ends a timed wrap-up at its limit', () => {
    const scenario = {
      ...oneAgent,
      configuration: {
        queues: [
          { id: 'hotline', wrapUp: { mode: 'timed', seconds: 20, extendBySeconds: 30, maxExtensions: 0, defaultDisposition: 'done' } },
        ],
      },
      demand: [demandOf('hotline', ['09:00:00', '09:00:10'], { wrapUp: { kind: 'fixed', seconds: 300 } })],
    };
    expect(story(scenario)).toEqual(['answered 0', 'answered 70']);
  });

  it('lets people leave when their patience is used up, and turn away at once where many wait', () => {
    const waits = { ...oneAgent, demand: [demandOf('hotline', ['09:00:00', { at: '09:00:10', patienceSeconds: 20 }, '09:00:15'])] };
    expect(story(waits)).toEqual(['answered 0', 'left 20', 'answered 45']);
    const balks = {
      ...oneAgent,
      demand: [demandOf('hotline', ['09:00:00', '09:00:10', '09:00:20'], { balking: { share: 1, whenWaitingAbove: 0 } })],
    };
    expect(story(balks)).toEqual(['answered 0', 'answered 50', 'balked 0']);
  });

  it('does not let those turn away for whom it rings at once', () => {
    const scenario = {
      ...plainScenario,
      demand: [demandOf('hotline', ['09:00:00', '09:00:02'], { balking: { share: 1, whenWaitingAbove: 0 } })],
      agents: [teamOf(2, { answerDelay: { kind: 'fixed', seconds: 5 } })],
    };
    expect(story(scenario)).toEqual(['answered 5', 'answered 5']);
  });

  it('begins a break when the work in hand is done, and gives it its whole length', () => {
    const scenario = {
      ...plainScenario,
      demand: [demandOf('hotline', ['09:59:30', '10:01:00'])],
      agents: [teamOf(1, { shifts: [{ from: '08:00', to: '18:00', breaks: [{ at: '10:00', minutes: 15 }] }] })],
    };
    // In a call until 10:00:30, so back at 10:15:30.
    expect(story(scenario)).toEqual(['answered 0', 'answered 870']);
  });

  it('sends a group on its break in waves', () => {
    const scenario = {
      ...plainScenario,
      demand: [demandOf('hotline', ['10:00:10', '10:20:00', '10:40:00', '10:45:10'])],
      agents: [teamOf(2, { shifts: [{ from: '08:00', to: '10:45', breaks: [{ at: '10:00', minutes: 15, waves: 2 }] }] })],
    };
    expect(story(scenario).slice(0, 3)).toEqual(['answered 0', 'answered 0', 'answered 0']);
    expect(story(scenario)[3]).toMatch(/^unserved/);
  });

  it('lets whoever goes home finish what is in hand', () => {
    const scenario = {
      ...plainScenario,
      demand: [
        demandOf('hotline', [
          { at: '09:59:50', handlingSeconds: 600 },
          { at: '10:00:10', patienceSeconds: 30 },
        ]),
      ],
      agents: [teamOf(1, { shifts: [{ from: '09:00', to: '10:00' }] })],
    };
    const outcome = simulate(planFor(scenario));
    expect(outcome.contacts.map(({ ending }) => ending)).toEqual(['answered', 'left']);
    const { groups } = figuresOf(outcome);
    expect(groups[0]).toMatchObject({ answered: 1, busyMs: 600_000, freeMs: 3_600_000 - 10_000 });
  });

  it('offers on what was refused or left to ring, and counts both', () => {
    const refused = {
      ...plainScenario,
      demand: [demandOf('hotline', ['09:00:00'])],
      agents: [teamOf(1, { group: 'no', rejects: 1 }), teamOf(1)],
    };
    const outcome = simulate(planFor(refused));
    expect(outcome.contacts[0]).toMatchObject({ ending: 'answered', missedOffers: 1, agentId: 'team 1' });

    const ringing = {
      ...plainScenario,
      demand: [demandOf('hotline', ['09:00:00'])],
      agents: [teamOf(1, { group: 'away', leavesRinging: 1 }), teamOf(1)],
    };
    expect(story(ringing)).toEqual(['answered 20']);
  });

  it('takes somebody back who was set not ready for letting it ring', () => {
    const scenario = {
      ...plainScenario,
      configuration: { queues: [{ id: 'hotline', ringSeconds: 10, missesBeforeNotReady: 1 }] },
      demand: [demandOf('hotline', ['09:00:00'])],
      agents: [teamOf(1, { leavesRinging: 0.5, backAfterSeconds: 60 })],
    };
    const all = Array.from({ length: 8 }, (_, seed) => story(scenario, seed)[0]);
    // Some pick up at the first ring; whoever does not is back a minute after the ten seconds.
    expect(all).toContain('answered 0');
    expect(all).toContain('answered 70');
  });

  it('moves on what has waited too long in its own queue, and keeps it in the figures of where it arrived', () => {
    const scenario = {
      ...plainScenario,
      configuration: {
        skills: ['near', 'far'],
        queues: [
          { id: 'near', needs: 'near >= 1', overflow: { afterSeconds: 30, queue: 'far' } },
          { id: 'far', needs: 'far >= 1' },
        ],
      },
      demand: [demandOf('near', ['09:00:00'])],
      agents: [teamOf(1, { skills: { far: 5 } })],
    };
    const { queues } = figuresOf(simulate(planFor(scenario)));
    expect(queues[0]?.day).toMatchObject({ offered: 1, answered: 1, movedAndAnswered: 1, averageAnswerMs: 30_000 });
    expect(queues[1]?.day).toMatchObject({ offered: 0, answered: 0 });
    expect(queues[1]?.day.serviceLevel.percent).toBeNull();
  });

  it('turns away whoever comes when it is closed, by the hours of the day', () => {
    const hours = { id: 'short', timeZone: 'Asia/Shanghai', weekly: { mon: [{ from: '09:00', to: '10:00' }] }, holidays: [] };
    const scenario = {
      ...plainScenario,
      configuration: { hours: [hours], queues: [{ id: 'hotline', hours: 'short' }] },
      demand: [demandOf('hotline', ['08:59:59', '09:00:00', '09:59:59', '10:00:00'])],
    };
    expect(story(scenario)).toEqual(['diverted 0', 'answered 0', 'answered 0', 'diverted 0']);
  });

  it('lets a mail rest while a call interrupts it', () => {
    const capacity = {
      id: 'blended',
      channels: { voice: { max: 1, weight: 100, interrupts: ['email'] }, email: { max: 1, weight: 100, interrupts: [] } },
    };
    const scenario = {
      ...plainScenario,
      configuration: { capacities: [capacity], queues: [{ id: 'mails', channel: 'email' }, { id: 'calls' }] },
      demand: [
        demandOf('mails', ['09:00:00', '09:00:01'], { handling: { kind: 'fixed', seconds: 300 } }),
        demandOf('calls', ['09:01:00'], { handling: { kind: 'fixed', seconds: 120 } }),
      ],
      agents: [teamOf(1, { capacity: 'blended' })],
    };
    // The call is answered at once; the first mail takes 300 s and the 120 s of the call.
    expect(story(scenario)).toEqual(['answered 0', 'answered 419', 'answered 0']);
  });

  it('has the same customers whatever the configuration, the people and the other queues are', () => {
    const busy = (queue: object, agents: number) => ({
      ...plainScenario,
      configuration: { queues: [{ id: 'hotline', ...queue }, { id: 'other' }] },
      demand: [
        demandOf('hotline', [], {
          arrivals: { kind: 'rates', rates: [{ from: '08:00', perHour: 60 }] },
          patience: { kind: 'exponential', meanSeconds: 90 },
        }),
      ],
      agents: [teamOf(agents, { rejects: 0.2 })],
    });
    const customers = (scenario: object) => planFor(scenario).customers;
    expect(customers(busy({}, 1))).toEqual(customers(busy({ strategy: 'ringAll', maxWaiting: 3 }, 7)));
    expect(customers(busy({}, 1))).not.toEqual(planFor(busy({}, 1), 2).customers);
  });

  it('is the same to the last digit for the same seed, and another for another', () => {
    const scenario = {
      ...plainScenario,
      demand: [
        demandOf('hotline', [], {
          arrivals: { kind: 'rates', rates: [{ from: '08:00', perHour: 90 }] },
          handling: { kind: 'lognormal', meanSeconds: 70, standardDeviationSeconds: 60 },
          patience: { kind: 'exponential', meanSeconds: 90 },
        }),
      ],
      agents: [teamOf(2, { rejects: 0.05, leavesRinging: 0.05, answerDelay: { kind: 'exponential', meanSeconds: 4 } })],
    };
    const figures = (seed: number) => JSON.stringify(figuresOf(simulate(planFor(scenario, seed))));
    expect(figures(5)).toBe(figures(5));
    expect(figures(5)).not.toBe(figures(6));
  });

  it('loses nobody: whoever comes is answered, leaves, is sent away or is still there', () => {
    const scenario = {
      ...plainScenario,
      configuration: { queues: [{ id: 'hotline', maxWaiting: 2, maxWaitSeconds: 60, missesBeforeNotReady: 1 }] },
      demand: [
        demandOf('hotline', [], {
          arrivals: { kind: 'rates', rates: [{ from: '08:00', perHour: 150 }] },
          patience: { kind: 'exponential', meanSeconds: 60 },
        }),
      ],
      agents: [teamOf(2, { rejects: 0.1, leavesRinging: 0.1 })],
    };
    const plan = planFor(scenario);
    const { contacts } = simulate(plan);
    expect(contacts.map(({ customer }) => customer.number)).toEqual(plan.customers.map(({ number }) => number));
    const { day } = figuresOf(simulate(plan)).queues[0] ?? {};
    expect((day?.answered ?? 0) + (day?.abandoned ?? 0) + (day?.diverted ?? 0) + (day?.unserved ?? 0)).toBe(day?.offered);
    expect(day?.diverted).toBeGreaterThan(0);
    expect(day?.abandoned).toBeGreaterThan(0);
  });
});
