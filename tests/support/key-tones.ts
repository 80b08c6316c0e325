import { addTones, ToneDigits, tone } from '../../cti-bridge/media/index.ts';

/** How long a key is held in `asSound`. */
export const keyMs = 80;
const gapMs = 50;
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477];
const keys = ['123', '456', '789', '*0#'];

/** The keys as a telephone without RFC 4733 says them: as sound. */
export function asSound(number: string): Int16Array {
  const parts = [...number].flatMap((key) => {
    const row = keys.findIndex((line) => line.includes(key));
    const column = keys[row]?.indexOf(key) ?? 0;
    return [addTones(tone(rows[row] ?? 0, keyMs), tone(columns[column] ?? 0, keyMs)), new Int16Array(gapMs * 8)];
  });
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The keys that somebody hears who listens to this. */
export function keysIn(samples: Int16Array): string {
  const padded = new Int16Array(samples.length + 8_000);
  padded.set(samples);
  return new ToneDigits()
    .hear(padded)
    .map(({ digit }) => digit)
    .join('');
}
