import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';
import type { Law } from '../codec/g711.ts';
import type { LocalEnd, NegotiatedAudio } from '../sdp/rtp-negotiation.ts';
import { attributeValues, parseSdp } from '../sdp/session-description.ts';

/** What all packets of a relayed call bear: the relay changes no payload, so both sides must mean the same by the same number. */
export interface RelayTerms {
  readonly payloadType: number;
  readonly law: Law;
  /** Null as long as no side has named one. */
  readonly eventPayloadType: number | null;
}

/** Somebody who is not there yet: the null address, to which the daemon sends nothing. */
export const nobody = { host: '0.0.0.0', port: 9 } as const;

const bothLaws: readonly Pick<RelayTerms, 'payloadType' | 'law'>[] = [
  { payloadType: 8, law: 'PCMA' },
  { payloadType: 0, law: 'PCMU' },
];

/** One plain audio line: what the daemon is told of a side, or a telephone of us. Without terms both laws are open. */
export function describeAudio({ host, port, sessionNumber, version }: LocalEnd, terms: RelayTerms | null): string {
  const codecs = terms ? [terms] : bothLaws;
  const event = terms ? terms.eventPayloadType : 101;
  return [
    'v=0',
    `o=crosspoint ${sessionNumber} ${version} IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=audio ${port} RTP/AVP ${[...codecs.map(({ payloadType }) => payloadType), ...(event === null ? [] : [event])].join(' ')}`,
    ...codecs.map(({ payloadType, law }) => `a=rtpmap:${payloadType} ${law}/8000`),
    ...(event === null ? [] : [`a=rtpmap:${event} telephone-event/8000`, `a=fmtp:${event} 0-15`]),
    'a=ptime:20',
    'a=sendrecv',
    '',
  ].join('\r\n');
}

/** The terms of a call once one more side has said its own; an error when the two cannot be relayed as they are. */
export function agreeOnTerms(terms: RelayTerms | null, { sends, receives, eventPayloadType }: NegotiatedAudio): Result<RelayTerms, string> {
  if (!terms) return ok({ ...sends, eventPayloadType });
  if (receives.get(terms.payloadType) !== terms.law) return err(`one side speaks ${terms.law} as ${terms.payloadType}, the other does not`);
  if (terms.eventPayloadType !== null && eventPayloadType !== null && terms.eventPayloadType !== eventPayloadType)
    return err(`keys are ${terms.eventPayloadType} on one side and ${eventPayloadType} on the other`);
  return ok({ ...terms, eventPayloadType: terms.eventPayloadType ?? eventPayloadType });
}

/** An offer of which nothing can be chosen but the law of the call; as it came when it does not have that law. */
export function onlyLaw(offer: string, terms: RelayTerms | null): string {
  if (!terms) return offer;
  const others = bothLaws.filter(({ law }) => law !== terms.law).map(({ payloadType }) => String(payloadType));
  return offer
    .split(/\r\n|\n|\r/)
    .map((line) => {
      const [kind, port, protocol, ...formats] = line.split(' ');
      if (kind !== 'm=audio' || !formats.includes(String(terms.payloadType))) return line;
      return [kind, port, protocol, ...formats.filter((format) => !others.includes(format))].join(' ');
    })
    .join('\r\n');
}

/** Where the daemon waits for the packets of a side, as its description says. */
export function endpointOf(sdp: string): { readonly host: string; readonly port: number } | null {
  const parsed = parseSdp(sdp);
  if (!parsed.ok) return null;
  const audio = parsed.value.media.find(({ kind, port }) => kind === 'audio' && port !== 0);
  const host = audio?.connection?.address ?? parsed.value.connection?.address;
  return audio && host !== undefined ? { host, port: audio.port } : null;
}

/** A description of the daemon's, with another direction. */
export function withDirection(sdp: string, direction: string): string {
  return sdp.replace(/^a=(?:sendrecv|sendonly|recvonly|inactive)(?=\r?$)/m, `a=${direction}`);
}

/** Direction of our answer to this offer, which wants everything it can have. */
export function answeredDirection(offer: string): string {
  const parsed = parseSdp(offer);
  const attributes = parsed.ok ? [...parsed.value.attributes, ...parsed.value.media.flatMap((line) => line.attributes)] : [];
  if (attributeValues(attributes, 'sendonly').length > 0) return 'recvonly';
  if (attributeValues(attributes, 'recvonly').length > 0) return 'sendonly';
  return attributeValues(attributes, 'inactive').length > 0 ? 'inactive' : 'sendrecv';
}
