import type { ListedMail, MailboxServer, OpenMailbox } from '../../cti-bridge/channels/email/imap/mailbox-server.ts';
import type { LineTrouble } from '../../cti-bridge/channels/email/line-trouble.ts';
import type { Arrivals, MailboxMark, MailboxMarks, RawArrival } from '../../cti-bridge/interactions/index.ts';
import { type Clock, err, ok, type Result } from '../../cti-bridge/kernel/index.ts';

interface Lying extends ListedMail {
  readonly content: string;
  isRead: boolean;
}

type Step = 'open' | 'list' | 'read' | 'readHeader' | 'markRead';

/** A mail server with one mailbox, whose every step a test can make fail. */
export class MailboxInMemory implements MailboxServer {
  readonly #clock: Clock;
  mails: Lying[] = [];
  uidValidity = '1';
  uidNext = 1;
  /** Why it cannot be opened; null: it can. */
  trouble: LineTrouble | null = null;
  /** Called before each step; what it throws breaks the connection. */
  before: (step: Step, uid?: number) => void = () => {};
  /** When it was asked, in ms of the clock. */
  readonly openedAt: number[] = [];
  readonly #open = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  deliver(content: string, changed: { readonly bytes?: number; readonly receivedAt?: number; readonly isRead?: boolean } = {}): void {
    const { bytes = content.length, receivedAt = this.#clock.now(), isRead = false } = changed;
    this.mails.push({ uid: this.uidNext++, content, bytes, receivedAt, isRead });
    for (const tell of this.#open) tell();
  }

  /** As a server does that has lost its index: everything is there, under other numbers. */
  renumber(): void {
    this.uidValidity = String(Number(this.uidValidity) + 1);
    this.uidNext = 100;
    this.mails = this.mails.map((mail) => ({ ...mail, uid: this.uidNext++ }));
    this.breakOff();
  }

  breakOff(): void {
    for (const tell of [...this.#open]) tell();
    this.#open.clear();
  }

  async open(): Promise<Result<OpenMailbox, LineTrouble>> {
    this.openedAt.push(this.#clock.monotonic());
    if (this.trouble) return err(this.trouble);
    this.before('open');
    let news = () => {};
    let hasNews = false;
    const tell = () => {
      hasNews = true;
      news();
    };
    this.#open.add(tell);
    const step = (name: Step, uid?: number) => {
      if (!this.#open.has(tell)) throw new Error('the connection is gone');
      this.before(name, uid);
    };
    const find = (uid: number) => this.mails.find((mail) => mail.uid === uid);
    return ok({
      uidValidity: this.uidValidity,
      uidNext: this.uidNext,
      listAfter: async (uid) => {
        hasNews = false;
        step('list');
        return this.mails.filter((mail) => mail.uid > uid).slice(0, 3);
      },
      listUnread: async (since) => {
        step('list');
        return this.mails.filter((mail) => !mail.isRead && mail.receivedAt >= since);
      },
      read: async (uid) => {
        step('read', uid);
        const mail = find(uid);
        return mail ? chunks(mail.content) : null;
      },
      readHeader: async (uid) => {
        step('readHeader', uid);
        return Buffer.from(`${find(uid)?.content.split('\n\n')[0]}\r\n\r\n`);
      },
      markRead: async (uid) => {
        step('markRead', uid);
        const mail = find(uid);
        if (mail) mail.isRead = true;
      },
      waitForNews: (limitMs) =>
        new Promise((resolve, reject) => {
          const over = () => {
            timer.cancel();
            if (this.#open.has(tell)) resolve();
            else reject(new Error('the connection is gone'));
          };
          const timer = this.#clock.timer(limitMs, over);
          news = over;
          if (hasNews) over();
        }),
      close: async () => {
        this.#open.delete(tell);
        news();
      },
    });
  }
}

async function* chunks(content: string): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 1_000) yield Buffer.from(content.slice(at, at + 1_000));
}

export interface KeptMail extends Omit<RawArrival, 'content'> {
  readonly text: string;
}

/** A store of what arrives, by its once key; keeps the marks too. */
export class ArrivalsInMemory implements Pick<Arrivals, 'keep'>, MailboxMarks {
  readonly kept: KeptMail[] = [];
  readonly answers: string[] = [];
  readonly marks = new Map<string, MailboxMark>();
  /** What it throws is a store that fails; before and after something is written. */
  before: (what: 'keep' | 'mark') => void = () => {};
  after: (what: 'keep' | 'mark') => void = () => {};

  async keep({ content, ...arrival }: RawArrival): Promise<'kept' | 'known' | 'tooLarge'> {
    this.before('keep');
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part);
    const isKnown = this.kept.some(({ onceKey, sourceId }) => onceKey === arrival.onceKey && sourceId === arrival.sourceId);
    if (!isKnown) this.kept.push({ ...arrival, text: Buffer.concat(parts).toString() });
    this.answers.push(isKnown ? 'known' : 'kept');
    this.after('keep');
    return isKnown ? 'known' : 'kept';
  }

  async read(mailboxId: string): Promise<MailboxMark | null> {
    return this.marks.get(mailboxId) ?? null;
  }

  async write(mailboxId: string, mark: MailboxMark): Promise<void> {
    this.before('mark');
    this.marks.set(mailboxId, mark);
    this.after('mark');
  }
}
