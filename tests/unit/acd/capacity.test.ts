import { describe, expect, test } from 'vitest';
import { agentOf, loadOf } from '../../../cti-bridge/acd/index.ts';
import { type AgentId, asId } from '../../../shared/ids.ts';
import { Floor } from './floor.ts';

const all = () => new Floor().queue('calls').queue('chats', { channel: 'chat' }).queue('mails', { channel: 'email' });
const load = (floor: Floor, name: string) => {
  const agent = agentOf(floor.state, asId<AgentId>(name));
  if (!agent) throw new Error(`no ${name}`);
  return loadOf(agent);
};

describe('capacity over the channels', () => {
  test('one call, or so many chats and no more', () => {
    const floor = all().agent('lena');
    for (const name of ['a', 'b', 'c']) floor.talks(name, 'chats');
    floor.caller('d', 'chats');
    expect(floor.offers()).toEqual([]);
    expect(load(floor, 'lena')).toBe(90);
    floor.workEnds('lena', 'b');
    expect(floor.offers()).toEqual(['d > lena']);
  });

  test('a call comes in on top of mails, which rest, and nothing else does while it lasts', () => {
    const floor = all().agent('lena');
    for (const name of ['m1', 'm2']) floor.talks(name, 'mails');
    floor.talks('call', 'calls');
    expect(load(floor, 'lena')).toBe(100);
    floor.caller('m3', 'mails');
    floor.caller('chat', 'chats');
    expect(floor.offers()).toEqual([]);
    floor.workEnds('lena', 'call');
    expect(floor.offers().toSorted()).toEqual(['chat > lena', 'm3 > lena']);
    expect(load(floor, 'lena')).toBe(75);
  });

  test('a call does not come in on top of a chat', () => {
    const floor = all().agent('lena');
    floor.talks('chat', 'chats');
    floor.caller('call', 'calls');
    expect(floor.offers()).toEqual([]);
    floor.workEnds('lena', 'chat', true);
    expect(floor.offers()).toEqual([]);
    floor.wrapUpEnds('lena', 'chat');
    expect(floor.offers()).toEqual(['call > lena']);
  });

  test('chats that ring at once are each taken or left by themselves', () => {
    const floor = all().agent('lena');
    floor.caller('a', 'chats');
    const first = floor.offered();
    floor.caller('b', 'chats');
    const second = floor.offered();
    floor.fail(first, 'rejected');
    floor.accept(second);
    expect(agentOf(floor.state, asId<AgentId>('lena'))?.works).toMatchObject([{ workItemId: 'b', state: 'engaged' }]);
  });

  test('somebody without a place for a channel gets nothing of it', () => {
    const floor = all().agent('lena', {}, { capacity: { email: { max: 2, weight: 50, interrupts: [] } } });
    floor.caller('call', 'calls');
    floor.caller('mail', 'mails');
    expect(floor.offers()).toEqual(['mail > lena']);
  });

  test('who listens in takes no work, and is in the line of the idle again afterwards', () => {
    const floor = all().agent('lena');
    floor.tell({ type: 'agent:supervising', agentId: asId<AgentId>('lena'), isSupervising: true });
    floor.caller('call', 'calls');
    expect(floor.offers()).toEqual([]);
    expect(floor.agentView('lena').workState).toBe('supervising');
    floor.tell({ type: 'agent:supervising', agentId: asId<AgentId>('lena'), isSupervising: false });
    expect(floor.offers()).toEqual(['call > lena']);
  });
});
