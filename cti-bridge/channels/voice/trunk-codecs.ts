import type { CallRoute } from '../../interactions/index.ts';
import type { IncomingLeg } from '../../sip/index.ts';
import { offerOnly } from './routes.ts';

type Codec = CallRoute['codecs'][number];

/** Who knows which codecs a trunk may use. */
export interface TrunkCodecs {
  of(trunkId: string): readonly Codec[];
  /** A call in came with none of them. */
  refused(trunkId: string): void;
}

const names: Readonly<Record<string, Codec>> = { '0': 'PCMU', '8': 'PCMA' };

/**
 * An offer of theirs without the G.711 law that their trunk may not use; in their order, which is theirs to say. Null when nothing is left
 * to talk in. What is no G.711, or is numbered in another way than everybody does, stands as it is: whether it can be answered is media's to
 * say.
 */
export function takenOnly(offer: string, codecs: readonly Codec[]): string | null {
  let voices = 0;
  let refused = 0;
  const taken = offer.replace(/^(m=audio \d+ \S+)((?: \d+)+)/gm, (_line, head: string, formats: string) => {
    const left = formats
      .trim()
      .split(' ')
      .filter((type) => {
        const codec = names[type];
        if (codec === undefined) return true;
        const isTaken = codecs.includes(codec);
        if (isTaken) voices++;
        else refused++;
        return isTaken;
      });
    return left.length === 0 ? `${head.replace(/ \d+ /, ' 0 ')}${formats}` : [head, ...left].join(' ');
  });
  return voices === 0 && refused > 0 ? null : taken;
}

/** A call in as its trunk may talk: in every offer, theirs and ours. Null when it was refused for that (488). */
export function inTrunksCodecs(leg: IncomingLeg, trunks: TrunkCodecs): IncomingLeg | null {
  const codecs = trunks.of(leg.trunk);
  const offer = leg.offer === null ? null : takenOnly(leg.offer, codecs);
  if (leg.offer !== null && offer === null) {
    trunks.refused(leg.trunk);
    leg.refuse(488, undefined, { Reason: 'Q.850;cause=88;text="Incompatible destination"' });
    return null;
  }
  const taking: TrunkLeg = {
    ...leg,
    takesOpus: codecs.includes('opus'),
    offer,
    answer: (sdp) => leg.answer(offer === null ? offerOnly(sdp, codecs) : sdp),
    reinvite: (sdp) => leg.reinvite(offerOnly(sdp, codecs)),
    onOffer: (handler) =>
      leg.onOffer(async (next) => {
        const taken = takenOnly(next, codecs);
        return taken === null ? { status: 488 } : handler(taken);
      }),
  };
  return taking;
}

/** A call in over a trunk that may use Opus. */
interface TrunkLeg extends IncomingLeg {
  readonly takesOpus: boolean;
}

/** How a call's first description is to be made. */
export const codecsOf = (leg: IncomingLeg): 'g711' | 'withOpus' => ('takesOpus' in leg && leg.takesOpus === true ? 'withOpus' : 'g711');
