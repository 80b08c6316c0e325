import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { Arrivals } from '../../../interactions/index.ts';
import { type Certificate, type Clock, type Disposable, type Log, type TimerHandle, withTimeLimit } from '../../../kernel/index.ts';
import type { Spool, SpooledMail } from '../spool.ts';
import { OnceKeys } from './once-keys.ts';
import { type VisitorLimits, Visitors } from './visitors.ts';

export interface MailIntakeOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** What we call ourselves in the greeting. */
  readonly ownName: string;
  /** By the address, in small letters, the mailbox it is of; null: not ours, and we take nothing for others. */
  readonly mailboxOf: (address: string) => string | null;
  readonly arrivals: Pick<Arrivals, 'keep'>;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly log: Log;
  /** Offers STARTTLS. */
  readonly certificate?: Certificate | undefined;
  readonly limits?: Partial<MailIntakeLimits>;
}

export interface MailIntakeLimits extends VisitorLimits {
  readonly mailBytes: number;
  readonly allConnections: number;
  readonly recipients: number;
  /** Without a word from the other side. RFC 5321 4.5.3.2.7: five minutes. */
  readonly silenceMs: number;
  /** Of one connection, whatever it says: one that sends a byte a minute is never silent. */
  readonly connectionMs: number;
}

export const mailIntakeLimits: MailIntakeLimits = {
  mailBytes: 30 * 1024 * 1024,
  allConnections: 200,
  connections: 30,
  mailsPerSecond: 100,
  mailsAtOnce: 500,
  recipients: 100,
  silenceMs: 5 * 60_000,
  connectionMs: 30 * 60_000,
};

/** RFC 5321 6.3: a mail that has gone through so many hands goes round. */
const mostHops = 50;
/** Of one connection: who guesses addresses guesses often. */
const mostStrangers = 10;

/** A sender waits ten minutes for our answer (RFC 5321 4.5.3.2.6). */
const storeMs = 2 * 60_000;

const answer = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

interface Visit {
  readonly timer: TimerHandle;
  strangers: number;
}

/**
 * A mail server that takes mail for our own addresses and does nothing else: no relaying, no log-in, no queue. 250 is said when the mail is
 * stored, and not before; whatever fails on our side is 451, and the sender comes again.
 */
export class MailIntake {
  readonly #options: MailIntakeOptions;
  readonly #limits: MailIntakeLimits;
  readonly #server: SMTPServer;
  readonly #visitors: Visitors;
  readonly #onceKeys: OnceKeys;
  readonly #visits = new Map<string, Visit>();
  #renewal: Disposable | undefined;

