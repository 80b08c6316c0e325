import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWav, rootMeanSquare, type Wav } from '../../../cti-bridge/media/index.ts';

const assets = join(import.meta.dirname, '../../../assets');

function sound(...path: string[]): Wav {
  const wav = readWav(readFileSync(join(assets, ...path)));
  if (!wav.ok) throw new Error(wav.error);
  return wav.value;
}

const peak = ({ samples }: Wav): number => samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
const decibels = (level: number): number => 20 * Math.log10(level / 32_768);

describe('the prompts', () => {
  const names = readdirSync(join(assets, 'prompts/en'));

  it('are the same in both languages', () => {
    expect(readdirSync(join(assets, 'prompts/zh'))).toEqual(names);
    expect(names).toEqual(
      [
        ...[
          'all-busy',
          'call-recorded',
          'desk-available',
          'desk-failed',
          'desk-nobody-parked',
          'desk-parked',
          'desk-not-ready',
          'desk-signed-in',
          'desk-signed-out',
          'desk-unknown',
          'desk-wrap-up',
        ],
        ...['goodbye', 'hold-on', 'menu-main', 'no-input', 'not-understood', 'please-wait', 'queue-closed', 'welcome'],
        ...['callback-offer', 'callback-promised', 'queue-full', 'waited-too-long'],
        ...['voicemail-greeting', 'voicemail-left', 'voicemail-offer', 'voicemail-tone'],
        ...['position-before', 'position-after', 'wait-before', 'minutes-more'],
        ...Array.from({ length: 60 }, (_, index) => `number-${index + 1}`),
        ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 45, 60].map((minutes) => `minutes-${minutes}`),
      ]
        .map((name) => `${name}.wav`)
        .sort(),
    );
  });

  it.each(['en', 'zh'].flatMap((language) => names.map((name) => [language, name])))(
    '%s/%s is telephone sound, even and unclipped',
    (language, name) => {
      const wav = sound('prompts', language ?? '', name ?? '');
      expect([wav.rate, wav.channels]).toEqual([8000, 1]);
      // The tone that one speaks after is heard over a noisy line, and is no speech.
      const level = name === 'voicemail-tone.wav' ? -16 : -23;
      expect(Math.abs(decibels(rootMeanSquare(wav.samples)) - level)).toBeLessThan(1.5);
      expect(peak(wav)).toBeLessThan(24_000);
      expect(wav.samples.length / 8000).toBeLessThan(16);
    },
  );
});

describe('the other sounds', () => {
  it('include hold music of half a minute or more that joins its own beginning', () => {
    const wav = sound('music', 'hold.wav');
    expect([wav.rate, wav.channels]).toEqual([8000, 1]);
    expect(wav.samples.length / 8000).toBeGreaterThan(30);
    expect(decibels(peak(wav))).toBeLessThan(-6);
    const step = Math.abs((wav.samples[0] ?? 0) - (wav.samples.at(-1) ?? 0));
    expect(step).toBeLessThan(2500);
  });

  it('include a ring for the desktop', () => {
    const wav = sound('sounds', 'ring.wav');
    expect(wav.rate).toBe(48_000);
    expect(decibels(peak(wav))).toBeLessThan(-3);
  });

  it('are small together', () => {
    const total = readdirSync(assets, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.wav'))
      .reduce((sum, name) => sum + statSync(join(assets, name)).size, 0);
    expect(total).toBeLessThan(7_000_000);
  });
});
