import { expect, test } from 'vitest';
import { Floor } from './floor.ts';

const reasonsOf = (floor: Floor) => floor.offered().reasons.map(({ code, facts }) => [code, facts]);

test('says that nobody else was free', () => {
  const floor = new Floor().queue('billing').agent('lena');
  floor.caller('ann', 'billing');
  expect(reasonsOf(floor)).toEqual([
    ['queueChosen', { queueId: 'billing', nameEn: 'billing', nameZh: 'billing技能组' }],
    ['onlyAgentFree', {}],
  ]);
});

test('says by which channel written work came, for which nobody chose a queue in a menu', () => {
  const floor = new Floor().queue('mails', { channel: 'email' }).agent('lena');
  floor.caller('ann', 'mails');
  expect(reasonsOf(floor)[0]).toEqual(['queueChosen', { queueId: 'mails', nameEn: 'mails', nameZh: 'mails技能组', channel: 'email' }]);
});

test('says how long the agent was free, and of how many the longest', () => {
  const floor = new Floor().queue('billing').agent('lena').agent('wei').agent('tom');
  floor.pass(60_000).caller('ann', 'billing');
  expect(reasonsOf(floor)).toContainEqual(['longestIdle', { idleMs: 60_003, ofAgents: 3 }]);
});

test('says which skills fitted, with the level the agent has', () => {
  const needs = 'billing >= 2 and keyAccounts >= 3';
  const floor = new Floor().queue('gold', { needs }).agent('lena', { billing: 4, keyAccounts: 3, french: 9 });
  floor.caller('ann', 'gold');
  expect(reasonsOf(floor).filter(([code]) => code === 'skillMatched')).toEqual([
    ['skillMatched', { skill: 'billing', level: 4 }],
    ['skillMatched', { skill: 'keyAccounts', level: 3 }],
  ]);
});

test('says that the caller waited longest of several', () => {
  const floor = new Floor().queue('billing');
  floor.caller('ann', 'billing');
  floor.caller('bob', 'billing');
  floor.pass(30_000).agent('lena');
  expect(reasonsOf(floor)).toContainEqual(['waitedLongest', { waitedMs: 30_002, ofItems: 2 }]);
});

test('says that the caller comes before others by priority, not that they waited longest', () => {
  const floor = new Floor().queue('billing', { priority: 5 });
  floor.caller('ann', 'billing', 5);
  floor.caller('vip', 'billing', 8);
  floor.agent('lena');
  const reasons = reasonsOf(floor);
  expect(reasons).toContainEqual(['priority', { priority: 8 }]);
  expect(reasons.map(([code]) => code)).not.toContain('waitedLongest');
});

test('says how many offers of this caller went unanswered before, and counts only agents who were asked in earnest', () => {
  const floor = new Floor().queue('billing').agent('lena').agent('wei').agent('tom');
  floor.caller('ann', 'billing');
  floor.pass(20_000).tick();
  expect(reasonsOf(floor)).toContainEqual(['returnedAfterNoAnswer', { times: 1 }]);
  expect(reasonsOf(floor)).toContainEqual(['longestIdle', { idleMs: 20_002, ofAgents: 2 }]);
});
