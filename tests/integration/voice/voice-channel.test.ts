import { describe, expect, it } from 'vitest';
import type { AgentLeg, VoiceCall } from '../../../cti-bridge/interactions/index.ts';
import type { ScriptedCall, ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { NoMedia } from '../../support/scripted-phone/index.ts';
import type { VoiceHouse } from './voice-house.ts';
import { inVoiceHouse } from './voice-house.ts';

/** Real SIP over UDP and WebSocket, real RTP and WebRTC; the flow is a few lines in each test. */

let house: VoiceHouse;
inVoiceHouse({ rtpTimeoutMs: 800, connectLimitMs: 2_000 }, (opened) => {
  house = opened;
});

interface Caller {
  readonly phone: ScriptedPhone;
  readonly line: ScriptedCall;
  readonly call: VoiceCall;
}

async function calling(options: Parameters<VoiceHouse['trunkPhone']>[0] & { offer?: 'late'; isPrivate?: boolean } = {}): Promise<Caller> {
  const { offer, isPrivate, ...phoneOptions } = options;
  const phone = await house.trunkPhone(phoneOptions);
  const line = await phone.call({
    to: '1000',
    from: '+447700900142',
    displayName: 'Margaret Okafor',
    ...(offer ? { offer } : {}),
    ...(isPrivate ? { isPrivate } : {}),
  });
  return { phone, line, call: await house.nextCall() };
}

async function inCall(options: Parameters<typeof calling>[0] = {}): Promise<Caller> {
  const caller = await calling(options);
  expect(await caller.call.answer()).toBe(true);
  await caller.line.answered();
  return caller;
}

async function endedWithin(ms: number, call: VoiceCall): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const limit = setTimeout(() => resolve(false), ms);
  void call.ended.then(() => resolve(true));
  return promise.finally(() => clearTimeout(limit));
}

/** The agent's phone rings, and we know. */
async function ringingAt(phone: ScriptedPhone, leg: AgentLeg): Promise<ScriptedCall> {
  const desk = await phone.nextCall();
  desk.ring();
  await leg.ringing;
  return desk;
}

/** Caller and agent talking. */
async function talking() {
  const agentPhone = await house.agentPhone();
  const caller = await inCall();
  const leg = house.ring(caller.call);
  const desk = await ringingAt(agentPhone, leg);
  await desk.answer();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  caller.call.join(leg);
  return { ...caller, leg, desk, agentPhone };
}

