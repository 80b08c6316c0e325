import {
  type Bind,
  esm,
  npi,
  readBind,
  readShortMessage,
  type ShortMessage,
  ton,
  writeShortMessage,
} from '../../cti-bridge/channels/sms/smpp/bodies.ts';
import {
  answerBit,
  answerTo,
  commands,
  isAnswer,
  type Pdu,
  PduFramer,
  tags,
  writePdu,
  writeText,
} from '../../cti-bridge/channels/sms/smpp/pdu.ts';
import { readText, writeParts } from '../../cti-bridge/channels/sms/smpp/short-text.ts';
import { status } from '../../cti-bridge/channels/sms/smpp/status.ts';
import type { Clock } from '../../cti-bridge/kernel/index.ts';
import type { Misbehaviour } from './misbehaviour.ts';

export interface SmscOptions {
  readonly clock: Clock;
  /** Null: whoever comes is let in. */
  readonly account: { readonly systemId: string; readonly password: string } | null;
  /** How long after a message was taken its phone has it. */
  readonly deliveredAfterMs: number;
  /** What it does wrong, and how often (from 0 to 1) when it could. */
  readonly misbehaviour?: Misbehaviour | null;
  readonly chance?: number;
  readonly random?: () => number;
}

/** What the network took from us: one part. */
export interface TakenPart {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly part: { readonly reference: number; readonly total: number; readonly index: number } | null;
}

/** The other end of one connection. */
export interface SmscSocket {
  write(bytes: Uint8Array): void;
  close(): void;
}

interface Client {
  readonly socket: SmscSocket;
  readonly framer: PduFramer;
  isBound: boolean;
  isOver: boolean;
  /** Takes everything and says nothing. */
  isDeaf: boolean;
  sequence: number;
  /** Answers that are held back, to be given in another order. */
  readonly held: Buffer[];
  readonly delivering: Map<number, Delivery>;
}

/** Towards us: a customer's text, or a receipt. Kept until it is answered with 0. */
interface Delivery {
  readonly body: Buffer;
  readonly isText: boolean;
}

const retryMs = 5_000;

/** A network's center for text messages, as much of it as one who sends and receives can see (SMPP 3.4). */
export class SimulatedSmsc {
  readonly taken: TakenPart[] = [];
  readonly #options: SmscOptions;
  readonly #clients = new Set<Client>();
  readonly #waiting: Delivery[] = [];
  readonly #listeners = new Set<(part: TakenPart) => void>();
  #lastId: number;
  #lastReference = 0;
  #refusedBinds = 0;
  #misbehaviour: Misbehaviour | null;
  /** How often it went wrong. */
  wrongs = 0;

  constructor(options: SmscOptions) {
    this.#options = options;
    this.#misbehaviour = options.misbehaviour ?? null;
    this.#lastId = 1_000 + Math.floor((options.random?.() ?? 0) * 1_000_000);
  }

  get misbehaviour(): Misbehaviour | null {
    return this.#misbehaviour;
  }

  behave(misbehaviour: Misbehaviour | null): void {
    this.#misbehaviour = misbehaviour;
  }

