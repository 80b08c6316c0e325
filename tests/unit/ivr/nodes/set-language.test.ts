import { describe, expect, test } from 'vitest';
import { Caller, flowOf } from '../flows.ts';
import { describeNode } from './node-table.ts';

describeNode([{ when: 'set language', node: { kind: 'setLanguage', to: 'en', exits: {} }, entering: 'leave node by next' }]);

describe('setting the language', () => {
  const heard = (to: 'caller' | 'other' | 'en' | 'zh', callerLocale: 'en' | 'zh' | null) => {
    const caller = new Caller(
      flowOf({
        node: { kind: 'setLanguage', to, exits: { next: 'play' } },
        play: { kind: 'play', prompts: ['hello'], exits: { next: 'play' } },
      }),
      { callerLocale },
    ).start();
    return [caller.did().at(-1), ...caller.path()];
  };

  test('takes that of the record, the one named, the other one, or leaves the one in force', () => {
    expect(heard('caller', 'en')).toEqual(['play hello en', 'language en record']);
    expect(heard('caller', null)).toEqual(['play hello zh', 'language zh default']);
    expect(heard('en', 'zh')).toEqual(['play hello en', 'language en flow']);
    expect(heard('other', null)).toEqual(['play hello en', 'language en flow']);
  });

  test('is noted once, not each time a flow says it again', () => {
    const caller = new Caller(
      flowOf({
        one: { kind: 'setLanguage', to: 'caller', exits: { next: 'two' } },
        two: { kind: 'setLanguage', to: 'en', exits: { next: 'three' } },
        three: { kind: 'setLanguage', to: 'zh', exits: { next: 'end' } },
        end: { kind: 'queue', queueId: 'end', priority: null, exits: {} },
      }),
      { callerLocale: 'en' },
    ).start();
    expect(caller.path()).toEqual(['language en record', 'language zh flow', 'queued end']);
  });
});
