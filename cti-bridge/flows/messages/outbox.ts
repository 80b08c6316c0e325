import type { MessageId } from '../../../shared/ids.ts';
import {
  type MessageCarrier,
  type OutboxEntry,
  type OutgoingFile,
  type OutgoingMail,
  type OutgoingText,
  providerIdForms,
  type SendOutcome,
  type StoredMessage,
} from '../../interactions/index.ts';
import type { Disposable } from '../../kernel/index.ts';
import { type MessageContext, messageLimits } from './context.ts';
import { notDelivered } from './not-delivered.ts';
import { tellMessage } from './tell.ts';

/** Who carries messages of which source; null: nobody does now, and it waits. */
export interface Carriers {
  mail(mailboxId: string): MessageCarrier<OutgoingMail> | null;
  text(lineId: string): MessageCarrier<OutgoingText> | null;
}

const atOnce = 50;
const mostRemembered = 10_000;
/** Before why it could not leave. */
const gaveUp = 'gaveUp:';

/**
 * Sends what is to be sent, each message once. Marked on disk as being sent before it is, so that one of which nobody knows is never sent again
 * by itself. What could not leave comes again, later and later; a day after it was written it has failed, and somebody is told.
 */
export class Outbox {
  readonly #context: MessageContext;
  readonly #carriers: Carriers;
  #timer: Disposable | undefined;
  #isLooking = false;
  #isAsked = false;
  #sending = 0;
  /** What somebody was told of; a receipt that comes again is no news. */
  readonly #told = new Set<string>();

  constructor(context: MessageContext, carriers: Carriers) {
    this.#context = context;
    this.#carriers = carriers;
  }

  /** At a start: what was on its way then may have been sent. */
  async resume(): Promise<void> {
    const { conversations, clock, log } = this.#context;
    const left = await conversations.outboxLeftBehind(clock.now());
    if (left.length > 0) log.warn('outbox:mayHaveBeenSent', { count: left.length });
    for (const message of left) this.#tellWhoseItIs(message);
    this.#lookForReceipts();
    this.wake();
  }

  wake(): void {
    this.#isAsked = true;
    if (this.#isLooking || this.#context.scope.isEnded) return;
    this.#isLooking = true;
    void this.#look().finally(() => {
      this.#isLooking = false;
      if (this.#isAsked) this.wake();
    });
  }

