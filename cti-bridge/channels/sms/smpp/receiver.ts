import { createHash, randomUUID } from 'node:crypto';
import { type Arrivals, type ArrivedText, unnamedKey } from '../../../interactions/index.ts';
import { type Clock, type Log, withTimeLimit } from '../../../kernel/index.ts';
import { readData, readShortMessage, type ShortMessage, type SmppAddress, ton } from './bodies.ts';
import { commands, type Pdu, tags } from './pdu.ts';
import { isReceipt, readReceipt } from './receipt.ts';
import type { SmppSession } from './session.ts';
import { readText } from './short-text.ts';
import { status } from './status.ts';

export interface ReceiverOptions {
  readonly lineId: string;
  /** How long storing may take before the network is told to come again. */
  readonly keepMs: number;
}

/** What is being stored at once; a network that sends more is told to wait. */
const mostAtOnce = 500;
/** For so long what came is taken for the same when it comes again, where the network may not know that we have it. */
const againMs = 10 * 60_000;
const mostAgain = 2_000;

interface Told {
  readonly session: SmppSession;
  /** The number of our answer. */
  readonly answer: number;
  readonly digest: string;
  readonly onceKey: string;
}

/**
 * Takes what the network delivers, and answers when it is stored. A network that did not get our answer delivers again, and has no name for
 * what it delivers: so what came with an answer that may have been lost is known by what is in it, for a while, and once.
 */
export class SmppReceiver {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #arrivals: Arrivals;
  readonly #options: ReceiverOptions;
  #storing = 0;
  /** Answered, and not yet known to be heard. */
  #told: Told[] = [];
  readonly #again = new Map<string, { readonly onceKey: string; readonly until: number }[]>();

  constructor(clock: Clock, log: Log, arrivals: Arrivals, options: ReceiverOptions) {
    this.#clock = clock;
    this.#log = log;
    this.#arrivals = arrivals;
    this.#options = options;
  }

  /** Never rejects. */
  async take(session: SmppSession, pdu: Pdu): Promise<void> {
    if (pdu.command !== commands.deliver && pdu.command !== commands.data) return session.refuse(pdu, status.badCommand);
    const read = pdu.command === commands.deliver ? readShortMessage(pdu.body) : readData(pdu.body);
    if (!read.ok) {
      this.#log.warn('sms:unreadable', { line: this.#options.lineId, bytes: pdu.body.length });
      session.answer(pdu, status.badCommandLength, emptyId);
      return;
    }
    if (this.#storing >= mostAtOnce) {
      session.answer(pdu, status.queueFull, emptyId);
      return;
    }
    this.#storing++;
    try {
      if (isReceipt(read.value)) await this.#takeReceipt(session, pdu, read.value);
      else await this.#takeText(session, pdu, read.value);
    } finally {
      this.#storing--;
    }
  }

  /** Answers that the other side may not have had. */
  sessionClosed(session: SmppSession): void {
    this.#forgetProven();
    for (const { digest, onceKey, session: of } of this.#told) if (of === session) this.#expectAgain(digest, onceKey);
    this.#told = this.#told.filter(({ session: of }) => of !== session);
  }

  async #takeReceipt(session: SmppSession, pdu: Pdu, message: ShortMessage): Promise<void> {
    const receipt = readReceipt(message, readText(message).text);
    // Nobody could say about which message it is, however often it came.
    if (!receipt) {
      this.#log.warn('sms:receiptUnreadable', { line: this.#options.lineId });
      session.answer(pdu, status.ok, emptyId);
      return;
    }
    const { lineId } = this.#options;
    const isKept = await this.#isStored(this.#arrivals.keepReceipt({ ...receipt, sourceId: lineId, at: this.#clock.now() }));
    session.answer(pdu, isKept ? status.ok : status.temporaryAppError, emptyId);
  }

  async #takeText(session: SmppSession, pdu: Pdu, message: ShortMessage): Promise<void> {
    const digest = createHash('sha256').update(pdu.body).digest('base64url');
    const named = message.tlvs.get(tags.receiptedMessageId)?.toString('latin1').replace(/\0.*$/s, '');
    const onceKey = named ? `id:${named}:${digest}` : (this.#cameAgain(digest) ?? unnamedKey(randomUUID()));
    const text: ArrivedText = {
      sourceId: this.#options.lineId,
      onceKey,
      receivedAt: this.#clock.now(),
      from: numberOf(message.source),
      to: numberOf(message.destination),
      ...readText(message),
    };
    if (!(await this.#isStored(this.#arrivals.keepText(text)))) {
      this.#expectAgain(digest, onceKey);
      session.answer(pdu, status.temporaryAppError, emptyId);
      return;
    }
    const answer = session.answer(pdu, status.ok, emptyId);
    if (answer === 0) this.#expectAgain(digest, onceKey);
    else {
      this.#forgetProven();
      this.#told.push({ session, answer, digest, onceKey });
    }
  }

  async #isStored(storing: Promise<unknown>): Promise<boolean> {
    try {
      await withTimeLimit(this.#clock, this.#options.keepMs, 'storing a text message', storing);
      return true;
    } catch (error) {
      this.#log.warn('sms:notStored', { line: this.#options.lineId, why: error instanceof Error ? error.message : String(error) });
      return false;
    }
  }

  #forgetProven(): void {
    this.#told = this.#told.filter(({ session, answer }) => answer > session.provenAnswers);
  }

  #expectAgain(digest: string, onceKey: string): void {
    const now = this.#clock.monotonic();
    if (this.#again.size >= mostAgain)
      for (const [key, list] of this.#again) if (list.every(({ until }) => until <= now)) this.#again.delete(key);
    if (this.#again.size >= mostAgain) return;
    this.#again.set(digest, [...(this.#again.get(digest) ?? []), { onceKey, until: now + againMs }]);
  }

  #cameAgain(digest: string): string | null {
    const now = this.#clock.monotonic();
    const [first, ...others] = (this.#again.get(digest) ?? []).filter(({ until }) => until > now);
    if (others.length > 0) this.#again.set(digest, others);
    else this.#again.delete(digest);
    return first?.onceKey ?? null;
  }
}

/** The one field of the answer is not used (§4.6.2), and must be there. */
const emptyId = Buffer.from([0]);

/** The network says beside the digits that they are international. */
function numberOf({ ton: kind, address }: SmppAddress): string {
  return kind === ton.international && /^\d+$/.test(address) ? `+${address}` : address;
}
