import type { ImapFlow, ImapFlowOptions, MessageRange } from 'imapflow';
import { type Clock, err, ok, type Result, TimeLimitError, withTimeLimit } from '../../../kernel/index.ts';
import { type LineTrouble, type ServerName, troubleOf } from '../line-trouble.ts';
import type { ListedMail, MailboxServer, OpenMailbox } from './mailbox-server.ts';
import type { SentFolder } from './sent-copies.ts';

export interface ImapSettings {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'startTls' | 'none';
  readonly username: string;
  /** With `token` an OAuth 2 access token, and the sign-in is XOAUTH2 or OAUTHBEARER (RFC 7628). */
  readonly password: string;
  readonly signIn?: 'password' | 'token' | undefined;
  readonly folder: string;
  /** PEM, in place of those the system trusts. */
  readonly certificateAuthority?: string | undefined;
}

const connectMs = 30_000;
/** For one answer: a server that says nothing for so long after it was asked is gone, whatever TCP believes. */
const answerMs = 60_000;
const mailMs = 30 * 60_000;
const listedAtOnce = 100;
/** Without IDLE nobody tells us. */
const pollMs = 60_000;
const chunkBytes = 256 * 1024;

/** One mailbox of an IMAP server (RFC 3501, RFC 9051), with IDLE (RFC 2177) where there is. */
export class ImapServer implements MailboxServer, SentFolder {
  readonly #settings: ImapSettings;
  readonly #clock: Clock;

