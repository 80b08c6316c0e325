import type { Codecs } from '../api.ts';
import type { OpusTerms } from '../sdp/audio-terms.ts';
import { formatLines, formatsOf, type Numbers } from '../sdp/codec-lines.ts';
import type { LocalEnd } from '../sdp/rtp-negotiation.ts';

/**
 * What werift writes, made fit for others: an `o=` line whose version grows (it always writes 0), and candidates of our own address only, under
 * the address that others know us by.
 */
export function dressOwnSdp(sdp: string, local: Omit<LocalEnd, 'port'>, boundHost = local.host): string {
  return sdp
    .split(/\r\n|\n/)
    .filter((line) => !line.startsWith('a=candidate:') || line.split(' ')[4] === boundHost)
    .map((line) => (line.startsWith('a=candidate:') ? withAddress(line, local.host) : line))
    .map((line) => (line.startsWith('o=') ? `o=crosspoint ${local.sessionNumber} ${local.version} IN IP4 ${local.host}` : line))
    .join('\r\n');
}

/** `a=candidate:foundation component transport priority ADDRESS port typ ...` (RFC 8839 §5.1). */
const withAddress = (line: string, host: string): string => line.split(' ').with(4, host).join(' ');

/**
 * What the far side wrote, made fit for werift:
 * - candidates go: as an ICE-lite agent we answer checks and send back where they came from, and a `.local` name would make werift ask the
 *   network by multicast;
 * - what is not on the clock of G.711 goes, Opus and its telephone-event: werift matches events by name, and knows nothing of our way with
 *   Opus, which it need not.
 */
export function tidyFarSdp(sdp: string): string {
  const lines = sdp.split(/\r\n|\n|\r/);
  const unwanted = new Set<string>();
  for (const line of lines) {
    const [, payloadType, encoding] = /^a=rtpmap:(\d+) +(\S+)/.exec(line) ?? [];
    if (payloadType && /^(telephone-event|opus)\//i.test(encoding ?? '') && !/\/8000$/.test(encoding ?? '')) unwanted.add(payloadType);
  }
  return lines
    .filter((line) => !line.startsWith('a=candidate:') && !unwanted.has(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)/.exec(line)?.[1] ?? ''))
    .map((line) => (line.startsWith('m=audio ') ? withoutFormats(line, unwanted) : line))
    .join('\r\n');
}

/**
 * A description of ours with these codecs in place of those it has, of its one audio line. As an offer in a session that is up it leaves who
 * begins DTLS to what was agreed on (RFC 8842 section 5.5).
 */
export function withCodecs(sdp: string, numbers: Numbers, codecs: Codecs): string {
  const said = sdp.split(/\r\n|\n|\r/).filter((line) => line !== '' && !/^a=(?:rtpmap|fmtp|rtcp-fb):/.test(line));
  const lines = said.map((line) => {
    if (line.startsWith('m=audio ')) return [...line.split(' ').slice(0, 3), ...formatsOf(numbers, codecs)].join(' ');
    return line.startsWith('a=setup:') ? 'a=setup:actpass' : line;
  });
  return [...lines, ...formatLines(numbers, codecs), ''].join('\r\n');
}

/** What werift answered, with the Opus that it did not see in the offer. */
export function withAgreedOpus(answer: string, opus: OpusTerms | null): string {
  if (!opus) return answer;
  const numbers: Numbers = { laws: [], event: null, opus: opus.payloadType, wideEvent: opus.eventPayloadType };
  const lines = answer
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== '')
    .map((line) => (line.startsWith('m=audio ') ? [line, ...formatsOf(numbers, 'withOpus')].join(' ') : line));
  return [...lines, ...formatLines(numbers, 'withOpus'), ''].join('\r\n');
}

function withoutFormats(line: string, unwanted: ReadonlySet<string>): string {
  const [kind, port, protocol, ...formats] = line.split(' ');
  return [kind, port, protocol, ...formats.filter((format) => !unwanted.has(format))].join(' ');
}
