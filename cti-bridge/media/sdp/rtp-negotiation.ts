import { randomBytes } from 'node:crypto';
import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';
import type { Codecs, SrtpUse } from '../api.ts';
import type { Law } from '../codec/g711.ts';
import type { AudioTerms, Direction, OpusTerms } from './audio-terms.ts';
import { answerDirection, findAudioLine, isHolding, readAudioTerms } from './audio-terms.ts';
import { formatLines, formatsOf, type Numbers, usualNumbers } from './codec-lines.ts';
import { type CryptoLine, isSameKey, newMaster, readCryptoLine, type SrtpAgreement, writeCryptoLine } from './crypto-line.ts';
import type { MediaDescription, SessionDescription } from './session-description.ts';
import { attributeValues, parseSdp } from './session-description.ts';

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
  /** Null where both sides did not agree on Opus beside G.711. */
  readonly opus: OpusTerms | null;
  readonly maySend: boolean;
  readonly mayReceive: boolean;
  readonly isHeld: boolean;
  /** Null: packets are in clear, or DTLS sees to it. */
  readonly srtp: SrtpAgreement | null;
}

/** How we answer as to SRTP: whether it may or must be, and what the answer before agreed on. */
export interface AnsweringSrtp {
  readonly use: SrtpUse;
  readonly before: SrtpAgreement | null;
  readonly random?: (length: number) => Buffer;
}

const inClear: AnsweringSrtp = { use: 'never', before: null };

export type NegotiationFailure = { readonly code: 'badSdp' | 'notAcceptable'; readonly message: string };

/**
 * Answers an offer with one G.711 codec, the offerer's first, then Opus where it `mayUseOpus`, and telephone-event when offered. Every other line is refused with port 0 but
 * kept in its place (RFC 3264 section 6). Where SRTP may be, an offered line with a key we can use goes before one in clear; our own key is
 * kept as long as the far side keeps its.
 */
export function answerOffer(
  offer: string,
  local: LocalEnd,
  srtp: AnsweringSrtp = inClear,
  mayUseOpus = false,
): Result<{ readonly sdp: string; readonly audio: NegotiatedAudio }, NegotiationFailure> {
  const parsed = parseSdp(offer);
  if (!parsed.ok) return err({ code: 'badSdp', message: parsed.error });
  const { index, agreement } = chooseLine(parsed.value, srtp);
  const media = parsed.value.media[index];
  const terms = media && readAudioTerms(parsed.value, media);
  if (!media || !terms) return err({ code: 'notAcceptable', message: `no RTP audio line for SRTP ${srtp.use}` });
  const audio = negotiate(terms, agreement, mayUseOpus);
  if (!audio) return err({ code: 'notAcceptable', message: 'no G.711 codec, or an address that is not IPv4' });
  const lines = parsed.value.media.flatMap((line, at) =>
    at === index
      ? [
          ...audioLines(
            line.protocol,
            local.port,
            agreedNumbers(audio),
            audio.opus ? 'withOpus' : 'g711',
            answerDirection(terms.direction),
          ),
          ...(agreement ? [writeCryptoLine({ tag: agreement.tag, master: agreement.ours })] : []),
        ]
      : refusedLine(line),
  );
  return ok({ sdp: [...sessionLines(local), ...lines, ''].join('\r\n'), audio });
}

/** The line to answer, -1 for none, and with which keys. */
function chooseLine(
  description: SessionDescription,
  srtp: AnsweringSrtp,
): { readonly index: number; readonly agreement: SrtpAgreement | null } {
  if (srtp.use !== 'never') {
    const index = findAudioLine(description, 'sdes');
    const agreement = agreeOn(cryptoLinesOf(description.media[index]), srtp);
    if (agreement) return { index, agreement };
  }
  return { index: srtp.use === 'required' ? -1 : findAudioLine(description, 'none'), agreement: null };
}

/** The first line that can be used: they stand in the order of the offerer's preference (RFC 4568 section 5.1.2). */
function agreeOn([line]: readonly CryptoLine[], { before, random = randomBytes }: AnsweringSrtp): SrtpAgreement | null {
  if (!line) return null;
  if (before && before.tag === line.tag && isSameKey(before.theirs, line.master)) return before;
  return { tag: line.tag, ours: newMaster(line.master.profile, random), theirs: line.master };
}

function cryptoLinesOf(media: MediaDescription | undefined): readonly CryptoLine[] {
  return media ? attributeValues(media.attributes, 'crypto').flatMap((value) => readCryptoLine(value) ?? []) : [];
}

