import type { Header, ReceivedRequest, ResponseParts } from '../message/index.ts';
import { headerOf, headerTokens, headerValues, schemeOf, sdpOf } from '../message/index.ts';

/** What we understand, in the order of RFC 3261 §8.2: method, extensions, content. */
export const allowedMethods = [
  'INVITE',
  'ACK',
  'CANCEL',
  'BYE',
  'OPTIONS',
  'INFO',
  'PRACK',
  'UPDATE',
  'REFER',
  'NOTIFY',
  'SUBSCRIBE',
  'REGISTER',
] as const;
/** Methods of other RFCs: refused with 405; any other name gets 501. */
const knownMethods = new Set<string>([...allowedMethods, 'MESSAGE', 'PUBLISH']);
/** Methods that mean nothing outside a dialog. */
const withinDialogsOnly = new Set(['BYE', 'INFO', 'PRACK', 'UPDATE', 'REFER', 'NOTIFY']);
const supportedExtensions = ['timer', '100rel', 'replaces', 'norefersub'];

export const allow: Header = { name: 'Allow', value: allowedMethods.join(', ') };
export const supported: Header = { name: 'Supported', value: supportedExtensions.join(', ') };
export const allowEvents: Header = { name: 'Allow-Events', value: 'refer' };
export const acceptSdp: Header = { name: 'Accept', value: 'application/sdp' };

export interface Refusal {
  readonly status: number;
  readonly parts?: ResponseParts;
}

/** Null when the request asks for nothing we cannot do. */
export function checkCapabilities(request: ReceivedRequest): Refusal | null {
  if (!(allowedMethods as readonly string[]).includes(request.method)) {
    return { status: knownMethods.has(request.method) ? 405 : 501, parts: { headers: [allow] } };
  }
  if (!['sip', 'sips', 'tel'].includes(schemeOf(request.uri))) return { status: 416 };
  // RFC 3261 §8.2.2.3.
  const unknown = headerTokens(request, 'Require').filter((tag) => !supportedExtensions.includes(tag));
  if (unknown.length > 0) return { status: 420, parts: { headers: [{ name: 'Unsupported', value: unknown.join(', ') }] } };
  return checkContent(request);
}

/** Null for a request that may come without a dialog. */
export function checkOutsideDialog(request: ReceivedRequest): Refusal | null {
  // There are no events to subscribe to but those of a REFER, which made its subscription itself (RFC 6665 §4.2.1.2).
  if (request.method === 'SUBSCRIBE') return { status: 489, parts: { headers: [allowEvents] } };
  return withinDialogsOnly.has(request.method) ? { status: 481 } : null;
}

/** RFC 3261 §8.2.3, for the methods whose body must be a session description. */
function checkContent(request: ReceivedRequest): Refusal | null {
  if (request.method !== 'INVITE' && request.method !== 'UPDATE' && request.method !== 'PRACK') return null;
  const encoding = headerOf(request, 'Content-Encoding')?.toLowerCase();
  if (encoding !== undefined && encoding !== 'identity')
    return { status: 415, parts: { headers: [{ name: 'Accept-Encoding', value: 'identity' }] } };
  const isOptional = /handling\s*=\s*optional/i.test(headerOf(request, 'Content-Disposition') ?? '');
  if (request.body.length > 0 && sdpOf(request) === null && !isOptional) return { status: 415, parts: { headers: [acceptSdp] } };
  const accepted = headerValues(request, 'Accept').map((value) => (value.split(';')[0] ?? '').trim().toLowerCase());
  const takesSdp = accepted.length === 0 || accepted.some((type) => ['application/sdp', 'application/*', '*/*'].includes(type));
  return takesSdp ? null : { status: 406, parts: { headers: [acceptSdp] } };
}
