import { RTCDtlsTransport, RTCPeerConnection, RTCRtpCodecParameters, type StunProtocol } from 'werift';
import { type Codecs, MediaError } from '../api.ts';
import type { PortPool } from '../rtp/port-pool.ts';
import { tryBind } from '../rtp/port-pool.ts';
import { type OwnReport, readReports, writeReport } from '../rtp/rtcp.ts';
import type { RtpPacket } from '../rtp/rtp-packet.ts';
import type { OpusTerms } from '../sdp/audio-terms.ts';
import { type Numbers, usualNumbers } from '../sdp/codec-lines.ts';
import type { LegTransport, TransportListener } from '../session/leg-transport.ts';
import { PathGuard } from './path-guard.ts';
import { installPathSockets } from './path-socket.ts';
import { dressOwnSdp, tidyFarSdp, withAgreedOpus, withCodecs } from './sdp-rewriting.ts';
import { SecuredPath } from './secured-path.ts';

/** What we offer a browser. */
export const ownNumbers: Numbers = {
  ...usualNumbers,
  laws: [
    { payloadType: 0, law: 'PCMU' },
    { payloadType: 8, law: 'PCMA' },
  ],
};
/** From the answer to encrypted media. Chromium needs about a tenth of a second. */
const connectLimitMs = 15_000;

/** For once in a process: its sockets, and the DTLS certificate that all legs share (its key never leaves the process), so that offers are quick. */
export async function prepareWebRtc(): Promise<void> {
  installPathSockets();
  await RTCDtlsTransport.SetupCertificate();
}

/**
 * WebRTC by werift, used for ICE and DTLS only: once they are done, packets take a `SecuredPath` between the socket and us, past werift's
 * senders (which overwrite payload types, so key presses would leave as audio), receivers and SRTP (which has no replay window, and makes
 * its ciphers anew for each packet). So of codecs it need not know either: Opus is in our descriptions and in none that it sees.
 *
 * ICE-lite: the bridge is reachable, so the browser does the checking; it also keeps werift from asking a public STUN server, which it does by
 * default otherwise. The checks, which go on all through the call, are the signs of life.
 */
export class WebRtcTransport implements LegTransport {
  readonly kind = 'webrtc';
  readonly #connection: RTCPeerConnection;
  readonly #dtls: RTCDtlsTransport;
  readonly #listener: TransportListener;
  readonly #host: string;
  readonly #advertisedHost: string;
  readonly #release: () => void;
  readonly #sessionNumber: number;
  /** The source our SDP declares; a browser plays no other. */
  readonly #ssrc: number;
  #version = 0;
  #guard: PathGuard | null = null;
  #path: SecuredPath | null = null;
  #refused = 0;
  #isClosed = false;
  #heardAt = performance.now();
  #connectTimer: NodeJS.Timeout | undefined;

  /** `advertisedHost` is told to the far side in place of `host`, which the socket is bound to. */
  static async open(
    pool: PortPool,
    host: string,
    sessionNumber: number,
    listener: TransportListener,
    advertisedHost = host,
  ): Promise<WebRtcTransport> {
    const port = await takePort(pool, host);
    return new WebRtcTransport(pool, port, host, sessionNumber, listener, advertisedHost);
  }

