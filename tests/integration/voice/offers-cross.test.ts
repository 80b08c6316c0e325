import { expect, it } from 'vitest';
import type { VoiceHouse } from './voice-house.ts';
import { inVoiceHouse } from './voice-house.ts';

/** Two offers that cross (RFC 3261 section 14.1), with phones that listen: ours goes out because the worker of the call was killed. */

let house: VoiceHouse;
inVoiceHouse({ workers: 2 }, (opened) => {
  house = opened;
});

it('a caller who offers in the moment we do is told so, as we are, and within six seconds both hear each other', async () => {
  const phone = await house.agentPhone();
  const { line, call, desk } = await house.talking(phone);
  line.mouth.playTone(440);
  desk.mouth.playTone(700);
  await Promise.all([line.ears.tone(700), desk.ears.tone(440)]);

  const crossed = new Promise<number>((resolve, reject) => {
    // Our offer of new media is on its way: theirs leaves now, and ours meets it there.
    line.refusesOffer = () => {
      line.refusesOffer = undefined;
      line.reoffer('sendrecv').then(resolve, reject);
      return 491;
    };
  });
  const settled = new Promise((resolve) => call.onMediaMoved(resolve));
  const [carrying] = (await house.media.stats()).filter(({ sessions }) => sessions > 0);
  process.kill(carrying?.pid ?? 0, 'SIGKILL');
  expect(await crossed).toBe(491);
  const since = performance.now();
  // Ours comes again within two seconds, because they made the Call-ID (RFC 3261 section 14.1).
  await settled;
  expect(performance.now() - since).toBeLessThan(6_000);
  await Promise.all([line.ears.tone(700), desk.ears.tone(440)]);
  expect(await line.reoffer('sendrecv')).toBe(200);
  await Promise.all([line.ears.tone(700), desk.ears.tone(440)]);
});
