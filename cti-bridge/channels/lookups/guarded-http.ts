import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { LookUpAnswer, LookUpQuestion, LookUps } from '../../interactions/index.ts';
import type { Clock } from '../../kernel/index.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import type { HostNames, ResolvedAddress } from './host-names.ts';
import { placeOf } from './judge-address.ts';

/** What is more than anybody looks up for a call. */
const maxBodyBytes = 256 * 1024;
const maxHeadBytes = 16 * 1024;

/** Said by us alone: how the connection is used and where the message ends. */
const ownHeaders = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'accept-encoding',
]);

type Refused = Exclude<LookUpAnswer, { readonly kind: 'answered' }>;
const notAllowed = (why: Extract<Refused, { kind: 'notAllowed' }>['why']): Refused => ({ kind: 'notAllowed', why });

/**
 * Asks one question over one connection of its own, follows no redirect, and reads no more than a look-up may have. Where it may go:
 *
 *     public addresses                                     on the usual port of the scheme, or a port above 1023
 *     this machine, private networks                       only `host:port` that the settings name
 *     link-local, groups, metadata services, translated    never
 *
 * Every address that the name has must be allowed: one that leads both out and in is an attack or a mistake.
 */
export class GuardedHttp implements LookUps {
  readonly #clock: Clock;
  readonly #names: HostNames;
  readonly #allowed: AllowedHosts;
  readonly #certificateAuthority: string | undefined;

  /** `certificateAuthority`: PEM, in place of those the system trusts. */
  constructor(
    clock: Clock,
    parts: { readonly names: HostNames; readonly allowed: AllowedHosts; readonly certificateAuthority?: string | undefined },
  ) {
    this.#clock = clock;
    this.#names = parts.names;
    this.#allowed = parts.allowed;
    this.#certificateAuthority = parts.certificateAuthority;
  }

