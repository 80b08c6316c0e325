import type { Arrivals, MailboxMarks } from '../../../interactions/index.ts';
import { type Clock, type Log, type Result, type TimerHandle, withTimeLimit } from '../../../kernel/index.ts';
import type { LineReport } from '../line-states.ts';
import type { LineTrouble } from '../line-trouble.ts';
import type { Spool } from '../spool.ts';
import { leftOut } from './left-out.ts';
import type { ListedMail, MailboxServer, OpenMailbox } from './mailbox-server.ts';

export interface MailboxReaderParts {
  readonly mailboxId: string;
  /** As it is set up now; asked anew before each connection. An error is why it cannot be reached, in plain words. */
  readonly server: () => Result<MailboxServer, string>;
  readonly arrivals: Pick<Arrivals, 'keep'>;
  readonly marks: MailboxMarks;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly log: Log;
  readonly report: LineReport;
  /** A larger mail is left in the mailbox, and a note of it is kept. */
  readonly mailBytes: number;
}

/** Two connections to one server begin at least so far apart. */
const attemptEveryMs = 60_000;
const longestPauseMs = 15 * 60_000;
/** Servers that promise to tell and do not are asked; also what keeps the connection from being forgotten on its way. */
const lookEveryMs = 4 * 60_000;
/** What is stored after all is known when it is offered again. */
const storeMs = 2 * 60_000;
const storeAgainMs = 5_000;
const longestStorePauseMs = 60_000;
/** Of a mailbox that we see for the first time. */
const unreadSinceMs = 30 * 24 * 3_600_000;
/** That often a mail may fail to be read before a note of it takes its place: it would hold up all that came after. */
const readAttempts = 3;

/** How far we are over this connection; null before we know. */
interface Place {
  lastUid: number | null;
}

/** What arrived could not be stored; it is not lost, and the server need not be asked again for that. */
class NotStored extends Error {}

/**
 * Takes in what arrives in one mailbox, in the order in which it came, for as long as it runs.
 *
 *     connect ─▶ where were we? ─▶ list ─▶ read ─▶ keep ─▶ mark ─▶ \Seen ─▶ … wait ─▶ list …
 *        ▲                                                                      │
 *        └──────────────── broken: not before a minute since the last ──────────┘
 *
 * Killed between any two steps, the next run begins at the mark: what was kept and not marked is `known`, by the digest of its bytes. That
 * digest, not `uidValidity:uid`, is what an arrival is known by, because it stays when a server numbers its messages anew.
 *
 * A mailbox that we never saw, and one whose numbers begin anew (another UIDVALIDITY, RFC 3501 2.3.1.1; or a next number below ours), is not
 * taken in as a whole: only what nobody has read, of the last 30 days. What we took is marked as read, and where that was lost its digest tells.
 * The new numbers are marked only after all of it, so that a kill on the way begins again here.
 */
export class MailboxReader {
  readonly #parts: MailboxReaderParts;
  readonly #stop = new AbortController();
  readonly #failedReads = new Map<string, number>();
  #running: Promise<void> | undefined;
  #lastAttemptAt = Number.NEGATIVE_INFINITY;
  #failures = 0;

