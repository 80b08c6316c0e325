import { expect, it } from 'vitest';
import { WebRtcMedia } from '../../support/scripted-phone/index.ts';
import type { VoiceHouse } from './voice-house.ts';
import { inVoiceHouse } from './voice-house.ts';

/** The network of an agent's desktop is away for a while: sound and checks of the path do not arrive, and no connection is closed. */

let house: VoiceHouse;
inVoiceHouse({}, (opened) => {
  house = opened;
});

async function talking() {
  const phone = await house.agentPhone();
  const { line, call, leg, desk } = await house.talking(phone);
  desk.mouth.playTone(700);
  await line.ears.tone(700);
  const { media } = desk;
  if (!(media instanceof WebRtcMedia)) throw new Error('an agent has a WebRTC phone');
  const told: string[] = [];
  void leg.gone.then((why) => told.push(`gone ${why}`));
  void call.ended.then(() => told.push('ended'));
  return { line, call, leg, media, told };
}

it('back after some seconds, the customer has heard music meanwhile and hears the agent again, and the call knows nothing of it', async () => {
  const { line, media, told } = await talking();
  media.loseNetwork(true);
  await line.ears.music(8_000);
  media.loseNetwork(false);
  await line.ears.tone(700, 8_000);
  expect(told).toEqual([]);
});

it('away for longer, the leg is told as lost within fifteen seconds, and the call stays', async () => {
  const { call, leg, media, told } = await talking();
  media.loseNetwork(true);
  expect(await leg.gone).toBe('lost');
  expect(told).toEqual(['gone lost']);
  expect(await call.play({ kind: 'prompt', name: 'welcome', locale: 'en' })).toBe('finished');
}, 20_000);
