import type { WireError } from '../../shared/contracts/errors.ts';
import type { HelpCall } from '../../shared/contracts/help.ts';
import type { AgentId, InteractionId, UserId } from '../../shared/ids.ts';
import { agentOf, type Work } from '../acd/index.ts';
import type { BusinessEvent, EventListener } from '../interactions/index.ts';
import { type Disposable, err, ok, type TimerHandle } from '../kernel/index.ts';
import type { StoryContext } from './context.ts';
import type { OrgScope } from './org-tree.ts';
import type { Asker, Help } from './ports.ts';

const notYours: WireError = { code: 'not_found', message: 'This contact is not yours, or it is over.' };
const nobodyAsks: WireError = { code: 'not_found', message: 'Nobody asks for help with that.' };
const nothing = {};
/** What ends a contact says so itself; it is given the time to. */
const lookAfterMs = 500;

/** A hand that is up. Ids and times alone: what the events say. */
interface Hand {
  readonly interactionId: InteractionId;
  readonly agentId: AgentId;
  readonly askedAt: number;
  readonly taken: { readonly by: UserId; readonly at: number } | null;
}

export interface HelpParts {
  /** Whose hands somebody sees who may supervise. */
  scopeOf(asker: Asker): OrgScope;
  /** Who that is, and where they take calls; null: nobody any more. */
  userOf(userId: UserId): { readonly name: string; readonly agentId: AgentId | null } | null;
  /** To every desktop that is there: what its user is to be told, null for nothing. */
  tellEach(callsFor: (asker: Asker) => readonly HelpCall[] | null): void;
}

type Context = Pick<StoryContext, 'clock' | 'live' | 'routing' | 'agents' | 'desktops' | 'recorder'>;

/**
 * Agents raise a hand for a contact they have, and those who supervise them see it. Which hands are up is a fold of the events, so that they
 * are up again after a start: one goes down when the contact leaves the agent's hands, however that happens. The words are no event, and
 * are gone with a bridge that is killed.
 *
 *   asked ──▶ up ──take──▶ somebody comes ──▶ the contact is over, or the agent needs no help any more
 *              ▲             │
 *              └───return────┘  also when whoever said so signs out
 */