  constructor(parts: MailboxReaderParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** A mail that is being stored is stored first. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, report, log, mailboxId } = this.#parts;
    report.connecting();
    while (!this.#stop.signal.aborted) {
      this.#lastAttemptAt = clock.monotonic();
      const trouble = await this.#once().catch((error: unknown): LineTrouble => ({ why: String(error), isLogin: false }));
      if (this.#stop.signal.aborted) return;
      this.#failures++;
      // A connection that stood for a while is opened again at once, a wrong password is tried less and less often.
      const apartMs = trouble.isLogin ? Math.min(longestPauseMs, attemptEveryMs * 2 ** Math.min(10, this.#failures - 1)) : attemptEveryMs;
      const pauseMs = Math.max(1_000, this.#lastAttemptAt + apartMs - clock.monotonic());
      log.warn('mail:cannotReceive', { mailbox: mailboxId, why: trouble.why, retryInMs: pauseMs });
      report.down(trouble.why);
      await this.#pause(pauseMs);
    }
  }

  /** From one connection to its end; tells why it ended. */
  async #once(): Promise<LineTrouble> {
    const server = this.#parts.server();
    if (!server.ok) return { why: server.error, isLogin: true };
    const opened = await server.value.open(this.#stop.signal);
    if (!opened.ok) return opened.error;
    const mailbox = opened.value;
    const close = () => void mailbox.close();
    this.#stop.signal.addEventListener('abort', close, { once: true });
    try {
      return await this.#serve(mailbox);
    } finally {
      this.#stop.signal.removeEventListener('abort', close);
      await mailbox.close();
    }
  }

  async #serve(mailbox: OpenMailbox): Promise<LineTrouble> {
    const { report, log, mailboxId } = this.#parts;
    const place: Place = { lastUid: null };
    let storePauseMs = storeAgainMs;
    for (;;) {
      try {
        await this.#catchUp(mailbox, place);
        this.#failures = 0;
        report.up();
        storePauseMs = storeAgainMs;
        await mailbox.waitForNews(lookEveryMs);
      } catch (error) {
        if (this.#stop.signal.aborted) return { why: 'stopped', isLogin: false };
        if (!(error instanceof NotStored)) return { why: error instanceof Error ? error.message : String(error), isLogin: false };
        log.error('mail:notStored', { mailbox: mailboxId, error: error.message });
        report.down('What arrives cannot be stored at the moment. It waits in the mailbox.');
        await this.#pause(storePauseMs);
        storePauseMs = Math.min(longestStorePauseMs, storePauseMs * 2);
      }
      if (this.#stop.signal.aborted) return { why: 'stopped', isLogin: false };
    }
  }

  /** Until nothing is new. */
  async #catchUp(mailbox: OpenMailbox, place: Place): Promise<void> {
    const { uidValidity } = mailbox;
    place.lastUid ??= await this.#beginning(mailbox);
    for (;;) {
      const listed = await mailbox.listAfter(place.lastUid);
      if (listed.length === 0) return;
      for (const mail of listed) {
        if (this.#stop.signal.aborted) throw new Error('stopped');
        const isTaken = await this.#take(mailbox, mail);
        await this.#stored(this.#parts.marks.write(this.#parts.mailboxId, { uidValidity, lastUid: mail.uid }));
        place.lastUid = mail.uid;
        if (isTaken) await mailbox.markRead(mail.uid);
      }
    }
  }

  /** Up to which number everything is taken. */
  async #beginning(mailbox: OpenMailbox): Promise<number> {
    const { marks, mailboxId, clock, log } = this.#parts;
    const mark = await this.#stored(marks.read(mailboxId));
    if (mark?.uidValidity === mailbox.uidValidity && mark.lastUid < mailbox.uidNext) return mark.lastUid;
    const unread = await mailbox.listUnread(clock.now() - unreadSinceMs);
    log.info('mail:numbersBegin', { mailbox: mailboxId, isNew: mark === null, unread: unread.length });
    for (const mail of unread) {
      if (this.#stop.signal.aborted) throw new Error('stopped');
      if (await this.#take(mailbox, mail)) await mailbox.markRead(mail.uid);
    }
    const lastUid = Math.max(mailbox.uidNext - 1, unread.at(-1)?.uid ?? 0);
    await this.#stored(marks.write(mailboxId, { uidValidity: mailbox.uidValidity, lastUid }));
    return lastUid;
  }

  /** False: it stays unread in the mailbox, or is no longer there. */
  async #take(mailbox: OpenMailbox, mail: ListedMail): Promise<boolean> {
    const { spool, log, mailboxId, mailBytes } = this.#parts;
    const name = `${mailbox.uidValidity}:${mail.uid}`;
    if (mail.bytes > mailBytes) return this.#leaveOut(mailbox, mail, 'tooLarge');
    if ((this.#failedReads.get(name) ?? 0) >= readAttempts) return this.#leaveOut(mailbox, mail, 'unreadable');
    this.#failedReads.set(name, (this.#failedReads.get(name) ?? 0) + 1);
    const content = await mailbox.read(mail.uid);
    if (!content) {
      this.#failedReads.delete(name);
      log.info('mail:gone', { mailbox: mailboxId, uid: mail.uid });
      return false;
    }
    const spooled = await spool.take(content, mailBytes);
    this.#failedReads.delete(name);
    if (spooled === 'tooLarge') return this.#leaveOut(mailbox, mail, 'tooLarge');
    try {
      const kept = await this.#keep(mail, `sha256:${spooled.digest}`, spooled.read());
      log.info('mail:received', { mailbox: mailboxId, uid: mail.uid, bytes: spooled.bytes, kept });
      if (kept !== 'tooLarge') return true;
    } finally {
      await spooled.dispose();
    }
    return this.#leaveOut(mailbox, mail, 'tooLarge');
  }

  async #leaveOut(mailbox: OpenMailbox, mail: ListedMail, reason: 'tooLarge' | 'unreadable'): Promise<false> {
    const { log, mailboxId } = this.#parts;
    // Also its header may be what cannot be read.
    const header = await mailbox.readHeader(mail.uid).catch((error: unknown) => {
      if (reason === 'tooLarge') throw error;
      return null;
    });
    const content = leftOut(header, mail.bytes, reason);
    const kept = await this.#keep(mail, `${reason}:${mailbox.uidValidity}:${mail.uid}`, once(content));
    log.error('mail:leftOut', { mailbox: mailboxId, uid: mail.uid, bytes: mail.bytes, reason, kept });
    return false;
  }

  #keep({ receivedAt }: ListedMail, onceKey: string, content: AsyncIterable<Uint8Array>) {
    const envelope = { from: null, to: [], fileName: null };
    return this.#stored(
      this.#parts.arrivals.keep({ channel: 'email', sourceId: this.#parts.mailboxId, onceKey, receivedAt, envelope, content }),
    );
  }

  async #stored<Value>(work: Promise<Value>): Promise<Value> {
    try {
      return await withTimeLimit(this.#parts.clock, storeMs, 'storing', work);
    } catch (error) {
      throw new NotStored(String(error));
    }
  }

  /** Also over when it is stopped. */
  #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      let timer: TimerHandle | undefined;
      const over = () => {
        timer?.cancel();
        signal.removeEventListener('abort', over);
        resolve();
      };
      timer = this.#parts.clock.timer(ms, over);
      signal.addEventListener('abort', over, { once: true });
    });
  }
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
