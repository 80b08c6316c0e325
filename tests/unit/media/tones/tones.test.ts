import { describe, expect, it } from 'vitest';
import { ToneListener, toneAmplitude } from '../../../../cti-bridge/media/tones/tone-detector.ts';
import { addTones, tone } from '../../../../cti-bridge/media/tones/tone-generator.ts';

describe('listening for tones', () => {
  it('tells the amplitude of a tone, and none of another', () => {
    const sound = tone(440, 200, 6000);
    expect(toneAmplitude(sound, 440)).toBeCloseTo(6000, -2);
    expect(toneAmplitude(sound, 1000)).toBeLessThan(10);
  });

  it('hears two tones at once and not a third', () => {
    const listener = new ToneListener(200);
    listener.hear(addTones(tone(440, 200, 6000), tone(1000, 200, 2000)));
    expect([440, 1000, 700].map((frequency) => listener.hears(frequency))).toEqual([true, true, false]);
  });

  it('hears nothing before its window is full, and forgets what is older', () => {
    const listener = new ToneListener(100);
    listener.hear(tone(440, 80));
    expect(listener.hears(440)).toBe(false);
    listener.hear(tone(440, 20));
    expect(listener.hears(440)).toBe(true);
    listener.hear(new Int16Array(800));
    expect(listener.hears(440)).toBe(false);
    expect(listener.isSilent).toBe(true);
  });

  it('continues the phase of an earlier piece', () => {
    const whole = tone(437, 40);
    expect([...tone(437, 20), ...tone(437, 20, 8000, 160)]).toEqual([...whole]);
  });
});
