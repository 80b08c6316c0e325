import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { VoiceCall } from '../../../cti-bridge/interactions/index.ts';
import type { VoiceHouse } from './voice-house.ts';
import { openVoiceHouse } from './voice-house.ts';

/** A media worker is killed; the calls in it go on, within five seconds, in another one. Phones listen for tones. */

const limitMs = 5_000;
let house: VoiceHouse;
beforeAll(async () => {
  house = await openVoiceHouse({ workers: 2 });
});
afterEach(async () => {
  await house.tidy();
  await house.isEmpty();
  // The supervisor restarts what was killed; the next test wants two.
  await expect.poll(() => house.media.readiness(), { timeout: 8_000 }).toMatchObject({ ready: 2, of: 2 });
});
afterAll(() => house.stop());

/** Kills the worker that carries calls. */
async function killWorker(): Promise<void> {
  const carrying = (await house.media.stats()).filter(({ sessions }) => sessions > 0);
  expect(carrying).toHaveLength(1);
  process.kill(carrying[0]?.pid ?? 0, 'SIGKILL');
}

const movedOf = (call: VoiceCall) => new Promise<number>((resolve) => call.onMediaMoved(resolve));

it.each(['a desktop', 'a desk phone'])('who talks to an agent at %s talks on', async (kind) => {
  const phone = kind === 'a desktop' ? await house.agentPhone() : await house.deskPhone();
  const { line, call, leg, desk } = await house.talking(phone);
  line.mouth.playTone(440);
  desk.mouth.playTone(700);
  await Promise.all([line.ears.tone(700), desk.ears.tone(440)]);
  const told: string[] = [];
  void call.ended.then(() => told.push('ended'));
  void leg.gone.then(() => told.push('gone'));

  const moved = movedOf(call);
  await killWorker();
  expect(await moved).toBeLessThan(limitMs);
  // Other tones than before: what is heard now has come by the new worker.
  line.mouth.playTone(520);
  desk.mouth.playTone(880);
  await Promise.all([line.ears.tone(880, limitMs), desk.ears.tone(520, limitMs)]);
  expect(told).toEqual([]);

  // Keys, hold and the end are as they were.
  const pressed: string[] = [];
  leg.onDigit(({ digit }) => pressed.push(digit));
  await desk.press('5');
  await expect.poll(() => pressed, { timeout: 3_000 }).toEqual(['5']);
  expect(await line.reoffer('sendonly')).toBe(200);
  expect(await line.reoffer('sendrecv')).toBe(200);
  await Promise.all([line.ears.tone(880), desk.ears.tone(520)]);
  await line.hangUp();
  expect(await call.ended).toMatchObject({ by: 'caller', reason: 'hungUp' });
});

it('who waits hears music again, and is answered by an agent as ever', async () => {
  const phone = await house.agentPhone();
  const { line, call } = await house.inCall();
  void call.play({ kind: 'music' });
  await line.ears.music();
  const moved = movedOf(call);
  await killWorker();
  expect(await moved).toBeLessThan(limitMs);
  // Nothing of what is judged next was heard before the worker died.
  const heard = line.ears.recording().length;
  await expect.poll(() => line.ears.recording().length, { timeout: limitMs }).toBeGreaterThan(heard + 16_000);
  await line.ears.music(limitMs);

  const leg = house.ring(call);
  const desk = await phone.nextCall();
  desk.ring();
  await desk.answer();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  desk.mouth.playTone(700);
  await line.ears.tone(700);
});

it('who is in the menu hears the prompt to its end, and the menu hears of one end', async () => {
  const { line, call } = await house.inCall();
  const playing = call.play({ kind: 'prompt', name: 'welcome', locale: 'en' });
  await killWorker();
  expect(await playing).toBe('finished');
  await line.ears.prompt('welcome');
});

it('whose phone rings while the worker dies can be answered', async () => {
  const phone = await house.agentPhone();
  const { line, call } = await house.inCall();
  const leg = house.ring(call);
  const desk = await phone.nextCall();
  desk.ring();
  await leg.ringing;
  await killWorker();
  await desk.answer();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  line.mouth.playTone(440);
  desk.mouth.playTone(700);
  await Promise.all([line.ears.tone(700, limitMs), desk.ears.tone(440, limitMs)]);
});

it('talks on when the only worker is killed and started anew', async () => {
  const alone = await openVoiceHouse({ workers: 1 });
  try {
    const phone = await alone.trunkPhone();
    const line = await phone.call({ to: '1000', from: '+447700900142' });
    const call = await alone.nextCall();
    await call.answer();
    void call.play({ kind: 'music' });
    await line.ears.music();
    const moved = movedOf(call);
    process.kill((await alone.media.stats())[0]?.pid ?? 0, 'SIGKILL');
    expect(await moved).toBeLessThan(limitMs);
    await line.ears.music(limitMs);
  } finally {
    await alone.tidy();
    await alone.stop();
  }
});
