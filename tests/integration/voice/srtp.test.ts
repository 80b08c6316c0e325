import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { VoiceCall } from '../../../cti-bridge/interactions/index.ts';
import { BaresipCall, BaresipDeskPhone } from '../../support/baresip.ts';
import { mediaWorkers } from '../../support/media-workers.ts';
import { expectTone, msOfTone, tone, writeToneFile } from '../../support/tones.ts';
import { openVoiceHouse, type VoiceHouse } from './voice-house.ts';

/**
 * SRTP with keys in SDP, judged by baresip, which here takes no sound in clear. After a description in the middle of a call it goes on hearing but
 * not recording, with or without keys; what it cannot open then it says.
 */

const cannotOpen = 'failed to decrypt';
const folder = mkdtempSync(join(tmpdir(), 'crosspoint-srtp-'));
let house: VoiceHouse;
let wavFile: string;
let baresip: BaresipCall | BaresipDeskPhone;

beforeAll(async () => {
  const terms = { takes: 'offered', offers: 'required' } as const;
  house = await openVoiceHouse({ srtp: { trunk: () => terms, phone: () => terms } });
  wavFile = writeToneFile(join(folder, 'caller.wav'), 440, 60_000);
});
afterEach(async () => {
  await baresip.dispose();
  await house.tidy();
  await house.isEmpty();
});
afterAll(async () => {
  await house.stop();
  rmSync(folder, { recursive: true });
});

async function joined(call: VoiceCall) {
  const phone = await house.agentPhone('202');
  const leg = house.ring(call, '202');
  const desk = await phone.nextCall();
  await desk.answer();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  return desk;
}

async function calling(): Promise<{ readonly caller: BaresipCall; readonly call: VoiceCall }> {
  const caller = new BaresipCall({ sip: house.sip.udpAddress, to: '1000', from: '+447700900142', wavFile, isProtected: true });
  baresip = caller;
  const call = await house.nextCall();
  await call.answer();
  await caller.answered();
  return { caller, call };
}

const hears = (phone: BaresipCall | BaresipDeskPhone, hertz: number, ms: number) =>
  expect.poll(() => msOfTone(phone.heardSoFar(), hertz), { timeout: 10_000 }).toBeGreaterThan(ms);

it('a caller with keys is heard and hears, presses a key, holds and resumes, and what it records is the tone', async () => {
  const { caller, call } = await calling();
  const pressed: string[] = [];
  call.onDigit(({ digit }) => pressed.push(digit));
  caller.press('1');
  await expect.poll(() => pressed.join(''), { timeout: 3_000 }).toBe('1');
  const desk = await joined(call);
  await desk.ears.tone(440);
  await desk.mouth.play(tone(1_000, 2_500));
  caller.hold();
  await desk.ears.noTone(440);
  caller.resume();
  await desk.ears.tone(440);
  await desk.mouth.play(tone(1_000, 1_000));
  call.hangUp('hungUp', 'agent', 'agent');
  await caller.over();
  expect(caller.program.journal.toString()).not.toContain(cannotOpen);
  expectTone(await caller.heard(), 1_000, 1_000);
});

it('a call with keys whose worker is killed is offered again under its keys, and both hear each other again', async () => {
  const { caller, call } = await calling();
  const desk = await joined(call);
  await desk.ears.tone(440);
  const moved = new Promise<number>((resolve) => call.onMediaMoved(resolve));
  for (const pid of mediaWorkers()) process.kill(pid, 'SIGKILL');
  expect(await moved).toBeLessThan(5_000);
  await desk.ears.tone(440);
  await desk.mouth.play(tone(1_000, 1_000));
  expect(caller.program.journal.toString()).not.toContain(cannotOpen);
  call.hangUp('hungUp', 'agent', 'agent');
  await caller.over();
});

it('a desk phone that takes nothing in clear is offered keys, and talks', async () => {
  const phone = new BaresipDeskPhone({
    sip: house.sip.udpAddress,
    extension: '201',
    password: 'secret-of-201',
    wavFile,
    isProtected: true,
  });
  baresip = phone;
  await phone.registered();
  const customer = await house.trunkPhone();
  const line = await customer.call({ to: '1000', from: '+447700900142' });
  const call = await house.nextCall();
  await call.answer();
  await line.answered();
  const leg = house.ring(call, '201');
  await phone.rings();
  phone.lift();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  line.mouth.playTone(700);
  await line.ears.tone(440);
  await hears(phone, 700, 1_000);
});
