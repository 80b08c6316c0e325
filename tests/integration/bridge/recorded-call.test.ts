import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWav, toneAmplitude } from '../../../cti-bridge/media/index.ts';
import { demoPassword, margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { BridgeStage } from './bridge-stage.ts';

/** A whole bridge whose billing queue is recorded, with real sound on real phones. */

let stage: BridgeStage;

const recorded = (configuration: Configuration): Configuration => ({
  ...configuration,
  queues: configuration.queues.map((queue) =>
    queue.id === 'billing' ? { ...queue, recording: { mode: 'always', announcement: 'call-recorded' } } : queue,
  ),
});

beforeEach(async () => {
  stage = await BridgeStage.open({ setUp: recorded });
});

afterEach(async () => {
  await stage.close();
  expect(stage.bridge.bugs).toEqual([]);
});

async function tokenOf(username: string): Promise<string> {
  const desktop = await ScriptedDesktop.logIn({ bridge: stage.bridge.httpAddress, username, password: demoPassword });
  const { token } = desktop.login;
  await desktop.close();
  return token;
}

const fetchSound = (recordingId: string, token: string | null, range?: string) =>
  fetch(`${stage.bridge.httpAddress}/api/recordings/${recordingId}`, {
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(range === undefined ? {} : { range }) },
  });

/** How loud a frequency is in the clearest tenth of a second. */
function clearest(samples: Int16Array, frequency: number): number {
  const parts = Array.from({ length: Math.floor(samples.length / 800) }, (_, at) => samples.subarray(at * 800, at * 800 + 800));
  return Math.max(0, ...parts.map((part) => toneAmplitude(part, frequency)));
}

/** Customer on the left, we on the right. */
async function channels(answer: Response): Promise<{ left: Int16Array; right: Int16Array }> {
  const wav = readWav(Buffer.from(await answer.arrayBuffer()));
  if (!wav.ok) throw new Error(wav.error);
  const { samples } = wav.value;
  return { left: samples.filter((_, at) => at % 2 === 0), right: samples.filter((_, at) => at % 2 === 1) };
}

describe('a call in a queue that is recorded', () => {
  it('is announced, recorded but for its pauses, and heard afterwards by those who may', async () => {
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    const call = await stage.callBilling();
    await call.ears.prompt('call-recorded');
    call.mouth.playTone(1000);
    const agent = await desktop.answer();
    agent.mouth.playTone(440);
    await Promise.all([call.ears.tone(440), agent.ears.tone(1000)]);
    const { interactionId } = await desktop.push('interaction:assigned');
    const { recordingId } = await stage.bridge.event('recording:started');
    await desktop.push('call:changed', ({ recording }) => recording?.state === 'running');
    agent.mouth.playTone(520);
    await call.ears.tone(520);
    await call.ears.noTone(440);
    agent.mouth.playTone(440);
    await call.ears.tone(440);
    await call.ears.noTone(520);

    const paused = await desktop.ask('call:pause-recording', { interactionId });
    expect(paused.recording?.state).toBe('paused');
    call.mouth.playTone(1700);
    await agent.ears.tone(1700);
    await agent.ears.noTone(1000);
    call.mouth.playTone(1000);
    await agent.ears.tone(1000);
    await agent.ears.noTone(1700);
    await call.press('4');
    const resumed = await desktop.ask('call:resume-recording', { interactionId });
    expect(resumed.recording?.state).toBe('running');
    call.mouth.playTone(1250);
    await agent.ears.tone(1250);
    // Two more windows of listening: the recording hears the customer through a jitter buffer, the agent does not.
    for (const frequency of [600, 440]) {
      agent.mouth.playTone(frequency);
      await call.ears.tone(frequency);
      await call.ears.noTone(frequency === 600 ? 440 : 600);
    }
    await call.hangUp();
    const { durationMs } = await stage.bridge.event('recording:ended');

    const supervisor = await tokenOf('dana.whitlock');
    const whole = await fetchSound(recordingId, supervisor);
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('accept-ranges')]).toEqual([200, 'audio/wav', 'bytes']);
    const { left, right } = await channels(whole);
    expect(left).toHaveLength(durationMs * 8);
    expect([clearest(left, 1000) > 3000, clearest(left, 1250) > 3000]).toEqual([true, true]);
    expect([clearest(left, 440) < 300, clearest(left, 1700) < 300]).toEqual([true, true]);
    expect([clearest(right, 440) > 3000, clearest(right, 1000) < 300]).toEqual([true, true]);

    const part = await fetchSound(recordingId, supervisor, 'bytes=0-3');
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, `bytes 0-3/${58 + durationMs * 16}`, 'RIFF']);
    expect((await fetchSound(recordingId, desktop.login.token)).status).toBe(403);
    expect((await fetchSound(recordingId, null)).status).toBe(401);
    expect((await fetchSound('no-such', supervisor)).status).toBe(404);
    expect((await fetchSound('..%2Fcrosspoint', supervisor)).status).toBe(404);
  });

  it('is on the line of the call in the timeline, and gone with its sound when the customer is erased', async () => {
    const desktop = await stage.signIn();
    const { call, interactionId } = await stage.talking(desktop);
    const { recordingId } = await stage.bridge.event('recording:started');
    await call.hangUp();
    const { durationMs } = await stage.bridge.event('recording:ended');
    await desktop.push('wrap-up:changed');
    await desktop.ask('interaction:complete', { interactionId, dispositionCode: 'billExplained', note: '', then: 'notReady' });
    const { timeline } = await desktop.ask('contact:read', { contactId: margaretOkafor.contactId });
    expect(timeline.items[0]?.recordings).toEqual([{ recordingId, startedAt: expect.any(Number), durationMs }]);

    const admin = await stage.signIn('admin');
    const erasing = { contactId: margaretOkafor.contactId, confirmName: 'Margaret Okafor', reason: 'Asked by letter.' };
    await admin.ask('privacy:erase', erasing);
    expect(await readdir(join(stage.bridge.folder, 'recordings'))).toEqual([]);
    expect((await fetchSound(recordingId, await tokenOf('dana.whitlock'))).status).toBe(404);
  });
});
