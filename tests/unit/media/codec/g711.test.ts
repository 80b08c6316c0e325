import { describe, expect, it } from 'vitest';
import {
  aLawToLinear,
  decodeG711,
  encodeG711,
  linearToALaw,
  linearToMuLaw,
  muLawToLinear,
} from '../../../../cti-bridge/media/codec/g711.ts';
import { toneAmplitude } from '../../../../cti-bridge/media/tones/tone-detector.ts';

const everyByte = Array.from({ length: 256 }, (_, byte) => byte);

describe('mu-law', () => {
  it('gives every byte back, but for the second zero', () => {
    for (const byte of everyByte) expect(linearToMuLaw(muLawToLinear(byte))).toBe(byte === 0x7f ? 0xff : byte);
  });

  it.each([
    [0xff, 0],
    [0x7f, 0],
    [0x80, 32124],
    [0x00, -32124],
    [0xfe, 8],
    [0x7e, -8],
    [0xf0, 120],
    [0xef, 132],
    [0x8f, 16764],
    [0x9f, 8316],
  ])('decodes %i as the ITU table says', (byte, linear) => {
    expect(muLawToLinear(byte)).toBe(linear);
  });

  it('holds what is too loud at the loudest step', () => {
    expect(linearToMuLaw(32767)).toBe(0x80);
    expect(linearToMuLaw(-32768)).toBe(0x00);
  });

  it('decodes the digital milliwatt of G.711 table 6 as 1000 Hz at 0 dBm0', () => {
    const milliwatt = Uint8Array.from({ length: 800 }, (_, i) => [0x1e, 0x0b, 0x0b, 0x1e, 0x9e, 0x8b, 0x8b, 0x9e][i % 8] ?? 0);
    // Full load is 3.17 dB above (8159 on a scale of 14 bits).
    const amplitude = (8159 * 4) / 10 ** (3.17 / 20);
    expect(toneAmplitude(decodeG711('PCMU', milliwatt), 1000) / amplitude).toBeCloseTo(1, 2);
  });
});

describe('A-law', () => {
  it('gives every byte back', () => {
    for (const byte of everyByte) expect(linearToALaw(aLawToLinear(byte))).toBe(byte);
  });

  it.each([
    [0xd5, 8],
    [0x55, -8],
    [0xaa, 32256],
    [0x2a, -32256],
    [0xd4, 24],
    [0xc5, 264],
    [0xf5, 528],
    [0x80, 5504],
  ])('decodes %i as the ITU table says', (byte, linear) => {
    expect(aLawToLinear(byte)).toBe(linear);
  });

  it('decodes the digital milliwatt of G.711 table 5 as 1000 Hz at 0 dBm0', () => {
    const milliwatt = Uint8Array.from({ length: 800 }, (_, i) => [0x34, 0x21, 0x21, 0x34, 0xb4, 0xa1, 0xa1, 0xb4][i % 8] ?? 0);
    const amplitude = (4096 * 8) / 10 ** (3.14 / 20);
    expect(toneAmplitude(decodeG711('PCMA', milliwatt), 1000) / amplitude).toBeCloseTo(1, 2);
  });
});

describe.each([
  ['PCMU', linearToMuLaw],
  ['PCMA', linearToALaw],
] as const)('the table of %s', (law, exact) => {
  it('agrees with the formula on all its steps, and never errs by more than the step of that loudness', () => {
    const samples = Int16Array.from({ length: 8192 }, (_, i) => (i - 4096) * 8);
    const bytes = encodeG711(law, samples);
    expect([...bytes]).toEqual([...samples].map(exact));
    const back = decodeG711(law, bytes);
    for (const [i, sample] of samples.entries())
      expect(Math.abs((back[i] ?? 0) - sample)).toBeLessThanOrEqual(Math.max(16, Math.abs(sample) / 15));
  });
});
