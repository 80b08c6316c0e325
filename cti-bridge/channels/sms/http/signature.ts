import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * How both sides of an HTTP line show that they know its secret:
 *
 *     x-crosspoint-timestamp: 1790000000                   seconds since 1970
 *     x-crosspoint-signature: sha256=<hexadecimal>         HMAC-SHA-256 over `timestamp.body`, the body byte for byte
 */
export const timestampHeader = 'x-crosspoint-timestamp';
export const signatureHeader = 'x-crosspoint-signature';

/** What is older was recorded by somebody, and clocks of servers are no further apart. */
export const freshMs = 5 * 60_000;

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

export function sign(secret: string, body: Buffer, now: number): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1_000));
  return { [timestampHeader]: timestamp, [signatureHeader]: `sha256=${digestOf(secret, timestamp, body).toString('hex')}` };
}

export type Verdict = { readonly kind: 'ours'; readonly signature: string } | { readonly kind: 'forged' | 'old' };

/** Names of headers in small letters. Takes as long for a wrong signature as for a right one. */
export function verify(secret: string, body: Buffer, headers: Headers, now: number): Verdict {
  const timestamp = headers[timestampHeader];
  const signature = headers[signatureHeader];
  if (typeof timestamp !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(timestamp)) return { kind: 'forged' };
  const given = /^sha256=([0-9a-f]{64})$/i.exec(signature)?.[1];
  const expected = digestOf(secret, timestamp, body);
  if (given === undefined || !timingSafeEqual(Buffer.from(given, 'hex'), expected)) return { kind: 'forged' };
  return Math.abs(now - Number(timestamp) * 1_000) > freshMs ? { kind: 'old' } : { kind: 'ours', signature: given.toLowerCase() };
}

function digestOf(secret: string, timestamp: string, body: Buffer): Buffer {
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
}
