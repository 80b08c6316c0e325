import { encodeG711 } from '../../../../cti-bridge/media/codec/g711.ts';
import type { RtpPacket } from '../../../../cti-bridge/media/rtp/rtp-packet.ts';
import type { NegotiatedAudio } from '../../../../cti-bridge/media/sdp/rtp-negotiation.ts';
import type { LegNotice } from '../../../../cti-bridge/media/session/leg-notice.ts';
import type { LegTransport } from '../../../../cti-bridge/media/session/leg-transport.ts';
import { tone } from '../../../../cti-bridge/media/tones/tone-generator.ts';

/** A transport that leads nowhere and keeps what is sent. */
export class KeptTransport implements LegTransport {
  readonly kind: 'rtp' | 'webrtc';
  readonly sent: RtpPacket[] = [];
  isReady = true;
  readonly strangers = 0;
  silent = 0;
  closed = 0;

  constructor(kind: 'rtp' | 'webrtc' = 'rtp') {
    this.kind = kind;
  }

  send(packet: RtpPacket): void {
    this.sent.push(packet);
  }

  sendReport(): void {}

  silentForMs(): number {
    return this.silent;
  }

  async close(): Promise<void> {
    this.closed++;
  }
}

export const terms: NegotiatedAudio = {
  remoteAddress: '127.0.0.1',
  remotePort: 4000,
  sends: { payloadType: 8, law: 'PCMA' },
  receives: new Map([
    [0, 'PCMU'],
    [8, 'PCMA'],
  ]),
  eventPayloadType: 101,
  opus: null,
  maySend: true,
  mayReceive: true,
  isHeld: false,
  srtp: null,
};

/** The n-th packet of a tone, of 400 Hz when nothing else is said. */
export function tonePacket(n: number, change: Partial<RtpPacket> = {}, frequency = 400): RtpPacket {
  const payload = encodeG711('PCMA', tone(frequency, 20, 8000, n * 160));
  return { payloadType: 8, marker: false, sequence: n & 0xffff, timestamp: (n * 160) >>> 0, ssrc: 1, payload, ...change };
}

/** What a leg told, in order. */
export function listen(): { told: LegNotice[]; tell: (notice: LegNotice) => void } {
  const told: LegNotice[] = [];
  return { told, tell: (notice) => void told.push(notice) };
}
