import { describe, expect, it } from 'vitest';
import { JitterBuffer, type Sound } from '../../../cti-bridge/media/index.ts';

const slope = 16_000;
/** Rises and falls by one a sample, four seconds a turn: a step in what is heard is a place where time was cut, and its height says when it was. */
function triangle(from: number): Int16Array {
  return Int16Array.from({ length: 160 }, (_, i) => slope - Math.abs(((from + i) % (2 * slope)) - slope));
}

/** Sound that needs no decoding. */
const plain = (samples: Int16Array): Sound => ({
  length: samples.length,
  read: (from, to, target, at) => target.set(samples.subarray(from, to), at),
});

/** How long before `sent` samples were sent this one was said; the triangle passes each height twice. */
function delayOf(height: number, sent: number): number {
  const since = (at: number) => (((sent - at) % (2 * slope)) + 2 * slope) % (2 * slope);
  return Math.min(since(height), since(2 * slope - height)) / 8;
}

/** What comes out of an hour of packets whose sender's clock is fast (positive) or slow. */
function listenFor(minutes: number, partsPerMillion: number, arrival: (n: number) => number = () => 0) {
  const buffer = new JitterBuffer();
  const spacing = 20 / (1 + partsPerMillion / 1e6);
  const packets = minutes * 3_000;
  let sent = 0;
  let last: number | null = null;
  let largestStep = 0;
  let notAudio = 0;
  const delays: number[] = [];
  for (let frame = 0; frame < packets; frame++) {
    const now = frame * 20;
    while (sent * spacing + arrival(sent) <= now) {
      const at = sent * spacing + arrival(sent);
      buffer.push((sent * 160) >>> 0, plain(triangle(sent * 160)), at);
      sent++;
    }
    const { samples, kind } = buffer.pull(now);
    if (frame < 50) continue;
    if (kind !== 'audio') notAudio++;
    for (const sample of samples) {
      if (last !== null) largestStep = Math.max(largestStep, Math.abs(sample - last));
      last = sample;
    }
    if (frame % 500 === 0) delays.push(delayOf(samples[159] ?? 0, sent * 160));
  }
  return { largestStep, notAudio, late: buffer.late, delays };
}

describe('a far clock that does not go as ours', () => {
  it.each([200, -200])(
    'of %i parts in a million does not let the delay grow in an hour, and nothing is cut out',
    (partsPerMillion) => {
      const { largestStep, notAudio, late, delays } = listenFor(60, partsPerMillion);
      expect(notAudio).toBe(0);
      expect(late).toBe(0);
      // A frame that is cut or repeated would step by 160; one that is shortened or lengthened by 20, cross-faded over its length, hardly does.
      expect(largestStep).toBeLessThan(10);
      expect(Math.max(...delays)).toBeLessThan(100);
    },
    60_000,
  );
});

describe('packets that change places', () => {
  it('are heard in their order, none missing', () => {
    const { largestStep, notAudio } = listenFor(1, 0, (n) => (n % 4 === 1 ? 25 : 0));
    expect(notAudio).toBe(0);
    expect(largestStep).toBeLessThan(10);
  });
});
