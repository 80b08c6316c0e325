import { expect, test } from 'vitest';
import { type AgentId, asId } from '../../../shared/ids.ts';
import { Floor, settingsOf } from './floor.ts';

test('shows an agent through a call: what they chose, what the system knows, and since when', () => {
  const floor = new Floor().queue('billing').agent('lena', { french: 2, billing: 4 });
  const idleSince = floor.at;
  expect(floor.agentView('lena')).toEqual({
    agentId: 'lena',
    name: 'lena',
    extension: '100',
    presence: 'available',
    notReadyReason: null,
    workState: 'idle',
    since: idleSince,
    skills: [
      { skill: 'billing', level: 4 },
      { skill: 'french', level: 2 },
    ],
    room: [
      { channel: 'voice', inHand: 0, most: 1 },
      { channel: 'email', inHand: 0, most: 5 },
      { channel: 'chat', inHand: 0, most: 3 },
    ],
  });
  const shown = [];
  floor.caller('ann', 'billing');
  const offer = floor.offered();
  shown.push(floor.agentView('lena'));
  floor.pass(4_000).accept(offer);
  expect(floor.agentView('lena').room?.[0]).toEqual({ channel: 'voice', inHand: 1, most: 1 });
  shown.push(floor.agentView('lena'));
  floor.pass(60_000).workEnds('lena', 'ann', true);
  shown.push(floor.agentView('lena'));
  floor.pass(10_000).wrapUpEnds('lena', 'ann');
  shown.push(floor.agentView('lena'));
  expect(shown.map(({ workState, since }) => [workState, since - idleSince])).toEqual([
    ['reserved', 1],
    ['engaged', 4_001],
    ['wrappingUp', 64_001],
    ['idle', 74_001],
  ]);
});

test('shows an agent out of reach only while they have nothing in hand', () => {
  const floor = new Floor().queue('billing').agent('lena');
  floor.reachable('lena', false);
  expect(floor.agentView('lena').workState).toBe('notReachable');
  floor.reachable('lena', true);
  floor.talks('ann', 'billing');
  floor.reachable('lena', false);
  expect(floor.agentView('lena').workState).toBe('engaged');
  floor.workEnds('lena', 'ann');
  expect(floor.agentView('lena').workState).toBe('notReachable');
});

test('a change of skills does not restart the clock of the state', () => {
  const floor = new Floor().queue('billing').agent('lena');
  const { since } = floor.agentView('lena');
  floor.pass(5_000).tell({ type: 'agent:configured', agentId: asId<AgentId>('lena'), settings: settingsOf({ billing: 1 }) });
  expect(floor.decisions).toEqual([{ type: 'agentChanged', agentId: 'lena' }]);
  expect(floor.agentView('lena')).toMatchObject({ since, skills: [{ skill: 'billing', level: 1 }] });
});

test('counts a caller whose offer rings as waiting until somebody answers', () => {
  const floor = new Floor().queue('billing').agent('lena');
  floor.caller('ann', 'billing');
  const queuedAt = floor.at;
  const offer = floor.offered();
  floor.caller('bob', 'billing');
  expect(floor.queueView('billing')).toEqual({
    queueId: 'billing',
    name: { en: 'billing', zh: 'billing技能组' },
    waiting: 2,
    longestWaitSince: queuedAt,
    agentsFree: 0,
    takesCalls: true,
  });
  floor.accept(offer);
  expect(floor.queueView('billing')).toMatchObject({ waiting: 1, longestWaitSince: queuedAt + 1 });
});

test('tells of a change exactly when a view changed', () => {
  const floor = new Floor().queue('billing').agent('lena');
  floor.queue('sales', { needs: 'sales >= 1' });
  const told = () => floor.decisions.filter(({ type }) => type === 'agentChanged' || type === 'queueChanged');

  floor.caller('ann', 'sales');
  expect(told()).toEqual([{ type: 'queueChanged', queueId: 'sales' }]);
  floor.caller('bob', 'billing');
  expect(told()).toEqual([
    { type: 'agentChanged', agentId: 'lena' },
    { type: 'queueChanged', queueId: 'billing' },
  ]);
  floor.presence('lena', 'available');
  expect(told()).toEqual([]);
  floor.tick();
  expect(told()).toEqual([]);
});

test('an agent or a queue nobody told the router of is signed out, or empty', () => {
  const floor = new Floor();
  expect(floor.agentView('nobody')).toMatchObject({ presence: 'loggedOut', workState: 'notReachable', skills: [] });
  expect(floor.queueView('nowhere')).toMatchObject({ waiting: 0, longestWaitSince: null, agentsFree: 0 });
});
