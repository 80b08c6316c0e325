import { describe, expect, it } from 'vitest';
import { agentOf, itemOf, workStateOf } from '../../../cti-bridge/acd/index.ts';
import { limits } from '../../../cti-bridge/flows/context.ts';
import { inboundCall } from '../../../cti-bridge/flows/inbound-call.ts';
import { loadLeftRecordings } from '../../../cti-bridge/flows/recording.ts';
import { resumeCall } from '../../../cti-bridge/flows/resume-call.ts';
import { asId, type QueueId, type UserId, type WorkItemId } from '../../../shared/ids.ts';
import { alone, billing, callTalking, FakeCall, lena, newHouse } from './fakes.ts';

/** A message left in a queue instead of a wait, and what becomes of it. */

type House = ReturnType<typeof newHouse>;
const toVoicemail = { to: 'voicemail' } as const;
const billingId = asId<QueueId>('billing');
const asker = { userId: asId<UserId>('u-lena'), name: 'Lena', agentId: lena, may: () => true };
const types = (house: House, prefix: string) => house.types().filter((type) => type.startsWith(prefix));
const endOf = (house: House) => house.events.findLast((event) => event.type === 'interaction:ended')?.end;
const stateOf = (house: House) => {
  const agent = agentOf(house.routing.state, lena);
  return agent && workStateOf(agent);
};

/** The queue is closed, and the caller speaks after the tone. */
async function speaking(house = newHouse({ ...billing, whenClosed: toVoicemail }), caller?: ConstructorParameters<typeof FakeCall>[2]) {
  house.routing.tell({ type: 'queue:hours', queueId: billingId, isOpen: false });
  const call = new FakeCall(house.clock, '1000', caller);
  const story = inboundCall(call, house.context);
  await house.clock.run(10);
  call.press('1');
  await house.clock.run(10);
  return { house, call, story };
}

/** Left, stored, and offered to Lena, who is there when the queue opens. */
async function inHand(caller?: ConstructorParameters<typeof FakeCall>[2]) {
  const left = await speaking(undefined, caller);
  const { house, call, story } = left;
  call.press('#');
  await house.clock.run(10);
  await story;
  await house.ready(lena, '6012');
  house.routing.tell({ type: 'queue:hours', queueId: billingId, isOpen: true });
  await house.clock.run(10);
  const leg = house.phones.last;
  const offer = house.desktops.of('reservation:offered', lena).at(-1);
  leg.answers();
  await house.clock.run(10);
  const assigned = house.desktops.of('interaction:assigned', lena).at(-1);
  return { ...left, leg, offer, interactionId: assigned?.interactionId ?? 'none' };
}

