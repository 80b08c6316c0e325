import type { TrunkConfiguration } from '../../shared/contracts/configuration.ts';
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
      byPriority(
        outward.filter((trunk) => rank(trunk) === each),
        random,
      ),
    );
}

function byPriority<One extends Trunk>(trunks: readonly One[], random: () => number): readonly One[] {
  const priorities = [...new Set(trunks.map(({ priority }) => priority))].sort((one, other) => one - other);
  return priorities.flatMap((priority) =>
    byWeight(
      trunks.filter((trunk) => trunk.priority === priority),
      random,
    ),
  );
}

/** RFC 2782: one after another is drawn, each as likely as its weight among those left; weight 0 has a very small chance. */
function byWeight<One extends Trunk>(trunks: readonly One[], random: () => number): readonly One[] {
  const left = [...trunks].sort((one, other) => one.weight - other.weight);
  const order: One[] = [];
  while (left.length > 0) {
    const sum = left.reduce((total, { weight }) => total + weight, 0);
    const drawn = random() * sum;
    let running = 0;
    const index = left.findIndex(({ weight }) => (running += weight) > drawn);
    order.push(...left.splice(index < 0 ? 0 : index, 1));
  }
  return order;
}
