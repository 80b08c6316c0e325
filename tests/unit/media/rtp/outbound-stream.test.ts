import { describe, expect, it } from 'vitest';
import { OutboundStream } from '../../../../cti-bridge/media/rtp/outbound-stream.ts';

const payload = new Uint8Array(160);

describe('an outbound stream', () => {
  it('counts packets by one and time by the frame', () => {
    const stream = new OutboundStream();
    const first = stream.audio(8, payload);
    stream.advance();
    const second = stream.audio(8, payload);
    expect(second.sequence).toBe(first.sequence + 1);
    expect((second.timestamp - first.timestamp) >>> 0).toBe(160);
    expect(second.ssrc).toBe(first.ssrc);
  });

  it('marks the first packet and the first after a pause', () => {
    const stream = new OutboundStream();
    const marks = [stream.audio(8, payload).marker, stream.audio(8, payload).marker];
    stream.pause();
    stream.advance();
    marks.push(stream.audio(8, payload).marker);
    expect(marks).toEqual([true, false, true]);
  });

  it('shares its counter with key presses, which keep the time they began at', () => {
    const stream = new OutboundStream();
    const audio = stream.audio(8, payload);
    stream.advance();
    const start = stream.timestamp;
    const press = stream.event(101, payload, true, start);
    stream.advance();
    const still = stream.event(101, payload, false, start);
    stream.advance();
    const after = stream.audio(8, payload);
    expect([press.sequence, still.sequence, after.sequence]).toEqual([1, 2, 3].map((n) => audio.sequence + n));
    expect(still.timestamp).toBe(press.timestamp);
    expect((after.timestamp - audio.timestamp) >>> 0).toBe(3 * 160);
    expect(after.marker).toBe(true);
  });

  it('wraps both counters', () => {
    const stream = new OutboundStream(() => Buffer.alloc(10, 0xff));
    expect(stream.timestamp).toBe(0xffffffff);
    stream.advance();
    expect(stream.timestamp).toBe(159);
    for (let i = 0; i < 0x8000; i++) stream.audio(8, payload);
    expect(stream.audio(8, payload).sequence).toBe(0xffff);
    expect(stream.audio(8, payload).sequence).toBe(0);
  });
});
