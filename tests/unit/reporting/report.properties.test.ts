import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Report } from '../../../cti-bridge/reporting/index.ts';
import { boardFigures } from '../../../shared/contracts/board.ts';
import { hours, seconds } from '../../../shared/duration.ts';
import { billing, DayUnderTest, lena, technical, wei } from './day-under-test.ts';

const names = ['a', 'b', 'c', 'd', 'e'] as const;
const byUs = { by: 'system', reason: 'fault', fault: 'ours' } as const;

/** Anything may be said of anybody at any moment, in an order that makes sense or not, on a clock that may be set. */
const happening = fc.record({
  name: fc.constantFrom(...names),
  what: fc.constantFrom('comes', 'offered', 'answered', 'missed', 'moved', 'diverted', 'returned', 'ends', 'fails', 'wrapsUp', 'completed'),
  agentId: fc.constantFrom(lena, wei),
  queueId: fc.constantFrom(billing, technical),
  passes: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: seconds(40) }) },
    { weight: 1, arbitrary: fc.integer({ min: -hours(13), max: hours(13) }) },
  ),
});
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

function tell(day: DayUnderTest, { name, what, agentId, queueId, passes }: Happening): void {
  day.after(passes);
  const other = queueId === billing ? technical : billing;
  const words: Record<Happening['what'], () => unknown> = {
    comes: () => day.comes(name, queueId),
    offered: () => day.offered(name, agentId),
    answered: () => day.answered(name, agentId),
    missed: () => day.missed(name, 'noAnswer', agentId),
    moved: () => day.moved(name, other, queueId),
    diverted: () => day.diverted(name, queueId),
    returned: () => day.returned(name, agentId, queueId),
    ends: () => day.ends(name),
    fails: () => day.ends(name, byUs),
    wrapsUp: () => day.wrapsUp(name, 90_000, agentId),
    completed: () => day.completed(name, agentId),
  };
  words[what]();
}

const figures = [...boardFigures, 'cutOff'] as const;

describe('over any stream of events', () => {
  it('every figure is the length of the list behind it, of each queue and of all, and nobody is in two outcomes', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        const day = new DayUnderTest();
        for (const each of happenings) {
          tell(day, each);
          const perQueue = [billing, technical].map((queueId) => day.figures(queueId));
          for (const figure of figures) {
            for (const [index, queueId] of [billing, technical].entries())
              expect(day.names(figure, queueId)).toHaveLength(perQueue[index]?.[figure] ?? -1);
            expect(day.names(figure, null)).toHaveLength(perQueue.reduce((sum, one) => sum + one[figure], 0));
          }
          const settled = (['answered', 'abandoned', 'diverted', 'cutOff'] as const).flatMap((figure) => day.names(figure, null));
          expect(new Set(settled).size).toBe(settled.length);
          const open = [...day.names('waiting', null), ...day.names('handling', null)];
          expect(new Set(open).size).toBe(open.length);
          for (const { serviceLevelToday, serviceLevelNow, answered, abandoned, averageAnswerMs, averageHandlingMs } of perQueue) {
            expect(serviceLevelToday.of).toBeLessThanOrEqual(answered + abandoned);
            for (const { inTime, of, percent } of [serviceLevelToday, serviceLevelNow]) {
              expect(inTime).toBeLessThanOrEqual(of);
              expect(percent === null || (percent >= 0 && percent <= 100)).toBe(true);
            }
            expect(Math.min(0, averageAnswerMs ?? 0, averageHandlingMs ?? 0)).toBe(0);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the same events give the same figures, wherever they were read', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        const day = new DayUnderTest();
        for (const each of happenings) tell(day, each);
        const again = new Report({ timeZone: 'Europe/London' });
        for (const event of JSON.parse(JSON.stringify(day.events))) again.fold(event);
        // The threshold comes after the events, as at a start; it must not matter.
        for (const queueId of [billing, technical]) {
          again.setThreshold(queueId, 20_000);
          expect(again.figuresOf(queueId, day.at)).toEqual(day.figures(queueId));
          for (const figure of figures)
            expect(again.contactsOf(queueId, figure, day.at)).toEqual(day.report.contactsOf(queueId, figure, day.at));
        }
        for (const agentId of [lena, wei]) expect(again.agent(agentId, day.at)).toEqual(day.report.agent(agentId, day.at));
      }),
      { numRuns: 200 },
    );
  });
});
