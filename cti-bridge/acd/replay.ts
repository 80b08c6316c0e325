import { isLogged } from './decision-steps.ts';
import type { RouterState } from './model.ts';
import type { DecisionEntry, DecisionGap, LoggedDecision } from './ports.ts';
import { emptyRouterState, route } from './router.ts';

/** An entry for which the router decides otherwise now than it did then. */
export interface ReplayDifference {
  readonly index: number;
  readonly entry: DecisionEntry;
  readonly decided: readonly LoggedDecision[];
}

export interface Replayed {
  readonly entries: number;
  /** How often a bridge started: each starts with an empty state. */
  readonly runs: number;
  /** False when there is a hole, or the beginning of the first run is missing: what follows from there cannot be the same. */
  readonly isWhole: boolean;
  readonly differences: readonly ReplayDifference[];
  readonly state: RouterState;
}

/**
 * Feeds the log of a past time through the router again. Same events, same order, same moments: the decisions must come out the same, to
 * the byte. If they do not, the router has changed since, or the log does not hold all that the router was told.
 */
export function replay(log: Iterable<DecisionEntry | DecisionGap>): Replayed {
  let state = emptyRouterState;
  let [entries, runs, isWhole] = [0, 0, true];
  const differences: ReplayDifference[] = [];
  for (const entry of log) {
    if ('missing' in entry) {
      isWhole = false;
      continue;
    }
    if (entry.event.type === 'router:started') {
      state = emptyRouterState;
      runs++;
    } else if (runs === 0) isWhole = false;
    const step = route(state, entry.event, entry.at);
    state = step.state;
    const decided = step.decisions.filter(isLogged);
    if (JSON.stringify(decided) !== JSON.stringify(entry.decisions)) differences.push({ index: entries, entry, decided });
    entries++;
  }
  return { entries, runs, isWhole, differences, state };
}
