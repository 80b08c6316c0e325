import type { MessageCarrier, OutgoingMail, SendOutcome } from '../../../interactions/index.ts';
import type { Clock, Log, Result, TimerHandle } from '../../../kernel/index.ts';
import type { LineReport } from '../line-states.ts';
import type { LineTrouble } from '../line-trouble.ts';
import { type HandOverLimits, handOver, handOverLimits, type SmtpServer, tryServer } from './hand-over.ts';
import { openFiles } from './opened-files.ts';
import { refusalOf, writeMail } from './write-mail.ts';

export interface MailSenderParts {
  /** As it is set up now; its password is read anew before each connection. An error is why it cannot be had, in plain words. */
  readonly server: () => Result<SmtpServer, string>;
  readonly clock: Clock;
  readonly log: Log;
  readonly report: LineReport;
  /** A person's mail was taken at that time, and a copy of it may be kept. */
  readonly taken?: (mail: OutgoingMail, at: number) => void;
  readonly limits?: HandOverLimits;
}

/** No server is asked more often than this after it failed. */
export const retryMs = 60_000;
/** A password that is wrong stays wrong: each time twice as long, up to this. */
export const longestRetryMs = 15 * 60_000;

const fileLimitMs = 30_000;

/**
 * Sends the mail of one mailbox, one after the other, in the order in which it was asked to. While the server cannot be used nothing is tried
 * but by the clock, at most once a minute, and everything else is told `notNow` at once: a full outbox is no storm.
 */
export class MailSender implements MessageCarrier<OutgoingMail> {
  readonly #parts: MailSenderParts;
  readonly #limits: HandOverLimits;
  readonly #stop = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #down: { readonly why: string; readonly until: number } | null = null;
  #retry: TimerHandle | undefined;
  #failures = 0;

  constructor(parts: MailSenderParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? handOverLimits;
  }

  /** Asks the server once whether it would take mail of ours, so that a wrong password is known before somebody has written. */
  start(): void {
    this.#parts.report.connecting();
    void this.#inTurn(() => this.#try());
  }

  /** What is on its way ends as an aborted signal would end it. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#retry?.cancel();
    await this.#last;
  }

  send(mail: OutgoingMail, signal: AbortSignal): Promise<SendOutcome> {
    const { promise, resolve } = Promise.withResolvers<SendOutcome>();
    const either = AbortSignal.any([signal, this.#stop.signal]);
    const stopped = () => resolve({ kind: 'notNow', why: 'Sending was stopped.', retryAfterMs: null });
    either.addEventListener('abort', stopped, { once: true });
    void this.#inTurn(async () => {
      // From here on only the sending itself knows whether something has left.
      either.removeEventListener('abort', stopped);
      resolve(either.aborted ? { kind: 'notNow', why: 'Sending was stopped.', retryAfterMs: null } : await this.#send(mail, either));
    });
    return promise;
  }

  /** One thing at a time: two that fail together would be two attempts. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(work);
    this.#last = turn.catch((error: unknown) => this.#parts.log.error('mail:senderFailed', { error: String(error) }));
    return turn;
  }

  async #send(mail: OutgoingMail, signal: AbortSignal): Promise<SendOutcome> {
    const refusal = refusalOf(mail);
    if (refusal !== null) return { kind: 'refused', why: refusal };
    if (this.#down) {
      const retryAfterMs = Math.max(0, Math.ceil(this.#down.until - this.#parts.clock.monotonic()));
      return { kind: 'notNow', why: this.#down.why, retryAfterMs };
    }
    const server = this.#parts.server();
    if (!server.ok) return this.#failed({ why: server.error, isLogin: true });
    let files: Awaited<ReturnType<typeof openFiles>>;
    try {
      files = await openFiles(mail.files, this.#parts.clock, fileLimitMs);
    } catch (error) {
      this.#parts.log.warn('mail:fileUnreadable', { messageId: mail.messageId, error: String(error) });
      return { kind: 'notNow', why: 'A file of it cannot be read.', retryAfterMs: null };
    }
    try {
      const at = this.#parts.clock.now();
      const written = writeMail(mail, files.opened, at);
      if (!written.ok) return { kind: 'refused', why: written.error };
      const { outcome, trouble } = await handOver(written.value, server.value, { clock: this.#parts.clock, limits: this.#limits, signal });
      this.#parts.log.info('mail:handedOver', { messageId: mail.messageId, outcome: outcome.kind });
      if (outcome.kind === 'taken' && !mail.isAutomatic) this.#parts.taken?.(mail, at);
      if (trouble) {
        const failed = this.#failed(trouble);
        return outcome.kind === 'notNow' ? failed : outcome;
      }
      this.#works();
      return outcome;
    } finally {
      files.close();
    }
  }

  async #try(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    const server = this.#parts.server();
    const watched = { clock: this.#parts.clock, limits: this.#limits, signal: this.#stop.signal };
    const trouble = server.ok ? await tryServer(server.value, watched) : { why: server.error, isLogin: true };
    if (this.#stop.signal.aborted) return;
    if (trouble) this.#failed(trouble);
    else this.#works();
  }

  #works(): void {
    this.#failures = 0;
    this.#down = null;
    this.#retry?.cancel();
    this.#parts.report.up();
  }

  #failed({ why, isLogin }: LineTrouble): SendOutcome {
    const { clock, log, report } = this.#parts;
    this.#failures++;
    const pauseMs = isLogin ? Math.min(longestRetryMs, retryMs * 2 ** Math.min(10, this.#failures - 1)) : retryMs;
    this.#down = { why, until: clock.monotonic() + pauseMs };
    this.#retry?.cancel();
    if (!this.#stop.signal.aborted) this.#retry = clock.timer(pauseMs, () => void this.#inTurn(() => this.#try()));
    log.warn('mail:cannotSend', { why, retryInMs: pauseMs });
    report.down(why);
    return { kind: 'notNow', why, retryAfterMs: pauseMs };
  }
}
