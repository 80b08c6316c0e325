import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRtp, writeRtp } from '../../../../cti-bridge/media/rtp/rtp-packet.ts';

const packet = fc.record({
  // 64 to 95 with a marker would read as RTCP.
  payloadType: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 96, max: 127 })),
  marker: fc.boolean(),
  sequence: fc.integer({ min: 0, max: 0xffff }),
  timestamp: fc.integer({ min: 0, max: 0xffffffff }),
  ssrc: fc.integer({ min: 0, max: 0xffffffff }),
  payload: fc.uint8Array({ maxLength: 480 }),
});

describe('RTP packets', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(packet, (wanted) => {
        const read = parseRtp(writeRtp(wanted));
        expect({ ...read, payload: [...(read?.payload ?? [])] }).toEqual({ ...wanted, payload: [...wanted.payload] });
      }),
    );
  });

  it('are null rather than an exception for any other bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const read = parseRtp(Buffer.from(bytes));
        if (read) expect(read.payload.length).toBeLessThanOrEqual(bytes.length - 12);
      }),
      { numRuns: 500 },
    );
  });

  it('have contributing sources, a header extension and padding taken off', () => {
    const header = [0xb1, 0x80, 0, 7, 0, 0, 0, 160, 0, 0, 0, 9];
    const bytes = Buffer.from([...header, 1, 2, 3, 4, 0xbe, 0xde, 0, 1, 5, 6, 7, 8, 0x11, 0x22, 0, 2]);
    expect([...(parseRtp(bytes)?.payload ?? [])]).toEqual([0x11, 0x22]);
  });

  it.each([
    ['another version', [0x40]],
    ['an RTCP sender report', [0x80, 200]],
    ['padding longer than the packet', [0xa0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 99]],
    ['no padding length', [0xa0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0]],
    ['an extension that is cut off', [0x90, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 9]],
  ])('refuse %s', (_, bytes) => {
    expect(parseRtp(Buffer.from([...bytes, ...Array.from({ length: Math.max(0, 12 - bytes.length) }, () => 0)]))).toBeNull();
  });
});