  private constructor(
    pool: PortPool,
    port: number | null,
    host: string,
    sessionNumber: number,
    listener: TransportListener,
    advertisedHost: string,
  ) {
    this.#host = host;
    this.#advertisedHost = advertisedHost;
    this.#sessionNumber = sessionNumber;
    this.#listener = listener;
    this.#release = () => {
      if (port !== null) pool.give(port);
    };
    const connection = new RTCPeerConnection({
      iceServers: [],
      bundlePolicy: 'max-bundle',
      iceLite: true,
      // No interface is looked up: the one address we want is added by name.
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceUseTcp: false,
      iceAdditionalHostAddresses: [host],
      iceInterfaceAddresses: { udp4: host },
      ...(port === null ? {} : { icePortRange: [port, port + 1] }),
      iceFilterStunResponse: () => {
        this.#heardAt = performance.now();
        return this.#guard !== null;
      },
      headerExtensions: { audio: [] },
      codecs: { audio: [codec('PCMU', 0), codec('PCMA', 8), codec('telephone-event', 101, '0-15')] },
    });
    this.#connection = connection;
    const transceiver = connection.addTransceiver('audio', { direction: 'sendrecv' });
    this.#ssrc = transceiver.sender.ssrc;
    // Keeps werift's own reports, which would count no packets, from being sent beside ours.
    transceiver.sender.rtcpRunning = true;
    const [dtls] = connection.dtlsTransports;
    if (!dtls) throw new MediaError('badSdp', 'werift made no transport');
    this.#dtls = dtls;
    this.#keepEarlyHello(dtls);
    dtls.onStateChange.subscribe((state) => this.#onDtlsState(state));
    connection.iceConnectionStateChange.subscribe((state) => {
      if (state === 'failed' && !this.#isClosed) listener.failed('iceFailed');
    });
  }

  get isReady(): boolean {
    return this.#path !== null;
  }

  /** Whatever was not made with the keys of both sides, and repeated packets. */
  get strangers(): number {
    return this.#refused + (this.#path?.refused ?? 0) + (this.#guard?.refused ?? 0);
  }

  async offer(): Promise<string> {
    await this.#connection.setLocalDescription(await this.#connection.createOffer());
    this.#guardPath();
    const sdp = this.#ownSdp();
    if (!sdp.includes('a=candidate:')) throw new MediaError('noPorts', 'no candidate could be bound');
    return withCodecs(sdp, ownNumbers, 'withOpus');
  }

  /** The same path and the same keys with other codecs: nothing that werift would have to know, neither of this nor of its answer. */
  offerAgain(codecs: Codecs, numbers: Numbers): string {
    return withCodecs(this.#ownSdp(), numbers, codecs);
  }

  async acceptAnswer(sdp: string): Promise<void> {
    await this.#apply('answer', sdp);
    if (this.isReady || this.#connectTimer) return;
    this.#connectTimer = setTimeout(() => {
      if (!this.isReady && !this.#isClosed) this.#listener.failed('iceFailed');
    }, connectLimitMs);
  }

  /** Answers the far side's new offer: hold, resume, an ICE restart. */
  async renegotiate(sdp: string, opus: OpusTerms | null): Promise<string> {
    const { iceTransport } = this.#dtls;
    const restarts = iceTransport.iceRestarts;
    await this.#apply('offer', sdp);
    await this.#connection.setLocalDescription(await this.#connection.createAnswer());
    if (iceTransport.iceRestarts !== restarts) this.#resumeChecks();
    return withAgreedOpus(this.#ownSdp(), opus);
  }

  /** After an ICE restart werift answers with new credentials but, DTLS being up already, does not look for the new path itself. */
  #resumeChecks(): void {
    this.#dtls.iceTransport.start().catch(() => {
      if (!this.#isClosed) this.#listener.failed('iceFailed');
    });
  }

  send(packet: RtpPacket): void {
    this.#path?.send(packet, this.#ssrc);
  }

  sendReport(report: OwnReport): void {
    this.#path?.sendReport(writeReport({ ...report, ssrc: this.#ssrc }, `crosspoint@${this.#host}`));
  }

  silentForMs(nowMs: number): number {
    return nowMs - this.#heardAt;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#leavePath();
    clearTimeout(this.#connectTimer);
    await this.#connection.close();
    this.#release();
  }

  async #apply(type: 'offer' | 'answer', sdp: string): Promise<void> {
    try {
      await this.#connection.setRemoteDescription({ type, sdp: tidyFarSdp(sdp) });
    } catch (error) {
      throw new MediaError('badSdp', error instanceof Error ? error.message : String(error));
    }
  }

  /** Between the socket and werift, which listens to anybody. Until it stands no check is answered. */
  #guardPath(): void {
    const { protocols, userHistory } = this.#dtls.iceTransport.connection as unknown as IceParts;
    const guard = new PathGuard(userHistory);
    for (const { transport } of protocols) {
      const readByWerift = transport.onData;
      transport.onData = (bytes, from) => {
        if (guard.admits(bytes, from)) readByWerift(bytes, from);
      };
    }
    this.#guard = guard;
  }

