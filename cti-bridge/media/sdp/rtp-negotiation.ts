import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';
import type { Law } from '../codec/g711.ts';
import type { AudioTerms, Direction } from './audio-terms.ts';
import { answerDirection, findAudioLine, isHolding, readAudioTerms } from './audio-terms.ts';
import type { MediaDescription } from './session-description.ts';
import { parseSdp } from './session-description.ts';

/** Our end of a plain RTP leg, as written into SDP. `version` grows with every description we send (RFC 3264 section 8). */
export interface LocalEnd {
  readonly host: string;
  readonly port: number;
  readonly sessionNumber: number;
  readonly version: number;
}

/** What both sides agreed on; what a leg needs to run. */
export interface NegotiatedAudio {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly sends: { readonly payloadType: number; readonly law: Law };
  /** Payload types the far side may send. */
  readonly receives: ReadonlyMap<number, Law>;
  readonly eventPayloadType: number | null;
  readonly maySend: boolean;
  readonly mayReceive: boolean;
  readonly isHeld: boolean;
}

export type NegotiationFailure = { readonly code: 'badSdp' | 'notAcceptable'; readonly message: string };

/**
 * Answers an offer with one G.711 codec, the offerer's first, and telephone-event when offered. Every other line is refused with port 0 but
 * kept in its place (RFC 3264 section 6).
 */
export function answerOffer(
  offer: string,
  local: LocalEnd,
): Result<{ readonly sdp: string; readonly audio: NegotiatedAudio }, NegotiationFailure> {
  const parsed = parseSdp(offer);
  if (!parsed.ok) return err({ code: 'badSdp', message: parsed.error });
  const index = findAudioLine(parsed.value, false);
  const media = parsed.value.media[index];
  const terms = media && readAudioTerms(parsed.value, media);
  if (!media || !terms) return err({ code: 'notAcceptable', message: 'no plain RTP audio line' });
  const audio = negotiate(terms);
  if (!audio) return err({ code: 'notAcceptable', message: 'no G.711 codec, or an address that is not IPv4' });
  const lines = parsed.value.media.flatMap((line, at) =>
    at === index
      ? audioLines(line.protocol, local.port, [audio.sends], audio.eventPayloadType, answerDirection(terms.direction))
      : refusedLine(line),
  );
  return ok({ sdp: [...sessionLines(local), ...lines, ''].join('\r\n'), audio });
}

/** Our own offer: both laws and telephone-event. */
export function makeOffer(local: LocalEnd): string {
  const codecs = [
    { payloadType: 8, law: 'PCMA' },
    { payloadType: 0, law: 'PCMU' },
  ] as const;
  return [...sessionLines(local), ...audioLines('RTP/AVP', local.port, codecs, 101, 'sendrecv'), ''].join('\r\n');
}

export function readAnswer(answer: string): Result<NegotiatedAudio, NegotiationFailure> {
  const parsed = parseSdp(answer);
  if (!parsed.ok) return err({ code: 'badSdp', message: parsed.error });
  const media = parsed.value.media[findAudioLine(parsed.value, false)];
  const terms = media && readAudioTerms(parsed.value, media);
  const audio = terms && negotiate(terms);
  return audio ? ok(audio) : err({ code: 'notAcceptable', message: 'the answer has no usable audio line' });
}

function negotiate(terms: AudioTerms): NegotiatedAudio | null {
  const [first] = terms.codecs;
  if (!first || !/^\d{1,3}(\.\d{1,3}){3}$/.test(terms.address)) return null;
  return {
    remoteAddress: terms.address,
    remotePort: terms.port,
    sends: first,
    receives: new Map(terms.codecs.map((codec) => [codec.payloadType, codec.law])),
    eventPayloadType: terms.eventPayloadType,
    maySend: terms.direction === 'sendrecv' || terms.direction === 'recvonly',
    mayReceive: terms.direction === 'sendrecv' || terms.direction === 'sendonly',
    isHeld: isHolding(terms.direction),
  };
}

function sessionLines(local: LocalEnd): string[] {
  return ['v=0', `o=crosspoint ${local.sessionNumber} ${local.version} IN IP4 ${local.host}`, 's=-', `c=IN IP4 ${local.host}`, 't=0 0'];
}

function audioLines(
  protocol: string,
  port: number,
  codecs: readonly { readonly payloadType: number; readonly law: Law }[],
  eventPayloadType: number | null,
  direction: Direction,
): string[] {
  const types = [...codecs.map((codec) => codec.payloadType), ...(eventPayloadType === null ? [] : [eventPayloadType])];
  return [
    `m=audio ${port} ${protocol} ${types.join(' ')}`,
    ...codecs.map((codec) => `a=rtpmap:${codec.payloadType} ${codec.law}/8000`),
    ...(eventPayloadType === null ? [] : [`a=rtpmap:${eventPayloadType} telephone-event/8000`, `a=fmtp:${eventPayloadType} 0-15`]),
    'a=ptime:20',
    `a=${direction}`,
  ];
}

function refusedLine(line: MediaDescription): string {
  return `m=${line.kind} 0 ${line.protocol} ${line.formats.join(' ')}`;
}