  async ask(question: LookUpQuestion, signal: AbortSignal): Promise<LookUpAnswer> {
    const over = new AbortController();
    const limit = Promise.withResolvers<LookUpAnswer>();
    const stop = (answer: LookUpAnswer) => {
      limit.resolve(answer);
      over.abort();
    };
    const stopped = () => stop({ kind: 'failed', why: 'stopped' });
    const timer = this.#clock.timer(question.limitMs, () => stop({ kind: 'timedOut' }));
    signal.addEventListener('abort', stopped, { once: true });
    if (signal.aborted) stopped();
    try {
      return await Promise.race([limit.promise, this.#ask(question, over.signal)]);
    } finally {
      timer.cancel();
      signal.removeEventListener('abort', stopped);
      over.abort();
    }
  }

  async #ask(question: LookUpQuestion, signal: AbortSignal): Promise<LookUpAnswer> {
    const place = judgedUrl(question.url);
    if (!place) return notAllowed('badAddress');
    const { url, port, host } = place;
    const isNamed = this.#allowed.has(url.hostname, port);
    if (!isNamed && !isUsualPort(port)) return notAllowed('unnamedPort');
    let addresses: readonly ResolvedAddress[];
    try {
      addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await this.#names.resolve(host);
    } catch {
      return { kind: 'failed', why: 'unknownHost' };
    }
    if (addresses.length === 0) return { kind: 'failed', why: 'unknownHost' };
    const isAllowed = ({ address }: ResolvedAddress) => placeOf(address) === 'public' || (isNamed && placeOf(address) === 'inside');
    if (!addresses.every(isAllowed)) return notAllowed('insideAddress');
    if (signal.aborted) return { kind: 'failed', why: 'stopped' };
    return this.#exchange(question, { url, port, host, addresses }, signal);
  }

  #exchange(
    { method, headers, body, onConnected }: LookUpQuestion,
    {
      url,
      port,
      host,
      addresses,
    }: { readonly url: URL; readonly port: number; readonly host: string; readonly addresses: readonly ResolvedAddress[] },
    signal: AbortSignal,
  ): Promise<LookUpAnswer> {
    const { promise, resolve } = Promise.withResolvers<LookUpAnswer>();
    const options: RequestOptions = {
      method,
      host,
      port,
      path: `${url.pathname}${url.search}`,
      headers: headersOf(headers, body),
      // A connection of its own: none that was opened to another address under the same name is used again.
      agent: false,
      maxHeaderSize: maxHeadBytes,
      signal,
      // The addresses that were judged, and no second resolution.
      lookup: (_name, { all }, done) => {
        const [first] = addresses;
        if (all) done(null, [...addresses]);
        else done(null, first?.address ?? '', first?.family);
      },
    };
    try {
      const request =
        url.protocol === 'https:'
          ? requestHttps({ ...options, ...(this.#certificateAuthority === undefined ? {} : { ca: this.#certificateAuthority }) })
          : requestHttp(options);
      // Nothing of a question leaves before.
      if (onConnected) request.on('socket', (socket) => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', onConnected));
      request.on('response', (response) => {
        void answerOf(response).then((answer) => {
          resolve(answer);
          request.destroy();
        });
      });
      request.on('error', ({ code }: NodeJS.ErrnoException) => {
        const isTheirs = code !== undefined && (code.startsWith('HPE_') || code === 'ERR_HTTP_INVALID_HEADER_VALUE');
        resolve({ kind: 'failed', why: isTheirs ? 'badAnswer' : 'unreachable' });
      });
      // Neither is spoken here; without a listener a socket would be left open.
      for (const event of ['upgrade', 'connect'] as const) {
        request.on(event, () => {
          resolve({ kind: 'failed', why: 'badAnswer' });
          request.destroy();
        });
      }
      request.end(body ?? undefined);
    } catch {
      // A header that cannot be written, such as one with a line break in it.
      resolve(notAllowed('badAddress'));
    }
    return promise;
  }
}

/** Null: no address that anybody would write who means well: other schemes, credentials, an IP address in disguise. */
function judgedUrl(text: string): { readonly url: URL; readonly port: number; readonly host: string } | null {
  // The parser would leave tabs and line breaks out.
  if (/[\s\p{Cc}\\]/u.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') return null;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const written = /^https?:\/\/(\[[^\]]*\]|[^/?#:]*)/i.exec(text)?.[1]?.toLowerCase();
  // 0x7f000001, 2130706433 and 127.1 are read as 127.0.0.1, and full-width digits too.
  if (isIP(host) && written !== url.hostname) return null;
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { url, port, host };
}

/** Below 1024 other protocols listen (mail, LDAP, printers), which may take our text for theirs. */
function isUsualPort(port: number): boolean {
  return port === 80 || port === 443 || port > 1_023;
}

function headersOf(given: Readonly<Record<string, string>>, body: string | null): Record<string, string> {
  const own = { accept: 'application/json', 'user-agent': 'Crosspoint', 'accept-encoding': 'identity' };
  const ofBody = body === null ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  const theirs = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value] as const);
  const sent = theirs.filter(([name]) => !ownHeaders.has(name));
  return { ...own, ...ofBody, ...Object.fromEntries(sent) };
}

async function answerOf(response: IncomingMessage): Promise<LookUpAnswer> {
  const status = response.statusCode ?? 0;
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
  const body = await bodyOf(response);
  if (body === 'tooLarge') return { kind: 'failed', why: 'tooLarge' };
  if (body === 'broken') return { kind: 'failed', why: 'badAnswer' };
  return { kind: 'answered', status, headers, body: jsonOf(body, response.headers) };
}

async function bodyOf(response: IncomingMessage): Promise<Buffer | 'tooLarge' | 'broken'> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > maxBodyBytes) return 'tooLarge';
      parts.push(part);
    }
  } catch {
    return 'broken';
  }
  return response.complete ? Buffer.concat(parts) : 'broken';
}

/** Null where it says that it is something else, or is not what it says. */
function jsonOf(body: Buffer, { 'content-type': type, 'content-encoding': encoding }: IncomingMessage['headers']): unknown {
  const isJson = /^application\/(?:[\w.-]{1,60}\+)?json\s*(?:;|$)/i.test(type ?? '');
  if (!isJson || (encoding !== undefined && encoding !== 'identity')) return null;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