describe('a message', () => {
  it('is recorded after greeting and tone, kept on disk before it is thanked for, and then waits in the queue, closed as it is', async () => {
    const { house, call, story } = await speaking();
    expect(call.heard.slice(-2)).toEqual(['en/voicemail-greeting', 'en/voicemail-tone']);
    expect(call.recordings).toHaveLength(1);
    expect(house.promises.states).toEqual(['pending']);
    expect(house.interactions.completed).toEqual([]);
    let whenThanked: readonly string[] = [];
    const play = call.play.bind(call);
    call.play = (sound, signal) => {
      if (sound.kind === 'prompt' && sound.name === 'voicemail-left') whenThanked = [...house.recordings.told];
      return play(sound, signal);
    };
    call.press('#');
    await house.clock.run(10);
    await story;
    expect(whenThanked).toEqual([expect.stringMatching(/^begin /), 'end 60000']);
    expect(endOf(house)).toEqual({ by: 'system', reason: 'messageLeft', fault: 'caller' });
    expect(house.interactions.completed).toMatchObject([{ dispositionCode: 'voicemail', agentId: null, contactId: expect.any(String) }]);
    const workItemId = asId<WorkItemId>(house.events.find((event) => event.type === 'workItem:queued')?.workItemId ?? '');
    expect(itemOf(house.routing.state, workItemId)).toMatchObject({ isCallback: true, queueId: 'billing' });
    expect(house.errors).toEqual([]);
  });

  it.each([
    ['hangs up', (call: FakeCall) => call.callerHangsUp(), 10],
    ['reaches the limit', () => {}, 120_000],
    ['says nothing any more', (call: FakeCall) => call.measures({ side: 'customer', kind: 'silent' }), limits.messageSilence + 10],
  ])('ends when the caller %s', async (_how, happens, after) => {
    const { house, call, story } = await speaking();
    await house.clock.run(5_000);
    expect(house.recordings.told).toHaveLength(1);
    happens(call);
    await house.clock.run(after);
    await story;
    expect(house.recordings.told.at(-1)).toBe('end 60000');
    expect(endOf(house)?.reason).toBe('messageLeft');
    expect(house.promises.states).toEqual(['pending']);
  });

  it('goes on after a pause for breath', async () => {
    const { house, call } = await speaking();
    call.measures({ side: 'customer', kind: 'silent' });
    await house.clock.run(limits.messageSilence - 500);
    call.measures(null);
    await house.clock.run(20_000);
    expect(house.recordings.told).toHaveLength(1);
    expect(call.end).toBeNull();
  });

  it('is none when the caller hangs up during the greeting', async () => {
    const house = newHouse({ ...billing, whenClosed: toVoicemail });
    house.routing.tell({ type: 'queue:hours', queueId: billingId, isOpen: false });
    const call = new FakeCall(house.clock, '1000');
    const play = call.play.bind(call);
    call.play = async (sound, signal) => {
      if (sound.kind === 'prompt' && sound.name === 'voicemail-greeting') call.callerHangsUp();
      return play(sound, signal);
    };
    const story = inboundCall(call, house.context);
    await house.clock.run(10);
    call.press('1');
    await house.clock.run(10);
    await story;
    expect([house.recordings.told, house.promises.states, call.recordings]).toEqual([[], [], []]);
    expect(endOf(house)).toMatchObject({ by: 'caller', reason: 'diverted' });
    expect(house.interactions.completed).toEqual([]);
  });

  it('is none, with its file and its place gone, when nothing was said', async () => {
    const { house, call, story } = await speaking();
    house.recordings.durationMs = async () => 400 as never;
    call.callerHangsUp();
    await house.clock.run(10);
    await story;
    expect(house.recordings.told.slice(1)).toEqual(['discard', 'remove']);
    expect(house.promises.states).toEqual(['canceled']);
    expect(types(house, 'recording:')).toEqual(['recording:started', 'recording:discarded']);
  });

  it.each(['recordings', 'promises'] as const)('is not promised when it cannot be stored (%s)', async (what) => {
    const house = newHouse({ ...billing, whenClosed: toVoicemail });
    house[what].failNext = true;
    const { call, story } = await speaking(house);
    await story;
    expect(call.heard.at(-1)).toBe('en/waited-too-long');
    expect(call.recordings).toEqual([]);
    expect(house.promises.states.filter((state) => state === 'pending')).toEqual([]);
    expect(endOf(house)?.reason).toBe('diverted');
  });

  it('is left by who chooses to, with key 2, once it was offered', async () => {
    const house = newHouse({ ...billing, voicemail: { greeting: 'voicemail-greeting', maxSeconds: 60, offeredAfterSeconds: 30 } });
    const call = new FakeCall(house.clock, '1000');
    const story = inboundCall(call, house.context);
    await house.clock.run(10);
    call.press('1');
    await house.clock.run(10_000);
    call.press('2');
    await house.clock.run(10);
    expect(call.recordings).toEqual([]);
    await house.clock.run(20_000);
    expect(call.heard).toContain('en/voicemail-offer');
    call.press('2');
    await house.clock.run(10);
    expect(call.heard.slice(-2)).toEqual(['en/voicemail-greeting', 'en/voicemail-tone']);
    call.callerHangsUp();
    await house.clock.run(10);
    await story;
    expect(endOf(house)?.reason).toBe('messageLeft');
  });

  it('is kept with its sound by whose talk was paused: an agent paused it, was lost, and nobody else took them', async () => {
    const house = newHouse({ ...billing, voicemail: { greeting: 'voicemail-greeting', maxSeconds: 60, offeredAfterSeconds: 30 } });
    house.recordedQueue.as = { mode: 'always', announcement: null };
    const { call, leg, interactionId } = await callTalking(house);
    await house.desk.pauseRecording(lena, { interactionId });
    expect(call.masks).toEqual([true]);
    leg.vanish('lost');
    await house.clock.run(limits.agentReturn + 35_000);
    call.press('2');
    await house.clock.run(10);
    expect(call.heard.at(-1)).toBe('en/voicemail-tone');
    expect(call.masks).toEqual([true, false]);
    expect(call.recordings.at(-1)?.asked).toEqual(['started']);
    // What the agent had paused stays so.
    await house.clock.run(10_000);
    expect(call.recordings[0]?.asked).toEqual(['started', 'paused']);
  });

  it('still stands when the customer rings again', async () => {
    const { house, call, story } = await speaking();
    call.press('#');
    await house.clock.run(10);
    await story;
    void inboundCall(new FakeCall(house.clock, '1000'), house.context);
    await house.clock.run(10);
    expect(house.promises.states).toEqual(['pending']);
  });
});

