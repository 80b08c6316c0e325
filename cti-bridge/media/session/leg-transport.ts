import type { FarReport, OwnReport } from '../rtp/rtcp.ts';
import type { RtpPacket } from '../rtp/rtp-packet.ts';

/** How a leg reaches its far side: plain UDP or WebRTC. Packets in both directions are plain RTP here. */
export interface LegTransport {
  readonly kind: 'rtp' | 'webrtc';
  /** A packet sent now would reach somebody. */
  readonly isReady: boolean;
  send(packet: RtpPacket): void;
  sendReport(report: OwnReport): void;
  /** Packets from elsewhere than the far side, thrown away. */
  readonly strangers: number;
  /** Silence of everything, signs of life below RTP included, in milliseconds. */
  silentForMs(nowMs: number): number;
  close(): Promise<void>;
}

/** What a transport tells its leg. */
export interface TransportListener {
  packet(packet: RtpPacket, arrivalMs: number): void;
  report(report: FarReport, arrivalMs: number): void;
  connected(): void;
  failed(why: 'iceFailed' | 'dtlsFailed'): void;
}
