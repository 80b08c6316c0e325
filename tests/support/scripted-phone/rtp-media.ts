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
  /** Opus after the laws in its offers, under these payload types; in an answer as the offer has them. Nothing is encoded: see `opus`. */
  readonly opus?: OpusNumbers;
}

interface OpusNumbers {
  readonly payloadType: number;
  /** telephone-event on its clock. */
  readonly eventType: number;
}

/** Ticks of the clock of Opus in a sample of G.711. */
const opusTicks = 6;

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
  readonly #mayUseOpus: OpusNumbers | null;
  /** What was agreed on; null without Opus. */
  #opus: OpusNumbers | null = null;
  /** It stands first in what the far side wrote last, so it is what we send. */
  #isWide = false;
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
  /** What was sent and heard as Opus: bytes that mean nothing, each packet's its own. */
  readonly opus = { sent: [] as Buffer[], heard: [] as Buffer[] };
  /** Payload types of everything that came, in order, repetitions left out. */
  readonly heardTypes: number[] = [];
  /** Set it to note every packet of sound that comes, with when it came (ms). */
  arrivals: { readonly sequence: number; readonly at: number }[] | null = null;

  private constructor(socket: Socket, journal: Journal, known: KnownSounds | null, options: RtpMediaOptions) {
    this.#socket = socket;
    this.#journal = journal;
    this.#host = options.host ?? '127.0.0.1';
    this.#codecs = options.codecs ?? ['PCMU', 'PCMA'];
    this.#offersEvents = options.offersEvents ?? true;
    this.#mayUseOpus = options.opus ?? null;
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
    return Promise.resolve(this.#sdp(this.#codecs, this.#offersEvents ? ourEventType : null, direction, this.#mayUseOpus, false));
  }

  answer(offer: string): Promise<string> {
    const direction = this.#agree(offer);
    return Promise.resolve(
      this.#sdp(
        [this.#law],
        this.#eventType,
        direction === 'sendonly' ? 'recvonly' : direction === 'recvonly' ? 'sendonly' : direction,
        this.#opus,
        this.#isWide,
      ),
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
    this.#agreeOnOpus(media.formats, nameOf);
    this.#remote = { host, port: media.port };
    const direction =
      (['sendonly', 'recvonly', 'inactive'] as const).find((name) => media.attributes.some((attribute) => attribute.name === name)) ??
      'sendrecv';
    this.#mayspeak = direction === 'sendrecv' || direction === 'recvonly';
    return direction;
  }

  #agreeOnOpus(formats: readonly string[], nameOf: (format: string) => string): void {
    const isVoice = (format: string) => /^(OPUS|PCMA|PCMU)\//.test(nameOf(format));
    const payloadType = formats.find((format) => nameOf(format) === 'OPUS/48000/2');
    const eventType = formats.find((format) => nameOf(format) === 'TELEPHONE-EVENT/48000');
    this.#opus =
      this.#mayUseOpus && payloadType !== undefined ? { payloadType: Number(payloadType), eventType: Number(eventType ?? -1) } : null;
    this.#isWide = this.#opus !== null && formats.find(isVoice) === payloadType;
    this.#journal.note(this.#isWide ? 'talks in Opus' : this.#opus ? 'talks in G.711, may use Opus' : 'talks in G.711');
  }

  #sdp(codecs: readonly Law[], eventType: number | null, direction: Direction, opus: OpusNumbers | null, isOpusFirst: boolean): string {
    const laws = codecs.map((law) => payloadTypeOf[law]);
    const wide = opus ? [opus.payloadType] : [];
    const types = [
      ...(isOpusFirst ? [...wide, ...laws] : [...laws, ...wide]),
      ...(eventType === null ? [] : [eventType]),
      ...(opus ? [opus.eventType] : []),
    ];
    return [
      'v=0',
      `o=phone ${this.#ssrc} ${++this.#version} IN IP4 ${this.#host}`,
      's=-',
      `c=IN IP4 ${this.#host}`,
      't=0 0',
      `m=audio ${this.#socket.address().port} RTP/AVP ${types.join(' ')}`,
      ...codecs.map((law) => `a=rtpmap:${payloadTypeOf[law]} ${law}/8000`),
      ...(opus ? [`a=rtpmap:${opus.payloadType} opus/48000/2`, `a=rtpmap:${opus.eventType} telephone-event/48000`] : []),
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
      const frame = this.mouth.nextDigitFrame(this.#isWide ? opusTicks : 1);
      const eventType = this.#isWide && this.#opus ? this.#opus.eventType : this.#eventType;
      if (!frame || eventType === null) return;
      if (frame.isFirst) this.#eventTimestamp = this.#now;
      return this.#send(eventType, this.#eventTimestamp, frame.payload, frame.isFirst);
    }
    const samples = this.mouth.nextFrame();
    if (this.#isWide && this.#opus && this.#mayspeak) {
      const bytes = randomBytes(60);
      this.opus.sent.push(bytes);
      return this.#send(this.#opus.payloadType, this.#now, bytes, false);
    }
    if (this.#mayspeak) this.#send(payloadTypeOf[this.#law], this.#timestamp, encodeG711(this.#law, samples), false);
  }

  get #now(): number {
    return Math.imul(this.#timestamp, this.#isWide ? opusTicks : 1) >>> 0;
  }

  #send(payloadType: number, timestamp: number, payload: Buffer, marker: boolean): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.sendRaw(writeRtp({ payloadType, marker, sequence: this.#sequence, timestamp, ssrc: this.#ssrc, payload }));
  }

  #receive(bytes: Buffer): void {
    const packet = parseRtp(bytes);
    if (!packet) return;
    if (this.packetsReceived++ === 0) this.#resolveConnected();
    if (this.heardTypes.at(-1) !== packet.payloadType) this.heardTypes.push(packet.payloadType);
    if (packet.payloadType === this.#opus?.payloadType) {
      this.opus.heard.push(Buffer.from(packet.payload));
      return;
    }
    const isWideEvent = packet.payloadType === this.#opus?.eventType;
    if (isWideEvent || packet.payloadType === this.#eventType) {
      for (const { digit } of this.#digits.receive(packet.timestamp, packet.payload, performance.now(), isWideEvent ? 48_000 : 8_000))
        this.#journal.note(`hears key ${digit}`);
      return;
    }
    const law = packet.payloadType === 0 ? 'PCMU' : packet.payloadType === 8 ? 'PCMA' : null;
    if (law) this.arrivals?.push({ sequence: packet.sequence, at: performance.now() });
    if (law) this.ears.hear(decodeG711(law, packet.payload));
  }
}
