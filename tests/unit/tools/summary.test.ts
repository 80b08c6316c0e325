import { describe, expect, test } from 'vitest';
import { describeSummary, isGreen } from '../../../tools/vitest-reporter.ts';

describe('the end of a test run', () => {
  test('prints each skip with its reason and the counts on the last line', () => {
    const text = describeSummary({ passed: 12, failed: 0, skips: [{ test: 'electron > opens', reason: 'no Electron runtime' }] });
    expect(text.split('\n')).toEqual(['skipped: electron > opens: no Electron runtime', '12 passed, 0 failed, 1 skipped']);
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
