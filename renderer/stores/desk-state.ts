import { assertNever } from '../../shared/assert-never.ts';
import type { AgentView } from '../../shared/contracts/agent.ts';
import type { Push, PushPayload, Snapshot } from '../../shared/contracts/bridge-events.ts';
import type { CallQuality, Supervising, Supervision } from '../../shared/contracts/call.ts';
import type { HelpCall } from '../../shared/contracts/help.ts';
import type { AssignedInteraction, Disposition } from '../../shared/contracts/interaction.ts';
import type { InboxView } from '../../shared/contracts/messages/inbox.ts';
import type { QueueView } from '../../shared/contracts/queue.ts';
import type { Offer } from '../../shared/contracts/screen-pop.ts';
import { emptyInbox, foldInbox } from './inbox-state.ts';

/**
 * What the bridge has told this desktop, and nothing else: a snapshot, then every event folded into it. The screen renders these facts
 * and sends commands; it never changes them itself.
 */
export interface DeskState {
  readonly user: Snapshot['user'] | null;
  readonly organisation: Snapshot['organisation'] | null;
  readonly agent: AgentView | null;
  readonly offers: readonly Offer[];
  /** Answered, and not yet told as an assigned interaction: keeps the customer on the screen for that moment. */
  readonly joining: Offer | null;
  readonly interactions: readonly AssignedInteraction[];
  /** Written work: in hand, and waiting in the queues. */
  readonly inbox: InboxView;
  readonly queues: readonly QueueView[];
  readonly dispositions: readonly Disposition[];
  /** Why the agent may choose not to be ready. */
  readonly reasons: Snapshot['reasons'];
  readonly skills: Snapshot['skills'];
  readonly customFields: Snapshot['customFields'];
  readonly today: Snapshot['today'];
  readonly qualities: Readonly<Record<string, CallQuality>>;
  /** The call of somebody else that the own phone rings for, or is in. */
  readonly supervising: SupervisedCall | null;
  /** Who asks for help: oneself, and the people one supervises. */
  readonly help: readonly HelpCall[];
}

export type SupervisedCall = Supervision & { readonly how: Supervising };

export const emptyDesk: DeskState = {
  user: null,
  organisation: null,
  agent: null,
  offers: [],
  joining: null,
  interactions: [],
  inbox: emptyInbox,
  queues: [],
  dispositions: [],
  reasons: [],
  skills: [],
  customFields: [],
  today: { handled: 0, averageHandlingMs: null },
  qualities: {},
  supervising: null,
  help: [],
};

/** The snapshot is complete: whatever it does not contain is over. Only the last measured quality of calls that go on is kept. */
export function applySnapshot(state: DeskState, snapshot: Snapshot): DeskState {
  const alive = new Set(snapshot.interactions.map((item) => item.interactionId));
  return {
    user: snapshot.user,
    organisation: snapshot.organisation,
    agent: snapshot.agent,
    offers: snapshot.offers,
    joining: null,
    interactions: snapshot.interactions,
    inbox: snapshot.inbox,
    queues: snapshot.queues,
    dispositions: snapshot.dispositions,
    reasons: snapshot.reasons,
    skills: snapshot.skills,
    customFields: snapshot.customFields,
    today: snapshot.today,
    qualities: Object.fromEntries(Object.entries(state.qualities).filter(([interactionId]) => alive.has(interactionId))),
    supervising: snapshot.agent?.workState === 'supervising' ? state.supervising : null,
    help: snapshot.help ?? [],
  };
}

