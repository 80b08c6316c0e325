import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Kamailio, startKamailio } from '../../support/kamailio.ts';
import { ScriptedPhone, WebRtcMedia } from '../../support/scripted-phone/index.ts';
import type { VoiceHouse } from './voice-house.ts';
import { openVoiceHouse } from './voice-house.ts';

/** Whole calls with sound while Debian's Kamailio stands between the bridge and everybody: signalling over it, media beside it. */

const carrierHost = '127.0.0.9';
const origin = 'https://desk.example.com';
let house: VoiceHouse;
let edge: Kamailio;
const phones: ScriptedPhone[] = [];

beforeAll(async () => {
  house = await openVoiceHouse({ edges: ['127.0.0.1'], trunkSources: [carrierHost] });
  edge = await startKamailio({ bridgePort: house.sip.udpAddress.port, carrier: `${carrierHost}:5060`, trunks: [carrierHost], origin });
});
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.close();
  await house.tidy();
  await house.isEmpty();
});
afterAll(async () => {
  await edge.stop();
  await house.stop();
});

function keep(phone: ScriptedPhone): ScriptedPhone {
  phones.push(phone);
  return phone;
}

const customerPhone = async () => keep(await ScriptedPhone.onTrunk({ sip: edge.sip, bindHost: carrierHost, known: house.known }));

async function inCall() {
  const customer = await customerPhone();
  const line = await customer.call({ to: '1000', from: '+447700900142' });
  const call = await house.nextCall();
  expect(call.caller.number).toBe('+447700900142');
  await call.answer();
  await line.answered();
  return { line, call };
}

it('a customer and an agent in a browser hear each other, and the agent hangs up', async () => {
  const { line, call } = await inCall();
  const { uri, credentials } = house.agentAccount('201');
  const account = { url: edge.webSocketUrl, origin, uri, credentials, known: house.known, openMedia: WebRtcMedia.open };
  const phone = keep(await ScriptedPhone.onWebSocket(account));
  const leg = house.ring(call, '201');
  const desk = await phone.nextCall();
  desk.ring();
  await leg.ringing;
  await desk.answer();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  line.mouth.playTone(1_000);
  desk.mouth.playTone(440);
  await desk.ears.tone(1_000, 5_000);
  await line.ears.tone(440, 5_000);
  await desk.hangUp();
  expect(await leg.gone).toBe('hungUp');
});

it('a customer and an agent at a desk phone hear each other over a hold, and the customer hangs up', async () => {
  const { line, call } = await inCall();
  const phone = keep(await ScriptedPhone.onDesk({ sip: edge.sip, extension: '202', password: 'secret-of-202', known: house.known }));
  const leg = house.ring(call, '202');
  const desk = await phone.nextCall();
  await leg.ringing;
  await desk.answer();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  desk.mouth.playTone(440);
  await line.ears.tone(440, 5_000);
  expect(await desk.reoffer('sendonly')).toBe(200);
  expect(await desk.reoffer('sendrecv')).toBe(200);
  line.mouth.playTone(1_000);
  await desk.ears.tone(1_000, 5_000);
  await line.hangUp();
  expect(await call.ended).toMatchObject({ by: 'caller', reason: 'hungUp' });
});
