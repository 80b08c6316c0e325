import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Report, reportedFigures } from '../../../cti-bridge/reporting/index.ts';
import { hours, seconds } from '../../../shared/duration.ts';
import { billing, DayUnderTest, itemOf, lena, technical, wei } from './day-under-test.ts';

const names = ['a', 'b', 'c', 'd', 'e'] as const;
const byUs = { by: 'system', reason: 'fault', fault: 'ours' } as const;

/** Anything may be said of anybody at any moment, in an order that makes sense or not, on a clock that may be set. */
const happening = fc.record({
  name: fc.constantFrom(...names),
  what: fc.constantFrom(
    'comes',
    'offered',
    'answered',
    'missed',
    'moved',
    'diverted',
    'returned',
    'promised',
    'calledBack',
    'canceled',
    'ends',
    'fails',
    'wrapsUp',
    'completed',
  ),
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
    promised: () => day.promised(name, name, queueId),
    calledBack: () => day.calledBack(`${name} again`, name, queueId),
    canceled: () => day.tell(name, { type: 'workItem:canceled', workItemId: itemOf(name), queueId, why: 'calledAgain' }),
    ends: () => day.ends(name),
    fails: () => day.ends(name, byUs),
    wrapsUp: () => day.wrapsUp(name, 90_000, agentId),
    completed: () => day.completed(name, agentId),
  };
  words[what]();
}

const figures = [...reportedFigures, 'cutOff'] as const;

/** Whatever about the figures cannot be, in words. */
function faultsOf(day: DayUnderTest): readonly string[] {
  const faults: string[] = [];
  const must = (holds: boolean, what: string) => void (holds || faults.push(what));
  const rows = [billing, technical].map((queueId) => ({ queueId, row: day.figures(queueId) }));
  for (const figure of figures) {
    for (const { queueId, row } of rows) must(day.names(figure, queueId).length === row[figure], `${queueId} ${figure}`);
    must(day.names(figure, null).length === rows.reduce((sum, { row }) => sum + row[figure], 0), `all ${figure}`);
  }
  const settled = (['answered', 'abandoned', 'diverted', 'cutOff'] as const).flatMap((figure) => day.names(figure, null));
  must(new Set(settled).size === settled.length, 'two outcomes');
  const open = [...day.names('waiting', null), ...day.names('handling', null)];
  must(new Set(open).size === open.length, 'waits and is handled');
  for (const { row } of rows) {
    must(row.serviceLevelToday.of <= row.answered + row.abandoned, 'service level of more than there were');
    must((row.averageAnswerMs ?? 0) >= 0 && (row.averageHandlingMs ?? 0) >= 0, 'negative time');
    for (const { inTime, of, percent } of [row.serviceLevelToday, row.serviceLevelNow]) {
      must(inTime <= of && (percent === null ? of === 0 : percent >= 0 && percent <= 100), 'service level out of bounds');
    }
  }
  return faults;
}

describe('over any stream of events', () => {
  it('every figure is the length of the list behind it, of each queue and of all, and nobody is in two outcomes', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        const day = new DayUnderTest();
        for (const each of happenings) {
          tell(day, each);
          // One assertion a step: a thousand small ones would take most of the time.
          expect(faultsOf(day)).toEqual([]);
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
