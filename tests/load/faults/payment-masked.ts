import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readWav } from '../../../cti-bridge/media/index.ts';
import { demoPassword } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { seeded } from '../../conformance/sip/memory-network.ts';
import { asSound, keyMs, keysIn } from '../../support/key-tones.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { CallHouse } from './call-house.ts';
import { Expectations, type FaultRow } from './fault-row.ts';

const recorded = (configuration: Configuration): Configuration => ({
  ...configuration,
  queues: configuration.queues.map((queue) =>
    queue.channel === 'voice' ? { ...queue, recording: { mode: 'always', announcement: null } } : queue,
  ),
});

/** Sixteen digits that a card could have: the last by Luhn. */
function cardNumber(random: () => number): string {
  const digits = ['4', ...Array.from({ length: 14 }, () => String(Math.floor(random() * 10)))].join('');
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

export const paymentMasked: FaultRow = {
  name: 'payment-masked',
  about:
    'card numbers are keyed in while the agent has paused the recording, by RFC 4733 and as sound: no key is heard by the agent or in the recording, and no number stands in any file or in the log',
  count: 100,
  async run({ count, seed }) {
    const expectations = new Expectations();
    const random = seeded(seed);
    const numbers: string[] = [];
    const house = await CallHouse.open(recorded);
    let keysHeard = 0;
    try {
      await house.start();
      const desktop = await ScriptedDesktop.logIn({
        bridge: house.http,
        username: 'lena.hartmann',
        password: demoPassword,
        phoneMedia: null,
      });
      const { caller, desk } = await house.talking();
      const { interactionId } = await desktop.push('interaction:assigned');
      caller.mouth.playTone(0);
      // Before anything is masked: what is looked for below is found there.
      await caller.mouth.play(asSound('1234567890'));
      const heardBefore = keysIn(desk.ears.recording());
      expectations.expect(heardBefore.includes('34567'), `keys that are not masked are not recognised: ${heardBefore}`);
      const from = desk.ears.recording().length;
      for (let n = 0; n < count; n++) {
        const number = cardNumber(random);
        numbers.push(number);
        await desktop.ask('call:pause-recording', { interactionId });
        if (n % 2 === 0) await caller.mouth.play(asSound(number));
        else {
          await caller.press(number, 'rtp', keyMs);
          await caller.mouth.hasPressed();
        }
        await desktop.ask('call:resume-recording', { interactionId });
      }
      keysHeard = keysIn(desk.ears.recording().subarray(from)).length;
      await caller.hangUp();
      await desk.over;
      await desktop.close();
      await house.stop();
    } finally {
      const files = filesIn(house.folder);
      const sounds = files.filter((path) => path.endsWith('.wav'));
      expectations.expect(sounds.length === 1, `${sounds.length} recordings in place of one`);
      for (const path of sounds) {
        const wav = readWav(readFileSync(path));
        const samples = wav.ok ? wav.value.samples : new Int16Array(0);
        const [left, right] = [0, 1].map((side) => keysIn(samples.filter((_, at) => at % 2 === side)));
        // The control at the beginning is in it, and nothing else.
        expectations.expect(wav.ok && (left?.length ?? 0) <= 10 && right === '', `keys in the recording: ${left} and ${right}`);
      }
      const texts = [...files.filter((path) => !path.endsWith('.wav')).map((path) => readFileSync(path, 'latin1')), house.log];
      const found = numbers.filter((number) => texts.some((text) => text.includes(number)));
      expectations.expect(found.length === 0, `${found.length} numbers stand in a file or in the log`);
      expectations.expect(keysHeard === 0, `the agent heard ${keysHeard} keys`);
      await house.close();
    }
    return {
      figures: [
        { name: 'payments', value: numbers.length, unit: '', at: '16 digits each, every other one as sound' },
        { name: 'keys the agent heard', value: keysHeard, unit: '', at: 'of all' },
      ],
      failures: expectations.failures,
    };
  },
};