  constructor(settings: ImapSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  async open(signal: AbortSignal): Promise<Result<OpenMailbox, LineTrouble>> {
    const { host, port, username, folder } = this.#settings;
    const server: ServerName = { host, port, username };
    if (signal.aborted) return err({ why: 'Stopped.', isLogin: false });
    // Takes half a second to load: a bridge that reads no mailbox starts without it.
    const { ImapFlow: Client } = await import('imapflow');
    const client: ImapFlow = new Client(optionsOf(this.#settings));
    // What breaks the connection is told to whoever waits for an answer.
    client.on('error', () => {});
    let close = () => client.close();
    // A connection that is closed before the server has said a word tells nobody.
    const closed = new Promise<never>((_, reject) => {
      close = () => {
        client.close();
        reject(new Error('stopped'));
      };
    });
    signal.addEventListener('abort', close, { once: true });
    try {
      await withTimeLimit(this.#clock, 2 * connectMs, 'connecting', Promise.race([client.connect(), closed]));
      const mailbox = await withTimeLimit(this.#clock, answerMs, 'opening the folder', client.mailboxOpen(folder)).catch(
        (error: unknown) => {
          if (client.usable) throw Object.assign(new Error('no folder'), { code: 'no_folder', cause: error });
          throw error;
        },
      );
      const uidNext = mailbox.uidNext || (await withTimeLimit(this.#clock, answerMs, 'looking for the last mail', highestUid(client))) + 1;
      return ok(new OpenImapMailbox(client, this.#clock, server, { uidValidity: String(mailbox.uidValidity), uidNext }));
    } catch (error) {
      client.close();
      if ((error as { code?: unknown }).code === 'no_folder')
        return err({ why: `${username} has no folder ${folder} on ${host}:${port}.`, isLogin: false });
      return err(troubleOf(error, server));
    } finally {
      signal.removeEventListener('abort', close);
    }
  }

  /** Over a connection of its own: the one that waits for mail is not disturbed. */
  async append(content: Buffer, at: number, signal: AbortSignal): Promise<LineTrouble | null> {
    const { host, port, username } = this.#settings;
    if (signal.aborted) return { why: 'Stopped.', isLogin: false };
    const { ImapFlow: Client } = await import('imapflow');
    const client: ImapFlow = new Client(optionsOf(this.#settings));
    client.on('error', () => {});
    const closed = Promise.withResolvers<never>();
    closed.promise.catch(() => {});
    const close = () => {
      client.close();
      closed.reject(new Error('stopped'));
    };
    signal.addEventListener('abort', close, { once: true });
    const within = <Value>(ms: number, what: string, work: Promise<Value>) =>
      withTimeLimit(this.#clock, ms, what, Promise.race([work, closed.promise]));
    try {
      await within(2 * connectMs, 'connecting', client.connect());
      const folder = await within(answerMs, 'looking for the folder', sentFolderOf(client));
      const kept = await within(mailMs, 'keeping a copy', client.append(folder, content, ['\\Seen'], new Date(at)));
      if (!kept) return { why: `${host}:${port} does not take a copy into ${folder}.`, isLogin: false };
      await within(2_000, 'signing off', client.logout()).catch(() => {}); // it is closed either way
      return null;
    } catch (error) {
      return troubleOf(error, { host, port, username });
    } finally {
      signal.removeEventListener('abort', close);
      client.close();
    }
  }
}

/** By what the server says of its folders, else by the names that such have; made where there is none. */
async function sentFolderOf(client: ImapFlow): Promise<string> {
  const found = (await client.list()).find(({ specialUse }) => specialUse === '\\Sent');
  return found?.path ?? (await client.mailboxCreate('Sent')).path;
}

/** Of old servers that do not tell UIDNEXT. */
async function highestUid(client: ImapFlow): Promise<number> {
  return Math.max(0, ...((await client.search({ uid: '*' }, { uid: true })) || []));
}

export function optionsOf({ host, port, security, username, password, signIn, certificateAuthority }: ImapSettings): ImapFlowOptions {
  return {
    host,
    port,
    secure: security === 'tls',
    ...(security === 'tls' ? {} : { doSTARTTLS: security === 'startTls' }),
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }) },
    auth: signIn === 'token' ? { user: username, accessToken: password } : { user: username, pass: password },
    clientInfo: { name: 'Crosspoint' },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    // Longer than we are ever silent ourselves.
    socketTimeout: 10 * 60_000,
    maxLineLength: 1024 * 1024,
    maxLiteralSize: 64 * 1024 * 1024,
    maxResponseSize: 80 * 1024 * 1024,
  };
}

class OpenImapMailbox implements OpenMailbox {
  readonly uidValidity: string;
  readonly uidNext: number;
  readonly #client: ImapFlow;
  readonly #clock: Clock;
  readonly #server: ServerName;
  #hasNews = false;
  #onNews: () => void = () => {};

  constructor(client: ImapFlow, clock: Clock, server: ServerName, numbers: { readonly uidValidity: string; readonly uidNext: number }) {
    this.#client = client;
    this.#clock = clock;
    this.#server = server;
    this.uidValidity = numbers.uidValidity;
    this.uidNext = numbers.uidNext;
    client.on('exists', () => {
      this.#hasNews = true;
      this.#onNews();
    });
    client.on('close', () => this.#onNews());
  }

  async listAfter(uid: number): Promise<readonly ListedMail[]> {
    this.#hasNews = false;
    // Some servers tell of new messages only when they are asked nothing.
    await this.#ask('looking for mail', this.#client.noop());
    const found = await this.#ask('looking for mail', this.#client.search({ uid: `${uid + 1}:*` }, { uid: true }));
    // `n:*` names the last message also where that is below n (RFC 3501 6.4.8).
    const above = (found || []).filter((each) => each > uid).sort((one, other) => one - other);
    return this.#describe(above.slice(0, listedAtOnce));
  }

  async listUnread(since: number): Promise<readonly ListedMail[]> {
    const found = await this.#ask('looking for unread mail', this.#client.search({ seen: false, since: new Date(since) }, { uid: true }));
    const all: ListedMail[] = [];
    const uids = [...(found || [])].sort((one, other) => one - other);
    for (let at = 0; at < uids.length; at += listedAtOnce) all.push(...(await this.#describe(uids.slice(at, at + listedAtOnce))));
    return all;
  }

  async read(uid: number): Promise<AsyncIterable<Uint8Array> | null> {
    const download = await this.#ask('reading a mail', this.#client.download(String(uid), undefined, { uid: true, chunkSize: chunkBytes }));
    const { content } = download;
    if (!content) return null;
    const limit = this.#clock.timer(mailMs, () => content.destroy(Object.assign(new Error('too slow'), { code: 'time_limit' })));
    content.once('close', () => limit.cancel());
    return this.#plainly(content);
  }

  async readHeader(uid: number): Promise<Uint8Array | null> {
    const found = await this.#ask('reading a mail', this.#client.fetchOne(String(uid), { headers: true }, { uid: true }));
    return (found ? found.headers : null) ?? null;
  }

  async markRead(uid: number): Promise<void> {
    await this.#ask('marking a mail as read', this.#client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true }));
  }

  async waitForNews(limitMs: number): Promise<void> {
    if (this.#hasNews) return;
    if (!this.#client.usable) throw new Error(troubleOf({ code: 'NoConnection' }, this.#server).why);
    const canTell = this.#client.capabilities.has('IDLE');
    if (canTell) void this.#client.idle().catch(() => {}); // ends with whatever is asked next, or with the connection
    await new Promise<void>((resolve) => {
      const timer = this.#clock.timer(canTell ? limitMs : Math.min(limitMs, pollMs), resolve);
      this.#onNews = () => {
        timer.cancel();
        resolve();
      };
    });
    this.#onNews = () => {};
    if (!this.#client.usable) throw new Error(troubleOf({ code: 'NoConnection' }, this.#server).why);
  }

  async close(): Promise<void> {
    if (this.#client.usable) await withTimeLimit(this.#clock, 2_000, 'signing off', this.#client.logout()).catch(() => {}); // it is closed either way
    this.#client.close();
    this.#onNews();
  }

  async #describe(uids: readonly number[]): Promise<readonly ListedMail[]> {
    if (uids.length === 0) return [];
    const range: MessageRange = uids.join(',');
    const query = { uid: true, size: true, internalDate: true };
    const found = await this.#ask('listing mail', this.#client.fetchAll(range, query, { uid: true }));
    return found
      .map(({ uid, size, internalDate }) => ({ uid, bytes: size ?? 0, receivedAt: timeOf(internalDate) ?? this.#clock.now() }))
      .sort((one, other) => one.uid - other.uid);
  }

  async *#plainly(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* content;
    } catch (error) {
      throw new Error(troubleOf(error, this.#server).why);
    }
  }

  /** Rejects in plain words. A server that did not answer in time is not asked anything any more, not even to sign us off. */
  async #ask<Answer>(what: string, answer: Promise<Answer>): Promise<Answer> {
    try {
      return await withTimeLimit(this.#clock, answerMs, what, answer);
    } catch (error) {
      if (error instanceof TimeLimitError) this.#client.close();
      throw new Error(troubleOf(error, this.#server).why);
    }
  }
}

function timeOf(date: unknown): number | null {
  const at = date instanceof Date ? date.getTime() : Date.parse(String(date));
  return Number.isNaN(at) ? null : at;
}
