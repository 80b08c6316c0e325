import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readWav, toneAmplitude } from '../../../cti-bridge/media/index.ts';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { changeConfiguration } from '../../support/bridge.ts';
import { giveDemoData } from '../../support/demo-data.ts';
import type { ScriptedCall } from '../../support/scripted-phone/index.ts';
import { inspect } from '../store/store-under-test.ts';
import { BridgeProgram } from './bridge-program.ts';

const recorded = (configuration: Configuration): Configuration => ({
  ...configuration,
  queues: configuration.queues.map((queue) =>
    queue.channel === 'voice' ? { ...queue, recording: { mode: 'always', announcement: null } } : queue,
  ),
});

/** How loud a frequency is in the clearest tenth of a second. */
function clearest(samples: Int16Array, frequency: number): number {
  const parts = Array.from({ length: Math.floor(samples.length / 800) }, (_, at) => samples.subarray(at * 800, at * 800 + 800));
  return Math.max(0, ...parts.map((part) => toneAmplitude(part, frequency)));
}

/** Some more windows of listening: the recording hears the customer through a jitter buffer, the agent does not. */
async function listened(agent: ScriptedCall, customer: ScriptedCall): Promise<void> {
  for (const [frequency, other] of [
    [600, 520],
    [520, 600],
    [600, 520],
  ] as const) {
    agent.mouth.playTone(frequency);
    await customer.ears.tone(frequency);
    await customer.ears.noTone(other);
  }
}

it('a recording that was paused when the bridge was killed is paused after the start, and goes on when the agent says so', {
  timeout: 90_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-paused-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await giveDemoData(folder, undefined);
  await changeConfiguration(folder, recorded);
  const first = await BridgeProgram.start(folder);
  const lena = await first.signIn('lena.hartmann');
  const talker = await (await first.caller()).call({ to: '1002', from: margaretOkafor.number });
  await talker.answered();
  talker.mouth.playTone(440);
  const before = await lena.answer();
  const { interactionId } = await lena.push('interaction:assigned');
  await lena.push('call:changed', ({ recording }) => recording?.state === 'running');
  await listened(before, talker);
  expect((await lena.ask('call:pause-recording', { interactionId })).recording?.state).toBe('paused');
  talker.mouth.playTone(1_700);
  await before.ears.tone(1_700);
  const heard = lena.pushes.length;
  await first.kill();

  const second = await BridgeProgram.start(folder, first.sip.port);
  await lena.goOn(second.http);
  if (lena.snapshot.interactions.length === 0) await lena.push('interaction:assigned', () => true, 5_000, heard);
  await lena.ask('call:rejoin', { interactionId });
  const after = await lena.answer();
  await after.ears.tone(1_700);
  const isPaused = () => inspect(folder, 'select is_paused, duration_ms from recording');
  expect(isPaused()).toEqual([{ is_paused: 1, duration_ms: null }]);
  await talker.press('4');
  talker.mouth.playTone(1_000);
  await after.ears.tone(1_000);
  await after.ears.noTone(1_700);
  await after.ears.noTone(770);
  expect((await lena.ask('call:resume-recording', { interactionId })).recording?.state).toBe('running');
  talker.mouth.playTone(1_250);
  await after.ears.tone(1_250);
  await listened(after, talker);
  await talker.hangUp();

  await expect.poll(() => inspect(folder, 'select count(*) as ended from recording where duration_ms > 0')).toEqual([{ ended: 1 }]);
  const [row] = inspect<{ recording_id: string; pauses: string }>(folder, 'select recording_id, pauses from recording');
  expect(JSON.parse(row?.pauses ?? '[]')).toHaveLength(1);
  const wav = readWav(readFileSync(join(folder, 'recordings', `${row?.recording_id}.wav`)));
  if (!wav.ok) throw new Error(wav.error);
  const left = wav.value.samples.filter((_, at) => at % 2 === 0);
  expect([440, 1_250].map((frequency) => clearest(left, frequency) > 3_000)).toEqual([true, true]);
  expect(clearest(left, 1_700)).toBeLessThan(300);
});
