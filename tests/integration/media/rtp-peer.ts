import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import {
  DigitReceiver,
  DigitSender,
  decodeG711,
  encodeG711,
  frameMs,
  frameSamples,
  type Law,
  OutboundStream,
  type Pacer,
  parseRtp,
  type ReceivedDigit,
  type RtpPacket,
  readAnswer,
  startPacer,
  ToneListener,
  tone,
  writeRtp,
} from '../../../cti-bridge/media/index.ts';

/** A telephone without signalling: sends a tone, hears what comes, presses keys. */
export class RtpPeer {
  readonly host: string;
  readonly law: Law;
  readonly listener = new ToneListener();
  readonly digits: ReceivedDigit[] = [];
  readonly packets: RtpPacket[] = [];
  readonly #socket: Socket;
  readonly #stream = new OutboundStream();
  readonly #keys = new DigitSender();
  readonly #pressed = new DigitReceiver();
  #pacer: Pacer | null = null;
  #frequency = 0;
  #position = 0;
  #target: { port: number; address: string } | null = null;
  #watchers: (() => void)[] = [];

  static async open(law: Law = 'PCMA', host = '127.0.0.1'): Promise<RtpPeer> {
    const socket = createSocket('udp4');
    socket.bind(0, host);
    await once(socket, 'listening');
    return new RtpPeer(socket, law, host);
  }

  private constructor(socket: Socket, law: Law, host: string) {
    this.#socket = socket;
    this.law = law;
    this.host = host;
    socket.on('message', (bytes) => {
      const packet = parseRtp(bytes);
      if (!packet) return;
      this.packets.push(packet);
      if (packet.payloadType === 101) this.digits.push(...this.#pressed.receive(packet.timestamp, packet.payload, performance.now()));
      else this.listener.hear(decodeG711(packet.payloadType === 8 ? 'PCMA' : 'PCMU', packet.payload));
      for (const watcher of [...this.#watchers]) watcher();
    });
  }

  get port(): number {
    return this.#socket.address().port;
  }

  sdp(direction = 'sendrecv', version = 1): string {
    const payloadType = this.law === 'PCMA' ? 8 : 0;
    return [
      'v=0',
      `o=peer 1 ${version} IN IP4 ${this.host}`,
      's=-',
      `c=IN IP4 ${this.host}`,
      't=0 0',
      `m=audio ${this.port} RTP/AVP ${payloadType} 101`,
      `a=rtpmap:${payloadType} ${this.law}/8000`,
      'a=rtpmap:101 telephone-event/8000',
      `a=${direction}`,
      '',
    ].join('\r\n');
  }

  /** Sends a tone to where the other side's SDP says; frequency 0 is silence. */
  talk(farSdp: string, frequency: number): void {
    const far = readAnswer(farSdp);
    if (!far.ok) throw new Error(far.error.message);
    this.#target = { port: far.value.remotePort, address: far.value.remoteAddress };
    this.#frequency = frequency;
    this.#pacer ??= startPacer(frameMs, () => this.#sendFrame());
  }

  mute(): void {
    this.#pacer?.stop();
    this.#pacer = null;
  }

  press(digit: string): void {
    this.#keys.enqueue(digit, 100);
  }

  sendRaw(bytes: Buffer): void {
    if (this.#target) this.#socket.send(bytes, this.#target.port, this.#target.address);
  }

  /** Waits until what came in makes it true. */
  until(what: string, isTrue: () => boolean, limitMs = 5000): Promise<void> {
    if (isTrue()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!isTrue()) return;
        clearTimeout(timer);
        this.#watchers = this.#watchers.filter((each) => each !== check);
        resolve();
      };
      const timer = setTimeout(() => reject(new Error(`never: ${what}`)), limitMs);
      this.#watchers.push(check);
    });
  }

  hears(frequency: number, limitMs = 5000): Promise<void> {
    return this.until(`hears ${frequency} Hz`, () => this.listener.hears(frequency), limitMs);
  }

  close(): void {
    this.mute();
    this.#socket.close();
  }

  #sendFrame(): void {
    if (!this.#target) return;
    if (this.#keys.isBusy) {
      const key = this.#keys.next();
      if (key?.isFirst) this.#keyStart = this.#stream.timestamp;
      if (key) this.sendRaw(writeRtp(this.#stream.event(101, key.payload, key.isFirst, this.#keyStart)));
    } else {
      const samples = tone(this.#frequency, frameMs, 8000, this.#position);
      this.#position += frameSamples;
      this.sendRaw(writeRtp(this.#stream.audio(this.law === 'PCMA' ? 8 : 0, encodeG711(this.law, samples))));
    }
    this.#stream.advance();
  }

  #keyStart = 0;
}
