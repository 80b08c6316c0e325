import { describe, expect, it } from 'vitest';
import { decodeG711, encodeG711 } from '../../../../cti-bridge/media/codec/g711.ts';
import { type HeardKey, ToneDigits } from '../../../../cti-bridge/media/dtmf/tone-digits.ts';
import { addTones, tone } from '../../../../cti-bridge/media/tones/tone-generator.ts';

const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const layout = ['123A', '456B', '789C', '*0#D'];
const allKeys = layout.join('');

/** A key as a telephone makes it, through G.711. */
function key(digit: string, ms: number, { low = 6000, high = 6000, off = 1 } = {}): Int16Array {
  const row = layout.findIndex((line) => line.includes(digit));
  const column = layout[row]?.indexOf(digit) ?? 0;
  const sound = addTones(tone((rows[row] ?? 0) * off, ms, low), tone((columns[column] ?? 0) * off, ms, high));
  return decodeG711('PCMA', encodeG711('PCMA', sound));
}

const silence = (ms: number): Int16Array => new Int16Array(ms * 8);

function listen(pieces: readonly Int16Array[]): HeardKey[] {
  const digits = new ToneDigits();
  const all = Int16Array.from(pieces.flatMap((piece) => [...piece]));
  const heard: HeardKey[] = [];
  for (let at = 0; at < all.length; at += 160) heard.push(...digits.hear(all.subarray(at, at + 160)));
  return heard;
}

const dialled = (heard: readonly HeardKey[]): string => heard.map(({ digit }) => digit).join('');

describe('keys in the sound', () => {
  it('are all heard, each once, wherever they begin', () => {
    for (let phase = 0; phase < 13; phase += 4) {
      const pieces = [...allKeys].flatMap((digit) => [key(digit, 70), silence(70)]);
      expect(dialled(listen([silence(phase), ...pieces, silence(60)]))).toBe(allKeys);
    }
  });

  it('are told with the time they were pressed', () => {
    const [heard] = listen([silence(50), key('5', 300), silence(100)]);
    expect(heard?.digit).toBe('5');
    expect(Math.abs((heard?.durationMs ?? 0) - 300)).toBeLessThan(30);
  });

  it('are heard off pitch by 1.5 %, quiet, and with one tone stronger', () => {
    const heard = (change: Parameters<typeof key>[2]) => dialled(listen([silence(30), key('8', 100, change), silence(80)]));
    for (const off of [0.985, 1.015]) expect(heard({ off })).toBe('8');
    expect(heard({ low: 600, high: 600 })).toBe('8');
    expect(heard({ low: 4000, high: 6000 })).toBe('8');
    expect(heard({ low: 6000, high: 3000 })).toBe('8');
  });

  it('are not heard where the tones are off by 3.5 %, too short, alone, or too unlike', () => {
    const heard = (sound: Int16Array) => dialled(listen([silence(30), sound, silence(80)]));
    for (const off of [0.965, 1.035]) expect(heard(key('8', 100, { off }))).toBe('');
    expect(heard(key('8', 20))).toBe('');
    expect(heard(tone(852, 200))).toBe('');
    expect(heard(key('8', 100, { low: 8000, high: 1500 }))).toBe('');
    expect(heard(addTones(key('8', 100), tone(1000, 100, 6000)))).toBe('');
  });

  it('are one press over a gap of 10 ms, and two over one of 50 ms', () => {
    expect(dialled(listen([key('3', 80), silence(10), key('3', 80), silence(80)]))).toBe('3');
    expect(dialled(listen([key('3', 80), silence(50), key('3', 80), silence(80)]))).toBe('33');
  });

  it('are not heard in ringback, dial tone and busy tone', () => {
    for (const [one, other] of [
      [425, 425],
      [350, 440],
      [480, 620],
      [440, 480],
    ])
      expect(listen([addTones(tone(one ?? 0, 2_000, 5000), tone(other ?? 0, 2_000, 5000)), silence(80)])).toEqual([]);
  });
});
