import { headerOf } from './headers.ts';
import type { Header } from './message.ts';
import { unquote } from './scan.ts';

interface HasBody {
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

/** `application/sdp` in lower case, without parameters; null without a Content-Type. */
export function contentType(message: HasBody): string | null {
  const value = headerOf(message, 'Content-Type');
  return value === undefined ? null : (value.split(';')[0] ?? '').trim().toLowerCase();
}

/** The session description: the whole body, or that part of a multipart body (RFC 5621), as trunks with ISUP send it. Null without one. */
export function sdpOf(message: HasBody): string | null {
  if (message.body.length === 0) return null;
  const type = contentType(message);
  if (type === 'application/sdp') return message.body.toString('utf8');
  if (type === null || !type.startsWith('multipart/')) return null;
  const boundary = /;\s*boundary\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]+)/i.exec(headerOf(message, 'Content-Type') ?? '')?.[1];
  if (boundary === undefined) return null;
  // Latin-1 keeps every byte of foreign binary parts in its place while we look for ours.
  for (const part of message.body.toString('latin1').split(`--${unquote(boundary)}`)) {
    const blank = part.indexOf('\r\n\r\n');
    if (blank < 0 || !/^content-type\s*:\s*application\/sdp/im.test(part.slice(0, blank))) continue;
    return Buffer.from(part.slice(blank + 4), 'latin1').toString('utf8');
  }
  return null;
}
