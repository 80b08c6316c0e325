import { expect, it } from 'vitest';
import type { TransferAsked } from '../../../cti-bridge/interactions/index.ts';
import type { VoiceHouse } from './voice-house.ts';
import { inVoiceHouse } from './voice-house.ts';

/** A desk phone with two calls brings both far ends together (REFER with Replaces): RFC 3515, RFC 3891, RFC 5589 §7.3. */

let house: VoiceHouse;
inVoiceHouse({ connectLimitMs: 1_000, workers: 2 }, (opened) => {
  house = opened;
});

/** A caller who talks with the desk phone. */
async function talkingWith(deskPhone: Awaited<ReturnType<VoiceHouse['deskPhone']>>, from: string) {
  const phone = await house.trunkPhone({ name: from });
  const line = await phone.call({ to: '1000', from });
  const call = await house.nextCall();
  expect(await call.answer()).toBe(true);
  await line.answered();
  const leg = house.ring(call);
  const desk = await deskPhone.nextCall();
  await desk.answer();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  const asked = Promise.withResolvers<TransferAsked>();
  leg.onTransferAsked(asked.resolve);
  return { line, call, leg, desk, asked: asked.promise };
}

it('two customers talk with each other across media workers, and the phone hears that it is done', async () => {
  const deskPhone = await house.deskPhone();
  const first = await talkingWith(deskPhone, '+447700900142');
  const second = await talkingWith(deskPhone, '+447700900177');
  const told = first.desk.referInto(second.desk);
  const asked = await first.asked;
  expect(asked.into).toBe(second.call);

  const brought = first.call.bringIn(second.call, 'brought');
  expect(await brought.outcome).toMatchObject({ kind: 'answered' });
  first.call.part(first.leg);
  first.call.join(brought);
  asked.done(true);
  expect(await told).toBe(200);
  expect(await second.call.ended).toEqual({ by: 'agent', reason: 'transferred', fault: 'agent' });
  expect(await second.desk.ended()).toMatchObject({ by: 'them', how: 'bye' });
  expect(second.line.isTalking).toBe(true);

  first.line.mouth.playTone(1000);
  second.line.mouth.playTone(440);
  await second.line.ears.tone(1000);
  await first.line.ears.tone(440);
  // The one who came over may hold and come back, and press keys, as anybody else in the call.
  expect(await second.line.reoffer('sendonly')).toBe(200);
  expect(await second.line.reoffer('sendrecv')).toBe(200);
  await second.line.hangUp();
  expect(await brought.gone).toBe('hungUp');
  expect(first.call.signal.aborted).toBe(false);
});

it('ends with the call they came into, and with nothing left over', async () => {
  const deskPhone = await house.deskPhone();
  const first = await talkingWith(deskPhone, '+447700900142');
  const second = await talkingWith(deskPhone, '+447700900177');
  const brought = first.call.bringIn(second.call, 'brought');
  expect(await brought.outcome).toMatchObject({ kind: 'answered' });
  first.call.hangUp('hungUp', 'agent', 'agent');
  expect(await second.line.ended()).toMatchObject({ by: 'them', how: 'bye' });
});

it('who has hung up meanwhile is not brought, and the other call ends as theirs', async () => {
  const deskPhone = await house.deskPhone();
  const first = await talkingWith(deskPhone, '+447700900142');
  const second = await talkingWith(deskPhone, '+447700900177');
  await second.line.hangUp();
  expect(await second.call.ended).toMatchObject({ by: 'caller' });
  const brought = first.call.bringIn(second.call, 'brought');
  expect(await brought.outcome).toMatchObject({ kind: 'failed' });
  expect(first.call.signal.aborted).toBe(false);
});

it("a call that is none of ours, or another phone's, is refused", async () => {
  const first = await talkingWith(await house.deskPhone('201'), '+447700900142');
  const elsewhere = await (await house.trunkPhone()).call({ to: '1000', from: '+447700900188' });
  expect(await (await house.nextCall()).answer()).toBe(true);
  await elsewhere.answered();
  expect(await first.desk.referInto(elsewhere)).toBe(603);
  const colleague = await house.deskPhone('202');
  const phone = await house.trunkPhone();
  const line = await phone.call({ to: '1000', from: '+447700900177' });
  const call = await house.nextCall();
  expect(await call.answer()).toBe(true);
  const leg = house.ring(call, '202');
  const theirs = await colleague.nextCall();
  await theirs.answer();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  expect(await first.desk.referInto(theirs)).toBe(603);
  expect(line.isTalking).toBe(true);
});
