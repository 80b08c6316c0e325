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

/** Static payload types (RFC 3551 §6). */
const payloadTypes: Readonly<Record<CallRoute['codecs'][number], string>> = { PCMU: '0', PCMA: '8' };
const known = new Set(Object.values(payloadTypes));

/** Takes the other G.711 law out of an offer of ours, and puts the first choice first; what is no voice codec (key tones) stays. */
export function offerOnly(offer: string, codecs: readonly CallRoute['codecs'][number][]): string {
  const wanted = codecs.map((codec) => payloadTypes[codec]);
  return offer.replace(/^(m=audio \d+ \S+)((?: \d+)+)/m, (line, head: string, formats: string) => {
    const offered = formats.trim().split(' ');
    const voices = wanted.filter((type) => offered.includes(type));
    const others = offered.filter((type) => !known.has(type));
    return voices.length === 0 ? line : [head, ...voices, ...others].join(' ');
  });
}
