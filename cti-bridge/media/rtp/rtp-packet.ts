/**
 * One RTP packet (RFC 3550 section 5.1):
 *
 *     0                   1                   2                   3
 *    |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *    |                           timestamp                           |
 *    |           synchronization source (SSRC) identifier            |
 *    |            contributing sources, header extension             |
 *    |                            payload                            |
 */
export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

/** RFC 5761 section 4: on a port that carries both, payload types 64-95 with the marker bit read as RTCP. */
export function isRtcp(bytes: Buffer): boolean {
  const second = bytes[1] ?? 0;
  return second >= 192 && second <= 223;
}

/** Null for anything that is not a whole RTP packet: remote input never throws. The payload is a view on `bytes`, of which `length` count. */
export function parseRtp(bytes: Buffer, length: number = bytes.length): RtpPacket | null {
  if (length < 12) return null;
  const first = bytes.readUInt8(0);
  if (first >> 6 !== 2 || isRtcp(bytes)) return null;
  const second = bytes.readUInt8(1);
  let start = 12 + (first & 0x0f) * 4;
  let end = length;
  if (first & 0x10) {
    if (start + 4 > end) return null;
    start += 4 + bytes.readUInt16BE(start + 2) * 4;
  }
  if (first & 0x20) {
    const padding = bytes.readUInt8(end - 1);
    if (padding === 0) return null;
    end -= padding;
  }
  if (start > end) return null;
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, end),
  };
}

/** With `room` bytes behind it, for SRTP's tag. */
export function writeRtp(packet: RtpPacket, room = 0): Buffer {
  const bytes = Buffer.allocUnsafe(12 + packet.payload.length + room);
  bytes.writeUInt8(0x80, 0);
  bytes.writeUInt8((packet.marker ? 0x80 : 0) | (packet.payloadType & 0x7f), 1);
  bytes.writeUInt16BE(packet.sequence & 0xffff, 2);
  bytes.writeUInt32BE(packet.timestamp >>> 0, 4);
  bytes.writeUInt32BE(packet.ssrc >>> 0, 8);
  bytes.set(packet.payload, 12);
  return bytes;
}