  async #look(): Promise<void> {
    const { conversations, clock, scope, log } = this.#context;
    try {
      while (this.#isAsked && !scope.isEnded) {
        this.#isAsked = false;
        const room = atOnce - this.#sending;
        if (room <= 0) return;
        const due = await conversations.claimOutbox(clock.now(), room);
        for (const entry of due) this.#start(entry);
        if (due.length === room) this.#isAsked = true;
      }
      const nextAt = await conversations.nextOutboxAt();
      void this.#timer?.dispose();
      if (nextAt !== null) this.#timer = scope.timer(Math.max(20, nextAt - clock.now()), () => this.wake());
    } catch (error) {
      log.error('outbox:notLooked', { error: String(error) });
      this.#timer = scope.timer(5_000, () => this.wake());
    }
  }

  #start(entry: OutboxEntry): void {
    const { scope, log } = this.#context;
    this.#sending++;
    scope.run(async () => {
      const outcome = await this.#send(entry, scope.signal);
      await this.#settle(entry, outcome).catch((error: unknown) =>
        // On its way still, as far as the disk knows: the next start says that it may have been sent.
        log.error('outbox:notSettled', { messageId: entry.messageId, outcome: outcome.kind, error: String(error) }),
      );
      this.#sending--;
      this.wake();
    });
  }

  async #send(entry: OutboxEntry, signal: AbortSignal): Promise<SendOutcome> {
    const { sourceId, messageId, to } = entry;
    const nobody: SendOutcome = { kind: 'notNow', why: 'Nothing is set up to send it.', retryAfterMs: null };
    if (entry.channel === 'sms') {
      const carrier = this.#carriers.text(sourceId);
      return carrier ? carrier.send({ messageId, lineId: sourceId, to: to[0]?.address ?? '', text: entry.text }, signal) : nobody;
    }
    const carrier = this.#carriers.mail(sourceId);
    const mailbox = this.#context.configuration().mailboxes.find(({ id }) => id === sourceId);
    if (!carrier || !mailbox) return nobody;
    const { conversations } = this.#context;
    const message = await conversations.readMessage(messageId);
    const from = message?.mail?.from ?? { address: mailbox.address, name: mailbox.sender.en };
    return carrier.send(
      {
        ...{ messageId, mailboxId: sourceId, internetMessageId: entry.internetId ?? '', from, to, cc: entry.cc, bcc: entry.bcc },
        ...{ subject: entry.subject, inReplyTo: entry.inReplyTo, references: entry.references, text: entry.text, html: entry.html },
        ...{ files: await this.#files(entry), isAutomatic: entry.isAutomatic },
      },
      signal,
    );
  }

  async #files({ fileIds }: OutboxEntry): Promise<readonly OutgoingFile[]> {
    const { conversations, files } = this.#context;
    const found: OutgoingFile[] = [];
    for (const fileId of fileIds) {
      const file = await conversations.readFile(fileId);
      if (!file) continue;
      const open = async function* () {
        const opened = await files.open('files', fileId);
        if (opened) yield* opened.content;
      };
      found.push({ ...file, open });
    }
    return found;
  }

  async #settle(entry: OutboxEntry, outcome: SendOutcome): Promise<void> {
    const { conversations, clock, log } = this.#context;
    const now = clock.now();
    const writtenAt = outcome.kind === 'notNow' ? (await conversations.readMessage(entry.messageId))?.at : undefined;
    const message = await conversations.settleOutbox(entry.messageId, this.#stateAfter(entry, outcome, now, writtenAt ?? now), now);
    if (outcome.kind !== 'taken')
      log.warn('outbox:notSent', { messageId: entry.messageId, outcome: outcome.kind, attempts: entry.attempts });
    if (message) this.#tellWhoseItIs(message);
  }

  /** Whoever has the conversation sees how it stands; of what went wrong somebody hears, also where nobody has it any more. */
  #tellWhoseItIs(message: StoredMessage): void {
    const { works, scope, log } = this.#context;
    tellMessage(works.ofConversation(message.conversationId), message, this.#context);
    const { state } = message;
    if (state?.name !== 'failed' && state?.name !== 'mayHaveBeenSent') return;
    const clientId = `${state.name}:${message.messageId}`;
    if (this.#told.has(clientId)) return;
    if (this.#told.size >= mostRemembered) this.#told.clear();
    this.#told.add(clientId);
    const news = { what: state.name, name: null, why: state.why ?? '', at: state.at, clientId };
    scope.run(() =>
      notDelivered(message, news, this.#context).catch((error: unknown) =>
        log.error('outbox:nobodyTold', { messageId: message.messageId, error: String(error) }),
      ),
    );
  }

  #stateAfter({ attempts, messageId, channel }: OutboxEntry, outcome: SendOutcome, now: number, writtenAt: number) {
    // A mail server's name for a mail brings no receipts: nobody would wait for one.
    const keys = (ids: readonly string[]) => (channel === 'sms' ? ids.map((id) => providerIdForms(id)[0] ?? id) : []);
    switch (outcome.kind) {
      case 'taken':
        return { state: 'sent' as const, why: null, providerKeys: keys(outcome.providerIds) };
      case 'refused':
        return { state: 'failed' as const, why: outcome.why, providerKeys: [] };
      case 'unknown':
        return { state: 'mayHaveBeenSent' as const, why: outcome.why, providerKeys: keys(outcome.providerIds) };
      case 'notNow': {
        const { retryFirst, retryLongest, lineRetryLongest, giveUpAfter } = messageLimits;
        const { retryAfterMs } = outcome;
        const longest = retryAfterMs === null ? retryLongest : lineRetryLongest;
        const waits = Math.max(retryAfterMs ?? 0, Math.min(longest, retryFirst * 2 ** Math.min(attempts - 1, 12)));
        if (now - writtenAt >= giveUpAfter) return { state: 'failed' as const, why: `${gaveUp} ${outcome.why}`, providerKeys: [] };
        return { state: 'queued' as const, why: outcome.why, nextAt: now + waits, messageId };
      }
    }
  }

  /** A text message that nobody said anything about for a day has no receipt. */
  #lookForReceipts(): void {
    const { conversations, clock, works, scope, log } = this.#context;
    scope.timer(600_000, () => this.#lookForReceipts());
    scope.run(async () => {
      const now = clock.now();
      const without = await conversations.withoutReceipt(now - messageLimits.receipt, now).catch((error: unknown) => {
        log.error('outbox:receiptsNotLookedFor', { error: String(error) });
        return [];
      });
      for (const message of without) tellMessage(works.ofConversation(message.conversationId), message, this.#context);
    });
  }

  /** The network said something of a message of ours. */
  async receiptCame(messageId: string): Promise<void> {
    const message = await this.#context.conversations.readMessage(messageId as MessageId);
    if (message) this.#tellWhoseItIs(message);
  }
}
