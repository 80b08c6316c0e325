import type { CallTrouble } from '../../../shared/contracts/call.ts';
import type { VoiceQuality } from '../../interactions/index.ts';
import type { MediaEvents } from '../../media/index.ts';

type LegQuality = MediaEvents['quality'];

/** A call is as good as the worse of its two legs. Trouble of the agent's is told first: they can do something about it. Null: nothing is known. */
export function callQuality(customer: LegQuality | null, agent: LegQuality | null): VoiceQuality | null {
  const legs = [customer, agent].filter((leg) => leg !== null);
  if (legs.length === 0) return null;
  return {
    lossPercent: Math.max(...legs.map((leg) => leg.lossPercent)),
    jitterMs: Math.max(...legs.map((leg) => leg.jitterMs)),
    mos: Math.min(...legs.map((leg) => leg.mos)),
    trouble: troubleOf(agent, 'agent') ?? troubleOf(customer, 'customer'),
  };
}

function troubleOf(leg: LegQuality | null, side: CallTrouble['side']): CallTrouble | null {
  if (leg === null) return null;
  if (leg.oneWay !== null) return { side, kind: leg.oneWay === 'fromThem' ? 'notHeard' : 'hearsNothing' };
  return leg.silence === null ? null : { side, kind: 'silent' };
}
