import type { BoardAlert } from '../../shared/contracts/board.ts';
import { minutes, seconds } from '../../shared/duration.ts';
import type { BoardRows } from './board.ts';

/** How long a condition must hold before it is told, and be gone before it is taken back: a number that flickers rings no bell. */
const alertLimits = {
  raiseAfterMs: seconds(2),
  clearAfterMs: seconds(5),
  /** Handling is long beyond so many times the queue's mean, and never below this. */
  longWorkTimes: 2,
  longWorkLeastMs: minutes(5),
} as const;

/** A condition that holds at this moment; `since` as far as it can be told from the facts, otherwise when it was first seen. */
type Condition = Omit<BoardAlert, 'since'> & { readonly since: number | null };

interface Seen {
  alert: BoardAlert;
  isRaised: boolean;
  /** Null while the condition holds. */
  goneSince: number | null;
}

/**
 * The alerts of the board. Raised when a condition has held for two seconds, taken back when it has been gone for five; `since` stays from
 * the one to the other.
 *
 *               holds 2 s              gone 5 s
 *   (nothing) ───────────▶ raised ───────────────▶ (nothing)
 *                            ▲  gone, comes back │
 *                            └───────────────────┘
 */
export class BoardAlerts {
  readonly #seen = new Map<string, Seen>();

  /** Looks at the rows; true when an alert was raised or taken back. */
  look(rows: BoardRows, at: number): boolean {
    const conditions = new Map(conditionsOf(rows, at).map((condition) => [condition.alertId, condition]));
    let hasChanged = false;
    for (const condition of conditions.values()) {
      const seen = this.#seen.get(condition.alertId);
      const since = seen?.alert.since ?? Math.min(condition.since ?? at, at);
      const now: Seen = { alert: { ...condition, since }, isRaised: seen?.isRaised ?? false, goneSince: null };
      // A clock set back must not hold an alert down: what seems to begin later than now begins now.
      if (since > at) now.alert = { ...now.alert, since: at };
      if (!now.isRaised && at - now.alert.since >= alertLimits.raiseAfterMs) {
        now.isRaised = true;
        hasChanged = true;
      }
      this.#seen.set(condition.alertId, now);
    }
    for (const [alertId, seen] of this.#seen) {
      if (conditions.has(alertId)) continue;
      seen.goneSince = Math.min(seen.goneSince ?? at, at);
      if (seen.isRaised && at - seen.goneSince < alertLimits.clearAfterMs) continue;
      this.#seen.delete(alertId);
      hasChanged ||= seen.isRaised;
    }
    return hasChanged;
  }

  /** What is raised, the gravest and then the oldest first. */
  raised(): readonly BoardAlert[] {
    const all = [...this.#seen.values()].flatMap(({ alert, isRaised }) => (isRaised ? [alert] : []));
    const rank = ({ severity }: BoardAlert) => (severity === 'critical' ? 0 : 1);
    return all.sort((a, b) => rank(a) - rank(b) || a.since - b.since || (a.alertId < b.alertId ? -1 : 1));
  }
}

function conditionsOf({ queues, agents }: BoardRows, at: number): readonly Condition[] {
  const usualMs = new Map(queues.map((queue) => [queue.queueId, queue.averageHandlingMs]));
  return [...queues.flatMap((queue) => queueConditions(queue, at)), ...agents.flatMap((agent) => agentConditions(agent, usualMs, at))];
}

/** A threshold of numbers is grave at twice the number that was set. */
function queueConditions(queue: BoardRows['queues'][number], at: number): readonly Condition[] {
  const { queueId, waiting, longestWaitSince, serviceLevelNow, watched } = queue;
  const conditions: Condition[] = [];
  const add = (code: Condition['code'], isCritical: boolean, since: number | null, facts: Condition['facts']) =>
    conditions.push({
      alertId: `${code}:${queueId}`,
      since,
      severity: isCritical ? 'critical' : 'warning',
      subject: { kind: 'queue', queueId },
      code,
      facts,
    });

  const { waitingAbove, longestWaitAboveMs, serviceLevelBelowPercent } = watched;
  if (waitingAbove !== null && waiting > waitingAbove) add('waiting', waiting > 2 * waitingAbove, null, { waiting, above: waitingAbove });
  if (longestWaitAboveMs !== null && longestWaitSince !== null) {
    const waitedMs = Math.max(0, at - longestWaitSince);
    if (waitedMs > longestWaitAboveMs)
      add('longestWait', waitedMs > 2 * longestWaitAboveMs, longestWaitSince + longestWaitAboveMs, {
        waitedMs,
        aboveMs: longestWaitAboveMs,
      });
  }
  const { percent, of } = serviceLevelNow;
  if (serviceLevelBelowPercent !== null && percent !== null && percent < serviceLevelBelowPercent)
    add('serviceLevel', percent < serviceLevelBelowPercent / 2, null, { percent, below: serviceLevelBelowPercent, of });
  return conditions;
}

function agentConditions(agent: BoardRows['agents'][number], usual: ReadonlyMap<string, number | null>, at: number): readonly Condition[] {
  const { agentId, presence, notReadyReason, workState, works, since, lastMissed } = agent;
  const conditions: Condition[] = [];
  const add = (code: Condition['code'], alertId: string, from: number, facts: Condition['facts']) =>
    conditions.push({ alertId, since: from, severity: 'warning', subject: { kind: 'agent', agentId }, code, facts });

  if (presence !== 'loggedOut' && workState === 'notReachable') add('agentNotReachable', `agentNotReachable:${agentId}`, since, {});
  if (presence === 'notReady' && (notReadyReason === 'noAnswer' || notReadyReason === 'deviceUnreachable'))
    add('agentMissedOffers', `agentMissedOffers:${agentId}`, since, { cause: lastMissed?.cause ?? notReadyReason });
  for (const work of works) {
    if (work.state === 'reserved') continue;
    const usualMs = usual.get(work.queueId) ?? 0;
    const limitMs = Math.max(alertLimits.longWorkLeastMs, alertLimits.longWorkTimes * usualMs);
    const ms = at - work.since;
    if (ms > limitMs)
      add('longWork', `longWork:${agentId}:${work.interactionId}`, work.since + limitMs, { workedMs: ms, usualMs, queueId: work.queueId });
  }
  return conditions;
}
