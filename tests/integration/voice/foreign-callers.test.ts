import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { VoiceCall } from '../../../cti-bridge/interactions/index.ts';
import { BaresipCall } from '../../support/baresip.ts';
import { runSipp, startSipp } from '../../support/sipp.ts';
import { expectTone, tone, writeToneFile } from '../../support/tones.ts';
import type { VoiceHouse } from './voice-house.ts';
import { openVoiceHouse } from './voice-house.ts';

/** Programs that share no line with ours: they read the standards on their own. */

let house: VoiceHouse;
const folder = mkdtempSync(join(tmpdir(), 'crosspoint-foreign-'));
beforeAll(async () => {
  house = await openVoiceHouse();
});
afterEach(async () => {
  await house.tidy();
  await house.isEmpty();
});
afterAll(async () => {
  await house.stop();
  rmSync(folder, { recursive: true });
});

/** The caller joined to an agent's scripted phone. */
async function joined(call: VoiceCall) {
  const phone = await house.agentPhone();
  const leg = house.ring(call);
  const desk = await phone.nextCall();
  await desk.answer();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  return desk;
}

describe('sipp', () => {
  it('says a tone that the agent hears, and hangs up', async () => {
    const { result } = startSipp({ sip: house.sip.udpAddress, scenario: 'says-a-tone', to: '1000', from: '+447700900142', toneHz: 600 });
    const call = await house.nextCall();
    expect(call.caller).toEqual({ number: '+447700900142', presentedName: 'Sipp Caller' });
    await call.answer();
    const desk = await joined(call);
    await desk.ears.tone(600);
    expect(await call.ended).toMatchObject({ by: 'caller', reason: 'hungUp' });
    expect(await result).toMatchObject({ code: 0, errors: '' });
  });

  it('is hung up', async () => {
    const { result } = startSipp({ sip: house.sip.udpAddress, scenario: 'is-hung-up', to: '1000', from: '123' });
    const call = await house.nextCall();
    await call.answer();
    await call.play({ kind: 'prompt', name: 'goodbye', locale: 'en' });
    call.hangUp('completedInIvr', 'system', 'ours');
    expect(await result).toMatchObject({ code: 0, errors: '' });
  });

  it('presses a key by RFC 4733, told once', async () => {
    const { result } = startSipp({ sip: house.sip.udpAddress, scenario: 'presses-1', to: '1000', from: '123' });
    const call = await house.nextCall();
    const pressed: string[] = [];
    call.onDigit(({ digit }) => pressed.push(digit));
    await call.answer();
    await call.ended;
    expect(pressed).toEqual(['1']);
    expect(await result).toMatchObject({ code: 0, errors: '' });
  });

  it('gives up while it rings', async () => {
    const { result } = startSipp({ sip: house.sip.udpAddress, scenario: 'cancels', to: '1000', from: '123' });
    const call = await house.nextCall();
    call.ring();
    expect(await call.ended).toEqual({ by: 'caller', reason: 'abandoned', fault: 'caller' });
    expect(await result).toMatchObject({ code: 0, errors: '' });
  });

  it('is refused a number nobody has', async () => {
    const refusing = house.nextCall().then((call) => call.refuse(404, { reason: 'unknownNumber', fault: 'caller' }));
    await runSipp({ sip: house.sip.udpAddress, scenario: 'is-refused', to: '9999', from: '123' });
    await refusing;
  });
});

describe('baresip', () => {
  it('talks with an agent, presses a key, is hung up, and has the tone in its recording', async () => {
    const wavFile = writeToneFile(join(folder, 'caller.wav'), 440, 20_000);
    const caller = new BaresipCall({ sip: house.sip.udpAddress, to: '1000', from: '+447700900142', wavFile });
    try {
      const call = await house.nextCall();
      expect(call.caller.number).toBe('+447700900142');
      const pressed: string[] = [];
      call.onDigit(({ digit }) => pressed.push(digit));
      await call.answer();
      await caller.answered();
      caller.press('1');
      await expect.poll(() => pressed.join(''), { timeout: 3_000 }).toBe('1');
      const desk = await joined(call);
      // Longer than what is asked for: what baresip has not written yet when it is hung up on is not in its recording.
      await Promise.all([desk.ears.tone(440), desk.mouth.play(tone(1_000, 2_500))]);
      call.hangUp('hungUp', 'agent', 'agent');
      await caller.over();
      expectTone(await caller.heard(), 1_000, 1_000);
    } finally {
      await caller.dispose();
    }
  });

  it('hangs up by itself', async () => {
    const wavFile = writeToneFile(join(folder, 'short.wav'), 440, 5_000);
    const caller = new BaresipCall({ sip: house.sip.udpAddress, to: '1000', from: '123', wavFile });
    try {
      const call = await house.nextCall();
      await call.answer();
      await caller.answered();
      caller.hangUp();
      expect(await call.ended).toEqual({ by: 'caller', reason: 'hungUp', fault: 'caller' });
    } finally {
      await caller.dispose();
    }
  });
});
