/** The desktop's ring: two soft strokes a fourth apart, twice, with a pause to breathe. Meant to be looped every 3 s. */
const strokes = [
  { at: 0, frequency: 659.26 },
  { at: 0.18, frequency: 880 },
  { at: 0.52, frequency: 659.26 },
  { at: 0.7, frequency: 880 },
];
const seconds = 1.6;

export function ring(rate: number): Int16Array {
  const sound = new Float64Array(Math.round(seconds * rate));
  for (const { at, frequency } of strokes) {
    for (let i = Math.round(at * rate); i < sound.length; i++) {
      const time = i / rate - at;
      const envelope = Math.min(1, time / 0.004) * Math.exp(-5.5 * time) * Math.min(1, (sound.length - i) / (0.05 * rate));
      const partials = Math.sin(2 * Math.PI * frequency * time) + 0.35 * Math.exp(-8 * time) * Math.sin(2 * Math.PI * frequency * 3 * time);
      sound[i] = (sound[i] ?? 0) + envelope * partials;
    }
  }
  const peak = sound.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
  return Int16Array.from(sound, (sample) => Math.round((sample / peak) * 16_000));
}

/** After it somebody may speak: 1000 Hz for 0.4 s, without clicks, and a moment of nothing. */
export function tone(rate: number): Int16Array {
  const [length, rise] = [Math.round(0.4 * rate), Math.round(0.01 * rate)];
  return Int16Array.from({ length: length + Math.round(0.1 * rate) }, (_, i) => {
    const loud = i >= length ? 0 : Math.min(1, i / rise, (length - i) / rise);
    return Math.round(8_000 * loud * Math.sin((2 * Math.PI * 1_000 * i) / rate));
  });
}
