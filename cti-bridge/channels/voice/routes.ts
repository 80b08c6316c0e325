import type { CallRoute } from '../../interactions/index.ts';
import { isProtected, plainOffer } from '../../media/index.ts';
import type { TrunkRoute } from '../../sip/index.ts';
import type { SrtpRules } from './srtp-terms.ts';

/**
 * The routes of a call with what is offered on each: our sound, in the codecs of that trunk and in its order. A trunk that may have the keys
 * and need not is asked once more without them when it does not take the offer.
 */
export function routesWith(routes: readonly CallRoute[], offer: string, trunkSrtp: SrtpRules['trunk']): readonly TrunkRoute[] {
  return routes.flatMap(({ codecs, ...route }) => {
    const secured = offerOnly(offer, codecs);
    const { offers } = trunkSrtp(route.trunkId);
    const [withKeys, inClear] = [
      { ...route, offer: secured },
      { ...route, offer: plainOffer(secured) },
    ];
    if (offers === 'required' || !isProtected(offer)) return [withKeys];
    return offers === 'offered' ? [withKeys, inClear] : [inClear];
  });
}

type Codec = CallRoute['codecs'][number];
type Law = Exclude<Codec, 'opus'>;

/** Static payload types (RFC 3551 §6). */
const payloadTypes: Readonly<Record<Law, string>> = { PCMU: '0', PCMA: '8' };
const known = new Set(Object.values(payloadTypes));
const isLaw = (codec: Codec): codec is Law => codec !== 'opus';

/**
 * Takes the other G.711 law out of an offer of ours, and puts the first choice first; what is no voice codec (key tones) stays. Opus stays
 * where it stands, before G.711 or after it, or goes, with the key tones on its clock.
 */
export function offerOnly(offer: string, codecs: readonly Codec[]): string {
  return inLaws(codecs.includes('opus') ? offer : withoutOpus(offer), codecs.filter(isLaw));
}

function inLaws(offer: string, laws: readonly Law[]): string {
  const wanted = laws.map((law) => payloadTypes[law]);
  return offer.replace(/^(m=audio \d+ \S+)((?: \d+)+)/m, (line, head: string, formats: string) => {
    const offered = formats.trim().split(' ');
    const voices = wanted.filter((type) => offered.includes(type));
    if (voices.length === 0) return line;
    const first = offered.findIndex((type) => known.has(type));
    const others = offered.filter((type) => !known.has(type));
    return [head, ...others.slice(0, first), ...voices, ...others.slice(first)].join(' ');
  });
}

function withoutOpus(offer: string): string {
  const types = new Set([...offer.matchAll(/^a=rtpmap:(\d+) +(?:opus|telephone-event)\/48000/gim)].flatMap(([, type]) => type ?? []));
  if (types.size === 0) return offer;
  return offer
    .replace(/^(m=audio \d+ \S+)((?: \d+)+)/m, (_line, head: string, formats: string) =>
      [
        head,
        ...formats
          .trim()
          .split(' ')
          .filter((type) => !types.has(type)),
      ].join(' '),
    )
    .replace(/^a=(?:rtpmap|fmtp):(\d+) [^\r\n]*(?:\r\n|\n|$)/gm, (line, type: string) => (types.has(type) ? '' : line));
}