  constructor(options: MailIntakeOptions) {
    this.#options = options;
    this.#limits = { ...mailIntakeLimits, ...options.limits };
    this.#visitors = new Visitors(options.clock, this.#limits);
    this.#onceKeys = new OnceKeys(options.clock);
    this.#server = new SMTPServer(this.#settings());
    // A connection that breaks is theirs; what listening meets is told by `start`.
    this.#server.on('error', (error: NodeJS.ErrnoException) =>
      options.log.debug('mail:intakeConnection', { error: error.code ?? error.message }),
    );
  }

  /** Resolves when mail may come. Rejects with Node's error when the port cannot be had. */
  async start(): Promise<{ readonly host: string; readonly port: number }> {
    const { host, port, certificate } = this.#options;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.server.once('error', reject);
    this.#server.listen(port, host, () => resolve());
    await promise;
    this.#server.server.off('error', reject);
    this.#renewal = certificate?.onReplaced((pair) => this.#server.updateSecureContext(pair));
    const address = this.#server.server.address() as AddressInfo;
    return { host: address.address, port: address.port };
  }

  /** No further mail; one that is being stored gets its answer, within a short time. */
  async stop(): Promise<void> {
    await this.#renewal?.dispose();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const { timer } of this.#visits.values()) timer.cancel();
    this.#visits.clear();
  }

  #settings(): SMTPServerOptions {
    const { ownName, certificate } = this.#options;
    const limits = this.#limits;
    return {
      name: ownName,
      banner: 'Crosspoint',
      size: limits.mailBytes,
      rejectOversized: true,
      maxClients: limits.allConnections,
      maxRecipients: limits.recipients,
      maxCommandLength: 4_096,
      socketTimeout: limits.silenceMs,
      closeTimeout: 2_000,
      authOptional: true,
      // VRFY and the like would tell strangers who is here.
      disabledCommands: ['AUTH', 'VRFY', 'EXPN', 'HELP', ...(certificate ? [] : ['STARTTLS'])],
      hideENHANCEDSTATUSCODES: false,
      // A name from a DNS server that the visitor chose is worth nothing, and waits for them.
      disableReverseLookup: true,
      minVersion: 'TLSv1.2',
      ...(certificate?.current ?? {}),
      onConnect: (session, done) => done(this.#welcome(session)),
      onClose: (session) => this.#goodbye(session),
      onMailFrom: (_address, session, done) =>
        done(this.#visitors.mayBringMail(session.remoteAddress) ? null : answer(451, 'Too much mail at once, come again later')),
      onRcptTo: ({ address }, session, done) => done(this.#judgeRecipient(address, session)),
      onData: (stream, session, done) => {
        this.#take(stream, session).then(
          () => done(null, 'OK: stored'),
          (error: unknown) => done(this.#refusal(error, session)),
        );
      },
    };
  }

  #welcome(session: SMTPServerSession): Error | null {
    if (!this.#visitors.enter(session.remoteAddress)) return answer(421, 'Too many connections from your address');
    const timer = this.#options.clock.timer(this.#limits.connectionMs, () => {
      for (const connection of this.#server.connections) if (connection.session.id === session.id) connection.close();
    });
    this.#visits.set(session.id, { timer, strangers: 0 });
    return null;
  }

  #goodbye(session: SMTPServerSession): void {
    const visit = this.#visits.get(session.id);
    if (!visit) return;
    visit.timer.cancel();
    this.#visits.delete(session.id);
    this.#visitors.leave(session.remoteAddress);
  }

  #judgeRecipient(address: string, session: SMTPServerSession): Error | null {
    if (this.#options.mailboxOf(address.toLowerCase()) !== null) return null;
    const visit = this.#visits.get(session.id);
    if (visit && ++visit.strangers > mostStrangers) return answer(421, 'Too many addresses that are not here');
    return answer(550, 'No such address here, and mail for others is not taken');
  }

  async #take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const { spool, arrivals, clock, log } = this.#options;
    const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
    const to = session.envelope.rcptTo.map(({ address }) => address.toLowerCase());
    const spooled = await spool.take(stream, this.#limits.mailBytes);
    if (spooled === 'tooLarge') throw answer(552, 'Larger than we take');
    try {
      if (await goesRound(spooled)) throw answer(554, 'Too many hops: this mail goes round');
      const receivedAt = clock.now();
      const trace = Buffer.from(this.#traceOf(session, receivedAt));
      // One mail to two of our mailboxes is two arrivals; a repeat after one of them failed finds the other.
      for (const [sourceId, mine] of Map.groupBy(to, (address) => this.#options.mailboxOf(address))) {
        // It was ours when they named it, and the mailbox was taken away since: they come again and are told so.
        if (sourceId === null) throw answer(451, 'This address is being changed');
        const keeping = arrivals.keep({
          channel: 'email',
          sourceId,
          onceKey: this.#onceKeys.keyOf({ digest: spooled.digest, from, to: mine }),
          receivedAt,
          envelope: { from, to: mine, fileName: null },
          content: after(trace, spooled),
        });
        // One that is stored after all is known when they come again.
        const kept = await withTimeLimit(clock, storeMs, 'storing a mail', keeping);
        log.info('mail:received', { mailbox: sourceId, bytes: spooled.bytes, kept });
        if (kept === 'tooLarge') throw answer(552, 'Larger than we take');
      }
    } finally {
      await spooled.dispose();
    }
  }

  /** RFC 5321 4.4: who takes a mail writes above it from whom and when. */
  #traceOf({ hostNameAppearsAs, remoteAddress, transmissionType, id }: SMTPServerSession, at: number): string {
    const said = String(hostNameAppearsAs || 'unknown')
      .replace(/[^\w.:[\]-]/g, '')
      .slice(0, 255);
    const date = new Date(at).toUTCString().replace('GMT', '+0000');
    return `Received: from ${said || 'unknown'} ([${remoteAddress}])\r\n\tby ${this.#options.ownName} with ${transmissionType} id ${id};\r\n\t${date}\r\n`;
  }

  #refusal(error: unknown, session: SMTPServerSession): Error {
    if (error instanceof Error && 'responseCode' in error) return error;
    this.#options.log.warn('mail:notStored', { session: session.id, error: String(error) });
    return answer(451, 'It cannot be stored at the moment, come again');
  }
}

/** The trace above the mail as it came. */
async function* after(trace: Uint8Array, mail: SpooledMail): AsyncGenerator<Uint8Array> {
  yield trace;
  yield* mail.read();
}

const headerBytes = 256 * 1024;

async function goesRound(mail: SpooledMail): Promise<boolean> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of mail.read()) {
    parts.push(part);
    bytes += part.length;
    if (bytes > headerBytes) break;
  }
  const [header = ''] = Buffer.concat(parts)
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1);
  return (header.match(/^Received:/gim)?.length ?? 0) > mostHops;
}
