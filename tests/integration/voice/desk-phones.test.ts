import { describe, expect, it } from 'vitest';
import type { PhoneCall } from '../../../cti-bridge/interactions/index.ts';
import { headerOf } from '../../../cti-bridge/sip/index.ts';
import type { VoiceHouse } from './voice-house.ts';
import { inVoiceHouse } from './voice-house.ts';

/** Agents with a telephone on the desk in place of a desktop's phone: SIP over UDP, plain RTP. The flow is a few lines in each test. */

let house: VoiceHouse;
inVoiceHouse({ rtpTimeoutMs: 800, connectLimitMs: 1_000 }, (opened) => {
  house = opened;
});

async function talking(kind?: 'registered' | 'address') {
  const deskPhone = await house.deskPhone('201', kind);
  const { line, call } = await house.inCall();
  const leg = house.ring(call);
  const desk = await deskPhone.nextCall();
  await leg.ringing;
  await desk.answer();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  return { line, call, leg, desk, deskPhone };
}

describe('a desk phone', () => {
  it.each(['registered', 'address'] as const)('(%s) rings, answers, and both hear each other over plain RTP', async (kind) => {
    const { line, desk, leg } = await talking(kind);
    expect(desk.invite.body.toString()).toMatch(/m=audio \d+ RTP\/AVP 8 0 111 101 110\r\n/);
    line.mouth.playTone(1000);
    desk.mouth.playTone(440);
    await desk.ears.tone(1000);
    await line.ears.tone(440);
    await desk.hangUp();
    expect(await leg.gone).toBe('hungUp');
  });

  it.each([
    ['201', []],
    ['202', ['Auto', ';answer-after=0', ';info=alert-autoanswer;delay=0']],
  ])('is asked to answer by itself where it is set so: %s', async (extension, asked) => {
    const deskPhone = await house.deskPhone(extension);
    const { call } = await house.inCall();
    house.ring(call, extension);
    const { invite } = await deskPhone.nextCall();
    const values = ['Answer-Mode', 'Call-Info', 'Alert-Info'].flatMap((name) => headerOf(invite, name) ?? []);
    expect(values.map((value) => value.replace(/^<sip:crosspoint.invalid>/, ''))).toEqual(asked);
  });

  it('presses keys that reach the story', async () => {
    const { desk, leg } = await talking();
    const pressed = Promise.withResolvers<string>();
    leg.onDigit(({ digit }) => pressed.resolve(digit));
    await desk.press('7');
    expect(await pressed.promise).toBe('7');
  });

  it('holds and takes back by re-INVITE, and may be silent meanwhile', async () => {
    const { line, desk, leg } = await talking();
    const holds: boolean[] = [];
    leg.onHold((isHeld) => holds.push(isHeld));
    expect(await desk.reoffer('sendonly')).toBe(200);
    expect(await desk.reoffer('sendrecv')).toBe(200);
    expect(holds).toEqual([true, false]);
    desk.mouth.playTone(440);
    await line.ears.tone(440);
  });

  it('that goes silent in a call is lost', async () => {
    const { desk, leg } = await talking();
    await desk.media.close();
    expect(await leg.gone).toBe('lost');
  });

  it('that answers without any sound is a failure of media, not an answer', async () => {
    const deskPhone = await house.deskPhone();
    const { call } = await house.inCall();
    const leg = house.ring(call);
    const desk = await deskPhone.nextCall();
    await leg.ringing;
    await desk.answer();
    await desk.media.close(); // before its first frame
    await leg.accepted;
    expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'mediaFailed' });
  });

  it('that refuses has rejected; one that is busy too', async () => {
    const deskPhone = await house.deskPhone();
    const { call } = await house.inCall();
    for (const status of [603, 486]) {
      const leg = house.ring(call);
      (await deskPhone.nextCall()).reject(status);
      expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'rejected' });
    }
  });

  it('stops ringing when the offer is over, told why', async () => {
    const deskPhone = await house.deskPhone();
    const { call } = await house.inCall();
    const leg = house.ring(call);
    const desk = await deskPhone.nextCall();
    await leg.ringing;
    leg.release('noAnswer');
    expect(await desk.ended()).toMatchObject({ by: 'them', how: 'canceled', text: 'No answer' });
  });

  it('that is not registered any more is not reachable, and not rung', async () => {
    const deskPhone = await house.deskPhone();
    expect(house.channel.phones.isReachable('201')).toBe(true);
    expect(await deskPhone.register({ username: '201', password: 'secret-of-201' }, 0)).toBe(200);
    expect(house.channel.phones.isReachable('201')).toBe(false);
    const { call } = await house.inCall();
    expect(await house.ring(call).outcome).toEqual({ kind: 'failed', failure: 'deviceUnreachable' });
  });
});

describe('a code dialled on a desk phone', () => {
  it.each(['registered', 'address'] as const)('(%s) reaches its own story with the extension, and may hear a prompt', async (kind) => {
    const dialled = Promise.withResolvers<{ call: PhoneCall; extension: string }>();
    house.channel.onPhoneCall((call, extension) => dialled.resolve({ call, extension }));
    const line = await (await house.deskPhone('201', kind)).dial('*12');
    const { call, extension } = await dialled.promise;
    expect([call.dialled, extension]).toEqual(['*12', '201']);
    expect(await call.answer()).toBe(true);
    await line.answered();
    const playing = call.play({ kind: 'prompt', name: 'welcome', locale: 'en' });
    await line.ears.prompt('welcome');
    expect(await playing).toBe('finished');
    call.hangUp('completedInIvr', 'system', 'caller');
    expect(await line.ended()).toMatchObject({ by: 'them', how: 'bye' });
  });

  it('with the wrong password is refused, and anything but a code in words', async () => {
    const phone = await house.deskPhone();
    const wrong = await phone.call({ to: '*12', from: '201', credentials: { username: '201', password: 'guess' } });
    expect(await wrong.ended()).toMatchObject({ how: 'refused', status: 401 });
    expect(await (await phone.dial('1000')).ended()).toMatchObject({ status: 403, text: 'Outbound Calls Not Available Yet' });
  });

  it('may be refused in words', async () => {
    house.channel.onPhoneCall((call) => call.refuse(403, { reason: 'rejected', fault: 'agent', text: 'No Desk Phone Of Yours' }));
    const line = await (await house.deskPhone()).dial('*11');
    expect(await line.ended()).toMatchObject({ status: 403, text: 'No Desk Phone Of Yours' });
  });
});
