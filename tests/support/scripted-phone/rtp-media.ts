import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Law } from '../../../cti-bridge/media/index.ts';
import {
  DigitReceiver,
  decodeG711,
  encodeG711,
  frameMs,
  frameSamples,
  parseRtp,
  startPacer,
  writeRtp,
} from '../../../cti-bridge/media/index.ts';
import { attributeValues, parseSdp } from '../../../cti-bridge/media/sdp/session-description.ts';
import { Ears } from './ears.ts';
import type { Journal } from './journal.ts';
import type { KnownSounds } from './known-sounds.ts';
import { Mouth } from './mouth.ts';
import type { Direction, PhoneMedia } from './phone-media.ts';

const payloadTypeOf: Readonly<Record<Law, number>> = { PCMU: 0, PCMA: 8 };
const ourEventType = 101;

export interface RtpMediaOptions {
  readonly host?: string;
  /** Offered in this order; an answer takes the first that the offer has. */
  readonly codecs?: readonly Law[];
  /** Without it no telephone-event is offered, as with a trunk that sends INFO. */
  readonly offersEvents?: boolean;
}

/** G.711 over plain RTP on one loopback socket: what a trunk's gateway does. Sends a frame every 20 ms, heard or not. */
export class RtpMedia implements PhoneMedia {
  readonly ears: Ears;
  readonly mouth = new Mouth();
  readonly connected: Promise<void>;
  readonly #journal: Journal;
  readonly #socket: Socket;
  readonly #host: string;
  readonly #codecs: readonly Law[];
  readonly #offersEvents: boolean;
  readonly #digits = new DigitReceiver();
  readonly #ssrc = randomBytes(4).readUInt32BE();
  readonly #pacer: { stop(): void };
  readonly #resolveConnected: () => void;
  #law: Law = 'PCMU';
  #remote: { readonly host: string; readonly port: number } | undefined;
  #eventType: number | null = null;
  #mayspeak = true;
  #sequence = randomBytes(2).readUInt16BE();
  #timestamp = randomBytes(4).readUInt32BE();
  #eventTimestamp = 0;
  #version = 0;
  #isClosed = false;
  packetsReceived = 0;
  /** Set it to note every packet of sound that comes, with when it came (ms). */
  arrivals: { readonly sequence: number; readonly at: number }[] | null = null;

