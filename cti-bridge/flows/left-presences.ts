import type { NotReadyReason, Presence } from '../../shared/contracts/agent.ts';
import { hours } from '../../shared/duration.ts';
import type { AgentId } from '../../shared/ids.ts';
import type { LastPresence } from '../acd/index.ts';

/** Nobody is taken for being at work who chose to be longer ago: as long as a log-in may go without a sign of life. */
const longestMs = hours(12);

/** What somebody chose before the bridge was started anew, and goes on with. */
export interface LeftPresence {
  readonly presence: Exclude<Presence, 'loggedOut'>;
  readonly reason: NotReadyReason | null;
}

/**
 * What agents had chosen when the bridge went down. Each goes on with it once, when they can be reached again: until then nobody is
 * available of whom only the disk says so. Whoever had a call that is being gone on with waits until it is theirs again or another's,
 * because the router does not know meanwhile that their hands are full.
 */
export class LeftPresences {
  readonly #left = new Map<AgentId, LeftPresence & { readonly at: number }>();
  readonly #callsComingBack = new Map<AgentId, number>();

  load(presences: readonly LastPresence[], now: number): void {
    for (const { agentId, presence, reason, at } of presences) {
      if (presence !== 'loggedOut' && now - at < longestMs) this.#left.set(agentId, { presence, reason, at });
    }
  }

  /** `since`: epoch ms of their log-in; what was chosen in an earlier one is over with it. Null for a telephone, whose owner signs in by choosing. */
  take(agentId: AgentId, since: number | null): LeftPresence | null {
    if (this.#callsComingBack.has(agentId)) return null;
    const left = this.#left.get(agentId);
    if (!left) return null;
    this.#left.delete(agentId);
    return since !== null && left.at < since ? null : left;
  }

  /** They were available, and are not back yet. */
  isExpected(agentId: AgentId): boolean {
    return this.#left.get(agentId)?.presence === 'available';
  }

  /** They chose anew, or were signed out. */
  forget(agentId: AgentId): void {
    this.#left.delete(agentId);
  }

  callComesBack(agentId: AgentId): void {
    this.#callsComingBack.set(agentId, (this.#callsComingBack.get(agentId) ?? 0) + 1);
  }

  callIsBack(agentId: AgentId): void {
    const others = (this.#callsComingBack.get(agentId) ?? 0) - 1;
    if (others > 0) this.#callsComingBack.set(agentId, others);
    else this.#callsComingBack.delete(agentId);
  }
}
