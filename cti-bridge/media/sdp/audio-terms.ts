import type { Law } from '../codec/g711.ts';
import type { Attribute, MediaDescription, SessionDescription } from './session-description.ts';
import { attributeValues, parseSdp } from './session-description.ts';

/** Seen from the side whose description it is. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** What one side's audio line says, in terms a leg works with. */
export interface AudioTerms {
  readonly address: string;
  readonly port: number;
  readonly direction: Direction;
  /** G.711 payload types in the order of preference. */
  readonly codecs: readonly { readonly payloadType: number; readonly law: Law }[];
  /** telephone-event at 8000 Hz; other clock rates do not fit a G.711 stream. */
  readonly eventPayloadType: number | null;
  readonly opus: OpusTerms | null;
}

/** opus/48000/2 (RFC 7587), and telephone-event on its clock. */
export interface OpusTerms {
  readonly payloadType: number;
  readonly eventPayloadType: number | null;
}

const directions: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

function directionOf(attributes: readonly Attribute[]): Direction | undefined {
  return directions.find((direction) => attributes.some((attribute) => attribute.name === direction));
}

/** How the packets of a line are protected: not, with keys in the description (RFC 4568), or with keys of a DTLS handshake (RFC 5764). */
export type Protection = 'none' | 'sdes' | 'dtls';

const protocols: Readonly<Record<Protection, RegExp>> = {
  none: /^RTP\/AVPF?$/,
  sdes: /^RTP\/SAVPF?$/,
  dtls: /^UDP\/TLS\/RTP\/SAVPF?$/,
};

/** The m-line a leg would use: the first audio line of its kind that is not switched off. */
export function findAudioLine(description: SessionDescription, protection: Protection): number {
  const protocol = protocols[protection];
  return description.media.findIndex((media) => media.kind === 'audio' && media.port !== 0 && protocol.test(media.protocol));
}

export function readAudioTerms(description: SessionDescription, media: MediaDescription): AudioTerms | null {
  const connection = media.connection ?? description.connection;
  if (!connection) return null;
  const codecs: { payloadType: number; law: Law }[] = [];
  let eventPayloadType: number | null = null;
  let opusPayloadType: number | null = null;
  let wideEventPayloadType: number | null = null;
  const encodings = encodingsOf(media);
  for (const payloadType of new Set(media.formats.map(readPayloadType))) {
    if (payloadType === null) continue;
    const encoding = encodings.get(payloadType);
    if (encoding === 'PCMU/8000') codecs.push({ payloadType, law: 'PCMU' });
    else if (encoding === 'PCMA/8000') codecs.push({ payloadType, law: 'PCMA' });
    else if (encoding === 'TELEPHONE-EVENT/8000') eventPayloadType ??= payloadType;
    else if (encoding === 'OPUS/48000/2') opusPayloadType ??= payloadType;
    else if (encoding === 'TELEPHONE-EVENT/48000') wideEventPayloadType ??= payloadType;
  }
  const declared = directionOf(media.attributes) ?? directionOf(description.attributes) ?? 'sendrecv';
  // RFC 2543's way to hold, still sent by old equipment (RFC 3264 section 8.4): the null address.
  const direction = connection.address === '0.0.0.0' ? (declared === 'recvonly' ? 'inactive' : withoutReceiving(declared)) : declared;
  const opus = opusPayloadType === null ? null : { payloadType: opusPayloadType, eventPayloadType: wideEventPayloadType };
  return { address: connection.address, port: media.port, direction, codecs, eventPayloadType, opus };
}

/** That its sound may be Opus, among others: what both descriptions say of a leg is agreed on. */
export function hasOpus(sdp: string): boolean {
  const parsed = parseSdp(sdp);
  if (!parsed.ok) return false;
  const media = parsed.value.media.find(({ kind, port }) => kind === 'audio' && port !== 0);
  // The address says nothing here; where ICE finds the way there may be none.
  return media !== undefined && readAudioTerms(parsed.value, { ...media, connection: { family: 'IP4', address: 'any' } })?.opus != null;
}

function withoutReceiving(direction: Direction): Direction {
  return direction === 'sendrecv' ? 'sendonly' : direction;
}

function readPayloadType(format: string): number | null {
  return /^\d{1,3}$/.test(format) && Number(format) <= 127 ? Number(format) : null;
}

/** By payload type; the first rtpmap of one counts. RFC 3551 table 4: 0 and 8 mean G.711 without any. */
function encodingsOf(media: MediaDescription): ReadonlyMap<number, string> {
  const encodings = new Map<number, string>();
  for (const map of attributeValues(media.attributes, 'rtpmap')) {
    const [, type, encoding, channels = '1'] = /^(\d+) +([^/\s]+\/\d+)(?:\/(\d+))?\s*$/.exec(map) ?? [];
    if (type === undefined || encodings.has(Number(type))) continue;
    const name = encoding?.toUpperCase() ?? '';
    encodings.set(Number(type), channels === '1' ? name : `${name}/${channels}`);
  }
  if (!encodings.has(0)) encodings.set(0, 'PCMU/8000');
  if (!encodings.has(8)) encodings.set(8, 'PCMA/8000');
  return encodings;
}

/** What to answer to an offered direction when we want everything (RFC 3264 section 6.1). */
export function answerDirection(offered: Direction): Direction {
  if (offered === 'sendonly') return 'recvonly';
  if (offered === 'recvonly') return 'sendonly';
  return offered;
}

/** The far side does not want to hear us: it holds the call. */
export function isHolding(offered: Direction): boolean {
  return offered === 'sendonly' || offered === 'inactive';
}
