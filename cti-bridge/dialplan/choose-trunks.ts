import type { TrunkConfiguration } from '../../shared/contracts/configuration.ts';
import { priorityOrder } from '../kernel/index.ts';
import type { OutsideNumber } from './outside-number.ts';
import { isWithin } from './ranges.ts';

/** How a trunk is now. A trunk of which nothing is known has none. */
export interface TrunkCondition {
  readonly trunkId: string;
  /** Null while nobody has asked it yet. */
  readonly isUp: boolean | null;
  readonly callsNow: number;
  /** It asked not to be called until then (Retry-After); on the clock of `now`. */
  readonly restsUntil: number | null;
}

type Trunk = Pick<TrunkConfiguration, 'id' | 'direction' | 'carries' | 'priority' | 'weight' | 'maxChannels'>;

/**
 * The trunks that may carry a number, in the order in which they are tried: by priority, among equals by weight and chance. One that is down
 * comes behind all that are not: what we know of it may be old. For an emergency the full and the resting come last, rather than never.
 * `random` gives numbers from 0 to below 1.
 */
export function chooseTrunks<One extends Trunk>(
  trunks: readonly One[],
  conditions: ReadonlyMap<string, TrunkCondition>,
  call: { readonly number: OutsideNumber; readonly homeCountry: string; readonly now: number },
  random: () => number,
): readonly One[] {
  const isEmergency = call.number.kind === 'emergency';
  const outward = trunks.filter(
    ({ direction, carries }) => direction !== 'in' && (isEmergency || isWithin(carries, call.number, call.homeCountry)),
  );
  const rank = (trunk: One): number => {
    const condition = conditions.get(trunk.id);
    if (!condition) return 0;
    if (trunk.maxChannels !== null && condition.callsNow >= trunk.maxChannels) return 2;
    if (condition.restsUntil !== null && condition.restsUntil > call.now) return 2;
    return condition.isUp === false ? 1 : 0;
  };
  return [0, 1, 2]
    .filter((each) => each < 2 || isEmergency)
    .flatMap((each) =>
      priorityOrder(
        outward.filter((trunk) => rank(trunk) === each),
        random,
      ),
    );
}
