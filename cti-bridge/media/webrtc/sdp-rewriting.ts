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
 * - telephone-event at another clock rate than 8000 Hz goes: werift matches it by name, and a 48 kHz event does not fit a G.711 stream.
 */
export function tidyFarSdp(sdp: string): string {
  const lines = sdp.split(/\r\n|\n|\r/);
  const unwanted = new Set<string>();
  for (const line of lines) {
    const [, payloadType, encoding] = /^a=rtpmap:(\d+) +(\S+)/.exec(line) ?? [];
    if (payloadType && /^telephone-event\//i.test(encoding ?? '') && !/\/8000$/.test(encoding ?? '')) unwanted.add(payloadType);
  }
  return lines
    .filter((line) => !line.startsWith('a=candidate:') && !unwanted.has(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)/.exec(line)?.[1] ?? ''))
    .map((line) => (line.startsWith('m=audio ') ? withoutFormats(line, unwanted) : line))
    .join('\r\n');
}

function withoutFormats(line: string, unwanted: ReadonlySet<string>): string {
  const [kind, port, protocol, ...formats] = line.split(' ');
  return [kind, port, protocol, ...formats.filter((format) => !unwanted.has(format))].join(' ');
}
