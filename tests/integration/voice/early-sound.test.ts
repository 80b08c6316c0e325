import { expect, it } from 'vitest';
import type { VoiceHouse } from './voice-house.ts';
import { inVoiceHouse } from './voice-house.ts';

/** A number that is asked into a call, before it answers: what the network plays is heard by who asked, and nobody is heard there. */

let house: VoiceHouse;
inVoiceHouse({ connectLimitMs: 1_000 }, (opened) => {
  house = opened;
});

async function asking() {
  const { call } = await house.inCall();
  const deskPhone = await house.deskPhone();
  const leg = house.ring(call);
  const desk = await deskPhone.nextCall();
  await desk.answer();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  const network = await house.trunkPhone({ sip: null, name: 'number outside' });
  const party = call.dial({ partyId: 'outside', number: '+442079460000', peer: network.sentBy, shownAs: '1000' });
  const outside = await network.nextCall();
  const early = Promise.withResolvers<void>();
  party.onEarlySound(early.resolve);
  return { call, leg, desk, party, outside, early: early.promise };
}

it('plays its announcement to the agent, hears nothing of them, and talks once it has answered', async () => {
  const { call, leg, desk, party, outside, early } = await asking();
  desk.mouth.playTone(440);
  await outside.beHeardEarly();
  await early;
  call.connect(leg, party, 'both'); // not yet: who has not answered hears nobody
  call.connect(leg, party, 'oneHearsOther');
  outside.mouth.playTone(1000);
  await desk.ears.tone(1000);
  await outside.ears.silence();
  call.disconnect(leg, party);
  await desk.ears.silence();
  await outside.answer();
  expect(await party.outcome).toMatchObject({ kind: 'answered' });
  call.connect(leg, party, 'both');
  await Promise.all([desk.ears.tone(1000), outside.ears.tone(440)]);
});

it('plays why it does not answer, and is gone with that', async () => {
  const { call, leg, desk, party, outside, early } = await asking();
  await outside.beHeardEarly();
  await early;
  call.connect(leg, party, 'oneHearsOther');
  outside.mouth.playTone(1000);
  await desk.ears.tone(1000);
  outside.reject(486);
  expect(await party.outcome).toEqual({ kind: 'failed', failure: 'rejected' });
  await desk.ears.silence();
});
