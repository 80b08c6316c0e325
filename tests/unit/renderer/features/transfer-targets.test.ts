import { describe, expect, it } from 'vitest';
import { type Target, targetGroups } from '../../../../renderer/features/transfer/index.ts';
import type { Colleague } from '../../../../shared/contracts/call-features.ts';
import type { QueueView } from '../../../../shared/contracts/queue.ts';

const colleague = (agentId: string, name: string, extension: string, mayBeAsked: boolean): Colleague => ({
  agent: { agentId, name, extension, presence: 'available', notReadyReason: null, workState: 'idle', since: 0, skills: [] },
  mayBeAsked,
});
const queue = (queueId: string, en: string, zh: string): QueueView => ({
  queueId,
  name: { en, zh },
  waiting: 0,
  longestWaitSince: null,
  agentsFree: 0,
});
const known = {
  colleagues: [colleague('dana', 'Dana Whitlock', '6020', true), colleague('joyce', 'Joyce Mbeki', '6021', false)],
  queues: [queue('billing', 'Billing disputes', '账务争议'), queue('roaming', 'Roaming', '漫游')],
  language: 'en',
  mayDialOut: true,
} as const;
const listed = (...asked: Parameters<typeof targetGroups>) =>
  targetGroups(...asked).map(({ name, targets }) => `${name}: ${targets.map(({ id }: Target) => id).join(' ')}`);

describe('to whom a call can be given', () => {
  it('lists who can take it now, then the queues, and last who cannot', () => {
    expect(listed('', 'all', known)).toEqual(['people: agent-dana', 'queues: queue-billing queue-roaming', 'notNow: agent-joyce']);
  });

  it('finds queues by their name in the language of the screen', () => {
    expect(listed('disp', 'queues', known)).toEqual(['queues: queue-billing']);
    expect(listed('漫游', 'queues', { ...known, language: 'zh' })).toEqual(['queues: queue-roaming']);
  });

  it.each<[string, string, string[]]>([
    ['an extension nobody was found for is asked for as such', '6099', ['numbers: extension number']],
    ['an extension of somebody on the list is that person', '6020', ['people: agent-dana', 'numbers: number', 'notNow: agent-joyce']],
    ['a number as people write it is called outside', '+44 (20) 7946-0000', ['numbers: number']],
    ['a word is no number', 'roam', ['queues: queue-roaming']],
  ])('%s', (_what, typed, expected) => {
    expect(listed(typed, 'all', { ...known, colleagues: typed === '6020' ? known.colleagues : [] })).toEqual(expected);
  });

  it('leaves out queues that take no calls', () => {
    const mails = { ...queue('mails', 'Mails', '邮件'), takesCalls: false };
    expect(listed('', 'queues', { ...known, queues: [...known.queues, mails] })).toEqual(['queues: queue-billing queue-roaming']);
  });

  it('names no number outside to somebody who may not call one', () => {
    expect(listed('+442079460000', 'outside', { ...known, mayDialOut: false })).toEqual([]);
  });

  it('lists customers at each of their numbers, for calls of somebody who may call out', () => {
    const at = (number: string) => ({ number, shown: number, kind: 'mobile' as const, label: null });
    const customers = [{ kind: 'person' as const, id: 'p-1', name: 'Mei', company: null, numbers: [at('+441'), at('+442')] }];
    const of = (change: object, scope: 'all' | 'people' | 'outside' = 'all') =>
      listed('mei', scope, { ...known, colleagues: [], customers, ...change });
    expect(of({})).toEqual(['customers: person-p-1-+441 person-p-1-+442']);
    expect(of({}, 'outside')).toEqual(['customers: person-p-1-+441 person-p-1-+442']);
    expect([of({}, 'people'), of({ mayDialOut: false }), of({ isWritten: true })]).toEqual([[], [], []]);
    const [group] = targetGroups('mei', 'outside', { ...known, customers });
    expect(group?.targets[0]?.to).toEqual({ kind: 'outside', number: '+441' });
  });

  it('asks of a queue whoever is free in it, and nobody where nobody is', () => {
    const busy = queue('billing', 'Billing disputes', '账务争议');
    const [first] = targetGroups('', 'queues', { ...known, queues: [busy, { ...busy, queueId: 'free', agentsFree: 1 }] });
    expect(first?.targets.map(({ mayBeAsked }) => mayBeAsked)).toEqual([false, true]);
  });
});
