import type { WorkItemId } from '../../shared/ids.ts';
import { next } from '../../shared/states/state-table.ts';
import { type WorkItemInput, type WorkItemState, workItemTable } from '../../shared/states/work-item.ts';
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
  /** Items that did what their state does not allow: `w1: accept while canceled`. */
  readonly unlawful: readonly string[];
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
  const items = new ItemLives();
  for (const entry of log) {
    if ('missing' in entry) {
      isWhole = false;
      continue;
    }
    if (entry.event.type === 'router:started') {
      state = emptyRouterState;
      items.forget();
      runs++;
    } else if (runs === 0) isWhole = false;
    const step = route(state, entry.event, entry.at);
    state = step.state;
    const decided = step.decisions.filter(isLogged);
    if (JSON.stringify(decided) !== JSON.stringify(entry.decisions)) differences.push({ index: entries, entry, decided });
    items.note(entry);
    entries++;
  }
  return { entries, runs, isWhole, differences, unlawful: items.unlawful, state };
}

/** Follows every item of the log through the table of its states. */
class ItemLives {
  readonly unlawful: string[] = [];
  readonly #items = new Map<WorkItemId, { state: WorkItemState; readonly offers: Set<string> }>();

  forget(): void {
    this.#items.clear();
  }

  note({ event, decisions }: DecisionEntry): void {
    if (event.type === 'item:queued') this.#items.set(event.workItemId, { state: 'pending', offers: new Set() });
    if (event.type === 'item:returned') this.#enter(event.workItemId, 'giveBack');
    if (event.type === 'work:ended') this.#enter(event.workItemId, event.wrapsUp ? 'wrapUp' : 'complete');
    if (event.type === 'wrapUp:ended') this.#enter(event.workItemId, 'complete');
    for (const decision of decisions) this.#noteDecision(decision);
    if (event.type === 'item:gone' && this.#items.get(event.workItemId)?.state !== 'canceled') this.#enter(event.workItemId, 'cancel');
  }

  #noteDecision(decision: LoggedDecision): void {
    if (decision.type === 'divert') return this.#enter(decision.workItemId, 'cancel');
    if (decision.type !== 'offer' && decision.type !== 'accept' && decision.type !== 'withdraw') return;
    const { workItemId, reservationId } = decision.reservation;
    const offers = this.#items.get(workItemId)?.offers;
    if (decision.type === 'offer') {
      offers?.add(reservationId);
      return this.#enter(workItemId, 'offer');
    }
    const stood = offers?.delete(reservationId) ?? false;
    if (decision.type === 'accept') return this.#enter(workItemId, 'accept');
    if (!stood) this.unlawful.push(`${workItemId}: withdrawal of ${reservationId}, which was not offered`);
    // The others it rang at hear that one of them took it.
    if (decision.cause === 'answeredElsewhere') return;
    if (offers?.size === 0) this.#enter(workItemId, decision.cause === 'callerLeft' ? 'cancel' : 'withdraw');
  }

  #enter(workItemId: WorkItemId, input: WorkItemInput): void {
    const item = this.#items.get(workItemId);
    const state = item && next(workItemTable, item.state, input);
    if (item && state) item.state = state;
    else this.unlawful.push(`${workItemId}: ${input} while ${item?.state ?? 'unknown'}`);
  }
}