/** Our own offer: both laws and telephone-event, with Opus where asked for; protected, with these keys to choose from. */
export function makeOffer(
  local: LocalEnd,
  keys: readonly CryptoLine[] = [],
  codecs: Codecs = 'g711',
  numbers: Numbers = usualNumbers,
): string {
  const protocol = keys.length > 0 ? 'RTP/SAVP' : 'RTP/AVP';
  const lines = audioLines(protocol, local.port, numbers, codecs, 'sendrecv');
  return [...sessionLines(local), ...lines, ...keys.map(writeCryptoLine), ''].join('\r\n');
}

/** For a later offer in the same call: a number goes on to mean what it meant (RFC 3264 section 8.3.2). */
export function numbersAfter(before: Numbers, { eventPayloadType, opus }: NegotiatedAudio): Numbers {
  return { ...before, event: eventPayloadType, ...(opus ? { opus: opus.payloadType, wideEvent: opus.eventPayloadType } : {}) };
}

const agreedNumbers = ({ sends, eventPayloadType, opus }: NegotiatedAudio): Numbers => ({
  laws: [sends],
  event: eventPayloadType,
  opus: opus?.payloadType ?? null,
  wideEvent: opus?.eventPayloadType ?? null,
});

/**
 * The answer to an offer of ours, with the keys that stood in it. One in clear is taken where SRTP is not required: the offer may have gone
 * to its reader as `plainOffer`.
 */
export function readAnswer(
  answer: string,
  use: SrtpUse = 'never',
  keys: readonly CryptoLine[] = [],
  offeredOpus = false,
): Result<NegotiatedAudio, NegotiationFailure> {
  const parsed = parseSdp(answer);
  if (!parsed.ok) return err({ code: 'badSdp', message: parsed.error });
  const secured = use === 'never' ? undefined : parsed.value.media[findAudioLine(parsed.value, 'sdes')];
  const agreement = secured ? answeredKey(secured, keys) : null;
  if (!agreement && (use === 'required' || secured))
    return err({ code: 'notAcceptable', message: 'the answer agrees on no key that we offered' });
  const media = secured ?? parsed.value.media[findAudioLine(parsed.value, 'none')];
  const terms = media && readAudioTerms(parsed.value, media);
  const audio = terms && negotiate(terms, agreement, offeredOpus);
  return audio ? ok(audio) : err({ code: 'notAcceptable', message: 'the answer has no usable audio line' });
}

/** RFC 4568 section 5.1.3: exactly one line, with the tag and the suite of one of ours. */
function answeredKey(media: MediaDescription, offered: readonly CryptoLine[]): SrtpAgreement | null {
  const [line, ...others] = cryptoLinesOf(media);
  const ours = offered.find(({ tag }) => tag === line?.tag)?.master;
  if (!line || others.length > 0 || ours?.profile !== line.master.profile) return null;
  return { tag: line.tag, ours, theirs: line.master };
}

function negotiate(terms: AudioTerms, srtp: SrtpAgreement | null, withOpus: boolean): NegotiatedAudio | null {
  const [first] = terms.codecs;
  if (!first || !/^\d{1,3}(\.\d{1,3}){3}$/.test(terms.address)) return null;
  return {
    remoteAddress: terms.address,
    remotePort: terms.port,
    sends: first,
    receives: new Map(terms.codecs.map((codec) => [codec.payloadType, codec.law])),
    eventPayloadType: terms.eventPayloadType,
    opus: withOpus ? terms.opus : null,
    maySend: terms.direction === 'sendrecv' || terms.direction === 'recvonly',
    mayReceive: terms.direction === 'sendrecv' || terms.direction === 'sendonly',
    isHeld: isHolding(terms.direction),
    srtp,
  };
}

function sessionLines(local: LocalEnd): string[] {
  return ['v=0', `o=crosspoint ${local.sessionNumber} ${local.version} IN IP4 ${local.host}`, 's=-', `c=IN IP4 ${local.host}`, 't=0 0'];
}

function audioLines(protocol: string, port: number, numbers: Numbers, codecs: Codecs, direction: Direction): string[] {
  return [
    `m=audio ${port} ${protocol} ${formatsOf(numbers, codecs).join(' ')}`,
    ...formatLines(numbers, codecs),
    'a=ptime:20',
    `a=${direction}`,
  ];
}

function refusedLine(line: MediaDescription): string {
  return `m=${line.kind} 0 ${line.protocol} ${line.formats.join(' ')}`;
}
