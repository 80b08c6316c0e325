import { Readable } from 'node:stream';
import SmtpConnection, { type SMTPConnectionEnvelope, type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import type { SendOutcome } from '../../../interactions/index.ts';
import type { Clock } from '../../../kernel/index.ts';
import { type LineTrouble, type MailError, serverWords, troubleOf } from '../line-trouble.ts';
import type { WrittenMail } from './write-mail.ts';

/** Where mail of one mailbox is handed over. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** `startTls`: before it, nothing is said but that; a server without it gets nothing. */
  readonly security: 'tls' | 'startTls' | 'none';
  /** `isToken`: the password is an OAuth 2 access token, for AUTH XOAUTH2. */
  readonly credentials: { readonly username: string; readonly password: string; readonly isToken?: boolean } | null;
  /** What we call ourselves in EHLO. */
  readonly ownName: string;
  /** PEM, in place of those the system trusts. */
  readonly certificateAuthority?: string | undefined;
}

/** `trouble`: it was the server or our account, not this mail, and the next mail would meet the same. */
export interface HandedOver {
  readonly outcome: SendOutcome;
  readonly trouble: LineTrouble | null;
}

export interface HandOverLimits {
  readonly connectMs: number;
  /** Without a word from the server. RFC 5321 4.5.3.2.6: it may take ten minutes over the end of the data. */
  readonly silenceMs: number;
  readonly wholeMs: number;
}

export const handOverLimits: HandOverLimits = { connectMs: 30_000, silenceMs: 10 * 60_000, wholeMs: 30 * 60_000 };

/** Answers to a command that are about our account, whatever the mail is: RFC 4954 6, and 503 where the server lost the thread. */
const aboutAccount = new Set([421, 503, 530, 534, 535, 538]);

/** Some recipients were refused: nobody gets it, so that who wrote it is told of whom, can mend it, and nobody gets it twice. */
class NotForAll extends Error {}

/**
 * One connection, one mail, and what became of it exactly. Never rejects.
 *
 *     connect ─ EHLO ─ AUTH ─ MAIL ─ RCPT… ─ DATA │ content ─ "." │ 250
 *     └── broken off here: nothing has left ──────┘└─ it may have ─┘
 *
 * The line is drawn where the first byte of the content leaves: from there on a broken line leaves us in doubt. A server that gets no final
 * dot must throw the mail away (RFC 5321 4.1.1.4), but whether the dot arrived is what nobody tells.
 */
export function handOver(
  mail: WrittenMail,
  server: SmtpServer,
  { clock, limits, signal }: { readonly clock: Clock; readonly limits: HandOverLimits; readonly signal: AbortSignal },
): Promise<HandedOver> {
  let hasBegun = false;
  // The connection writes into it who was accepted and who was not.
  const envelope: { from: string | false; to: string[]; size: number } & Partial<Pick<SMTPConnectionEnvelope, 'rejectedErrors'>> = {
    from: mail.envelope.from,
    to: [...mail.envelope.to],
    size: mail.bytesAtLeast,
  };
  const content = Readable.from(
    (async function* () {
      // Read from the moment on that the server has said 354.
      if (envelope.rejectedErrors && envelope.rejectedErrors.length > 0) throw new NotForAll();
      hasBegun = true;
      yield* mail.content();
    })(),
    { objectMode: false },
  );
  const watched = { clock, limits, signal };
  return session<HandedOver>(server, watched, (connection, leave, breakOff) => {
    connection.send(envelope, content, (error, info) => {
      if (!error && info) return leave({ outcome: { kind: 'taken', providerIds: providerIds(info) }, trouble: null });
      // No QUIT: where the server waits for the content, it would be a line of it.
      breakOff(error);
    });
  }).catch((error: unknown) => judge(error, { hasBegun, refused: envelope.rejectedErrors ?? [], server }));
}

/** Connects and signs in, and leaves again: whether mail could be handed over now. */
export function tryServer(
  server: SmtpServer,
  watched: { readonly clock: Clock; readonly limits: HandOverLimits; readonly signal: AbortSignal },
): Promise<LineTrouble | null> {
  return session<LineTrouble | null>(server, watched, (_connection, leave) => leave(null)).catch((error: unknown) =>
    troubleOf(error, nameOf(server)),
  );
}

