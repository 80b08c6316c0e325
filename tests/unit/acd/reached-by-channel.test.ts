import { describe, expect, test } from 'vitest';
import { ownerOf, type Reservation, whyAgent, whyItem } from '../../../cti-bridge/acd/index.ts';
import { type AgentId, asId, type InteractionId, type QueueId, type WorkItemId } from '../../../shared/ids.ts';
import { Floor, settingsOf, usualCapacity } from './floor.ts';

/** Calls need the agent's phone; what is written needs their desktop and nothing else. */
const lena = asId<AgentId>('lena');

function floorOf(): Floor {
  const floor = new Floor().queue('calls', { channel: 'voice' }).queue('mails', { channel: 'email' }).queue('chats', { channel: 'chat' });
  return floor.agent('lena');
}

const reach = (floor: Floor, isReachable: boolean, isAtDesktop: boolean) =>
  floor.tell({ type: 'agent:reachabilityChanged', agentId: lena, isReachable, isAtDesktop });

const offersOf = (floor: Floor): Reservation[] =>
  floor.decisions.flatMap((decision) => (decision.type === 'offer' ? [decision.reservation] : []));

const codes = (reasons: readonly { readonly code: string }[]) => reasons.map(({ code }) => code);

describe('whoever sits at a desktop without a phone', () => {
  test('is offered what is written, and no call', () => {
    const floor = floorOf();
    reach(floor, false, true);
    floor.caller('mail', 'mails');
    expect(offersOf(floor)).toMatchObject([{ workItemId: 'mail', agentId: 'lena' }]);
    floor.caller('call', 'calls');
    expect(offersOf(floor)).toEqual([]);
    expect(floor.queueView('calls')?.agentsFree).toBe(0);
  });

  test('is out of reach for the floor as long as calls are theirs too, and says so', () => {
    const floor = floorOf();
    reach(floor, false, true);
    expect(floor.agentView('lena')?.workState).toBe('notReachable');
    expect(codes(whyAgent(floor.state, lena, floor.at))).toContain('agentNotReachable');
    const { voice: _none, ...capacity } = usualCapacity;
    floor.tell({ type: 'agent:configured', agentId: lena, settings: settingsOf({}, { capacity }) });
    expect(floor.agentView('lena')?.workState).toBe('idle');
    expect(codes(whyAgent(floor.state, lena, floor.at))).not.toContain('agentNotReachable');
  });

  test('loses the call that rings when the phone goes, and keeps the chat that is offered', () => {
    const floor = floorOf();
    floor.caller('chat', 'chats');
    const [chat] = offersOf(floor);
    reach(floor, false, true);
    expect(floor.decisions.filter(({ type }) => type === 'withdraw')).toEqual([]);
    if (!chat) throw new Error('not offered');
    floor.accept(chat);
    expect(ownerOf(floor.state, asId<WorkItemId>('chat'))).toBe('lena');

    const other = floorOf();
    other.caller('call', 'calls');
    reach(other, false, true);
    expect(other.decisions).toContainEqual(expect.objectContaining({ type: 'withdraw' }));
  });
});

test('a telephone on the desk alone gets calls and nothing that is written', () => {
  const floor = floorOf();
  reach(floor, true, false);
  floor.caller('chat', 'chats');
  expect(offersOf(floor)).toEqual([]);
  const why = whyItem(floor.state, asId<WorkItemId>('chat'), floor.at);
  expect(why.find(({ code }) => code === 'qualifiedBusy')?.facts).toMatchObject({ notReachable: 1 });
  floor.caller('call', 'calls');
  expect(offersOf(floor)).toMatchObject([{ workItemId: 'call' }]);
  reach(floor, true, true);
  expect(offersOf(floor)).toEqual([]);
});

test('a call that is asked for by name goes to nobody without a phone, a mail does', () => {
  const floor = floorOf();
  reach(floor, false, true);
  const asked = (queue: string, name: string) => {
    const ids = { workItemId: asId<WorkItemId>(name), interactionId: asId<InteractionId>(`i-${name}`), queueId: asId<QueueId>(queue) };
    floor.tell({ type: 'agent:asked', agentId: lena, by: asId<AgentId>('wei'), ...ids });
    return offersOf(floor).length;
  };
  expect(asked('calls', 'call')).toBe(0);
  expect(asked('mails', 'mail')).toBe(1);
});
