import type { Simulated } from './commands.ts';
import type { FlowTest } from './flow.ts';

/** One thing that came out otherwise than a test expects. `actual` null: there was none. Of `passes` it is the first node that was not passed in its turn. */
export interface TestDifference {
  readonly of: 'end' | 'queueId' | 'priority' | 'skills' | 'locale' | 'passes';
  readonly expected: string;
  readonly actual: string | null;
}

/** What differs between what a test expects and what its run came to; none: the test holds. What it does not name may be anything. */
export function differencesOf(
  { expect }: Pick<FlowTest, 'expect'>,
  run: Pick<Simulated, 'lines' | 'locale' | 'end'>,
): readonly TestDifference[] {
  const { end } = run;
  const written = (value: string | number | null | undefined) => (value === null || value === undefined ? null : String(value));
  const compared = [
    ['end', expect.end, end?.kind],
    ['queueId', expect.queueId, end?.queueId],
    ['priority', expect.priority, end?.priority],
    ['skills', expect.skills, end?.skills],
    ['locale', expect.locale, run.locale],
  ] as const;
  const differences: TestDifference[] = compared.flatMap(([of, expected, actual]) =>
    expected === undefined || written(expected) === written(actual) ? [] : [{ of, expected: String(expected), actual: written(actual) }],
  );
  const missed = firstNotPassed(expect.passes ?? [], run.lines);
  return missed === null ? differences : [...differences, { of: 'passes', expected: missed, actual: null }];
}

function firstNotPassed(wanted: readonly string[], lines: Simulated['lines']): string | null {
  let next = 0;
  for (const line of lines) if (line.what === 'entered' && line.nodeId === wanted[next]) next += 1;
  return wanted[next] ?? null;
}
