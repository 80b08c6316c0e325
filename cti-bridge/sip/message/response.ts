import type { Header, ReceivedRequest, SipResponse } from './message.ts';
import { parseNameAddr } from './name-addr.ts';
import { reasonPhrase } from './status.ts';

export interface ResponseParts {
  readonly text?: string | undefined;
  readonly headers?: readonly Header[] | undefined;
  readonly body?: { readonly type: string; readonly content: string } | undefined;
}

/** RFC 3261 §8.2.6: Via, From, To (with our tag on all but 100), Call-ID and CSeq come from the request. */
export function createResponse(
  request: Pick<ReceivedRequest, 'headers'>,
  status: number,
  toTag: string,
  product: string,
  parts: ResponseParts = {},
): SipResponse {
  const headers: Header[] = [];
  for (const { name, value } of request.headers) {
    const lower = name.toLowerCase();
    if (lower === 'to') headers.push({ name: 'To', value: status === 100 || hasTag(value) ? value : `${value};tag=${toTag}` });
    else if (['via', 'from', 'call-id', 'cseq'].includes(lower)) headers.push({ name, value });
    else if (lower === 'timestamp' && status === 100) headers.push({ name, value });
  }
  if (status > 100) headers.push({ name: 'Server', value: product });
  headers.push(...(parts.headers ?? []));
  if (parts.body) headers.push({ name: 'Content-Type', value: parts.body.type });
  return {
    kind: 'response',
    status,
    reason: parts.text ?? reasonPhrase(status),
    headers,
    body: Buffer.from(parts.body?.content ?? '', 'utf8'),
  };
}

/** A tag of the header itself, not one inside a display name or the address. A To that cannot be read has none. */
function hasTag(to: string): boolean {
  const address = parseNameAddr(to);
  return address.ok && address.value.params.has('tag');
}