describe('a caller alone', () => {
  it('is presented as the network says, and hears ringing, prompt and music, recognised by name', async () => {
    const { line, call } = await calling();
    expect(call).toMatchObject({
      caller: { number: '+447700900142', presentedName: 'Margaret Okafor' },
      dialled: '1000',
      trunkId: 'local',
    });
    call.ring();
    await line.ringing();
    await call.answer();
    expect(await call.play({ kind: 'prompt', name: 'welcome', locale: 'en' })).toBe('finished');
    expect(line.journal.has('hears prompt en/welcome')).toBe(true);
    void call.play({ kind: 'music' });
    await line.ears.music();
    void call.play({ kind: 'ringback' });
    await line.ears.ringback();
    expect(await call.play({ kind: 'prompt', name: 'nowhere', locale: 'en' })).toBe('missing');
  });

  it.each(['PCMU', 'PCMA'] as const)('hears in %s when that is what it offers', async (law) => {
    const { line, call } = await inCall({ codecs: [law] });
    void call.play({ kind: 'prompt', name: 'welcome', locale: 'en' });
    await line.ears.prompt('welcome');
  });

  it('may offer late, in the ACK', async () => {
    const { line, call } = await inCall({ offer: 'late' });
    void call.play({ kind: 'music' });
    await line.ears.music();
  });

  it('stays anonymous when it withholds its number', async () => {
    const { call } = await calling({ isPrivate: true });
    expect(call.caller.number).toBeNull();
  });

  it.each(['rtp', 'info', 'both'] as const)('presses keys by %s, each told once', async (by) => {
    const { line, call } = await inCall();
    const pressed: string[] = [];
    call.onDigit(({ digit }) => pressed.push(digit));
    await line.press('177#', by);
    // RTP keeps its order: when this last key is here, every twin of those before has come.
    await line.press('*', 'rtp');
    await expect.poll(() => pressed.at(-1), { timeout: 5_000 }).toBe('*');
    expect(pressed.join('')).toBe('177#*');
  });

  it('hears keys we press', async () => {
    const { line, call } = await inCall();
    call.sendDigit('5');
    await line.journal.wait('hears key 5', 2_000);
  });

  it('is refused with 404 when its number is unknown', async () => {
    const { line, call } = await calling();
    call.refuse(404, { reason: 'unknownNumber', fault: 'caller' });
    expect(await line.ended()).toMatchObject({ how: 'refused', status: 404 });
  });

  it('ends by hanging up, by being hung up, or by cancelling', async () => {
    const first = await inCall();
    await first.line.hangUp();
    expect(await first.call.ended).toEqual({ by: 'caller', reason: 'hungUp', fault: 'caller' });

    const second = await inCall();
    second.call.hangUp('completedInIvr', 'system', 'ours');
    expect(await second.line.ended()).toMatchObject({ by: 'them', how: 'bye', text: 'Normal call clearing' });

    const third = await calling();
    third.call.ring();
    await third.line.ringing();
    await third.line.cancel();
    expect(await third.line.ended()).toMatchObject({ how: 'canceled', status: 487 });
    expect(await third.call.ended).toEqual({ by: 'caller', reason: 'abandoned', fault: 'caller' });
  });

  it('that vanishes is noticed by its silence, and told as lost media', async () => {
    const { phone, call } = await inCall();
    await phone.vanish();
    expect(await call.ended).toEqual({ by: 'system', reason: 'mediaLost', fault: 'upstream' });
  });

  it('on hold sends nothing and is not taken for lost', async () => {
    const { line, call } = await inCall();
    expect(await line.reoffer('inactive')).toBe(200);
    expect(await endedWithin(1_600, call)).toBe(false); // twice the media time-out
    expect(await line.reoffer('sendrecv')).toBe(200);
    void call.play({ kind: 'music' });
    await line.ears.music();
  });
});

describe('a caller and an agent', () => {
  it('hear each other by frequency, and the caller no longer the music', async () => {
    const agentPhone = await house.agentPhone();
    const { line, call } = await inCall();
    const music = call.play({ kind: 'music' });
    await line.ears.music();
    const leg = house.ring(call);
    const desk = await ringingAt(agentPhone, leg);
    expect(desk.invite.from).toMatchObject({ displayName: 'Margaret Okafor' });
    const firstAudio: string[] = [];
    call.onFirstAudio((direction, afterMs) => firstAudio.push(`${direction} ${afterMs < 1_000}`));
    await desk.answer();
    expect(await leg.outcome).toMatchObject({ kind: 'answered' });
    call.join(leg);
    expect(await music).toBe('stopped');
    line.mouth.playTone(440);
    desk.mouth.playTone(1_000);
    await Promise.all([line.ears.tone(1_000), desk.ears.tone(440)]);
    expect(line.ears.isHearingTone(440)).toBe(false);
    await expect.poll(() => firstAudio.toSorted()).toEqual(['toAgent true', 'toCaller true']);
  });

  it('are parted by hold, the caller with music, and joined again', async () => {
    const { line, call, leg, desk } = await talking();
    line.mouth.playTone(440);
    desk.mouth.playTone(1_000);
    await line.ears.tone(1_000);
    call.part(leg);
    void call.play({ kind: 'music' });
    await line.ears.music();
    await desk.ears.noTone(440);
    call.join(leg);
    await Promise.all([line.ears.tone(1_000), desk.ears.tone(440)]);
  });

  it('the phone itself holds by re-INVITE and is told once each way', async () => {
    const { leg, desk } = await talking();
    const told: boolean[] = [];
    leg.onHold((isHeld) => told.push(isHeld));
    expect(await desk.reoffer('sendonly')).toBe(200);
    expect(await desk.reoffer('sendrecv')).toBe(200);
    expect(told).toEqual([true, false]);
  });

  it("the agent's keys are told, by RTP or by INFO", async () => {
    const { leg, desk } = await talking();
    const pressed: string[] = [];
    leg.onDigit(({ digit }) => pressed.push(digit));
    await desk.press('1', 'info');
    await desk.press('2', 'rtp');
    await expect.poll(() => pressed.join(''), { timeout: 3_000 }).toBe('12');
  });

  it('the agent hangs up: the leg is gone, the caller stays until hung up', async () => {
    const { line, call, leg, desk } = await talking();
    await desk.hangUp();
    expect(await leg.gone).toBe('hungUp');
    expect(call.signal.aborted).toBe(false);
    call.hangUp('hungUp', 'agent', 'agent');
    expect(await line.ended()).toMatchObject({ by: 'them', how: 'bye' });
  });

  it('the caller hangs up: the agent is hung up too', async () => {
    const { line, call, leg, desk } = await talking();
    await line.hangUp();
    expect(await call.ended).toMatchObject({ by: 'caller', reason: 'hungUp' });
    expect(await leg.gone).toBe('released');
    expect(await desk.ended()).toMatchObject({ by: 'them', how: 'bye' });
  });

  it("the agent's connection breaks: the leg is lost, the caller stays", async () => {
    const { call, leg, agentPhone } = await talking();
    await agentPhone.vanish();
    expect(await leg.gone).toBe('lost');
    expect(call.signal.aborted).toBe(false);
    // The BYE that could not be delivered waits for the extension to return; it does, knows nothing of the call, and that ends it.
    const returned = await house.agentPhone();
    await returned.journal.wait('<- BYE', 2_000);
  });

  it('the agent answers again after being lost, on a fresh leg', async () => {
    const { line, call, leg, agentPhone } = await talking();
    await agentPhone.vanish();
    await leg.gone;
    const returned = await house.agentPhone();
    const next = house.ring(call);
    const desk = await returned.nextCall();
    await desk.answer();
    expect(await next.outcome).toMatchObject({ kind: 'answered' });
    call.join(next);
    desk.mouth.playTone(1_000);
    await line.ears.tone(1_000);
  });
});