  get boundClients(): number {
    return [...this.#clients].filter(({ isBound }) => isBound).length;
  }

  /** What was not delivered to us yet. */
  get undelivered(): number {
    return this.#waiting.length + [...this.#clients].reduce((sum, { delivering }) => sum + delivering.size, 0);
  }

  onTaken(listener: (part: TakenPart) => void): void {
    this.#listeners.add(listener);
  }

  /** A customer sends a text; it is delivered as soon as somebody is there, in parts where it is long. */
  text(from: string, to: string, text: string): void {
    const international = /^\+\d+$/.test(from);
    const source = { ton: international ? ton.international : ton.unknown, npi: npi.isdn, address: from.replace(/^\+/, '') };
    const destination = { ton: ton.unknown, npi: npi.isdn, address: to };
    for (const { esmClass, dataCoding, bytes } of writeParts(text, this.#lastReference++ & 0xff))
      this.deliver({ source, destination, esmClass, registeredDelivery: 0, dataCoding, bytes, tlvs: new Map() });
  }

  /** Anything, as it is. */
  deliver(message: ShortMessage, isText = true): void {
    this.#waiting.push({ body: writeShortMessage(message), isText });
    this.#flush();
  }

  /** A connection comes in. */
  accept(socket: SmscSocket): { bytes(chunk: Uint8Array): void; closed(): void } {
    const client: Client = {
      socket,
      framer: new PduFramer(),
      isBound: false,
      isOver: false,
      isDeaf: false,
      sequence: 0,
      held: [],
      delivering: new Map(),
    };
    this.#clients.add(client);
    return {
      bytes: (chunk) => {
        if (client.isOver || client.isDeaf) return;
        const { pdus, broken } = client.framer.push(chunk);
        for (const pdu of pdus) if (!client.isOver && !client.isDeaf) this.#on(client, pdu);
        if (broken !== null) this.#drop(client);
      },
      closed: () => this.#gone(client),
    };
  }

  /** As after a restart that kept the connections: nobody has logged in. */
  forgetLogIns(): void {
    for (const client of this.#clients) client.isBound = false;
  }

  /** Everybody is cut off. */
  dropAll(): void {
    for (const client of [...this.#clients]) this.#drop(client);
  }

  #on(client: Client, pdu: Pdu): void {
    if (isAnswer(pdu.command)) return this.#onAnswer(client, pdu);
    switch (pdu.command) {
      case commands.bindTransceiver:
        return this.#onBind(client, pdu);
      case commands.enquireLink:
        return this.#answer(client, pdu, status.ok);
      case commands.unbind:
        this.#answer(client, pdu, status.ok);
        return this.#drop(client);
      case commands.submit:
        return client.isBound ? this.#onSubmit(client, pdu) : this.#answer(client, pdu, status.notBound);
      default:
        return this.#send(client, { ...pdu, command: commands.genericNack, status: status.badCommand, body: Buffer.alloc(0) });
    }
  }

  #onBind(client: Client, pdu: Pdu): void {
    const bind = readBind(pdu.body);
    const code = bind.ok ? this.#judge(bind.value) : status.badCommandLength;
    this.#answer(client, pdu, code, writeText('SIMULATED'));
    if (code !== status.ok) return;
    client.isBound = true;
    this.#flush();
  }

  #judge({ systemId, password }: Bind): number {
    const { account } = this.#options;
    if (this.#refusedBinds > 0) {
      this.#refusedBinds--;
      return status.bindFailed;
    }
    if (!account) return status.ok;
    if (systemId !== account.systemId) return status.badSystemId;
    return password === account.password ? status.ok : status.badPassword;
  }

  #onSubmit(client: Client, pdu: Pdu): void {
    const read = readShortMessage(pdu.body);
    if (!read.ok) return this.#answer(client, pdu, status.badCommandLength);
    if (this.#isWrong('dropsBeforeTaking')) return this.#drop(client);
    if (this.#isWrong('throttles')) return this.#answer(client, pdu, this.#luck() < 0.5 ? status.throttled : status.queueFull);
    if (this.#isWrong('refuses')) return this.#answer(client, pdu, status.badDestination);
    if (this.#isWrong('nacks'))
      return this.#send(client, { ...pdu, command: commands.genericNack, status: status.badCommandLength, body: Buffer.alloc(0) });
    if (this.#isWrong('halfOpen')) {
      client.isDeaf = true;
      return;
    }
    if (this.#isWrong('restarts')) {
      this.#refusedBinds = 1;
      this.#send(client, { command: commands.unbind, status: 0, sequence: ++client.sequence, body: Buffer.alloc(0) });
      return;
    }
    const id = String(++this.#lastId);
    this.#take(id, read.value);
    if (this.#isWrong('dropsAfterTaking')) return this.#drop(client);
    if (this.#isWrong('neverAnswers')) return this.#receipt(read.value, id);
    if (this.#isWrong('badLength')) return client.socket.write(Buffer.from([0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    if (this.#isWrong('wrongSequence')) {
      this.#send(client, { command: answerTo(commands.submit), status: 0, sequence: pdu.sequence + 77, body: writeText('nobody') });
      this.#send(client, { command: answerTo(commands.enquireLink), status: 0, sequence: pdu.sequence, body: Buffer.alloc(0) });
    }
    if (this.#isWrong('receiptFirst')) this.#receipt(read.value, id, 0);
    else this.#receipt(read.value, id);
    this.#answer(client, pdu, status.ok, writeText(id));
    if (this.#isWrong('cutsShort'))
      this.#send(client, { command: commands.deliver, status: 0, sequence: ++client.sequence, body: Buffer.from([0, 1]) });
  }

  #take(id: string, message: ShortMessage): void {
    const part: TakenPart = { id, from: message.source.address, to: message.destination.address, ...readText(message) };
    this.taken.push(part);
    for (const listener of this.#listeners) listener(part);
  }

  /** After its time, so often as it is said. */
  #receipt(message: ShortMessage, id: string, afterMs = this.#options.deliveredAfterMs): void {
    if (message.registeredDelivery !== 1 || this.#isWrong('receiptNever')) return;
    const isHex = this.#isWrong('receiptHex');
    const named = isHex ? Number(id).toString(16).toUpperCase().padStart(10, '0') : id;
    const isFields = this.#isWrong('receiptInFields');
    const text = isFields
      ? 'your message'
      : `id:${named} sub:001 dlvrd:001 submit date:2611230900 done date:2611230901 stat:DELIVRD err:000 text:`;
    const receipt: ShortMessage = {
      source: message.destination,
      destination: message.source,
      esmClass: esm.receipt,
      registeredDelivery: 0,
      dataCoding: 0,
      bytes: Buffer.from(text, 'latin1'),
      tlvs: new Map(
        isFields
          ? [
              [tags.receiptedMessageId, writeText(named)],
              [tags.messageState, Buffer.from([2])],
            ]
          : [],
      ),
    };
    const times = this.#isWrong('receiptTwice') ? 2 : 1;
    const send = () => {
      for (let n = 0; n < times; n++) this.deliver(receipt, false);
    };
    if (afterMs === 0) send();
    else this.#options.clock.timer(afterMs, send);
  }

  #flush(): void {
    const client = [...this.#clients].find(({ isBound, isOver, isDeaf }) => isBound && !isOver && !isDeaf);
    if (!client) return;
    for (const delivery of this.#waiting.splice(0)) {
      const sequence = ++client.sequence;
      client.delivering.set(sequence, delivery);
      this.#send(client, { command: commands.deliver, status: 0, sequence, body: delivery.body });
    }
  }

  #onAnswer(client: Client, pdu: Pdu): void {
    const delivery = client.delivering.get(pdu.sequence);
    if (!delivery || pdu.command !== (commands.deliver | answerBit) >>> 0) return;
    if (delivery.isText && this.#isWrong('deliversAgain')) return this.#drop(client);
    client.delivering.delete(pdu.sequence);
    if (pdu.status === status.ok) return;
    this.#options.clock.timer(retryMs, () => {
      this.#waiting.push(delivery);
      this.#flush();
    });
  }

  #answer(client: Client, { command, sequence }: Pdu, code: number, body: Buffer = Buffer.alloc(0)): void {
    const bytes = writePdu({ command: answerTo(command), status: code, sequence, body: code === status.ok ? body : Buffer.alloc(0) });
    if (command !== commands.submit || !this.#isWrong('reversed')) return this.#write(client, bytes);
    client.held.push(bytes);
    if (client.held.length > 1) return;
    this.#options.clock.timer(50, () => {
      for (const held of client.held.splice(0).reverse()) this.#write(client, held);
    });
  }

  #send(client: Client, pdu: Pdu): void {
    this.#write(client, writePdu(pdu));
  }

  #write(client: Client, bytes: Buffer): void {
    if (client.isOver) return;
    if (!this.#isWrong('trickles')) return client.socket.write(bytes);
    for (const byte of bytes) client.socket.write(Uint8Array.of(byte));
  }

  /** It does so now. */
  #isWrong(what: Misbehaviour): boolean {
    const isSo = this.#misbehaviour === what && this.#luck() < (this.#options.chance ?? 1);
    if (isSo) this.wrongs++;
    return isSo;
  }

  #luck(): number {
    return (this.#options.random ?? Math.random)();
  }

  #drop(client: Client): void {
    if (client.isOver) return;
    client.socket.close();
    this.#gone(client);
  }

  /** What was not answered is delivered again. */
  #gone(client: Client): void {
    client.isOver = true;
    this.#clients.delete(client);
    this.#waiting.unshift(...client.delivering.values());
    client.delivering.clear();
    this.#flush();
  }
}
