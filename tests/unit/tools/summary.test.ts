import { describe, expect, test } from 'vitest';
import { describeSummary, isGreen, SummaryReporter } from '../../../tools/vitest-reporter.ts';

describe('the end of a test run', () => {
  test('prints each skip with its reason and the counts on the last line', () => {
    const text = describeSummary({ passed: 12, failed: 0, skips: [{ test: 'electron > opens', reason: 'no Electron runtime' }] });
    expect(text.split('\n')).toEqual(['skipped: electron > opens: no Electron runtime', '12 passed, 0 failed, 1 skipped']);
  });

  test('names what passed only when it ran alone', () => {
    const text = describeSummary({ passed: 3, failed: 0, skips: [], secondAttempts: ['a.test.ts > hears a tone'] });
    expect(text.split('\n')).toEqual(['failed beside others, passed alone: a.test.ts > hears a tone', '3 passed, 0 failed, 0 skipped']);
  });

  test('is green when something passed, nothing failed and every skip says why', () => {
    expect(isGreen({ passed: 1, failed: 0, skips: [{ test: 'a', reason: 'no runtime' }] })).toBe(true);
  });

  test.each([
    ['nothing ran', { passed: 0, failed: 0, skips: [] }],
    ['a test failed', { passed: 5, failed: 1, skips: [] }],
    ['a skip hides its reason', { passed: 5, failed: 0, skips: [{ test: 'a', reason: null }] }],
  ])('is red when %s', (_, summary) => {
    expect(isGreen(summary)).toBe(false);
  });
});

describe('what ran', () => {
  interface Ran {
    readonly file: string;
    readonly tests: readonly { readonly name: string; readonly state: string; readonly note?: string }[];
  }
  /** A module as the runner tells it. */
  const ran = ({ file, tests }: Ran) => ({
    relativeModuleId: file,
    project: { name: 'live' },
    errors: () => [],
    children: { allTests: () => tests.map(({ name, state, note }) => ({ fullName: name, result: () => ({ state, note }) })) },
  });
  const end = (reporter: SummaryReporter, modules: readonly Ran[], errors: readonly unknown[] = []) =>
    reporter.onTestRunEnd(modules.map(ran) as unknown as Parameters<SummaryReporter['onTestRunEnd']>[0], errors);
  const [good, bad] = [
    { file: 'good.test.ts', tests: [{ name: 'is fine', state: 'passed' }] },
    {
      file: 'bad.test.ts',
      tests: [
        { name: 'hears', state: 'failed' },
        { name: 'then', state: 'skipped' },
      ],
    },
  ];

  test('counts by its last time, and says what failed before', () => {
    const reporter = new SummaryReporter();
    end(reporter, [good, bad]);
    expect(reporter.summary).toMatchObject({ passed: 1, failed: 1, skips: [{ test: 'bad.test.ts > then', reason: null }] });
    expect(reporter.failedFiles?.map(({ file }) => file)).toEqual(['bad.test.ts']);
    end(reporter, [{ ...bad, tests: bad.tests.map((each) => ({ ...each, state: 'passed' })) }]);
    expect(reporter.summary).toEqual({ passed: 3, failed: 0, skips: [], secondAttempts: ['bad.test.ts > hears'] });
    expect(reporter.failedFiles).toEqual([]);
  });

  test('leaves what was left out the second time as it was', () => {
    const reporter = new SummaryReporter();
    const before = ['failed', 'passed', 'skipped'].map((state, index) => ({ name: `part > ${index}`, state }));
    end(reporter, [{ file: 'bad.test.ts', tests: before }]);
    expect(reporter.failedFiles).toEqual([{ file: 'bad.test.ts', project: 'live', tests: ['part > 0'] }]);
    end(reporter, [
      { file: 'bad.test.ts', tests: before.map((each) => ({ ...each, state: each.state === 'failed' ? 'passed' : 'skipped' })) },
    ]);
    expect(reporter.summary).toEqual({
      passed: 2,
      failed: 0,
      skips: [{ test: 'bad.test.ts > part > 2', reason: null }],
      secondAttempts: ['bad.test.ts > part > 0'],
    });
  });

  test('counts what ran in another process, and what failed there', () => {
    const [here, there] = [new SummaryReporter(), new SummaryReporter()];
    end(here, [good]);
    end(there, [bad], [new Error('stray')]);
    here.add(structuredClone(there.ran));
    expect(here.summary).toMatchObject({ passed: 1, failed: 2 });
    expect(here.failedFiles).toBeNull();
  });

  test('stays failed when it fails alone too, and by an error that is of no test', () => {
    const reporter = new SummaryReporter();
    end(reporter, [good, bad]);
    end(reporter, [bad]);
    expect(reporter.summary).toMatchObject({ failed: 1, secondAttempts: [] });
    end(reporter, [], [new Error('stray')]);
    expect(reporter.summary.failed).toBe(2);
    expect(reporter.failedFiles).toBeNull();
  });
});
