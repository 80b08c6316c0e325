import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { decodeG711, encodeG711, frameMs, frameSamples, parseRtp, toneAmplitude, writeRtp } from '../../../cti-bridge/media/index.ts';
import { attributeValues, parseSdp } from '../../../cti-bridge/media/sdp/session-description.ts';
import { Ears, type Journal, Mouth, type PhoneMedia } from '../../support/scripted-phone/index.ts';

/** A tone that was heard: its frequency, 0 for none; when the first packet of it came, and how long after the last one before. Monotonic ms. */
export interface HeardTone {
  readonly frequency: number;
  readonly at: number;
  readonly sincePacketMs: number;
}

const eventType = 101;
const silence = encodeG711('PCMU', new Int16Array(frameSamples));

/**
 * The sound of a caller of whom there are a hundred in one process: says silence, presses keys, and knows a few tones packet by packet. Its
 * frames are sent by whoever has the clock of all of them.
 */
export class ToneMedia implements PhoneMedia {
  readonly ears: Ears;
  readonly mouth = new Mouth();
  readonly connected = Promise.resolve();
  /** Changes of what is heard; `pressed` and `letGo` when the first and the first last packet of a key were sent. */
  onTone: ((tone: HeardTone) => void) | undefined;
  onKey: ((what: 'pressed' | 'letGo', at: number) => void) | undefined;
  packets = 0;
  /** Packets that came later than so after the one before. */
  readonly pauses: number[] = [];
  readonly #socket: Socket;
  readonly #tones: readonly number[];
  readonly #ssrc = randomBytes(4).readUInt32BE();
  #remote: { readonly host: string; readonly port: number } | undefined;
  #sequence = 0;
  #timestamp = 0;
  #eventTimestamp = 0;
  #hasLetGo = false;
  #hearing = 0;
  #packetAt = 0;
  #isClosed = false;

  private constructor(socket: Socket, journal: Journal, tones: readonly number[]) {
    this.#socket = socket;
    this.#tones = tones;
    this.ears = new Ears(journal, null);
    socket.on('message', (bytes: Buffer) => this.#receive(bytes));
  }

  static async open(journal: Journal, tones: readonly number[]): Promise<ToneMedia> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new ToneMedia(socket, journal, tones);
  }

  offer(): Promise<string> {
    const lines = ['v=0', 'o=tones 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'];
    const audio = [`m=audio ${this.#socket.address().port} RTP/AVP 0 ${eventType}`, 'a=rtpmap:0 PCMU/8000'];
    const events = [`a=rtpmap:${eventType} telephone-event/8000`, `a=fmtp:${eventType} 0-15`, 'a=ptime:20', 'a=sendrecv', ''];
    return Promise.resolve([...lines, ...audio, ...events].join('\r\n'));
  }

  answer(): Promise<string> {
    throw new Error('these callers call and are not called');
  }

  accept(answer: string): Promise<void> {
    const parsed = parseSdp(answer);
    const media = parsed.ok ? parsed.value.media.find(({ kind }) => kind === 'audio') : undefined;
    if (!parsed.ok || !media) throw new Error(`an answer without sound:\n${answer}`);
    if (!attributeValues(media.attributes, 'rtpmap').some((value) => value.includes('telephone-event')))
      throw new Error(`an answer without keys:\n${answer}`);
    this.#remote = { host: media.connection?.address ?? parsed.value.connection?.address ?? '127.0.0.1', port: media.port };
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#isClosed = true;
    this.#remote = undefined;
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }

  tick(): void {
    this.#timestamp = (this.#timestamp + frameSamples) >>> 0;
    if (!this.#remote) return;
    if (!this.mouth.isPressing) return this.#send(0, this.#timestamp, silence, false);
    const frame = this.mouth.nextDigitFrame();
    if (!frame) return;
    if (frame.isFirst) {
      this.#eventTimestamp = this.#timestamp;
      this.#hasLetGo = false;
    }
    this.#send(eventType, this.#eventTimestamp, frame.payload, frame.isFirst);
    if (frame.isFirst) this.onKey?.('pressed', performance.now());
    // The end bit of RFC 4733: the key is up.
    if (((frame.payload[1] ?? 0) & 0x80) !== 0 && !this.#hasLetGo) {
      this.#hasLetGo = true;
      this.onKey?.('letGo', performance.now());
    }
  }

  #send(payloadType: number, timestamp: number, payload: Buffer, marker: boolean): void {
    if (!this.#remote) return;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const packet = writeRtp({ payloadType, marker, sequence: this.#sequence, timestamp, ssrc: this.#ssrc, payload });
    this.#socket.send(packet, this.#remote.port, this.#remote.host);
  }

  #receive(bytes: Buffer): void {
    const packet = parseRtp(bytes);
    if (packet?.payloadType !== 0) return;
    const at = performance.now();
    const sincePacketMs = this.#packetAt === 0 ? 0 : at - this.#packetAt;
    this.#packetAt = at;
    this.packets++;
    if (sincePacketMs > 3 * frameMs) this.pauses.push(sincePacketMs);
    const samples = decodeG711('PCMU', packet.payload);
    const frequency = this.#tones.find((each) => toneAmplitude(samples, each) > 2_000) ?? 0;
    if (frequency === this.#hearing) return;
    this.#hearing = frequency;
    this.onTone?.({ frequency, at, sincePacketMs });
  }
}
