import { describe, expect, it } from 'vitest';
import { JitterBuffer, type JitterFrame, type Sound } from '../../../../cti-bridge/media/jitter/jitter-buffer.ts';
import { rootMeanSquare, toneAmplitude } from '../../../../cti-bridge/media/tones/tone-detector.ts';
import { tone } from '../../../../cti-bridge/media/tones/tone-generator.ts';

interface Sent {
  readonly timestamp: number;
  readonly samples: Int16Array;
  readonly at: number;
}

/** Sound that needs no decoding. */
const plain = (samples: Int16Array): Sound => ({
  length: samples.length,
  read: (from, to, target, at) => target.set(samples.subarray(from, to), at),
});

/** Packets of a steady tone; `delay` says how late each arrives, null that it is lost. */
function stream(count: number, { ptime = 20, first = 0, frequency = 400, delay = (_: number): number | null => 0 } = {}): Sent[] {
  const sent: Sent[] = [];
  for (let i = 0; i < count; i++) {
    const late = delay(i);
    if (late === null) continue;
    const start = (i * ptime * 8) % 8000;
    sent.push({ timestamp: (first + i * ptime * 8) >>> 0, samples: tone(frequency, ptime, 8000, start), at: (i + 1) * ptime + late });
  }
  return sent.sort((a, b) => a.at - b.at);
}

/** Runs the buffer in virtual time: packets at their arrival, a frame every 20 ms. */
function play(buffer: JitterBuffer, packets: readonly Sent[], untilMs: number): (JitterFrame & { at: number })[] {
  const frames: (JitterFrame & { at: number })[] = [];
  let next = 0;
  for (let now = 20; now <= untilMs; now += 20) {
    for (let packet = packets[next]; packet && packet.at <= now; packet = packets[++next])
      buffer.push(packet.timestamp, plain(packet.samples), packet.at);
    frames.push({ ...buffer.pull(now), at: now });
  }
  return frames;
}

const kinds = (frames: readonly JitterFrame[]): string => frames.map((frame) => frame.kind[0]).join('');
const joined = (frames: readonly JitterFrame[]): Int16Array => Int16Array.from(frames.flatMap((frame) => [...frame.samples]));

/** A deterministic jitter between 0 and `size` ms. */
const wobble = (size: number) => (i: number) => ((i * 7919) % 101) * (size / 100);

