import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactNtp, readReports, writeReport } from '../../../../cti-bridge/media/rtp/rtcp.ts';

const reception = {
  ssrc: 7,
  fractionLost: 12,
  lost: -3,
  highestSequence: 70_000,
  jitterSamples: 44,
  lastReport: 0xdeadbeef,
  delaySinceLastReport: 65_536,
};
const report = { ssrc: 0xfedcba98, ntpSeconds: 4_000_000_000.5, rtpTimestamp: 160, packets: 10, octets: 1600, reception };

describe('RTCP reports', () => {
  it('are read as they were written, with the sender clock in its short form', () => {
    expect(readReports(writeReport(report, 'crosspoint@127.0.0.1'))).toEqual([
      { compactNtp: compactNtp(report.ntpSeconds), receptions: [reception] },
    ]);
  });

  it('carry no reception before anything was received', () => {
    expect(readReports(writeReport({ ...report, reception: null }, 'x'))).toEqual([
      { compactNtp: compactNtp(report.ntpSeconds), receptions: [] },
    ]);
  });

  it('fill whole words, whatever the length of the name', () => {
    for (const name of ['', 'a', 'ab', 'abc', 'abcd']) expect(writeReport(report, name).length % 4).toBe(0);
  });

  it('survive any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(readReports(Buffer.from(bytes)).length).toBeLessThanOrEqual(10);
      }),
      { numRuns: 500 },
    );
  });
});
