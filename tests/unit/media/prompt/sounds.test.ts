import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeG711 } from '../../../../cti-bridge/media/codec/g711.ts';
import { Playback, ringbackSound } from '../../../../cti-bridge/media/prompt/playback.ts';
import { readWav, writeWav } from '../../../../cti-bridge/media/prompt/wav.ts';
import { rootMeanSquare, toneAmplitude } from '../../../../cti-bridge/media/tones/tone-detector.ts';
import { tone } from '../../../../cti-bridge/media/tones/tone-generator.ts';

function g711File(format: 6 | 7, bytes: Buffer): Buffer {
  const head = writeWav(new Int16Array(0));
  head.writeUInt16LE(format, 20);
  head.writeUInt16LE(8, 34);
  head.writeUInt32LE(bytes.length, 40);
  return Buffer.concat([head, bytes]);
}

describe('WAV files', () => {
  it('are read as they were written', () => {
    const samples = tone(440, 50);
    const read = readWav(writeWav(samples, 16_000, 2));
    expect(read).toEqual({ ok: true, value: { rate: 16_000, channels: 2, samples } });
  });

  it.each([
    ['A-law', 6, 'PCMA'],
    ['mu-law', 7, 'PCMU'],
  ] as const)('may hold %s', (_, format, law) => {
    const read = readWav(g711File(format, encodeG711(law, tone(440, 100))));
    expect(read.ok && toneAmplitude(read.value.samples, 440)).toBeGreaterThan(7500);
  });

  it('may have other chunks before the sound', () => {
    const plain = writeWav(tone(440, 20));
    const note = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
    const read = readWav(Buffer.concat([plain.subarray(0, 12), note, plain.subarray(12)]));
    expect(read.ok && read.value.samples.length).toBe(160);
  });

  it('are refused in words when they are something else, and never by an exception', () => {
    expect(readWav(Buffer.from('hello'))).toEqual({ ok: false, error: 'not a RIFF/WAVE file' });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(60), (bytes, keep) => {
        const read = readWav(Buffer.concat([writeWav(tone(440, 5)).subarray(0, keep), bytes]));
        if (!read.ok) expect(read.error).not.toBe('');
      }),
    );
  });
});

describe('playing', () => {
  const samples = Int16Array.from({ length: 400 }, (_, i) => i + 1);

  it('gives frames to the end, the last one filled up with silence', () => {
    const playback = new Playback('p', samples, false);
    const frames = [playback.next(), playback.next(), playback.next()];
    expect(frames.map((frame) => frame?.[0])).toEqual([1, 161, 321]);
    expect(frames[2]?.[79]).toBe(400);
    expect(frames[2]?.[80]).toBe(0);
    expect(playback.next()).toBeNull();
  });

  it('loops without a gap', () => {
    const playback = new Playback('p', samples, true);
    const heard = Array.from({ length: 10 }, () => [...(playback.next() ?? [])]).flat();
    expect(heard).toEqual(Array.from({ length: 1600 }, (_, i) => (i % 400) + 1));
  });

  it('is over at once when there is nothing to play', () => {
    expect(new Playback('p', new Int16Array(0), true).next()).toBeNull();
  });
});

describe('ringback', () => {
  it('is 425 Hz for one second, then silence for four', () => {
    const sound = ringbackSound();
    expect(sound.length).toBe(40_000);
    expect(toneAmplitude(sound.subarray(0, 8000), 425)).toBeGreaterThan(3900);
    expect(rootMeanSquare(sound.subarray(8000))).toBe(0);
  });
});
