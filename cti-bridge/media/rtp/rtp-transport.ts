import type { Socket } from 'node:dgram';
import type { LegTransport, TransportListener } from '../session/leg-transport.ts';
import { bindPair, type PortPool } from './port-pool.ts';
import { type OwnReport, readReports, writeReport } from './rtcp.ts';
import { parseRtp, type RtpPacket, writeRtp } from './rtp-packet.ts';
import { SourceLatch } from './source-latch.ts';

/** Plain RTP over UDP: a pair of sockets, and a lock on the source of what comes in. */
export class RtpTransport implements LegTransport {
  readonly kind = 'rtp';
  readonly port: number;
  readonly #pool: PortPool;
  readonly #rtp: Socket;
  readonly #rtcp: Socket;
  readonly #name: string;
  readonly #latch = new SourceLatch();
  #heardAt = performance.now();
  #isClosed = false;
  /** Packets that came from elsewhere than the far side. */
  strangers = 0;

  static async open(pool: PortPool, host: string, listener: TransportListener): Promise<RtpTransport> {
    const { rtp, rtcp, port } = await bindPair(pool, host);
    return new RtpTransport(pool, host, rtp, rtcp, port, listener);
  }

  private constructor(pool: PortPool, host: string, rtp: Socket, rtcp: Socket, port: number, listener: TransportListener) {
    this.#pool = pool;
    this.#rtp = rtp;
    this.#rtcp = rtcp;
    this.port = port;
    this.#name = `crosspoint@${host}`;
    rtp.on('message', (bytes, from) => {
      const now = performance.now();
      const packet = parseRtp(bytes);
      // The source is looked at only for what is RTP: garbage must not take the latch.
      if (!packet || !this.#latch.accepts(from.address, from.port, now)) {
        this.strangers++;
        return;
      }
      this.#heardAt = now;
      listener.packet(packet, now);
    });
    rtcp.on('message', (bytes, from) => {
      if (from.address !== this.#latch.target?.address) return;
      const now = performance.now();
      for (const report of readReports(bytes)) listener.report(report, now);
    });
    // An ICMP answer or a full buffer costs a packet, never the leg; the RTP time-out tells when nobody is there.
    rtp.on('error', () => {});
    rtcp.on('error', () => {});
  }

  expect(address: string, port: number): void {
    this.#latch.expect(address, port);
  }

  get isReady(): boolean {
    return !this.#isClosed && this.#latch.target !== null;
  }

  send(packet: RtpPacket): void {
    const target = this.#latch.target;
    // Without a callback: a packet that could not be sent is a lost packet.
    if (target && !this.#isClosed) this.#rtp.send(writeRtp(packet), target.port, target.address);
  }

  sendReport(report: OwnReport): void {
    const target = this.#latch.target;
    if (target && target.port < 65535 && !this.#isClosed) this.#rtcp.send(writeReport(report, this.#name), target.port + 1, target.address);
  }

  silentForMs(nowMs: number): number {
    return nowMs - this.#heardAt;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all([closeSocket(this.#rtp), closeSocket(this.#rtcp)]);
    this.#pool.give(this.port);
  }
}

function closeSocket(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}
