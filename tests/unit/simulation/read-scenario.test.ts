import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../cti-bridge/simulation/index.ts';
import { demandOf, plainScenario, teamOf } from '../../support/simulated-days.ts';

const problemsOf = (scenario: object) => {
  const reading = readScenario(scenario);
  return reading.ok ? [] : reading.problems.map(({ path, found, expected }) => `${path}: found ${found}; expected ${expected}`);
};

describe('a scenario', () => {
  it('is a whole configuration around the little that was written', () => {
    const reading = readScenario(plainScenario);
    expect(reading.ok && reading.configuration.queues[0]).toMatchObject({ id: 'hotline', strategy: 'longestIdle', ringSeconds: 20 });
  });

  it('is refused with every problem named, each by its place', () => {
    const problems = problemsOf({
      ...plainScenario,
      timeZone: 'Asia/Nowhere',
      date: '2026-02-30',
      to: '07:00',
      configuration: {
        skills: ['billing'],
        queues: [
          { id: 'hotline', needs: 'biling >= 3' },
          { id: 'loop', overflow: { afterSeconds: 10, queue: 'loop' } },
        ],
      },
      demand: [
        demandOf('hotlin', []),
        demandOf('loop', [], {
          tiers: [
            { tier: 'gold', share: 0.7 },
            { tier: 'silver', share: 0.7 },
          ],
        }),
      ],
      agents: [teamOf(1, { skills: { french: 3 }, capacity: 'wide', rejects: 0.6, leavesRinging: 0.6 })],
    });
    const expected = [
      /^scenario\/configuration\/queues\/hotline\/needs: found .*biling/,
      /^scenario\/configuration\/queues\/loop\/overflow/,
    ];
    for (const pattern of expected) expect(problems.some((problem) => pattern.test(problem))).toBe(true);
  });

  it('names what its parts say of each other', () => {
    const problems = problemsOf({
      ...plainScenario,
      timeZone: 'Asia/Nowhere',
      date: '2026-02-30',
      to: '07:00',
      demand: [
        demandOf('hotlin', []),
        demandOf('hotline', [], {
          tiers: [
            { tier: 'gold', share: 0.7 },
            { tier: 'silver', share: 0.7 },
          ],
        }),
      ],
      agents: [
        teamOf(1, { skills: { french: 3 }, capacity: 'wide', rejects: 0.6, leavesRinging: 0.6 }),
        {
          group: 'lost',
          who: { kind: 'team', team: 'lost' },
          shifts: [{ from: '10:00', to: '09:00', breaks: [{ at: '12:00', minutes: 5 }] }],
        },
      ],
    });
    expect(problems).toEqual([
      'scenario/timeZone: found Asia/Nowhere; expected a time zone by its IANA name, such as Asia/Shanghai or Europe/London',
      'scenario/date: found 2026-02-30; expected a day that exists, such as 2026-10-01',
      'scenario/to: found 07:00; expected a time after 08:00, when the day begins',
      'scenario/demand/0/queue: found hotlin; expected one of hotline',
      'scenario/demand/1/tiers: found shares of 1.4 together; expected at most 1 together',
      'scenario/agents/0/who/skills/french: found french; expected nothing: there is none',
      'scenario/agents/0/who/capacity: found wide; expected one of usual',
      'scenario/agents/0/rejects: found 0.6 and 0.6 left to ring; expected at most 1 together',
      'scenario/agents/1/who/team: found lost; expected nothing: there is none',
      'scenario/agents/1/shifts/0: found 10:00 to 09:00; expected shifts that follow each other, each with its end after its beginning',
      'scenario/agents/1/shifts/0/breaks/0/at: found 12:00; expected a time from 10:00 to 09:00',
    ]);
  });

  it('is refused in plain words where its shape is wrong', () => {
    const problems = problemsOf({
      ...plainScenario,
      colour: 'red',
      demand: [{ ...demandOf('hotline', []), handling: { kind: 'normal' }, patience: { kind: 'exponential', meanSeconds: -1 } }],
    });
    expect(problems).toEqual([
      'scenario/demand/0/handling/kind: found normal; expected kind: exponential, lognormal, fixed or empirical',
      'scenario/demand/0/patience/meanSeconds: found -1; expected 0 or more',
      'scenario/colour: found red; expected nothing: there is no such field here',
    ]);
  });

  it('is refused when it is nothing of the kind', () => {
    expect(problemsOf([]).length).toBeGreaterThan(0);
    expect(readScenario(null).ok).toBe(false);
    expect(readScenario('busy').ok).toBe(false);
  });
});
