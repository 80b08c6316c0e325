/**
 * The little RTCP a G.711 leg needs (RFC 3550 section 6): a sender report with one reception report and our name, every five seconds; of the far
 * side's reports only the loss it saw and the round trip are read.
 */
export interface ReportedReception {
  readonly ssrc: number;
  readonly fractionLost: number;
  readonly lost: number;
  readonly highestSequence: number;
  readonly jitterSamples: number;
  /** Middle 32 bits of the last sender report's time, and how long ago it came in units of 1/65536 s. */
  readonly lastReport: number;
  readonly delaySinceLastReport: number;
}

export interface OwnReport {
  readonly ssrc: number;
  readonly ntpSeconds: number;
  readonly rtpTimestamp: number;
  readonly packets: number;
  readonly octets: number;
  readonly reception: ReportedReception | null;
}

export interface FarReport {
  /** Middle 32 bits of the far clock in its sender report; null for a plain receiver report. */
  readonly compactNtp: number | null;
  readonly receptions: readonly ReportedReception[];
}

/** Seconds from 1900 to 1970: NTP time counts from the former. */
export const ntpOffsetSeconds = 2_208_988_800;
const senderReport = 200;
const receiverReport = 201;
const sourceDescription = 202;

export function compactNtp(ntpSeconds: number): number {
  return Math.floor((ntpSeconds % 65536) * 65536) >>> 0;
}

export function writeReport(report: OwnReport, name: string): Buffer {
  const blocks = report.reception ? 1 : 0;
  const bytes = Buffer.alloc(28 + blocks * 24);
  bytes.writeUInt8(0x80 | blocks, 0);
  bytes.writeUInt8(senderReport, 1);
  bytes.writeUInt16BE(bytes.length / 4 - 1, 2);
  bytes.writeUInt32BE(report.ssrc, 4);
  bytes.writeUInt32BE(Math.floor(report.ntpSeconds) >>> 0, 8);
  bytes.writeUInt32BE(Math.floor((report.ntpSeconds % 1) * 2 ** 32) >>> 0, 12);
  bytes.writeUInt32BE(report.rtpTimestamp >>> 0, 16);
  bytes.writeUInt32BE(report.packets >>> 0, 20);
  bytes.writeUInt32BE(report.octets >>> 0, 24);
  const reception = report.reception;
  if (reception) {
    bytes.writeUInt32BE(reception.ssrc, 28);
    bytes.writeUInt8(reception.fractionLost & 0xff, 32);
    bytes.writeIntBE(Math.max(-0x800000, Math.min(0x7fffff, reception.lost)), 33, 3);
    bytes.writeUInt32BE(reception.highestSequence >>> 0, 36);
    bytes.writeUInt32BE(reception.jitterSamples >>> 0, 40);
    bytes.writeUInt32BE(reception.lastReport >>> 0, 44);
    bytes.writeUInt32BE(reception.delaySinceLastReport >>> 0, 48);
  }
  return Buffer.concat([bytes, writeName(report.ssrc, name)]);
}

function writeName(ssrc: number, name: string): Buffer {
  const text = Buffer.from(name).subarray(0, 255);
  // The item list ends with at least one zero byte and fills up the word.
  const bytes = Buffer.alloc(8 + Math.ceil((text.length + 3) / 4) * 4);
  bytes.writeUInt8(0x81, 0);
  bytes.writeUInt8(sourceDescription, 1);
  bytes.writeUInt16BE(bytes.length / 4 - 1, 2);
  bytes.writeUInt32BE(ssrc, 4);
  bytes.writeUInt8(1, 8);
  bytes.writeUInt8(text.length, 9);
  text.copy(bytes, 10);
  return bytes;
}

/** Reports in a compound packet; what is malformed ends the reading, what is unknown is skipped. */
export function readReports(bytes: Buffer): FarReport[] {
  const reports: FarReport[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const first = bytes.readUInt8(at);
    const type = bytes.readUInt8(at + 1);
    const size = (bytes.readUInt16BE(at + 2) + 1) * 4;
    if (first >> 6 !== 2 || at + size > bytes.length) break;
    if (type === senderReport || type === receiverReport) {
      const start = at + (type === senderReport ? 28 : 8);
      const receptions: ReportedReception[] = [];
      for (let block = 0; block < (first & 0x1f) && start + (block + 1) * 24 <= at + size; block++)
        receptions.push(readReception(bytes, start + block * 24));
      reports.push({ compactNtp: type === senderReport && size >= 28 ? bytes.readUInt32BE(at + 10) : null, receptions });
    }
    at += size;
  }
  return reports;
}

function readReception(bytes: Buffer, at: number): ReportedReception {
  return {
    ssrc: bytes.readUInt32BE(at),
    fractionLost: bytes.readUInt8(at + 4),
    lost: bytes.readIntBE(at + 5, 3),
    highestSequence: bytes.readUInt32BE(at + 8),
    jitterSamples: bytes.readUInt32BE(at + 12),
    lastReport: bytes.readUInt32BE(at + 16),
    delaySinceLastReport: bytes.readUInt32BE(at + 20),
  };
}
