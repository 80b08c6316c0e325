import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWav, writeWav } from '../../../../cti-bridge/media/index.ts';
import { loudness } from '../../../../cti-bridge/media/prompt/loudness.ts';
import { preparePrompt } from '../../../../cti-bridge/media/prompt/prepare-prompt.ts';

const tone = (seconds: number, rate: number, channels = 1, level = 8_000) =>
  Int16Array.from({ length: Math.round(seconds * rate) * channels }, (_, at) =>
    Math.round(level * Math.sin((2 * Math.PI * 600 * Math.floor(at / channels)) / rate)),
  );

describe('a sound that becomes a prompt', () => {
  it.each([
    [8_000, 1],
    [16_000, 1],
    [22_050, 1],
    [48_000, 2],
  ])('may have %i Hz in %i channels', (rate, channels) => {
    const prepared = preparePrompt(writeWav(tone(1, rate, channels), rate, channels));
    if (!prepared.ok) throw new Error(prepared.error);
    expect(prepared.value.durationMs).toBe(1_000);
    const wav = readWav(Buffer.from(prepared.value.wav));
    if (!wav.ok) throw new Error(wav.error);
    expect([wav.value.rate, wav.value.channels]).toEqual([8_000, 1]);
    expect(loudness(wav.value.samples, 8_000)).toBeCloseTo(-23, 0);
  });

  it.each([
    ['no sound file', Buffer.from('<html>'), 'unreadable'],
    ['an empty file', Buffer.alloc(0), 'unreadable'],
    ['WAV at 96 kHz', writeWav(tone(1, 96_000), 96_000), 'unreadable'],
    ['six channels', writeWav(tone(1, 8_000, 6), 8_000, 6), 'unreadable'],
    ['a rate of nothing', writeWav(tone(1, 8_000), 0), 'unreadable'],
    ['more than five minutes', writeWav(new Int16Array(8_000 * 301)), 'tooLong'],
    ['a click', writeWav(tone(0.05, 8_000)), 'tooShort'],
    ['silence', writeWav(new Int16Array(8_000)), 'silent'],
  ])('is refused where it is %s', (_, bytes, fault) => {
    expect(preparePrompt(bytes)).toEqual({ ok: false, error: fault });
  });

  it('is never something that was cut at full scale', () => {
    const cut = Int16Array.from({ length: 8_000 }, (_, at) => Math.max(-32_767, Math.min(32_767, Math.round(60_000 * Math.sin(at / 10)))));
    expect(preparePrompt(writeWav(cut))).toEqual({ ok: false, error: 'clipped' });
  });

  it('makes a file of no stranger fail', () => {
    const head = writeWav(tone(0.2, 8_000));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(43), fc.nat(255), (tail, at, byte) => {
        const changed = Buffer.concat([head.subarray(0, 400), tail]);
        changed[at] = byte;
        expect(typeof preparePrompt(changed).ok).toBe('boolean');
      }),
      { numRuns: 100 },
    );
  });
});