  /**
   * A browser says its DTLS hello as soon as one check came back, which is before it nominates the path and werift listens. Kept and
   * handed over then, it saves waiting for the browser to repeat it, some 60 ms.
   */
  #keepEarlyHello(dtls: RTCDtlsTransport): void {
    const { onData } = dtls.iceTransport.connection;
    let hello: Buffer[] = [];
    const early = onData.subscribe((bytes) => {
      // RFC 7983: first bytes 20 to 63 are DTLS.
      const first = bytes[0] ?? 0;
      if (first < 20 || first > 63 || bytes.length < 25) return;
      // A hello comes in pieces; the one at offset 0 begins it, or begins its repetition (RFC 6347 section 4.2.2).
      const offset = bytes.readUIntBE(19, 3);
      hello = offset === 0 ? [bytes] : [...hello.slice(-3), bytes];
    });
    dtls.onStateChange.once(() => {
      early.unSubscribe();
      setImmediate(() => {
        if (!this.#isClosed) for (const bytes of hello) onData.execute(bytes);
      });
    });
  }

  #ownSdp(): string {
    const sdp = this.#connection.localDescription?.sdp ?? '';
    return dressOwnSdp(sdp, { host: this.#advertisedHost, sessionNumber: this.#sessionNumber, version: ++this.#version }, this.#host);
  }

  #onDtlsState(state: string): void {
    if (this.#isClosed) return;
    if (state === 'connected') {
      clearTimeout(this.#connectTimer);
      this.#heardAt = performance.now();
      if (!this.#takePath()) return;
      this.#listener.connected();
    } else if (state === 'failed' || state === 'closed') {
      this.#leavePath();
      this.#listener.failed('dtlsFailed');
    }
  }

  #takePath(): boolean {
    const heard = (): number => {
      this.#heardAt = performance.now();
      return this.#heardAt;
    };
    try {
      this.#path = new SecuredPath(
        this.#dtls,
        (packet) => this.#listener.packet(packet, heard()),
        (bytes) => {
          const now = heard();
          for (const report of readReports(bytes)) this.#listener.report(report, now);
        },
      );
      return true;
    } catch (error) {
      if (!(error instanceof MediaError)) throw error;
      this.#listener.failed('dtlsFailed');
      return false;
    }
  }

  #leavePath(): void {
    this.#refused += this.#path?.refused ?? 0;
    this.#path = null;
  }
}

/** What werift's ICE has and its types do not show. */
interface IceParts {
  readonly protocols: readonly StunProtocol[];
  /** Passwords by user name fragment, ours of before an ICE restart included. */
  readonly userHistory: Readonly<Record<string, string>>;
}

function codec(name: string, payloadType: number, parameters?: string): RTCRtpCodecParameters {
  return new RTCRtpCodecParameters({
    mimeType: `audio/${name}`,
    clockRate: 8000,
    payloadType,
    ...(parameters === undefined ? {} : { parameters }),
  });
}

/** A port nobody else has: werift binds it a moment later, and does not survive finding it taken. */
async function takePort(pool: PortPool, host: string): Promise<number | null> {
  if (pool.isEphemeral) return null;
  const refused: number[] = [];
  try {
    for (let port = pool.take(); port !== null; port = pool.take()) {
      const socket = await tryBind(host, port);
      if (socket) {
        await new Promise<void>((resolve) => socket.close(() => resolve()));
        return port;
      }
      refused.push(port);
      if (refused.length >= 50) break;
    }
  } finally {
    for (const port of refused) pool.give(port);
  }
  throw new MediaError('noPorts', 'every media port is taken');
}
