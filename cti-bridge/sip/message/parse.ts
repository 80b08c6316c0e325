import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';
import { parseCSeq } from './cseq.ts';
import { headerLines, headerOf, longName } from './headers.ts';
import type { Essentials, Header, ReceivedMessage } from './message.ts';
import { parseNameAddr } from './name-addr.ts';
import { isToken } from './params.ts';
import { splitOutsideQuotes, trimSpace } from './scan.ts';
import { isAbsoluteUri, parseUri, schemeOf } from './uri.ts';
import { formatVia, parseVia, salvageVia } from './via.ts';

/**
 * Why bytes are not a message. `reply` holds the headers a 4xx can be built from when the bytes were a request whose sender can be told;
 * null means: drop it (a response, an ACK, or nobody to answer).
 */
export interface ParseFailure {
  readonly status: 400 | 505 | 513;
  readonly text: string;
  readonly reply: readonly Header[] | null;
}

export const maxMessageBytes = 65_535;
const maxHeaders = 256;

/** Headers that may stand once only (RFC 3261 §7.3.1); twice is an attempt to be read in two ways (RFC 4475 §3.3.8, §3.3.9). */
const single = ['From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards', 'Content-Length', 'Content-Type', 'Expires'];

/** Reads one message that fills the buffer: a datagram, a WebSocket message (RFC 7118 §5), or what was cut out of a stream. Never throws. */
export function parseMessage(bytes: Buffer, maxBytes = maxMessageBytes): Result<ReceivedMessage, ParseFailure> {
  if (bytes.length > maxBytes) return err({ status: 513, text: 'Message Too Large', reply: null });
  let start = 0;
  while (bytes[start] === 13 && bytes[start + 1] === 10) start += 2; // RFC 3261 §7.5: leading CRLFs are ignored
  const end = bytes.indexOf('\r\n\r\n', start);
  const head = bytes.toString('utf8', start, end < 0 ? bytes.length : end);
  const rest = end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 4);
  const lines = head.split('\r\n');
  const startLine = lines.shift() ?? '';
  const isResponse = /^SIP\//i.test(startLine) && !/ SIP\/\S*$/i.test(startLine);

  const headers = readHeaders(lines);
  if (!headers.ok) return err({ status: headers.error === 'Too Many Headers' ? 513 : 400, text: headers.error, reply: null });
  // An ACK is never answered (RFC 3261 §17), neither is a response.
  const reply = isResponse || /^ACK /i.test(startLine) ? null : repliable(headers.value);
  const bad = (text: string, status: 400 | 505 = 400) => err({ status, text, reply });

  if (end < 0) return bad('No End Of Headers');
  const essentials = readEssentials(headers.value);
  if (!essentials.ok) return bad(essentials.error);
  const body = readBody(headers.value, rest);
  if (!body.ok) return bad(body.error);
  const common = { headers: headers.value, body: body.value, ...essentials.value };

  if (isResponse) {
    const line = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i.exec(startLine);
    return line ? ok({ kind: 'response', status: Number(line[1]), reason: line[2] ?? '', ...common }) : bad('Bad Status Line');
  }
  const line = /^(\S+) (\S+) SIP\/(\d+)\.(\d+)$/i.exec(startLine);
  const [, method = '', uri = '', major, minor] = line ?? [];
  if (!line || !isToken(method)) return bad('Bad Request Line');
  if (Number(major) !== 2 || Number(minor) !== 0) return bad('Version Not Supported', 505);
  const uriProblem = checkRequestUri(uri);
  if (uriProblem !== null) return bad(uriProblem);
  if (common.cseq.method !== method) return bad('CSeq Method Does Not Match');
  return ok({ kind: 'request', method, uri, ...common });
}

function readHeaders(lines: readonly string[]): Result<Header[], string> {
  const unfolded: string[] = [];
  for (const line of lines) {
    // A bare CR or LF is how a header would be smuggled into what we send back.
    if (/[\r\n]/.test(line)) return err('Bare Line Break');
    if (/^[ \t]/.test(line)) {
      if (unfolded.length === 0) return err('Bad Header Line');
      unfolded[unfolded.length - 1] += ` ${trimSpace(line)}`;
    } else unfolded.push(line);
  }
  const headers: Header[] = [];
  for (const line of unfolded) {
    const colon = line.indexOf(':');
    const name = longName(trimSpace(line.slice(0, Math.max(0, colon))));
    if (!isToken(name)) return err('Bad Header Line');
    const value = trimSpace(line.slice(colon + 1));
    // One line per hop, so that the topmost Via is the first line.
    if (name.toLowerCase() === 'via') headers.push(...splitOutsideQuotes(value, ',').map((hop) => ({ name: 'Via', value: hop })));
    else headers.push({ name, value });
    if (headers.length > maxHeaders) return err('Too Many Headers'); // hops on one line among them
  }
  return ok(headers);
}

