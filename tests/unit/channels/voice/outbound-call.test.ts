import { describe, expect, it } from 'vitest';
import { asId, type TrunkId } from '../../../../shared/ids.ts';
import { agentMediaLeg, lastPhone, ringRequest, settled, stateOf, voiceStage } from './voice-stage.ts';

const customer = { number: '07700 900142', peer: '192.0.2.7:5060', trunkId: asId<TrunkId>('local'), dialled: '1000' };

/** A call to a customer, not dialled yet, and the media session behind it. */
function outbound() {
  const stage = voiceStage();
  const call = stage.channel.customers.call(customer);
  const session = stage.media.sessions.at(-1);
  if (!call || !session) throw new Error('no call was made');
  return { stage, call, session };
}

/** Their phone rings. */
async function dialled() {
  const parts = outbound();
  const isAnswered = parts.call.answer();
  await settled();
  return { ...parts, isAnswered, phone: lastPhone(parts.stage.sip) };
}

describe('a call to a customer', () => {
  it('is dialled when it is answered, to where their call came from, as the number they know', async () => {
    const { stage, isAnswered, phone, session } = await dialled();
    expect(stage.sip.invited).toHaveLength(1);
    expect(phone.request).toMatchObject({ extension: '07700 900142@192.0.2.7:5060', from: { user: '1000' } });
    expect(await stateOf(isAnswered)).toBe('pending');
    phone.answer('customer answer');
    expect(await isAnswered).toBe(true);
    expect(session.asked.some((asked) => asked.startsWith('acceptAnswer'))).toBe(true);
    expect(stage.channel.counters().callsReceived).toBe(0);
  });

  it('rings an agent before anybody is dialled, and joins both when both are there', async () => {
    const { stage, call, session } = outbound();
    const agentLeg = stage.channel.phones.ring(ringRequest, call);
    await settled();
    const agentPhone = lastPhone(stage.sip);
    agentPhone.progress(180);
    agentPhone.answer();
    await settled();
    session.tell('connected', { legId: 'webrtc-1' });
    await agentLeg.outcome;
    call.join(agentLeg);
    expect(session.joined).toEqual([]);
    const isAnswered = call.answer();
    await settled();
    lastPhone(stage.sip).answer('customer answer');
    expect(await isAnswered).toBe(true);
    call.join(agentLeg);
    expect(session.joined).toHaveLength(1);
    expect(agentMediaLeg(session)).toBeDefined();
  });

  it.each([
    ['is busy', { cause: 'rejected', status: 486 }, 'rejected'],
    ['has no way to it', { cause: 'timeout', status: 408 }, 'peerLost'],
  ] as const)('that %s is over, and its media with it', async (_why, end, reason) => {
    const { isAnswered, phone, call, session } = await dialled();
    phone.fail(end);
    expect(await isAnswered).toBe(false);
    expect((await call.ended).reason).toBe(reason);
    await settled();
    expect(session.hasEnded).toBe(true);
  });

  it('that is given up while it rings is canceled, once, with the reason that was given', async () => {
    const { isAnswered, phone, call, session } = await dialled();
    call.hangUp('notReached', 'system', 'caller');
    expect(await isAnswered).toBe(false);
    expect(await call.ended).toEqual({ by: 'system', reason: 'notReached', fault: 'caller' });
    expect(phone.sent).not.toEqual([]);
    await settled();
    expect(session.hasEnded).toBe(true);
  });

  it('that was never dialled ends without a word to anybody', async () => {
    const { stage, call } = outbound();
    call.hangUp('shutdown', 'system', 'ours');
    await call.ended;
    expect(await call.answer()).toBe(false);
    expect(stage.sip.invited).toEqual([]);
  });

  it('is none when no media can be had, or when the channel has stopped', async () => {
    const stage = voiceStage();
    stage.media.isFull = true;
    expect(stage.channel.customers.call(customer)).toBeNull();
    stage.media.isFull = false;
    await stage.channel.stop();
    expect(stage.channel.customers.call(customer)).toBeNull();
  });
});