  private constructor(socket: Socket, journal: Journal, known: KnownSounds | null, options: RtpMediaOptions) {
    this.#socket = socket;
    this.#journal = journal;
    this.#host = options.host ?? '127.0.0.1';
    this.#codecs = options.codecs ?? ['PCMU', 'PCMA'];
    this.#offersEvents = options.offersEvents ?? true;
    this.ears = new Ears(journal, known, () => this.#law);
    ({ promise: this.connected, resolve: this.#resolveConnected } = Promise.withResolvers<void>());
    socket.on('message', (bytes: Buffer) => this.#receive(bytes));
    socket.on('error', (error) => journal.note(`RTP socket: ${error.message}`));
    this.#pacer = startPacer(frameMs, () => this.#tick());
  }

  static async open(journal: Journal, known: KnownSounds | null, options: RtpMediaOptions = {}): Promise<RtpMedia> {
    const socket = createSocket('udp4');
    socket.bind(0, options.host ?? '127.0.0.1');
    await once(socket, 'listening');
    return new RtpMedia(socket, journal, known, options);
  }

  offer(direction: Direction = 'sendrecv'): Promise<string> {
    return Promise.resolve(this.#sdp(this.#codecs, this.#offersEvents ? ourEventType : null, direction));
  }

  answer(offer: string): Promise<string> {
    const direction = this.#agree(offer);
    return Promise.resolve(
      this.#sdp([this.#law], this.#eventType, direction === 'sendonly' ? 'recvonly' : direction === 'recvonly' ? 'sendonly' : direction),
    );
  }

  accept(answer: string): Promise<void> {
    this.#agree(answer);
    return Promise.resolve();
  }

  /** Sends anything to where the other end listens, from our port: for what no phone should send. */
  sendRaw(bytes: Buffer): void {
    if (this.#remote && !this.#isClosed) this.#socket.send(bytes, this.#remote.port, this.#remote.host);
  }

  get remote(): { readonly host: string; readonly port: number } | undefined {
    return this.#remote;
  }

  close(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#isClosed = true;
    this.#pacer.stop();
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }

  /** Takes the far side's description; answers the direction it gave. */
  #agree(sdp: string): Direction {
    const parsed = parseSdp(sdp);
    if (!parsed.ok) throw new Error(`the far side's SDP cannot be read (${parsed.error}):\n${sdp}`);
    const media = parsed.value.media.find((line) => line.kind === 'audio' && line.port !== 0);
    const host = media?.connection?.address ?? parsed.value.connection?.address;
    if (!media || host === undefined) throw new Error(`the far side's SDP has no audio:\n${sdp}`);
    const names = new Map(attributeValues(media.attributes, 'rtpmap').map((value) => value.split(' ', 2) as [string, string]));
    const nameOf = (format: string) =>
      names.get(format)?.toUpperCase() ?? (format === '0' ? 'PCMU/8000' : format === '8' ? 'PCMA/8000' : '');
    const law = media.formats.map((format) => nameOf(format).split('/')[0]).find((name): name is Law => this.#codecs.includes(name as Law));
    if (!law) throw new Error(`no codec in common:\n${sdp}`);
    this.#law = law;
    const event = media.formats.find((format) => nameOf(format) === 'TELEPHONE-EVENT/8000');
    this.#eventType = event === undefined ? null : Number(event);
    this.#remote = { host, port: media.port };
    const direction =
      (['sendonly', 'recvonly', 'inactive'] as const).find((name) => media.attributes.some((attribute) => attribute.name === name)) ??
      'sendrecv';
    this.#mayspeak = direction === 'sendrecv' || direction === 'recvonly';
    return direction;
  }

  #sdp(codecs: readonly Law[], eventType: number | null, direction: Direction): string {
    const types = [...codecs.map((law) => payloadTypeOf[law]), ...(eventType === null ? [] : [eventType])];
    return [
      'v=0',
      `o=phone ${this.#ssrc} ${++this.#version} IN IP4 ${this.#host}`,
      's=-',
      `c=IN IP4 ${this.#host}`,
      't=0 0',
      `m=audio ${this.#socket.address().port} RTP/AVP ${types.join(' ')}`,
      ...codecs.map((law) => `a=rtpmap:${payloadTypeOf[law]} ${law}/8000`),
      ...(eventType === null ? [] : [`a=rtpmap:${eventType} telephone-event/8000`, `a=fmtp:${eventType} 0-15`]),
      'a=ptime:20',
      `a=${direction}`,
      '',
    ].join('\r\n');
  }

  #tick(): void {
    for (const { digit } of this.#digits.expire(performance.now())) this.#journal.note(`hears key ${digit}`);
    this.#timestamp = (this.#timestamp + frameSamples) >>> 0;
    if (!this.#remote) return; // nobody to hear yet
    this.ears.tick();
    if (this.mouth.isPressing) {
      const frame = this.mouth.nextDigitFrame();
      if (!frame || this.#eventType === null) return;
      if (frame.isFirst) this.#eventTimestamp = this.#timestamp;
      return this.#send(this.#eventType, this.#eventTimestamp, frame.payload, frame.isFirst);
    }
    const samples = this.mouth.nextFrame();
    if (this.#mayspeak) this.#send(payloadTypeOf[this.#law], this.#timestamp, encodeG711(this.#law, samples), false);
  }

  #send(payloadType: number, timestamp: number, payload: Buffer, marker: boolean): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.sendRaw(writeRtp({ payloadType, marker, sequence: this.#sequence, timestamp, ssrc: this.#ssrc, payload }));
  }

  #receive(bytes: Buffer): void {
    const packet = parseRtp(bytes);
    if (!packet) return;
    if (this.packetsReceived++ === 0) this.#resolveConnected();
    if (packet.payloadType === this.#eventType) {
      for (const { digit } of this.#digits.receive(packet.timestamp, packet.payload, performance.now()))
        this.#journal.note(`hears key ${digit}`);
      return;
    }
    const law = packet.payloadType === 0 ? 'PCMU' : packet.payloadType === 8 ? 'PCMA' : null;
    if (law) this.arrivals?.push({ sequence: packet.sequence, at: performance.now() });
    if (law) this.ears.hear(decodeG711(law, packet.payload));
  }
}
