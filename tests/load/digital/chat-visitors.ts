/** Visitors of the demo shop in one process, started by `chats.ts`: each has the chat open as the widget has it, writes now and then and reads what comes. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { chatWireVersion } from '../../../shared/contracts/messages/chat-limits.ts';
import type { FromVisitor, ToVisitor } from '../../../shared/contracts/messages/chat-widget.ts';
import { serveOrders } from './load-process.ts';
import { clockMs, evenly, stamped, stampOf, Tally, until } from './stamps.ts';

export interface Talk {
  readonly sent: number;
  /** From writing to the word that it is stored, in ms. */
  readonly written: readonly number[];
  /** From the agent's sending to the widget, in ms. */
  readonly answers: readonly number[];
  readonly refused: number;
  /** Lines that were never said to be stored, and gaps and repeats in the numbers of lines. */
  readonly notWritten: number;
  readonly outOfOrder: number;
}

export type ChatOrders = typeof orders;

/** One address has at most 300 connections and ten new ones a second. */
const visitorsOfAnAddress = 50;
const form = { email: null, phone: null, topic: 'Moving office' };
const words = 'Can the two lines come with us when we move, and what would that cost?';

let lastNumber = 0;
let written: number[] = [];
let answers: number[] = [];
let sent: number[] = [];
let tally = new Tally();
let refused = 0;
let outOfOrder = 0;

class Visitor {
  isWithAgent = false;
  readonly #socket: WebSocket;
  #lastSeq = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#told(JSON.parse(String(data)) as ToVisitor));
    socket.on('error', () => {}); // told by what is missing
  }

  static async open(url: string, index: number): Promise<Visitor> {
    const localAddress = `127.0.1.${1 + Math.floor(index / visitorsOfAnAddress)}`;
    const socket = new WebSocket(url, { origin: 'https://shop.example', localAddress, perMessageDeflate: false });
    await once(socket, 'open');
    const visitor = new Visitor(socket);
    const page = { url: 'https://shop.example/move', title: 'Move your lines' };
    const name = `Visitor ${index}`;
    visitor.#send({ kind: 'open', version: chatWireVersion, token: null, lastSeq: 0, locale: 'en', form: { ...form, name }, page });
    visitor.write(false);
    return visitor;
  }

  write(isCounted: boolean): void {
    const number = ++lastNumber;
    if (isCounted) {
      sent.push(number);
      this.#send({ kind: 'typing' });
    }
    this.#send({ kind: 'write', clientId: `line-${String(number).padStart(8, '0')}`, text: stamped(words, number) });
  }

  close(): void {
    this.#socket.close();
  }

  #told(told: ToVisitor): void {
    if (told.kind === 'state') this.isWithAgent = told.state.state === 'withAgent';
    else if (told.kind === 'opened') this.isWithAgent ||= told.state.state === 'withAgent';
    else if (told.kind === 'refused') refused++;
    else if (told.kind === 'written') {
      this.#count(told.line.seq);
      const stamp = stampOf(told.line.text);
      if (!stamp) return;
      tally.add(stamp.number);
      written.push(clockMs() - stamp.atMs);
    } else if (told.kind === 'line') {
      this.#count(told.line.seq);
      const stamp = told.line.by === 'agent' ? stampOf(told.line.text) : null;
      if (!stamp) return;
      answers.push(clockMs() - stamp.atMs);
      this.#send({ kind: 'read', seq: told.line.seq });
    }
  }

  #count(seq: number): void {
    if (seq !== this.#lastSeq + 1) outOfOrder++;
    this.#lastSeq = seq;
  }

  #send(frame: FromVisitor): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}

const visitors: Visitor[] = [];

const orders = {
  /** So many chats more; resolves with how many of all are with an agent, when all are or a minute is over. */
  async open(url: string, count: number): Promise<number> {
    const opening: Promise<void>[] = [];
    const before = visitors.length;
    await evenly(50, (count * 1_000) / 50, (index) => {
      opening.push(Visitor.open(url, before + index).then((visitor) => void visitors.push(visitor)));
    });
    await Promise.all(opening);
    await until(() => visitors.every(({ isWithAgent }) => isWithAgent), 60_000);
    return visitors.filter(({ isWithAgent }) => isWithAgent).length;
  },

  /** Each writes a line every so often. */
  async talk(everyMs: number, forMs: number): Promise<Talk> {
    [written, answers, sent, tally, refused, outOfOrder] = [[], [], [], new Tally(), 0, 0];
    const talking = [...visitors];
    await evenly((talking.length * 1_000) / everyMs, forMs, (index) => talking[index % talking.length]?.write(true));
    await until(() => answers.length >= sent.length, 5_000);
    return { sent: sent.length, written, answers, refused, notWritten: tally.judge(sent).lost, outOfOrder };
  },

  /** The one who came last writes so many lines. */
  async writeAlone(lines: number, everyMs: number): Promise<void> {
    const last = visitors.at(-1);
    await evenly(1_000 / everyMs, lines * everyMs, () => last?.write(false));
  },

  async close(): Promise<void> {
    for (const visitor of visitors.splice(0)) visitor.close();
  },
};

serveOrders(orders);