describe('a jitter buffer', () => {
  it('is silent before anything came', () => {
    expect(kinds(play(new JitterBuffer(), [], 100))).toBe('sssss');
  });

  it('plays an even stream whole, about 40 ms late', () => {
    const frames = play(new JitterBuffer(), stream(50), 1000);
    const first = frames.findIndex((frame) => frame.kind === 'audio');
    expect(frames[first]?.at).toBeLessThanOrEqual(80);
    expect(kinds(frames.slice(first))).toMatch(/^a+$/);
    expect(toneAmplitude(joined(frames.slice(first + 1)), 400)).toBeGreaterThan(7900);
  });

  it('puts packets back in order', () => {
    const swapped = stream(60, { delay: (i) => (i % 5 === 0 ? 25 : 0) });
    const frames = play(new JitterBuffer(), swapped, 1100).slice(15);
    expect(kinds(frames)).toMatch(/^a+$/);
    expect(toneAmplitude(joined(frames), 400)).toBeGreaterThan(7000);
  });

  it('keeps its place in what nobody listens to, and says the same afterwards', () => {
    const packets = stream(150, { delay: wobble(25) });
    const heard = play(new JitterBuffer(), packets, 3000);
    const buffer = new JitterBuffer();
    let read = 0;
    const counted = ({ samples }: Sent): Sound => {
      const sound = plain(samples);
      return {
        length: sound.length,
        read: (from, to, target, at) => {
          read++;
          sound.read(from, to, target, at);
        },
      };
    };
    let next = 0;
    for (let now = 20; now <= 3000; now += 20) {
      for (let packet = packets[next]; packet && packet.at <= now; packet = packets[++next])
        buffer.push(packet.timestamp, counted(packet), packet.at);
      if (now < 2000) buffer.pass(now);
      else {
        if (now === 2000) expect(read).toBe(0);
        expect(buffer.pull(now)).toEqual({ samples: heard[now / 20 - 1]?.samples, kind: heard[now / 20 - 1]?.kind });
      }
    }
    expect(buffer.late).toBe(0);
  });

  it('hides a gap with what nobody had listened to', () => {
    const buffer = new JitterBuffer();
    for (const { timestamp, samples, at } of stream(50)) {
      buffer.push(timestamp, plain(samples), at);
      buffer.pass(at);
    }
    const frames = [1020, 1040, 1060].map((now) => buffer.pull(now));
    expect(kinds(frames)).toBe('aac');
    expect(rootMeanSquare(frames[2]?.samples ?? new Int16Array())).toBeGreaterThan(2000);
    const unheard = new JitterBuffer();
    for (const { timestamp, samples, at } of stream(50)) {
      unheard.push(timestamp, plain(samples), at);
      unheard.pass(at);
    }
    for (const now of [1020, 1040]) unheard.pass(now);
    expect(rootMeanSquare(unheard.pull(1060).samples)).toBeGreaterThan(2000);
  });

  it('takes packets of 10, 30 and 60 ms', () => {
    for (const ptime of [10, 30, 60]) {
      const frames = play(new JitterBuffer(), stream(1200 / ptime, { ptime }), 1100).slice(10);
      expect(kinds(frames)).toMatch(/^a+$/);
      expect(toneAmplitude(joined(frames), 400)).toBeGreaterThan(7800);
    }
  });

  it('hides one lost packet and fades a longer gap to silence', () => {
    const frames = play(new JitterBuffer(), stream(60, { delay: (i) => (i === 20 || (i >= 40 && i < 50) ? null : 0) }), 1200);
    const story = kinds(frames.slice(5, 62));
    expect(story).toMatch(/^a+ca+c{3,4}s+a+$/);
    const hidden = frames.find((frame) => frame.kind === 'concealed');
    expect(rootMeanSquare(hidden?.samples ?? new Int16Array())).toBeGreaterThan(2000);
  });

  it('keeps a tone through the loss of every tenth packet', () => {
    const frames = play(new JitterBuffer(), stream(200, { delay: (i) => (i % 10 === 9 ? null : 0) }), 4000).slice(10);
    expect(toneAmplitude(joined(frames), 400)).toBeGreaterThan(6500);
  });

  it('plays nothing twice when a packet is repeated', () => {
    const once = play(new JitterBuffer(), stream(50), 1000);
    const twice = play(
      new JitterBuffer(),
      stream(50).flatMap((packet) => [packet, { ...packet, at: packet.at + 1 }]),
      1000,
    );
    expect(toneAmplitude(joined(twice.slice(10)), 400)).toBeCloseTo(toneAmplitude(joined(once.slice(10)), 400), -3);
    expect(kinds(twice)).toBe(kinds(once));
  });

  it('grows with the jitter and stays within its limit', () => {
    const buffer = new JitterBuffer();
    const frames = play(buffer, stream(400, { delay: wobble(100) }), 8000);
    expect(buffer.targetMs).toBeGreaterThan(110);
    expect(buffer.targetMs).toBeLessThanOrEqual(200);
    const settled = frames.slice(100);
    expect(settled.filter((frame) => frame.kind !== 'audio').length).toBeLessThanOrEqual(1);
    const wild = new JitterBuffer();
    play(wild, stream(200, { delay: wobble(900) }), 4000);
    expect(wild.targetMs).toBe(200);
  });

  it('shrinks again when the network calms down', () => {
    const buffer = new JitterBuffer();
    const packets = stream(800, { delay: (i) => (i < 100 ? wobble(100)(i) : 0) });
    play(buffer, packets, 15_900);
    expect(buffer.targetMs).toBe(40);
    const waiting = delayOf(buffer, packets, 15_900);
    expect(waiting).toBeLessThanOrEqual(60);
  });

  it.each([
    ['fast', 1 / 1.002],
    ['slow', 1.002],
  ])('follows a far clock that is %s by 2000 ppm, without gaps and without growing late', (_, pace) => {
    const buffer = new JitterBuffer();
    const packets = stream(1500).map((packet) => ({ ...packet, at: packet.at * pace }));
    const end = Math.floor(1500 * 20 * Math.min(1, pace)) - 40;
    const frames = play(buffer, packets, end).slice(10);
    expect(frames.filter((frame) => frame.kind !== 'audio').length).toBeLessThanOrEqual(1);
    expect(delayOf(buffer, packets, end)).toBeLessThanOrEqual(70);
  });

  it('goes on across the wrap of the timestamp', () => {
    const frames = play(new JitterBuffer(), stream(60, { first: 0xffffffff - 20 * 160 }), 1100).slice(5);
    expect(kinds(frames)).toMatch(/^a+$/);
  });

  it('starts over when the timestamp jumps', () => {
    const packets = [...stream(25), ...stream(25, { first: 900_000_000 }).map((packet) => ({ ...packet, at: packet.at + 500 }))];
    const frames = play(new JitterBuffer(), packets, 980);
    expect(kinds(frames.slice(4))).toMatch(/^a+c{0,4}a+$/);
  });

  it('starts over when a sender paused without moving its timestamp', () => {
    const packets = stream(100).map((packet, i) => ({ ...packet, at: packet.at + (i >= 50 ? 700 : 0) }));
    const frames = play(new JitterBuffer(), packets, 2600);
    expect(kinds(frames.slice(-25))).toMatch(/^a+$/);
  });

  it('counts what came too late', () => {
    const buffer = new JitterBuffer();
    play(buffer, stream(50, { delay: (i) => (i === 30 ? 150 : 0) }), 1000);
    expect(buffer.late).toBe(1);
  });
});

/** How long ago the sound that is played now was sent, by playing a mark and looking where it comes out. */
function delayOf(buffer: JitterBuffer, sent: readonly Sent[], nowMs: number): number {
  const last = sent.filter((packet) => packet.at <= nowMs).at(-1);
  if (!last) return Number.NaN;
  const mark = new Int16Array(160).fill(20_000);
  buffer.push(last.timestamp + 160, plain(mark), nowMs + 1);
  for (let waited = 20; waited < 1000; waited += 20) if (Math.max(...buffer.pull(nowMs + waited).samples) > 15_000) return waited;
  return Number.POSITIVE_INFINITY;
}
