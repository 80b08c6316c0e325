import type { Channel } from '../../shared/contracts/contact.ts';
import type { AgentId, InteractionId, QueueId } from '../../shared/ids.ts';
import type { InteractionEvent } from '../interactions/index.ts';
import { Ratings } from './ratings.ts';

/** One contact that an agent has completed: ids and times, no names. */
export interface HandledContact {
  readonly interactionId: InteractionId;
  readonly channel: Channel;
  /** Null: it came by no queue, as a call out. */
  readonly queueId: QueueId | null;
  readonly completedAt: number;
  /** From the answer to the end of the wrap-up; null where one of them is not known. */
  readonly handlingMs: number | null;
}

/** What one agent did in one day. The number is the length of the list. */
export class AgentDay {
  readonly handled: HandledContact[] = [];
  readonly ratings = new Ratings();
  #knownMs = 0;
  #known = 0;

  add(contact: HandledContact): void {
    this.handled.push(contact);
    if (contact.handlingMs === null) return;
    this.#knownMs += contact.handlingMs;
    this.#known++;
  }

  get averageHandlingMs(): number | null {
    return this.#known === 0 ? null : Math.round(this.#knownMs / this.#known);
  }
}

interface InHand {
  readonly agentId: AgentId;
  readonly channel: Channel;
  readonly queueId: QueueId | null;
  takenAt: number;
  wrapUpEndsAt: number | null;
}

/** Who has which contact since when: what the time of a handling is told from, also of a call that came by no queue. */
export class ContactsInHand {
  readonly #byId = new Map<InteractionId, InHand>();

  answered(
    { interactionId, at, agentId }: Extract<InteractionEvent, { type: 'interaction:answered' }>,
    from: Pick<InHand, 'channel' | 'queueId'>,
  ): void {
    this.#byId.set(interactionId, { agentId, ...from, takenAt: at, wrapUpEndsAt: null });
  }

  fold(event: InteractionEvent): void {
    const inHand = this.#byId.get(event.interactionId);
    if (!inHand) return;
    if (event.type === 'wrapUp:started') inHand.wrapUpEndsAt = event.limitMs === null ? null : event.at + event.limitMs;
    else if (event.type === 'wrapUp:extended' && inHand.wrapUpEndsAt !== null) inHand.wrapUpEndsAt += event.byMs;
    else if (event.type === 'workItem:returned') this.#byId.delete(event.interactionId);
    // Somebody the agent had when we stopped: how long they talked is not known.
    else if (event.type === 'interaction:ended' && event.end.reason === 'shutdown') inHand.takenAt = Number.NaN;
  }

  /** Over: who had it, and for how long. */
  completed({ interactionId, at, agentId, handlingMs }: Extract<InteractionEvent, { type: 'interaction:completed' }>): Omit<
    HandledContact,
    'channel'
  > & {
    readonly channel: Channel | null;
  } {
    const inHand = this.#byId.get(interactionId);
    this.#byId.delete(interactionId);
    const isTheirs = inHand?.agentId === agentId && !Number.isNaN(inHand?.takenAt);
    // A wrap-up that was open when the bridge stopped is completed at the next start, perhaps hours later.
    const until = Math.min(at, inHand?.wrapUpEndsAt ?? at);
    return {
      interactionId,
      channel: inHand?.channel ?? null,
      queueId: inHand?.queueId ?? null,
      completedAt: at,
      handlingMs: handlingMs ?? (isTheirs ? Math.max(0, until - (inHand?.takenAt ?? until)) : null),
    };
  }
}
