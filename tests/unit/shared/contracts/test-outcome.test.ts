import { describe, expect, it } from 'vitest';
import type { Simulated, TranscriptLine } from '../../../../shared/contracts/ivr/commands.ts';
import type { FlowTest } from '../../../../shared/contracts/ivr/flow.ts';
import { differencesOf } from '../../../../shared/contracts/ivr/test-outcome.ts';

const entered = (nodeId: string): TranscriptLine => ({ atMs: 0, nodeId, what: 'entered', text: '', prompts: [], exit: null });
const run: Pick<Simulated, 'lines' | 'locale' | 'end'> = {
  lines: ['answer', 'menu', 'find', 'menu', 'queue'].map(entered),
  locale: 'zh',
  end: { kind: 'queue', queueId: 'billing', priority: 60, skills: null },
};
const judged = (expect_: FlowTest['expect']) => differencesOf({ expect: expect_ }, run);

describe('a test that a flow carries', () => {
  it('holds where everything that it names came out so, and looks at nothing else', () => {
    expect(judged({ end: 'queue' })).toEqual([]);
    expect(judged({ end: 'queue', queueId: 'billing', priority: 60, locale: 'zh', passes: ['answer', 'find', 'queue'] })).toEqual([]);
  });

  it('names each thing that came out otherwise', () => {
    expect(judged({ end: 'voicemail', queueId: 'sales', priority: 10, skills: 'billing>=2', locale: 'en' })).toEqual([
      { of: 'end', expected: 'voicemail', actual: 'queue' },
      { of: 'queueId', expected: 'sales', actual: 'billing' },
      { of: 'priority', expected: '10', actual: '60' },
      { of: 'skills', expected: 'billing>=2', actual: null },
      { of: 'locale', expected: 'en', actual: 'zh' },
    ]);
  });

  it('names the first node that was not passed in its turn', () => {
    expect(judged({ end: 'queue', passes: ['find', 'answer'] })).toEqual([{ of: 'passes', expected: 'answer', actual: null }]);
    expect(judged({ end: 'queue', passes: ['menu', 'menu', 'menu'] })).toEqual([{ of: 'passes', expected: 'menu', actual: null }]);
  });

  it('fails where the run did not end at all', () => {
    expect(differencesOf({ expect: { end: 'hangUp' } }, { ...run, end: null })).toEqual([{ of: 'end', expected: 'hangUp', actual: null }]);
  });
});