export function applyPush(state: DeskState, push: Push): DeskState {
  switch (push.name) {
    case 'agent:changed':
      return { ...state, agent: push.payload };
    case 'reservation:offered':
      return { ...state, offers: [...state.offers.filter((offer) => offer.reservationId !== push.payload.reservationId), push.payload] };
    case 'reservation:ended':
      return endOffer(state, push.payload);
    case 'pop:updated': {
      const { interactionId, pop } = push.payload;
      return {
        ...state,
        offers: state.offers.map((offer) => (offer.interactionId === interactionId ? { ...offer, pop } : offer)),
        joining: state.joining?.interactionId === interactionId ? { ...state.joining, pop } : state.joining,
        interactions: changeInteraction(state, interactionId, (item) => ({ ...item, pop })),
        inbox: foldInbox(state.inbox, push),
      };
    }
    case 'interaction:assigned': {
      const assigned = push.payload;
      const isKnown = state.interactions.some((item) => item.interactionId === assigned.interactionId);
      return {
        ...state,
        offers: state.offers.filter((offer) => offer.reservationId !== assigned.reservationId),
        joining: state.joining?.interactionId === assigned.interactionId ? null : state.joining,
        interactions: isKnown ? changeInteraction(state, assigned.interactionId, () => assigned) : [...state.interactions, assigned],
      };
    }
    case 'call:changed': {
      const call = push.payload;
      return { ...state, interactions: changeInteraction(state, call.interactionId, (item) => ({ ...item, call })) };
    }
    case 'call:quality':
      return { ...state, qualities: { ...state.qualities, [push.payload.interactionId]: push.payload } };
    case 'wrap-up:changed': {
      const wrapUp = push.payload;
      return { ...state, interactions: changeInteraction(state, wrapUp.interactionId, (item) => ({ ...item, state: 'wrapping', wrapUp })) };
    }
    case 'interaction:completed': {
      const { interactionId, today } = push.payload;
      const { [interactionId]: _gone, ...qualities } = state.qualities;
      return {
        ...state,
        joining: state.joining?.interactionId === interactionId ? null : state.joining,
        interactions: state.interactions.filter((item) => item.interactionId !== interactionId),
        today,
        qualities,
      };
    }
    case 'queue:changed': {
      const queue = push.payload;
      const isKnown = state.queues.some((known) => known.queueId === queue.queueId);
      return {
        ...state,
        queues: isKnown ? state.queues.map((known) => (known.queueId === queue.queueId ? queue : known)) : [...state.queues, queue],
      };
    }
    case 'supervising:changed': {
      const { how, ...call } = push.payload;
      if (how !== null) return { ...state, supervising: { ...call, how } };
      return state.supervising?.reservationId === call.reservationId ? { ...state, supervising: null } : state;
    }
    case 'figures:changed':
      return { ...state, today: push.payload };
    case 'help:changed':
      return { ...state, help: push.payload.calls };
    case 'inbox:changed':
      return {
        ...state,
        offers: state.offers.filter((offer) => offer.reservationId !== push.payload.reservationId),
        inbox: foldInbox(state.inbox, push),
      };
    case 'inbox:gone':
    case 'inbox:waiting':
    case 'inbox:waiting-gone':
      return { ...state, inbox: foldInbox(state.inbox, push) };
    // Messages, the board and the imports are pictures of their own: whoever watches them keeps them beside what the agent's desk shows.
    case 'organisation:changed': // the snapshot that follows has it
    case 'work:changed':
    case 'board:changed':
    case 'import:changed':
    case 'knowledge:changed':
    case 'guide:moved':
    case 'soundPath:renewed': // the phone has it
    case 'session:replaced':
    case 'message:changed':
    case 'conversation:typing-seen':
      return state;
    default:
      return assertNever(push, 'push');
  }
}

function endOffer(state: DeskState, ended: PushPayload<'reservation:ended'>): DeskState {
  const offer = state.offers.find((candidate) => candidate.reservationId === ended.reservationId);
  const offers = state.offers.filter((candidate) => candidate !== offer);
  const isAlreadyAssigned = state.interactions.some((item) => item.reservationId === ended.reservationId);
  if (ended.cause === 'answered' && offer?.channel !== 'voice') return { ...state, offers };
  if (ended.cause === 'answered') return { ...state, offers, joining: offer && !isAlreadyAssigned ? offer : state.joining };
  // A failure after the answer ends what was being joined, too.
  return { ...state, offers, joining: state.joining?.reservationId === ended.reservationId ? null : state.joining };
}

function changeInteraction(
  state: DeskState,
  interactionId: string,
  change: (item: AssignedInteraction) => AssignedInteraction,
): readonly AssignedInteraction[] {
  return state.interactions.map((item) => (item.interactionId === interactionId ? change(item) : item));
}
