import { describe, expect, it } from 'vitest';
import { readWav } from '../../../../cti-bridge/media/index.ts';
import { mixedDown, wavBytes } from '../../../../renderer/phone/wav-of.ts';

describe('a sound that the browser has decoded', () => {
  it('is WAV that the bridge reads, cut where it goes beyond full scale', () => {
    const wav = readWav(Buffer.from(wavBytes(Float32Array.of(0, 0.5, -1, 1.7, -3))));
    if (!wav.ok) throw new Error(wav.error);
    expect([wav.value.rate, wav.value.channels]).toEqual([16_000, 1]);
    expect([...wav.value.samples]).toEqual([0, 16_384, -32_767, 32_767, -32_767]);
  });

  it('is the mean of its channels', () => {
    expect([...mixedDown([Float32Array.of(1, 0), Float32Array.of(0, -0.5)])]).toEqual([0.5, -0.25]);
    expect([...mixedDown([Float32Array.of(0.25)])]).toEqual([0.25]);
    expect([...mixedDown([])]).toEqual([]);
  });
});
