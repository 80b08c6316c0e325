import { randomBytes } from 'node:crypto';
import { RTCPeerConnection, RTCRtpCodecParameters, type RTCRtpTransceiver, RtpHeader } from 'werift';
import { DigitReceiver, decodeG711, encodeG711, frameMs, frameSamples, type Law, startPacer } from '../../../cti-bridge/media/index.ts';
import { Ears } from './ears.ts';
import type { Journal } from './journal.ts';
import type { KnownSounds } from './known-sounds.ts';
import { Mouth } from './mouth.ts';
import type { Direction, PhoneMedia } from './phone-media.ts';

const eventType = 101;

/** What lies under werift's ICE, where a packet is last seen. */
interface WeriftTransport {
  send: (...packet: readonly unknown[]) => Promise<void>;
}
interface WeriftProtocol {
  readonly transport?: WeriftTransport;
}

/** The sound of a browser's phone without the browser: full ICE, DTLS-SRTP and G.711 by werift, on loopback. */
export class WebRtcMedia implements PhoneMedia {
  readonly ears: Ears;
  readonly mouth = new Mouth();
  readonly connected: Promise<void>;
  #connection: RTCPeerConnection;
  #transceiver: RTCRtpTransceiver;
  /** Certificate of the far side. */
  #farSide: string | undefined;
  readonly #resolveConnected: () => void;
  /** How they send while there is a network. */
  readonly #sends = new Map<WeriftTransport, WeriftTransport['send']>();
  readonly #journal: Journal;
  readonly #pacer: { stop(): void };
  readonly #digits = new DigitReceiver();
  readonly #law: Law = 'PCMU';
  #isUp = false;
  #isClosed = false;
  #sequence = randomBytes(2).readUInt16BE();
  #timestamp = randomBytes(4).readUInt32BE();
  #eventTimestamp = 0;

  constructor(journal: Journal, known: KnownSounds | null) {
    this.#journal = journal;
    this.ears = new Ears(journal, known, () => this.#law);
    ({ promise: this.connected, resolve: this.#resolveConnected } = Promise.withResolvers<void>());
    [this.#connection, this.#transceiver] = this.#open();
    this.#pacer = startPacer(frameMs, () => this.#tick());
  }

  static open(journal: Journal, known: KnownSounds | null): Promise<WebRtcMedia> {
    return Promise.resolve(new WebRtcMedia(journal, known));
  }

  #open(): [RTCPeerConnection, RTCRtpTransceiver] {
    const connection = new RTCPeerConnection({
      iceServers: [],
      bundlePolicy: 'max-bundle',
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceUseTcp: false,
      iceAdditionalHostAddresses: ['127.0.0.1'],
      iceInterfaceAddresses: { udp4: '127.0.0.1' },
      headerExtensions: { audio: [] },
      codecs: {
        audio: [
          new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8_000, payloadType: 0 }),
          new RTCRtpCodecParameters({ mimeType: 'audio/telephone-event', clockRate: 8_000, payloadType: eventType, parameters: '0-16' }),
        ],
      },
    });
    connection.connectionStateChange.subscribe((state) => {
      if (state !== 'connected' || this.#connection !== connection || this.#isUp) return;
      this.#isUp = true;
      this.#journal.note('media connected');
      this.#resolveConnected();
    });
    return [connection, connection.addTransceiver('audio', { direction: 'sendrecv' })];
  }

  async offer(direction: Direction = 'sendrecv'): Promise<string> {
    this.#transceiver.setDirection(direction);
    await this.#connection.setLocalDescription(await this.#connection.createOffer());
    return this.#connection.localDescription?.sdp ?? '';
  }

  /** An offer with another certificate begins DTLS anew, as in a browser; werift can do that only with another connection. */
  async answer(offer: string): Promise<string> {
    const farSide = /^a=fingerprint:(.+)$/m.exec(offer)?.[1];
    if (this.#farSide !== undefined && this.#farSide !== farSide) {
      void this.#connection.close();
      this.#isUp = false;
      [this.#connection, this.#transceiver] = this.#open();
    }
    this.#farSide = farSide;
    await this.#connection.setRemoteDescription({ type: 'offer', sdp: offer });
    this.#listen();
    await this.#connection.setLocalDescription(await this.#connection.createAnswer());
    return this.#connection.localDescription?.sdp ?? '';
  }

  async accept(answer: string): Promise<void> {
    await this.#connection.setRemoteDescription({ type: 'answer', sdp: answer });
    this.#listen();
  }

  /** From now on nothing of ours reaches anybody: neither sound nor checks of the path. Or again. */
  loseNetwork(isLost: boolean): void {
    const ice = this.#connection.dtlsTransports[0]?.iceTransport.connection as unknown as { protocols?: WeriftProtocol[] } | undefined;
    const transports = (ice?.protocols ?? []).flatMap(({ transport }) => transport ?? []);
    if (transports.length === 0) throw new Error('there is no path yet');
    for (const transport of transports) {
      const send = this.#sends.get(transport) ?? transport.send;
      this.#sends.set(transport, send);
      transport.send = isLost ? () => Promise.resolve() : send;
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#pacer.stop();
    await this.#connection.close();
  }

  /** Packets are taken before werift's receiver, which has no use for telephone events. */
  #listen(): void {
    const [dtls] = this.#connection.dtlsTransports;
    if (!dtls) return;
    dtls.onRtp.allUnsubscribe();
    dtls.onRtp.subscribe((packet) => {
      const { payloadType, timestamp } = packet.header;
      if (payloadType === eventType) {
        for (const { digit } of this.#digits.receive(timestamp, packet.payload, performance.now()))
          this.#journal.note(`hears key ${digit}`);
      } else if (payloadType === 0 || payloadType === 8) this.ears.hear(decodeG711(payloadType === 0 ? 'PCMU' : 'PCMA', packet.payload));
    });
  }

  #tick(): void {
    this.ears.tick();
    for (const { digit } of this.#digits.expire(performance.now())) this.#journal.note(`hears key ${digit}`);
    this.#timestamp = (this.#timestamp + frameSamples) >>> 0;
    if (!this.#isUp || this.#isClosed) return;
    if (this.mouth.isPressing) {
      const frame = this.mouth.nextDigitFrame();
      if (!frame) return;
      if (frame.isFirst) this.#eventTimestamp = this.#timestamp;
      return this.#send(eventType, this.#eventTimestamp, frame.payload, frame.isFirst);
    }
    this.#send(0, this.#timestamp, encodeG711(this.#law, this.mouth.nextFrame()), false);
  }

  #send(payloadType: number, timestamp: number, payload: Buffer, marker: boolean): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const { ssrc } = this.#transceiver.sender;
    const header = new RtpHeader({
      payloadType,
      marker,
      sequenceNumber: this.#sequence,
      timestamp,
      ssrc,
      padding: false,
      extension: false,
    });
    void this.#connection.dtlsTransports[0]?.sendRtp(payload, header);
  }
}
