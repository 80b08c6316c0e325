import { describe, expect, it } from 'vitest';
import { mix } from '../../../../cti-bridge/media/mixer/mix.ts';
import { toneAmplitude } from '../../../../cti-bridge/media/tones/tone-detector.ts';
import { addTones, tone } from '../../../../cti-bridge/media/tones/tone-generator.ts';

describe('mixing', () => {
  it('is silence of one frame without anybody', () => {
    expect([...mix([])]).toEqual(Array(160).fill(0));
  });

  it('hands a single voice through as it is', () => {
    const voice = tone(440, 20);
    expect(mix([voice])).toBe(voice);
  });

  it('adds voices', () => {
    const [a, b] = [tone(400, 20, 5000), tone(1000, 20, 3000)];
    expect([...mix([a, b])]).toEqual([...addTones(a, b)]);
    expect(toneAmplitude(mix([a, b]), 1000)).toBeGreaterThan(2500);
  });

  it('holds the sum at the limits instead of wrapping round', () => {
    const [loud, quiet] = [new Int16Array(160).fill(30_000), new Int16Array(160).fill(-30_000)];
    expect(mix([loud, loud])[0]).toBe(32_767);
    expect(mix([quiet, quiet])[0]).toBe(-32_768);
  });
});
