import type { MailboxConfiguration } from '../../../shared/contracts/messages/settings.ts';
import type { SecretReference } from '../../../shared/contracts/setting-fields.ts';
import type {
  Arrivals,
  LineState,
  MailboxMarks,
  MessageCarrier,
  MessageLines,
  OutgoingMail,
  SendOutcome,
} from '../../interactions/index.ts';
import { type Clock, type Disposable, err, type Log, ok, type Result } from '../../kernel/index.ts';
import { ImapServer } from './imap/imap-server.ts';
import { MailboxReader } from './imap/mailbox-reader.ts';
import { SentCopies } from './imap/sent-copies.ts';
import { LineStates } from './line-states.ts';
import { MailSender } from './smtp/mail-sender.ts';
import type { Spool } from './spool.ts';

export interface MailLinesParts {
  readonly resolveSecret: (reference: SecretReference) => Result<string, string>;
  readonly arrivals: Pick<Arrivals, 'keep'>;
  readonly marks: MailboxMarks;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly log: Log;
  /** A larger mail is left in its mailbox, and a note of it is kept. */
  readonly mailBytes: number;
  /** PEM, in place of those the system trusts. */
  readonly certificateAuthority?: string | undefined;
}

/** What runs for one direction of a mailbox, and the settings it runs by. */
interface Running<Service> {
  readonly settings: string;
  readonly service: Service;
  /** Starts when what ran before it has stopped: one mailbox is never read by two. */
  readonly stop: () => Promise<void>;
}

/** The mailboxes as the administrator set them up: each is read and sent from by itself, and one that fails holds up no other. */
export class MailLines implements MessageLines, MessageCarrier<OutgoingMail> {
  readonly #parts: MailLinesParts;
  readonly #states: LineStates;
  readonly #readers = new Map<string, Running<MailboxReader>>();
  readonly #senders = new Map<string, Running<MailSender>>();
  readonly #copies = new Map<string, Running<SentCopies>>();
  readonly #notes = new Map<string, string>();
  #byAddress: ReadonlyMap<string, string> = new Map();

  constructor(parts: MailLinesParts) {
    this.#parts = parts;
    this.#states = new LineStates(parts.clock);
  }

  /** All mailboxes, in place of what was configured before. Those that are as before go on undisturbed. */
  configure(mailboxes: readonly MailboxConfiguration[]): void {
    this.#byAddress = new Map(mailboxes.map(({ address, id }) => [address.toLowerCase(), id]));
    const incoming = mailboxes.flatMap((mailbox) => (mailbox.incoming ? [{ id: mailbox.id, settings: mailbox.incoming }] : []));
    const outgoing = mailboxes.flatMap(({ id, address, outgoing: settings }) =>
      settings ? [{ id, settings: { ...settings, ownName: address.split('@')[1] ?? 'localhost' } }] : [],
    );
    this.#arrange(this.#readers, 'in', incoming, (id, settings) => this.#readerOf(id, settings));
    const copied = incoming.filter(({ id, settings }) => (settings.keepsSent ?? true) && outgoing.some((each) => each.id === id));
    this.#arrange(this.#copies, 'sent', copied, (id, settings) => this.#copiesOf(id, settings));
    this.#arrange(this.#senders, 'out', outgoing, (id, settings) => this.#senderOf(id, settings));
  }

  /** The mailbox that this address is of, also with a detail after its name (`service+4711@`, RFC 5233); null: it is none of ours. */
  readonly mailboxOf = (address: string): string | null => {
    const exact = address.toLowerCase();
    return this.#byAddress.get(exact) ?? this.#byAddress.get(exact.replace(/^([^+@]+)\+[^@]*@/, '$1@')) ?? null;
  };

  async send(mail: OutgoingMail, signal: AbortSignal): Promise<SendOutcome> {
    const sender = this.#senders.get(mail.mailboxId)?.service;
    return sender ? sender.send(mail, signal) : { kind: 'refused', why: 'Nothing can be sent from this mailbox.' };
  }

