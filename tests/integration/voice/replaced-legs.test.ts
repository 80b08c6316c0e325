import { describe, expect, it } from 'vitest';
import { runSipp } from '../../support/sipp.ts';
import type { VoiceHouse } from './voice-house.ts';
import { inVoiceHouse } from './voice-house.ts';

/** INVITE with Replaces (RFC 3891) on the wire: a call goes on with another phone in the place of one that was in it. */

let house: VoiceHouse;
inVoiceHouse({ connectLimitMs: 1_000 }, (opened) => {
  house = opened;
});

async function talking() {
  const deskPhone = await house.deskPhone('201');
  const { line, call } = await house.inCall();
  const leg = house.ring(call);
  const desk = await deskPhone.nextCall();
  await desk.answer();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  return { line, call, leg, desk, deskPhone };
}

describe('whoever the customer gave the call to, over the same trunk', () => {
  it.each(['early', 'late'] as const)('talks with the agent (%s offer), and the first phone is told good-bye', async (offer) => {
    const { line, call, desk, leg } = await talking();
    const other = await house.trunkPhone({ name: 'colleague of the caller' });
    const taken = await other.call({ to: '1000', from: '+447700900177', headers: [line.replaces], offer });
    await taken.answered();
    expect(await line.ended()).toMatchObject({ by: 'them', how: 'bye', text: 'Call completed elsewhere' });
    taken.mouth.playTone(1000);
    desk.mouth.playTone(440);
    await desk.ears.tone(1000);
    await taken.ears.tone(440);
    expect(call.signal.aborted).toBe(false);
    await taken.hangUp();
    expect(await call.ended).toMatchObject({ by: 'caller' });
    leg.release('ended');
  });

  it('hears the music that the first one heard', async () => {
    const { line, call } = await house.inCall();
    void call.play({ kind: 'music' });
    await line.ears.music();
    const other = await house.trunkPhone();
    const taken = await other.call({ to: '1000', from: '+447700900177', headers: [line.replaces] });
    await taken.answered();
    await taken.ears.music();
  });

  it('keeps the call though the first one hangs up at once', async () => {
    const { line, call, desk } = await talking();
    const other = await house.trunkPhone();
    const taken = await other.call({ to: '1000', from: '+447700900177', headers: [line.replaces] });
    await line.hangUp();
    await taken.answered();
    taken.mouth.playTone(1000);
    await desk.ears.tone(1000);
    expect(call.signal.aborted).toBe(false);
  });

  it('who never acknowledges leaves the call with the first one', async () => {
    const { line, call, desk } = await talking();
    const other = await house.trunkPhone();
    const never = await other.call({ to: '1000', from: '+447700900177', headers: [line.replaces], neverAcks: true });
    await never.journal.wait('200 received, not ACKed', 3_000);
    await never.ended();
    line.mouth.playTone(1000);
    await desk.ears.tone(1000);
    expect(call.signal.aborted).toBe(false);
  });
});

it('sipp, which the customer gave the call to, talks with the agent and ends it', async () => {
  const { line, call, desk } = await talking();
  const judged = runSipp({
    sip: house.sip.udpAddress,
    scenario: 'takes-over',
    to: '1000',
    from: '+447700900177',
    toneHz: 1000,
    talkMs: 1_500,
    keys: { replaces: line.replaces.value },
  });
  expect(await line.ended()).toMatchObject({ by: 'them', how: 'bye' });
  await desk.ears.tone(1000);
  expect((await judged).code).toBe(0);
  expect(await call.ended).toMatchObject({ by: 'caller', reason: 'hungUp' });
});

describe('an agent', () => {
  it('goes on on another phone of the same extension', async () => {
    const { line, call, desk, leg } = await talking();
    const second = await house.deskPhone('201');
    const taken = await second.dial('1000', [desk.replaces]);
    await taken.answered();
    expect(await desk.ended()).toMatchObject({ how: 'bye' });
    line.mouth.playTone(1000);
    taken.mouth.playTone(440);
    await taken.ears.tone(1000);
    await line.ears.tone(440);
    await taken.hangUp();
    expect(await leg.gone).toBe('hungUp');
    expect(call.signal.aborted).toBe(false);
  });

  it('picks up on another phone what rings on the first', async () => {
    const deskPhone = await house.deskPhone('201');
    const { line, call } = await house.inCall();
    const leg = house.ring(call);
    const desk = await deskPhone.nextCall();
    await leg.ringing;
    const second = await house.deskPhone('201');
    const taken = await second.dial('1000', [desk.replaces]);
    await taken.answered();
    taken.mouth.playTone(440);
    await leg.accepted;
    expect(await leg.outcome).toMatchObject({ kind: 'answered' });
    expect(await desk.ended()).toMatchObject({ how: 'canceled' });
    call.join(leg);
    await line.ears.tone(440);
  });

  it("does not take over a colleague's call, and a trunk not an agent's", async () => {
    const { line, desk, leg } = await talking();
    const colleague = await house.deskPhone('202');
    const refused = await colleague.dial('1000', [desk.replaces]);
    expect(await refused.ended()).toMatchObject({ how: 'refused', status: 403 });
    const trunk = await house.trunkPhone();
    const stranger = await trunk.call({ to: '1000', from: '+447700900177', headers: [desk.replaces] });
    expect(await stranger.ended()).toMatchObject({ how: 'refused', status: 403 });
    const taken = await colleague.dial('1000', [line.replaces]);
    expect(await taken.ended()).toMatchObject({ how: 'refused', status: 403 });
    line.mouth.playTone(1000);
    await desk.ears.tone(1000);
    expect(leg.partyId).toBeTruthy();
  });

  it('of a phone without the password takes over nothing', async () => {
    const { desk } = await talking();
    const second = await house.deskPhone('201');
    const guess = await second.call({ to: '1000', from: '201', headers: [desk.replaces] });
    expect(await guess.ended()).toMatchObject({ how: 'refused', status: 401 });
  });
});

it('a call that is none of ours is refused 481', async () => {
  const phone = await house.trunkPhone();
  const call = await phone.call({ to: '1000', from: '+447700900177', headers: [{ name: 'Replaces', value: 'gone;to-tag=a;from-tag=b' }] });
  expect(await call.ended()).toMatchObject({ how: 'refused', status: 481 });
});
