import { mkdtempSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { readWav, toneAmplitude } from '../../../cti-bridge/media/index.ts';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { changeConfiguration } from '../../support/bridge.ts';
import { giveDemoData } from '../../support/demo-data.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { inspect } from '../store/store-under-test.ts';
import { BridgeProgram } from './bridge-program.ts';
import { BridgeStage } from './bridge-stage.ts';

/** Messages left in a whole bridge, with real sound on real phones. */

/** Whoever waits a second in any queue of callers leaves a message. */
const toVoicemail = (configuration: Configuration): Configuration => ({
  ...configuration,
  queues: configuration.queues.map((queue) =>
    queue.channel === 'voice'
      ? { ...queue, hours: null, overflow: null, maxWaitSeconds: 1, whenWaitedTooLong: { to: 'voicemail' } }
      : queue,
  ),
});

/** The customer and us, each as one channel. */
async function hear(bridge: string, desktop: ScriptedDesktop, recordingId: string): Promise<{ left: Int16Array; right: Int16Array }> {
  const { path } = await desktop.ask('recording:open', { recordingId });
  const wav = readWav(Buffer.from(await (await fetch(`${bridge}${path}`)).arrayBuffer()));
  if (!wav.ok) throw new Error(wav.error);
  const { samples } = wav.value;
  return { left: samples.filter((_, at) => at % 2 === 0), right: samples.filter((_, at) => at % 2 === 1) };
}

/** How loud a frequency is in the clearest tenth of a second. */
function clearest(samples: Int16Array, frequency: number): number {
  const parts = Array.from({ length: Math.floor(samples.length / 800) }, (_, at) => samples.subarray(at * 800, at * 800 + 800));
  return Math.max(0, ...parts.map((part) => toneAmplitude(part, frequency)));
}

const soundOf = async (folder: string, recordingId: string) =>
  (await stat(join(folder, 'recordings', `${recordingId}.wav`)).catch(() => null))?.size ?? 0;
/** So many bytes are two seconds and a half. */
const enough = 40_000;

describe('a caller who waited too long', () => {
  let stage: BridgeStage;
  afterEach(async () => {
    await stage.close();
    expect(stage.bridge.bugs).toEqual([]);
  });

  it('leaves a message that an agent hears and calls back about, and that stands on the timeline', { timeout: 90_000 }, async () => {
    stage = await BridgeStage.open({ setUp: toVoicemail });
    const { folder } = stage.bridge;
    const call = await stage.callBilling();
    call.mouth.playTone(700);
    await call.ears.prompt('voicemail-greeting', 15_000);
    const { recordingId, interactionId: leftIn } = await stage.bridge.event('recording:started', () => true, 20_000);
    await expect.poll(() => soundOf(folder, recordingId), { timeout: 15_000 }).toBeGreaterThan(enough);
    await call.press('#');
    await call.ears.prompt('voicemail-left', 15_000);
    await call.ended(20_000);
    expect(await stage.bridge.event('interaction:ended')).toMatchObject({ interactionId: leftIn, end: { reason: 'messageLeft' } });

    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    const offer = await desktop.push('reservation:offered');
    expect(offer.pop).toMatchObject({ message: { recordingId }, match: { kind: 'certain', contact: { name: 'Margaret Okafor' } } });
    const agent = await desktop.answer(offer.reservationId);
    await desktop.push('call:changed', ({ message }) => message?.canCallBack === true);
    const { left, right } = await hear(stage.bridge.httpAddress, desktop, recordingId);
    expect([clearest(left, 700) > 3_000, clearest(right, 700) < 300, clearest(right, 1_000) < 300]).toEqual([true, true, true]);

    await desktop.ask('call:call-back', { interactionId: offer.interactionId });
    const customer = await stage.caller.nextCall();
    await customer.answer();
    await stage.bridge.event('interaction:answered');
    customer.mouth.playTone(1_000);
    agent.mouth.playTone(440);
    await Promise.all([agent.ears.tone(1_000), customer.ears.tone(440)]);
    await customer.hangUp();
    await desktop.push('wrap-up:changed');
    const outcome = { dispositionCode: 'billExplained', note: 'Called back.', then: 'notReady' } as const;
    await desktop.ask('interaction:complete', { interactionId: offer.interactionId, ...outcome });
    const { timeline } = await desktop.ask('contact:read', { contactId: margaretOkafor.contactId });
    expect(timeline.items.find(({ interactionId }) => interactionId === leftIn)?.recordings).toMatchObject([
      { recordingId, isMessage: true },
    ]);
    expect(inspect(folder, "select kind, subject_id from record_audit where kind = 'listening'")).toEqual([
      { kind: 'listening', subject_id: recordingId },
    ]);
    await expect(desktop.ask('recording:open', { recordingId })).rejects.toThrow();
    await stage.expectAllReleased();
  });

  it('and hangs up during the greeting has left nothing', { timeout: 60_000 }, async () => {
    stage = await BridgeStage.open({ setUp: toVoicemail });
    const call = await stage.callBilling();
    await call.ears.prompt('voicemail-greeting', 15_000);
    await call.hangUp();
    expect((await stage.bridge.event('interaction:ended')).end).toMatchObject({ by: 'caller', reason: 'diverted' });
    expect(stage.bridge.events.filter(({ type }) => type.startsWith('recording:'))).toEqual([]);
    expect(inspect(stage.bridge.folder, 'select count(*) as kept from callback')).toEqual([{ kept: 0 }]);
    await stage.expectAllReleased();
  });
});

/** A caller in the middle of their message, in a bridge that can be killed. */
async function messageBegun() {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-message-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await giveDemoData(folder, undefined);
  await changeConfiguration(folder, toVoicemail);
  const bridge = await BridgeProgram.start(folder);
  const phone = await bridge.caller();
  const call = await phone.call({ to: '1002', from: margaretOkafor.number });
  await call.answered();
  call.mouth.playTone(700);
  await expect.poll(() => inspect(folder, 'select count(*) as begun from recording'), { timeout: 30_000 }).toEqual([{ begun: 1 }]);
  const [{ recording_id: recordingId } = { recording_id: '' }] = inspect<{ recording_id: string }>(
    folder,
    'select recording_id from recording',
  );
  await expect.poll(() => soundOf(folder, recordingId), { timeout: 15_000 }).toBeGreaterThan(enough);
  return { folder, bridge, phone, call, recordingId };
}

it('what was said until the bridge was killed is kept, and waits in its queue after the start; whoever hung up meanwhile is let go', {
  timeout: 120_000,
}, async () => {
  const { folder, bridge: first, phone, recordingId } = await messageBegun();
  await first.kill();
  await phone.close();

  const second = await BridgeProgram.start(folder, first.sip.port);
  const lena = await second.signIn('lena.hartmann');
  const offer = await lena.push('reservation:offered', ({ pop }) => pop.message !== undefined, 30_000);
  expect(offer.pop.message).toMatchObject({ recordingId });
  expect(offer.pop.message?.durationMs).toBeGreaterThan(2_000);
  await lena.answer(offer.reservationId);
  await lena.push('call:changed', ({ message }) => message?.canCallBack === true);
  const { left } = await hear(second.http, lena, recordingId);
  expect(clearest(left, 700)).toBeGreaterThan(3_000);
  // Their phone does not answer: eight seconds after the start nobody waits for it any more.
  const kept = () => inspect(folder, 'select count(*) as kept from live_call where agent_id is null');
  await expect.poll(kept, { timeout: 12_000 }).toEqual([{ kept: 0 }]);
});

it('whoever was cut off in their message and is still there is told that it is kept, and does not wait beside it', {
  timeout: 120_000,
}, async () => {
  const { folder, bridge: first, call } = await messageBegun();
  await first.kill();

  const second = await BridgeProgram.start(folder, first.sip.port);
  await call.ears.prompt('voicemail-left', 15_000);
  await call.ended(20_000);
  const ends = () => inspect<{ fact: string }>(folder, "select body as fact from interaction_event where type = 'interaction:ended'");
  await expect.poll(() => ends().map(({ fact }) => JSON.parse(fact).end.reason)).toEqual(['messageLeft']);
  expect(inspect(folder, 'select count(*) as kept from live_call')).toEqual([{ kept: 0 }]);
  const lena = await second.signIn('lena.hartmann');
  const offer = await lena.push('reservation:offered', () => true, 30_000);
  expect(offer.pop.message?.durationMs).toBeGreaterThan(2_000);
});