describe("an agent's phone that does not answer", () => {
  it('declines: told as rejected, and the next one is rung on a fresh leg', async () => {
    const [first, second] = [await house.agentPhone('201'), await house.agentPhone('202')];
    const { call } = await inCall();
    const leg = house.ring(call, '201');
    (await first.nextCall()).reject(486);
    expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'rejected' });
    const other = house.ring(call, '202');
    await (await second.nextCall()).answer();
    expect(await other.outcome).toMatchObject({ kind: 'answered' });
  });

  it('is cancelled and told why', async () => {
    const agentPhone = await house.agentPhone();
    const { call } = await inCall();
    const leg = house.ring(call);
    const desk = await ringingAt(agentPhone, leg);
    leg.release('answeredElsewhere');
    expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'canceled' });
    expect(await desk.ended()).toMatchObject({ by: 'them', how: 'canceled', text: 'Call completed elsewhere' });
  });

  it('stops ringing within 300 ms when the caller leaves', async () => {
    const agentPhone = await house.agentPhone();
    const { line, call } = await inCall();
    const leg = house.ring(call);
    const desk = await ringingAt(agentPhone, leg);
    void line.hangUp();
    await call.ended;
    expect(await desk.ended(300)).toMatchObject({ how: 'canceled', text: 'Caller left' });
    expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'canceled' });
  });

  it('is not registered: unreachable at once', async () => {
    const { call } = await inCall();
    expect(house.channel.phones.isReachable('202')).toBe(false);
    expect(await house.ring(call, '202').outcome).toEqual({ kind: 'failed', failure: 'deviceUnreachable' });
  });

  it('loses its connection while ringing: unreachable', async () => {
    const agentPhone = await house.agentPhone();
    const { call } = await inCall();
    const leg = house.ring(call);
    await ringingAt(agentPhone, leg);
    await agentPhone.vanish();
    expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'deviceUnreachable' });
  });

  it('answers but has no media: failed as media, the caller keeps the music', async () => {
    const agentPhone = await house.agentPhone('201', NoMedia.open);
    const { line, call } = await inCall();
    void call.play({ kind: 'music' });
    const leg = house.ring(call);
    const desk = await agentPhone.nextCall();
    await desk.answer();
    expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'mediaFailed' });
    expect(await desk.ended()).toMatchObject({ by: 'them', how: 'bye', text: 'No media' });
    await line.ears.music();
  });
});
