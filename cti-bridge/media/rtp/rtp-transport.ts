import type { Socket } from 'node:dgram';
import type { SrtpAgreement } from '../sdp/crypto-line.ts';
import type { LegTransport, TransportListener } from '../session/leg-transport.ts';
import { bindPair, type PortPool } from './port-pool.ts';
import { type OwnReport, readReports, writeReport } from './rtcp.ts';
import { parseRtp, type RtpPacket, writeRtp } from './rtp-packet.ts';
import { SourceLatch } from './source-latch.ts';
import { SrtpPath } from './srtp-path.ts';

/** RTP over UDP, in clear or with keys from SDP: a pair of sockets, and a lock on the source of what comes in. */
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
  /** Null while packets are in clear. */
  #srtp: SrtpPath | null = null;
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
      // The address is looked at first: opening costs more. The latch is taken only by what is RTP, or has the key: not by garbage.
      const isFromThere = this.#latch.isAddress(from.address);
      const packet = !isFromThere ? null : this.#srtp ? this.#srtp.open(bytes) : parseRtp(bytes);
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
      const opened = this.#srtp ? this.#srtp.openReports(bytes) : bytes;
      if (opened) for (const report of readReports(opened)) listener.report(report, now);
    });
    // An ICMP answer or a full buffer costs a packet, never the leg; the RTP time-out tells when nobody is there.
    rtp.on('error', () => {});
    rtcp.on('error', () => {});
  }

  expect(address: string, port: number): void {
    this.#latch.expect(address, port);
  }

  /** From now on with these keys, or in clear. What is on its way under the keys of before is still opened, until the first under the new. */
  protect(agreement: SrtpAgreement | null): void {
    if (agreement === null) this.#srtp = null;
    else if (this.#srtp) this.#srtp.agree(agreement);
    else this.#srtp = new SrtpPath(agreement);
  }

  get isReady(): boolean {
    return !this.#isClosed && this.#latch.target !== null;
  }

  send(packet: RtpPacket): void {
    const target = this.#latch.target;
    // Without a callback: a packet that could not be sent is a lost packet.
    if (!target || this.#isClosed) return;
    this.#rtp.send(this.#srtp ? this.#srtp.close(packet) : writeRtp(packet), target.port, target.address);
  }

  sendReport(report: OwnReport): void {
    const target = this.#latch.target;
    if (!target || target.port >= 65535 || this.#isClosed) return;
    const bytes = writeReport(report, this.#name);
    this.#rtcp.send(this.#srtp ? this.#srtp.closeReports(bytes) : bytes, target.port + 1, target.address);
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