describe('a message that an agent has', () => {
  it('is shown before and after the answer with what was left, and nobody is called by itself', async () => {
    const { house, offer, interactionId } = await inHand();
    expect(offer?.pop.message).toMatchObject({ recordingId: expect.any(String), durationMs: 60_000 });
    expect(offer?.pop.callback).toBeNull();
    expect(house.desktops.of('call:changed', lena).at(-1)).toMatchObject({ interactionId, message: { canCallBack: true } });
    expect(house.customers.dialled).toEqual([]);
    expect(stateOf(house)).toBe('engaged');
    const leftIn = house.events.find((event) => event.type === 'recording:started')?.interactionId ?? '';
    expect(house.live.isInHand(lena, leftIn)).toBe(true);
  });

  it('is done with when the agent says so, and wrapped up', async () => {
    const { house, leg, interactionId } = await inHand();
    await house.desk.endCall(lena, { interactionId });
    await house.clock.run(10);
    expect([leg.released, stateOf(house)]).toEqual(['ended', 'wrappingUp']);
    expect(house.promises.states).toEqual(['reached']);
    await house.clock.run(200_000);
    expect(stateOf(house)).toBe('idle');
    expect(house.errors).toEqual([]);
    expect(house.live.count).toBe(0);
  });

  it('leads to a call back, which is a call like any other', async () => {
    const { house, leg, interactionId } = await inHand();
    expect(await house.features['call:call-back'](asker, { interactionId })).toMatchObject({ ok: true, value: { message: null } });
    expect(await house.features['call:call-back'](asker, { interactionId })).toMatchObject({ ok: false });
    await house.clock.run(10);
    const [customer] = house.customers.dialled;
    customer?.customerAnswers();
    await house.clock.run(10);
    expect(customer?.joined).toBe(leg);
    customer?.callerHangsUp();
    await house.clock.run(10);
    expect(stateOf(house)).toBe('wrappingUp');
    await house.clock.run(200_000);
    expect([house.promises.states, house.errors, house.live.count]).toEqual([['reached'], [], 0]);
  });

  it('is wrapped up, too, when the customer could not be reached', async () => {
    const { house, interactionId } = await inHand();
    await house.features['call:call-back'](asker, { interactionId });
    await house.clock.run(10);
    house.customers.dialled[0]?.customerIsBusy();
    await house.clock.run(10);
    expect(stateOf(house)).toBe('wrappingUp');
    expect(house.desktops.of('call:changed', lena).at(-1)).toMatchObject({ state: 'ended', end: { reason: 'notReached' } });
  });

  it('cannot be called back who withheld their number', async () => {
    const { house, interactionId } = await inHand({ number: null, presentedName: null });
    expect(house.desktops.of('call:changed', lena).at(-1)).toMatchObject({ message: { canCallBack: false } });
    expect(await house.features['call:call-back'](asker, { interactionId })).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });
});

describe('a message that a killed bridge left', () => {
  it('is thanked for when its call is still up, which then ends: nobody waits beside their own message', async () => {
    const { house: before, call: cut } = await speaking();
    const row = [...before.promises.rows.values()][0];
    const open = [...before.recordings.running.values()][0];
    if (!row || !open) throw new Error('the message was begun');
    const house = newHouse();
    house.promises.rows.set(row.workItemId, { ...row });
    house.recordings.running.set(open.recordingId, open);
    house.recordings.durationMs = async () => 8_000 as never;
    await loadLeftRecordings(house.context.recording, { log: house.context.log, scope: house.scope });
    await house.callbacks.resume();
    const call = new FakeCall(house.clock, cut.dialled);
    const { interactionId, workItemId, queueId, priority, queuedAt } = row;
    const standing = { agentId: null, locale: 'en', talkingSince: null, isHeld: false, menu: null, legs: '' } as const;
    const story = resumeCall({ interactionId, workItemId, queueId, priority, queuedAt, ...standing }, call, alone, house.context);
    await house.clock.run(10);
    await story;
    expect(call.heard).toEqual(['answered', 'en/voicemail-left']);
    expect(endOf(house)).toEqual({ by: 'system', reason: 'messageLeft', fault: 'caller' });
    expect(house.promises.states).toEqual(['pending']);
    expect(itemOf(house.routing.state, workItemId)).toMatchObject({ isCallback: true });
    expect(types(house, 'workItem:')).toEqual([]);
    expect(house.errors).toEqual([]);
  });

  it('is ended with what is on disk and waits in its queue; one in which nothing was said does not', async () => {
    const before = (await speaking()).house;
    const row = [...before.promises.rows.values()][0];
    const open = [...before.recordings.running.values()][0];
    if (!row || !open) throw new Error('the message was begun');
    for (const durationMs of [8_000, 200]) {
      const house = newHouse();
      house.promises.rows.set(row.workItemId, { ...row });
      house.recordings.running.set(open.recordingId, open);
      house.recordings.durationMs = async () => durationMs as never;
      await loadLeftRecordings(house.context.recording, { log: house.context.log, scope: house.scope });
      await house.callbacks.resume();
      await house.clock.run(10);
      expect(house.recordings.told).toEqual([`end ${durationMs}`]);
      expect(house.promises.states).toEqual([durationMs > 1_000 ? 'pending' : 'canceled']);
      expect(itemOf(house.routing.state, row.workItemId) !== null).toBe(durationMs > 1_000);
      if (durationMs < 1_000) continue;
      await house.ready(lena, '6012');
      house.phones.last.answers();
      await house.clock.run(10);
      const { interactionId, pop } = house.desktops.of('interaction:assigned', lena).at(-1) ?? {};
      expect(pop?.message).toMatchObject({ recordingId: open.recordingId, durationMs });
      expect(house.recordings.told.at(-1)).toBe(`belongs to ${interactionId}`);
    }
  });
});
