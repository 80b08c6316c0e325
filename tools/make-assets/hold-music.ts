/**
 * Hold music: sixteen slow bars of soft chords under a plucked line, original, written to sound well through a telephone: nothing below
 * 200 Hz that a line would cut, nothing above 3 kHz, and quiet enough to talk over.
 */
const beatsPerMinute = 92;
const beatsPerBar = 4;

/** MIDI note numbers: the chord of each bar, and the line over it in quarter notes (0 rests). */
const bars: readonly { readonly chord: readonly number[]; readonly line: readonly number[] }[] = [
  { chord: [57, 60, 64, 67], line: [76, 72, 67, 72] },
  { chord: [53, 57, 60, 64], line: [74, 72, 69, 0] },
  { chord: [55, 60, 64, 67], line: [67, 72, 76, 79] },
  { chord: [55, 59, 62, 67], line: [79, 74, 71, 0] },
  { chord: [57, 60, 64, 67], line: [76, 79, 76, 72] },
  { chord: [53, 57, 60, 64], line: [69, 72, 77, 76] },
  { chord: [55, 59, 62, 69], line: [74, 71, 67, 71] },
  { chord: [55, 60, 64, 67], line: [72, 0, 67, 0] },
  { chord: [53, 57, 60, 65], line: [69, 72, 77, 72] },
  { chord: [55, 59, 62, 67], line: [71, 74, 79, 74] },
  { chord: [52, 55, 59, 64], line: [76, 71, 67, 71] },
  { chord: [57, 60, 64, 69], line: [72, 76, 81, 0] },
  { chord: [50, 57, 60, 65], line: [77, 74, 69, 74] },
  { chord: [55, 59, 62, 65], line: [71, 74, 77, 74] },
  { chord: [48, 55, 60, 64], line: [76, 0, 72, 67] },
  { chord: [55, 59, 62, 67], line: [71, 0, 74, 0] },
];

/** One pass that joins its own beginning: what rings on at the end is folded into the start. */
export function holdMusic(rate: number): Int16Array {
  const beat = 60 / beatsPerMinute;
  const length = Math.round(bars.length * beatsPerBar * beat * rate);
  const sound = new Float64Array(length);
  bars.forEach((bar, index) => {
    const start = index * beatsPerBar * beat;
    for (const note of bar.chord) addNote(sound, rate, start, beatsPerBar * beat * 1.15, note + 12, 0.16, pad);
    bar.line.forEach((note, step) => {
      if (note === 0) return;
      addNote(sound, rate, start + step * beat, beat * 2.2, note, 0.34, pluck);
      // An echo, three quarters of a beat later.
      addNote(sound, rate, start + (step + 0.75) * beat, beat * 1.6, note, 0.09, pluck);
    });
  });
  const peak = sound.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
  return Int16Array.from(sound, (sample) => Math.round((sample / peak) * 10_500));
}

type Timbre = (seconds: number, duration: number, frequency: number) => number;

function addNote(sound: Float64Array, rate: number, start: number, duration: number, note: number, loudness: number, timbre: Timbre): void {
  const frequency = 440 * 2 ** ((note - 69) / 12);
  const first = Math.round(start * rate);
  const count = Math.round(duration * rate);
  for (let i = 0; i < count; i++) {
    const at = (first + i) % sound.length;
    sound[at] = (sound[at] ?? 0) + loudness * timbre(i / rate, duration, frequency);
  }
}

/** Two sines a hair apart, swelling and fading. */
const pad: Timbre = (seconds, duration, frequency) => {
  const swell = Math.min(1, seconds / 0.5) * Math.min(1, (duration - seconds) / 0.6);
  return swell * (sine(frequency * 0.9985, seconds) + sine(frequency * 1.0015, seconds) + 0.25 * sine(frequency * 2, seconds)) * 0.5;
};

/** A struck bar of wood: partials that die the faster the higher they are. */
const pluck: Timbre = (seconds, duration, frequency) => {
  const attack = Math.min(1, seconds / 0.006);
  const end = Math.min(1, (duration - seconds) / 0.05);
  const body = Math.exp(-3.2 * seconds) * sine(frequency, seconds);
  const shine = frequency * 2 < 3000 ? 0.3 * Math.exp(-6 * seconds) * sine(frequency * 2, seconds) : 0;
  return attack * end * (body + shine);
};

function sine(frequency: number, seconds: number): number {
  return Math.sin(2 * Math.PI * frequency * seconds);
}