/** From the connection to its end; rejects with what went wrong. `use` is called when we are signed in; `leave` says QUIT, `breakOff` does not. */
function session<Result>(
  server: SmtpServer,
  { clock, limits, signal }: { readonly clock: Clock; readonly limits: HandOverLimits; readonly signal: AbortSignal },
  use: (connection: SmtpConnection, leave: (result: Result) => void, breakOff: (error: unknown) => void) => void,
): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  if (signal.aborted) return Promise.reject(stopped());
  const connection = new SmtpConnection({
    host: server.host,
    port: server.port,
    name: server.ownName,
    secure: server.security === 'tls',
    requireTLS: server.security === 'startTls',
    ignoreTLS: server.security === 'none',
    tls: {
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...(server.certificateAuthority === undefined ? {} : { ca: server.certificateAuthority }),
    },
    connectionTimeout: limits.connectMs,
    greetingTimeout: limits.connectMs,
    dnsTimeout: limits.connectMs,
    socketTimeout: limits.silenceMs,
    socketCloseTimeout: 2_000,
    maxResponseSize: 64 * 1024,
  });
  const fail = (error: unknown) => {
    reject(error);
    connection.close();
  };
  const onAbort = () => fail(stopped());
  const timer = clock.timer(limits.wholeMs, () => fail(Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' })));
  signal.addEventListener('abort', onAbort, { once: true });
  connection.on('error', fail);
  // Also where no call is waiting to be told; whoever closes it says why in the same turn.
  connection.on('end', () => setImmediate(() => reject(Object.assign(new Error('closed'), { code: 'ECONNECTION' }))));
  const leave = (result: Result) => {
    resolve(result);
    connection.quit();
    // What it says to that changes nothing.
    const farewell = clock.timer(2_000, () => connection.close());
    connection.once('end', () => farewell.cancel());
  };
  connection.connect((failed) => {
    if (failed) return fail(failed);
    const { credentials } = server;
    if (credentials === null) return use(connection, leave, fail);
    connection.login(signInOf(credentials), (refused) => {
      if (refused) return fail(refused);
      use(connection, leave, fail);
    });
  });
  return promise.finally(() => {
    timer.cancel();
    signal.removeEventListener('abort', onAbort);
  });
}

/** The token is given once: one that is refused is refused, whoever makes the next puts it where we read it. */
function signInOf({ username, password, isToken }: NonNullable<SmtpServer['credentials']>): SmtpAuthentication {
  if (!isToken) return { user: username, pass: password };
  const oauth2: TokenGiver = {
    getToken: (isRetry, told) => (isRetry ? told(new Error('the token is not accepted')) : told(null, password)),
    buildXOAuth2Token: (token) => Buffer.from(`user=${username}\x01auth=Bearer ${token}\x01\x01`).toString('base64'),
  };
  return { user: username, oauth2 } as unknown as SmtpAuthentication;
}

type SmtpAuthentication = Parameters<SmtpConnection['login']>[0];

/** What the connection asks of whoever has tokens. */
interface TokenGiver {
  getToken(isRetry: boolean, told: (error: Error | null, token?: string) => void): void;
  buildXOAuth2Token(token: string): string;
}

const stopped = () => Object.assign(new Error('stopped'), { code: 'stopped' });

const nameOf = ({ host, port, credentials }: SmtpServer) => ({ host, port, username: credentials?.username ?? null });

interface ServerSaid extends MailError {
  readonly responseCode?: unknown;
  /** Which command it answers. */
  readonly command?: unknown;
  /** Of an answer to RCPT. */
  readonly recipient?: unknown;
}

function judge(
  error: unknown,
  { hasBegun, refused, server }: { readonly hasBegun: boolean; readonly refused: readonly ServerSaid[]; readonly server: SmtpServer },
): HandedOver {
  const found = (error ?? {}) as ServerSaid;
  // An answer to the mail itself, not to a line that broke; a reply that was cut short is none.
  const isAnswer = typeof found.responseCode === 'number' && (found.code === 'EMESSAGE' || found.code === 'EENVELOPE');
  if (hasBegun && !isAnswer) {
    const { why } = found.code === 'stopped' ? { why: 'Sending was stopped on its way.' } : troubleOf(error, nameOf(server));
    return { outcome: { kind: 'unknown', why, providerIds: [] }, trouble: isOurs(found) ? null : troubleOf(error, nameOf(server)) };
  }
  // Sent in one go, recipients are refused too where the sender was: that is about the sender.
  const isAboutRecipients = error instanceof NotForAll || (isAnswer && found.command === 'RCPT TO');
  if (isAboutRecipients) return answered(refused.find(isPermanent) ?? refused[0] ?? found, server, refused);
  if (isAnswer) return answered(found, server);
  if (found.code === 'stopped') return notNow('Sending was stopped.');
  if (found.code === 'EMESSAGE' || found.code === 'EENVELOPE')
    return { outcome: { kind: 'refused', why: serverWords(found.message) ?? 'It cannot be sent.' }, trouble: null };
  if (isOurs(found)) return notNow(serverWords(found.message) ?? 'It cannot be read.');
  const trouble = troubleOf(error, nameOf(server));
  return { ...notNow(trouble.why), trouble };
}

/** `refused`: the answers to each recipient that is not taken, where it was about them. */
function answered(said: ServerSaid, server: SmtpServer, refused: readonly ServerSaid[] = []): HandedOver {
  const code = Number(said.responseCode);
  // Those for whom it will never go are what the writer can mend.
  const about = refused.filter((each) => isPermanent(each) === isPermanent(said));
  const words = about.length === 0 ? wordsOf(said) : about.slice(0, namedAtMost).map(namedWordsOf).join(' · ');
  if (aboutAccount.has(code)) {
    const isLogin = code !== 421 && code !== 503;
    return { ...notNow(words), trouble: { why: `${server.host}:${server.port} says: ${words}`, isLogin } };
  }
  return isPermanent(said) ? { outcome: { kind: 'refused', why: words }, trouble: null } : notNow(words);
}

const namedAtMost = 5;
const wordsOf = (said: ServerSaid): string => serverWords(said.response) ?? String(said.responseCode);
const namedWordsOf = (said: ServerSaid): string => [serverWords(said.recipient), wordsOf(said)].flatMap((each) => each ?? []).join(': ');

const isPermanent = ({ responseCode }: ServerSaid): boolean => Number(responseCode) >= 500 && !aboutAccount.has(Number(responseCode));

/** Reading the mail failed, on our side. */
const isOurs = ({ code }: ServerSaid): boolean => code === 'ESTREAM' || code === 'stopped';

const notNow = (why: string): HandedOver => ({ outcome: { kind: 'notNow', why, retryAfterMs: null }, trouble: null });

/** What the server calls it: the Message-ID it gave instead of ours, or its place in the queue. */
function providerIds({ serverMessageId, response }: SMTPConnectionSendInfo): readonly string[] {
  const id = serverMessageId ?? /queued as ([\w.-]{1,100})/i.exec(response)?.[1];
  return id === undefined ? [] : [id];
}