export function createHelp(context: Context, parts: HelpParts): Help & Disposable & { readonly listener: EventListener } {
  const { clock, live, routing, agents, recorder, desktops } = context;
  const hands = new Map<InteractionId, Hand>();
  const words = new Map<InteractionId, string>();
  /** What each was in hand as when it was last seen there; nothing yet of those that are up again after a start. */
  const seen = new Map<InteractionId, Work>();
  let looking: TimerHandle | undefined;

  const supervises = (asker: Asker, { agentId }: Pick<Hand, 'agentId'>) =>
    asker.agentId !== agentId && asker.may('agent:supervise') && parts.scopeOf(asker).has(agentId);
  const sees = (asker: Asker, hand: Hand) => asker.agentId === hand.agentId || supervises(asker, hand);

  /** What is in the agent's hands by this id: of a call that goes on from another one the router has the first one's. */
  function workOf(agentId: AgentId, interactionId: string): Work | null {
    const carried = live.findAssigned(agentId, interactionId)?.workItemId;
    const works = agentOf(routing.state, agentId)?.works ?? [];
    return works.find((work) => work.state === 'engaged' && (work.interactionId === interactionId || work.workItemId === carried)) ?? null;
  }

  function view(hand: Hand): HelpCall {
    const { interactionId, agentId, askedAt, taken } = hand;
    const work = workOf(agentId, interactionId) ?? seen.get(interactionId);
    return {
      interactionId,
      agentId,
      agentName: agents.find(agentId)?.name ?? '',
      queueName: (work && routing.queue(work.queueId)?.name) ?? null,
      channel: work?.channel ?? 'voice',
      askedAt,
      words: words.get(interactionId) ?? '',
      taken: taken && { userId: taken.by, name: parts.userOf(taken.by)?.name ?? '', at: taken.at },
    };
  }
  const seenBy = (asker: Asker): HelpCall[] =>
    [...hands.values()]
      .filter((hand) => sees(asker, hand))
      .toSorted((one, other) => one.askedAt - other.askedAt)
      .map(view);

  const announce = (hand: Hand) => parts.tellEach((asker) => (sees(asker, hand) ? seenBy(asker) : null));
  function put(hand: Hand): void {
    hands.set(hand.interactionId, hand);
    see(hand);
    announce(hand);
  }
  function lower(hand: Hand): void {
    hands.delete(hand.interactionId);
    words.delete(hand.interactionId);
    seen.delete(hand.interactionId);
    announce(hand);
  }

  function see({ agentId, interactionId }: Hand): boolean {
    const work = workOf(agentId, interactionId);
    if (work) seen.set(interactionId, work);
    return work !== null;
  }

  /** Written work is given away or put aside without an event of its own: what was in hand and is not any more takes the hand with it. */
  function look(): void {
    looking = undefined;
    for (const hand of hands.values()) {
      const { interactionId, agentId } = hand;
      if (!see(hand) && seen.has(interactionId)) recorder.note(interactionId, { type: 'help:withdrawn', agentId });
    }
  }
  const floorChanges = agents.onFloorChanged(() => {
    if (hands.size > 0) looking ??= clock.timer(lookAfterMs, look);
  });

  function fold(event: BusinessEvent): void {
    if (!('interactionId' in event)) {
      // Whoever signs out comes no more; who lost the line may be back in a moment.
      if (event.type !== 'agent:disconnected' || event.why !== 'loggedOut') return;
      for (const hand of hands.values())
        if (hand.taken && parts.userOf(hand.taken.by)?.agentId === event.agentId) put({ ...hand, taken: null });
      return;
    }
    const { interactionId, at } = event;
    const hand = hands.get(interactionId);
    if (event.type === 'help:asked') {
      const { agentId } = event;
      return put(hand?.agentId === agentId ? hand : { interactionId, agentId, askedAt: at, taken: null });
    }
    if (!hand) return;
    switch (event.type) {
      case 'help:taken':
        return put({ ...hand, taken: { by: event.by, at } });
      case 'help:returned':
        return hand.taken?.by === event.by ? put({ ...hand, taken: null }) : undefined;
      case 'interaction:answered':
        return event.agentId === hand.agentId ? undefined : lower(hand);
      case 'help:withdrawn':
      case 'call:handedOn':
      case 'call:parked':
      case 'workItem:returned':
      case 'workItem:moved':
      case 'interaction:ended':
      case 'wrapUp:started':
      case 'interaction:completed':
        return lower(hand);
      default:
        return;
    }
  }

  /** One of those the asker supervises. */
  function supervised(asker: Asker, interactionId: string): Hand | null {
    const hand = hands.get(interactionId as InteractionId);
    return hand && supervises(asker, hand) ? hand : null;
  }

  return {
    listener: fold,
    seenBy,
    dispose() {
      looking?.cancel();
      void floorChanges.dispose();
    },

    async 'help:ask'(asker, { interactionId, words: said }) {
      const { agentId } = asker;
      const id = interactionId as InteractionId;
      if (agentId === null || !workOf(agentId, interactionId)) return err(notYours);
      const known = words.get(id);
      words.set(id, said.trim());
      if (known === words.get(id) && hands.has(id)) return ok({ told: supervisorsHere(agentId) });
      await recorder.record(id, { type: 'help:asked', agentId });
      return ok({ told: supervisorsHere(agentId) });
    },

    async 'help:withdraw'({ agentId }, { interactionId }) {
      const hand = hands.get(interactionId as InteractionId);
      if (!hand || hand.agentId !== agentId) return err(nobodyAsks);
      await recorder.record(hand.interactionId, { type: 'help:withdrawn', agentId: hand.agentId });
      return ok(nothing);
    },

    async 'help:take'(asker, { interactionId }) {
      const hand = supervised(asker, interactionId);
      if (!hand) return err(nobodyAsks);
      const { taken } = hand;
      if (taken?.by === asker.userId) return ok(nothing);
      if (taken && isHere(taken.by))
        return err({ code: 'conflict', message: `${parts.userOf(taken.by)?.name ?? 'Somebody'} is on the way already.` });
      // Before the disk has it, so that of two at the same moment one comes.
      hands.set(hand.interactionId, { ...hand, taken: { by: asker.userId, at: clock.now() } });
      await recorder.record(hand.interactionId, { type: 'help:taken', by: asker.userId });
      return ok(nothing);
    },

    async 'help:return'(asker, { interactionId }) {
      const hand = supervised(asker, interactionId);
      if (hand?.taken?.by !== asker.userId) return err(nobodyAsks);
      await recorder.record(hand.interactionId, { type: 'help:returned', by: asker.userId });
      return ok(nothing);
    },
  };

  function supervisorsHere(agentId: AgentId): number {
    let count = 0;
    parts.tellEach((asker) => {
      if (supervises(asker, { agentId })) count++;
      return null;
    });
    return count;
  }

  /** Of who takes no calls nobody knows; they said that they come. */
  function isHere(userId: UserId): boolean {
    const user = parts.userOf(userId);
    return user !== null && (user.agentId === null || desktops.isConnected(user.agentId));
  }
}
