import type { Codecs } from '../api.ts';
import type { Law } from '../codec/g711.ts';

/** Payload types, null for what is not there. */
export interface Numbers {
  readonly laws: readonly { readonly payloadType: number; readonly law: Law }[];
  /** telephone-event on the clock of G.711. */
  readonly event: number | null;
  readonly opus: number | null;
  /** telephone-event on the clock of Opus: keys and sound share one stream, and so one clock (RFC 4733 section 2.1). */
  readonly wideEvent: number | null;
}

/** What we say where nobody has said anything yet; the dynamic ones are those of browsers. */
export const usualNumbers: Numbers = {
  laws: [
    { payloadType: 8, law: 'PCMA' },
    { payloadType: 0, law: 'PCMU' },
  ],
  event: 101,
  opus: 111,
  wideEvent: 110,
};

/** Of an m-line, in the order of preference. */
export function formatsOf({ laws, event, opus, wideEvent }: Numbers, codecs: Codecs): readonly number[] {
  const narrow = laws.map(({ payloadType }) => payloadType);
  const wide = codecs === 'g711' || opus === null ? [] : [opus];
  const voices = codecs === 'opusFirst' ? [...wide, ...narrow] : [...narrow, ...wide];
  return [...voices, ...(event === null ? [] : [event]), ...(wide.length === 0 || wideEvent === null ? [] : [wideEvent])];
}

/** The attributes that say what the formats are. */
export function formatLines({ laws, event, opus, wideEvent }: Numbers, codecs: Codecs): readonly string[] {
  const isWide = codecs !== 'g711' && opus !== null;
  return [
    ...laws.map(({ payloadType, law }) => `a=rtpmap:${payloadType} ${law}/8000`),
    ...(isWide ? [`a=rtpmap:${opus} opus/48000/2`, `a=fmtp:${opus} minptime=10;useinbandfec=1`] : []),
    ...eventLines(event, 8_000),
    ...(isWide ? eventLines(wideEvent, 48_000) : []),
  ];
}

function eventLines(payloadType: number | null, clock: number): readonly string[] {
  return payloadType === null ? [] : [`a=rtpmap:${payloadType} telephone-event/${clock}`, `a=fmtp:${payloadType} 0-15`];
}
