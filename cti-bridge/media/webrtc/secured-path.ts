import { type CandidatePair, type RTCDtlsTransport, StunProtocol } from 'werift';
import { MediaError } from '../api.ts';
import { isRtcp, parseRtp, type RtpPacket, writeRtp } from '../rtp/rtp-packet.ts';
import { masterKeyLength, masterSaltLength } from '../srtp/session-keys.ts';
import { Srtcp } from '../srtp/srtcp.ts';
import { SrtpReceiver, SrtpSender, srtpProfileOf } from '../srtp/srtp-stream.ts';

/**
 * The way of packets once ICE and DTLS are done: straight between the socket and us, protected with the keys DTLS agreed on. werift keeps
 * what it is needed for (checks of the path, DTLS records); its own way for media makes some ten objects and two ciphers per packet.
 */
export class SecuredPath {
  readonly #dtls: RTCDtlsTransport;
  readonly #protocol: StunProtocol;
  readonly #sender: SrtpSender;
  readonly #receiver: SrtpReceiver;
  readonly #reportsOut: Srtcp;
  readonly #reportsIn: Srtcp;
  #pair: CandidatePair | undefined;
  #target: readonly [string, number] = ['', 0];

  /** To be called when DTLS is up. `onReports` gets whole RTCP packets. */
  constructor(dtls: RTCDtlsTransport, onPacket: (packet: RtpPacket) => void, onReports: (bytes: Buffer) => void) {
    const protocol = dtls.iceTransport.connection.nominated?.protocol;
    const profile = srtpProfileOf(dtls.dtls?.srtp.srtpProfile ?? 0);
    if (!(protocol instanceof StunProtocol) || !dtls.dtls || !profile) throw new MediaError('badSdp', 'no path or no SRTP profile');
    const keys = dtls.dtls.extractSessionKeys(masterKeyLength[profile], masterSaltLength[profile]);
    const ours = { profile, key: keys.localKey, salt: keys.localSalt };
    const theirs = { profile, key: keys.remoteKey, salt: keys.remoteSalt };
    this.#dtls = dtls;
    this.#protocol = protocol;
    this.#sender = new SrtpSender(ours);
    this.#receiver = new SrtpReceiver(theirs);
    this.#reportsOut = new Srtcp(ours);
    this.#reportsIn = new Srtcp(theirs);
    const { transport } = protocol;
    const others = transport.onData;
    transport.onData = (bytes, from) => {
      const first = bytes[0] ?? 0;
      // RFC 7983: first bytes 128 to 191 are RTP and RTCP; the others are checks and DTLS.
      if (first < 128 || first > 191) return others(bytes, from);
      if (isRtcp(bytes)) {
        const reports = this.#reportsIn.open(bytes);
        if (reports) onReports(reports);
        return;
      }
      const length = this.#receiver.open(bytes);
      const packet = length < 0 ? null : parseRtp(bytes, length);
      if (packet) onPacket(packet);
    };
  }

  /** Packets without the right tag, and packets that came before. */
  get refused(): number {
    return this.#receiver.refused;
  }

  /** `ssrc` takes the place of the packet's. */
  send(packet: RtpPacket, ssrc: number): void {
    const bytes = writeRtp(packet, this.#sender.tagLength);
    bytes.writeUInt32BE(ssrc, 8);
    this.#sender.protect(bytes, bytes.length - this.#sender.tagLength);
    this.#write(bytes);
  }

  sendReport(bytes: Buffer): void {
    this.#write(this.#reportsOut.protect(bytes));
  }

  /** To where the browser's checks come from and were nominated; an ICE restart may change it. */
  #write(bytes: Buffer): void {
    const pair = this.#dtls.iceTransport.connection.nominated;
    if (!pair || this.#protocol.transport.closed) return;
    if (pair !== this.#pair) {
      this.#pair = pair;
      this.#target = pair.remoteAddr;
    }
    this.#protocol.transport.socket.send(bytes, this.#target[1], this.#target[0]);
  }
}
