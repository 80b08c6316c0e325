import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fragmentNames } from '../../../cti-bridge/ivr/speech/index.ts';
import { readWav, rootMeanSquare, type Wav } from '../../../cti-bridge/media/index.ts';
import { flowPrompts } from '../../../tools/make-assets/flow-prompts.ts';

const assets = join(import.meta.dirname, '../../../assets');

function sound(...path: string[]): Wav {
  const wav = readWav(readFileSync(join(assets, ...path)));
  if (!wav.ok) throw new Error(wav.error);
  return wav.value;
}

const peak = ({ samples }: Wav): number => samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
const decibels = (level: number): number => 20 * Math.log10(level / 32_768);

describe('the prompts', () => {
  const namesIn = (language: string) => readdirSync(join(assets, 'prompts', language)).map((file) => file.replace(/\.wav$/, ''));

  it.each(['en', 'zh'] as const)(
    'are what callers and agents are told, what flows say, and every fragment of spoken values (%s)',
    (language) => {
      const told = [
        'all-busy',
        'call-recorded',
        'goodbye',
        'hold-on',
        'menu-main',
        'no-input',
        'not-understood',
        'please-wait',
        'queue-closed',
        'welcome',
      ];
      const waiting = [
        'position-before',
        'position-after',
        'wait-before',
        'minutes-more',
        'callback-offer',
        'callback-promised',
        'queue-full',
        'waited-too-long',
      ];
      const desk = ['available', 'failed', 'nobody-parked', 'parked', 'not-ready', 'signed-in', 'signed-out', 'unknown', 'wrap-up'];
      const voicemail = ['voicemail-greeting', 'voicemail-left', 'voicemail-offer', 'voicemail-tone'];
      const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 45, 60].map((each) => `minutes-${each}`);
      const flows = Object.keys(flowPrompts[language]);
      expect(namesIn(language).toSorted()).toEqual(
        [
          ...told,
          ...waiting,
          ...desk.map((each) => `desk-${each}`),
          ...voicemail,
          ...minutes,
          ...flows,
          ...fragmentNames(language),
        ].toSorted(),
      );
    },
  );

  it('of the flows are the same in both languages', () => {
    expect(Object.keys(flowPrompts.en)).toEqual(Object.keys(flowPrompts.zh));
  });

  it.each(['en', 'zh'].flatMap((language) => namesIn(language).map((name) => [language, name])))(
    '%s/%s is telephone sound, even and unclipped',
    (language, name) => {
      const wav = sound('prompts', language ?? '', `${name}.wav`);
      expect([wav.rate, wav.channels]).toEqual([8000, 1]);
      // The tone that one speaks after is heard over a noisy line, and is no speech.
      const level = name === 'voicemail-tone' ? -16 : -23;
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
    expect(total).toBeLessThan(14_000_000);
  });
});
