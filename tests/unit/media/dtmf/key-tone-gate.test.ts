import { describe, expect, it } from 'vitest';
import { decodeG711, encodeG711, frameSamples } from '../../../../cti-bridge/media/codec/g711.ts';
import { KeyToneGate } from '../../../../cti-bridge/media/dtmf/key-tone-gate.ts';
import { rootMeanSquare, toneAmplitude } from '../../../../cti-bridge/media/tones/tone-detector.ts';
import { addTones, tone } from '../../../../cti-bridge/media/tones/tone-generator.ts';

const low = [697, 770, 852, 941];
const high = [1209, 1336, 1477, 1633];
const keys = low.flatMap((first) => high.map((second) => [first, second] as const));

/** What comes through, of sound that begins with the first frame. */
function passed(samples: Int16Array): Int16Array {
  const gate = new KeyToneGate();
  const out: number[] = [];
  const line = decodeG711('PCMA', encodeG711('PCMA', samples));
  for (let at = 0; at + frameSamples <= line.length; at += frameSamples)
    out.push(...gate.pass({ samples: line.slice(at, at + frameSamples), kind: 'audio' }).samples);
  return Int16Array.from(out);
}

/** Sound put at so many samples in a second of nothing. */
function placed(sound: Int16Array, at: number): Int16Array {
  const second = new Int16Array(8000);
  second.set(sound, at);
  return second;
}

describe('masked keys', () => {
  it.each(keys)('let nothing of %d and %d Hz through, wherever in a frame it begins, loud or quiet', (first, second) => {
    for (const offset of [0, 1, 40, 80, 120, 159]) {
      for (const amplitude of [400, 4000, 12_000]) {
        const through = passed(placed(addTones(tone(first, 60, amplitude), tone(second, 60, amplitude)), 1600 + offset));
        expect(rootMeanSquare(through)).toBeLessThan(10);
      }
    }
  });

  it('hide a key that is pressed into a voice', () => {
    const voice = addTones(tone(210, 1000, 1500), tone(430, 1000, 800));
    const both = addTones(voice, placed(addTones(tone(770, 100, 5000), tone(1336, 100, 5000)), 3210));
    const through = passed(both);
    for (let at = 0; at + 400 <= through.length; at += 400) {
      expect(toneAmplitude(through.subarray(at, at + 400), 1336)).toBeLessThan(150);
    }
    expect(toneAmplitude(through.subarray(6000), 210)).toBeGreaterThan(1300);
  });

  it('let a voice through, 40 ms late', () => {
    const voice = addTones(addTones(tone(180, 1000, 3000), tone(360, 1000, 2000)), tone(720, 1000, 1200));
    const through = passed(voice);
    expect(through.subarray(0, 320).every((sample) => sample === 0)).toBe(true);
    expect(rootMeanSquare(through.subarray(320))).toBeGreaterThan(rootMeanSquare(voice) * 0.95);
  });
});