  /** What does not work and holds up nobody, in plain words for the administrator. */
  notes(): readonly string[] {
    return [...this.#notes].map(([id, why]) => `${id}: no copy of what is sent is kept in the mailbox. ${why}`);
  }

  states(): readonly LineState[] {
    return this.#states.states();
  }

  onChanged(listener: (state: LineState) => void): Disposable {
    return this.#states.onChanged(listener);
  }

  async stop(): Promise<void> {
    const all = [...this.#readers.values(), ...this.#senders.values(), ...this.#copies.values()];
    for (const running of [this.#readers, this.#senders, this.#copies]) running.clear();
    await Promise.all(all.map(({ stop }) => stop()));
  }

  #arrange<Settings, Service extends { start(): void; stop(): Promise<void> }>(
    running: Map<string, Running<Service>>,
    direction: 'in' | 'out' | 'sent',
    wanted: readonly { readonly id: string; readonly settings: Settings }[],
    build: (id: string, settings: Settings) => Service,
  ): void {
    for (const [id, { stop }] of running) {
      if (wanted.some((each) => each.id === id)) continue;
      running.delete(id);
      void stop().then(() => running.has(id) || direction === 'sent' || this.#states.forget(id, direction));
    }
    for (const { id, settings } of wanted) {
      const before = running.get(id);
      const written = JSON.stringify(settings);
      if (before?.settings === written) continue;
      const service = build(id, settings);
      let isStopped = false;
      const started = (before?.stop() ?? Promise.resolve()).then(() => {
        if (!isStopped) service.start();
      });
      const stop = async () => {
        isStopped = true;
        await started;
        await service.stop();
      };
      running.set(id, { settings: written, service, stop });
    }
  }

  #readerOf(mailboxId: string, settings: NonNullable<MailboxConfiguration['incoming']>): MailboxReader {
    const { resolveSecret: _secrets, certificateAuthority: _authority, ...parts } = this.#parts;
    return new MailboxReader({
      ...parts,
      mailboxId,
      report: this.#states.report(mailboxId, 'in'),
      server: () => this.#imapOf(settings),
    });
  }

  #copiesOf(mailboxId: string, settings: NonNullable<MailboxConfiguration['incoming']>): SentCopies {
    const { clock, log } = this.#parts;
    return new SentCopies({
      ...{ mailboxId, clock, log },
      folder: () => this.#imapOf(settings),
      note: (why) => void (why === null ? this.#notes.delete(mailboxId) : this.#notes.set(mailboxId, why)),
    });
  }

  #imapOf({ password, ...settings }: NonNullable<MailboxConfiguration['incoming']>): Result<ImapServer, string> {
    const { resolveSecret, certificateAuthority, clock } = this.#parts;
    const secret = resolveSecret(password);
    if (!secret.ok) return err(`The mailbox cannot sign in: ${secret.error}`);
    return ok(new ImapServer({ ...settings, password: secret.value, certificateAuthority }, clock));
  }

  #senderOf(mailboxId: string, settings: NonNullable<MailboxConfiguration['outgoing']> & { readonly ownName: string }): MailSender {
    const { resolveSecret, certificateAuthority, clock, log } = this.#parts;
    const { host, port, security, username, password, signIn, ownName } = settings;
    return new MailSender({
      clock,
      log,
      report: this.#states.report(mailboxId, 'out'),
      taken: (mail, at) => this.#copies.get(mailboxId)?.service.keep(mail, at),
      server: () => {
        const secret = username === null || password === null ? null : resolveSecret(password);
        if (secret?.ok === false) return err(`The mailbox cannot sign in to send: ${secret.error}`);
        const credentials = username !== null && secret ? { username, password: secret.value, isToken: signIn === 'token' } : null;
        return ok({ host, port, security, ownName, credentials, certificateAuthority });
      },
    });
  }
}