function readEssentials(headers: readonly Header[]): Result<Essentials, string> {
  for (const name of single) if (headerLines({ headers }, name).length > 1) return err(`Multiple ${name}`);
  const via = parseVia(headerOf({ headers }, 'Via') ?? '');
  if (!via.ok) return err('Bad Via');
  const from = parseNameAddr(headerOf({ headers }, 'From') ?? '');
  if (!from.ok || !isAddress(from.value.uri)) return err('Bad From');
  const to = parseNameAddr(headerOf({ headers }, 'To') ?? '');
  if (!to.ok || !isAddress(to.value.uri)) return err('Bad To');
  const callId = headerOf({ headers }, 'Call-ID') ?? '';
  if (callId === '' || /\s/.test(callId)) return err('Bad Call-ID');
  const cseq = parseCSeq(headerOf({ headers }, 'CSeq') ?? '');
  if (!cseq.ok) return err('Bad CSeq');
  const maxForwards = headerOf({ headers }, 'Max-Forwards');
  if (maxForwards !== undefined && !(/^\d+$/.test(maxForwards) && Number(maxForwards) <= 255)) return err('Bad Max-Forwards');
  const fromTag = from.value.params.get('tag') ?? null;
  const toTag = to.value.params.get('tag') ?? null;
  // A tag that says nothing cannot be told from none at all, by us or by who gets it back.
  if (!fromTag && from.value.params.has('tag')) return err('Bad From');
  if (!toTag && to.value.params.has('tag')) return err('Bad To');
  return ok({ via: via.value, from: from.value, to: to.value, fromTag, toTag, callId, cseq: cseq.value });
}

/** Foreign schemes are let through here; what can be done with them is decided where they are used. */
const isAddress = (uri: string): boolean => !['sip', 'sips'].includes(schemeOf(uri)) || parseUri(uri).ok;

/** Null when fine. Headers in a Request-URI are forbidden (RFC 3261 §19.1.1; RFC 4475 §3.1.2.11). */
function checkRequestUri(uri: string): string | null {
  if (!isAbsoluteUri(uri)) return 'Bad Request-URI';
  if (!['sip', 'sips', 'tel'].includes(schemeOf(uri))) return null; // 416 is the user agent's to say
  const parsed = parseUri(uri);
  return parsed.ok && !parsed.value.hasHeaders ? null : 'Bad Request-URI';
}

/** RFC 3261 §18.3: a shorter Content-Length cuts the datagram, a longer one is an error; §20.14: in bytes. */
function readBody(headers: readonly Header[], rest: Buffer): Result<Buffer, string> {
  const declared = headerOf({ headers }, 'Content-Length');
  if (declared === undefined) return ok(rest);
  if (!/^\d{1,9}$/.test(declared)) return err('Bad Content-Length');
  const length = Number(declared);
  return length > rest.length ? err('Content-Length Too Large') : ok(rest.subarray(0, length));
}

/** What a 4xx echoes (RFC 3261 §8.2.6), as far as it is there. Null when the way back cannot be read. */
function repliable(headers: readonly Header[]): readonly Header[] | null {
  const echoed = ['from', 'to', 'call-id', 'cseq'];
  const seen = new Set<string>();
  const kept: Header[] = [];
  for (const header of headers) {
    const lower = header.name.toLowerCase();
    if (lower === 'via') {
      const whole = parseVia(header.value).ok ? header : salvaged(header);
      if (whole) kept.push(whole);
      else if (!seen.has('via')) return null;
      seen.add('via');
    } else if (echoed.includes(lower) && !seen.has(lower)) {
      kept.push(header);
      seen.add(lower);
    }
  }
  return seen.has('via') ? kept : null;
}

function salvaged({ name, value }: Header): Header | null {
  const via = salvageVia(value);
  return via && { name, value: formatVia(via) };
}
