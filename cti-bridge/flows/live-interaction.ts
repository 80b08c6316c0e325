import type { CallView, PartyView } from '../../shared/contracts/call.ts';
import type { ContactRecord } from '../../shared/contracts/contact.ts';
import type { AssignedInteraction, Draft, WrapUpView } from '../../shared/contracts/interaction.ts';
import type { IvrPathStep, Offer, ScreenPop } from '../../shared/contracts/screen-pop.ts';
import type { LeftMessage } from '../../shared/contracts/voicemail.ts';
import {
  type AgentId,
  asId,
  type ContactId,
  type InteractionId,
  type PopId,
  type QueueId,
  type ReservationId,
  type WorkItemId,
} from '../../shared/ids.ts';
import type { Reservation } from '../acd/index.ts';
import type { Identification, KnownCards } from '../crm/index.ts';
import type { AgentLeg, TransferAsked, VoiceCall } from '../interactions/index.ts';
import { CallRoom } from './call-room.ts';
import type { RecordingControls } from './recording.ts';

/** What the desk may do to a call while it is being talked. Provided by `talk.ts`, gone when the call is. */
export interface CallControls {
  hold(): Promise<CallView>;
  resume(): Promise<CallView>;
  sendDigit(digit: string): void;
  end(): void;
  rejoin(): void;
  /** The agent signed out in the middle of it: nobody comes back, so nobody is waited for. */
  agentLeft(): void;
}

/** A conversation, as those see it who bring others into it. Provided by `talk.ts`, gone when the agent has left the customer. */
export interface Conversation {
  readonly agentId: AgentId;
  readonly reservation: Reservation;
  /** The agent's phone; null while it is lost. */
  leg(): AgentLeg | null;
  show(change: Partial<CallView>): CallView;
  /** The customer is somebody else's from now on, and the agent's phone is let go. */
  handOn(): void;
}

/** Whoever an agent asked into a call. Provided by `guests.ts`. */
export interface GuestsOfCall {
  readonly parties: readonly PartyView[];
  /** Whether anybody else is with the customer, or would be if the agent were not. */
  readonly keepCompany: boolean;
  /** Somebody is being asked, or is with the agent and not with the customer. */
  readonly isAsking: boolean;
  /** Puts the agent, who is beside a guest, to the customer or to the guest; false: there is no guest to choose. */
  turnTo(whom: 'customer' | 'guest'): boolean;
  /** The agent is gone and does not come back. True: somebody else has the customer, or is about to. */
  agentLeft(): boolean;
}

/** What the desk may do to an offer while it rings. Provided by `ring-agent.ts`. */
export interface OfferControls {
  delivered(popId: string): void;
  painted(popId: string): void;
  reject(): void;
}

/** An offer that rings at an agent. */
export interface LiveOffer {
  readonly agentId: AgentId;
  readonly offer: Offer;
  readonly controls: OfferControls;
}

/** What the desk may do during wrap-up. Provided by `wrap-up.ts`. */
export interface WrapUpControls {
  extend(): WrapUpView | null;
  /** Null: left without an outcome, where the queue lets one. Stores before it resolves. */
  complete(dispositionCode: string | null, note: string, then: 'available' | 'notReady'): Promise<void>;
  /** For an agent without a screen: stores the default outcome now. False when the wrap-up has to run its time. */
  completeByDefault(): Promise<boolean>;
  /** A supervisor lets it go: over now, with what was chosen or the default outcome, whatever the queue asks for. */
  release(): Promise<void>;
  /** The agent's desktop has come or gone. */
  desktopChanged(isThere: boolean): void;
  /** The agent signed out. */
  agentLeft(): void;
}

/**
 * One contact while it lives: what is known of it and what can be done to it now. Stories write their own part; the desk reads all of it
 * for the snapshot. Gone from memory when completed: the store has the rest.
 */
export class LiveInteraction {
  readonly interactionId: InteractionId;
  readonly workItemId: WorkItemId;
  readonly popId: PopId;
  readonly call: VoiceCall;
  /** Shared by all parts of one call. */
  readonly room: CallRoom;

  identification: Identification | null = null;
  knownAt: number | null = null;
  record: ContactRecord | null = null;
  /** The cards of whoever it is with: where what happens now goes, and all the ids that lead to them. */
  cards: KnownCards = { cardId: null, cardIds: [] };
  /** An agent said who it is; no number says otherwise after that. */
  isChosen = false;
  /** How often this number called. */
  attempts = { today: 0, week: 0 };
  path: readonly IvrPathStep[] = [];
  queuedAt = 0;
  /** The same moment by the router's clock, which nobody sets. */
  waitingSince = 0;
  priority = 0;
  /** What the menu found out for whoever takes the call, by the names of facts; no secrets of the caller's. */
  facts: Readonly<Record<string, string>> = {};
  /** The value by which the menu found them; null where it did not. */
  foundBy: string | null = null;
  /** Beside what the queue asks for; null: nothing. */
  skills: string | null = null;
  /** The menu as it stands, as JSON; null when they are in none. */
  menu: string | null = null;
  /** What they chose to hear us in. */
  locale: 'en' | 'zh' = 'en';
  /** Set when it is we who call, as promised. */
  callback: ScreenPop['callback'] = null;
  /** A call to them that was agreed for a time, and that this one stands for. */
  agreed: NonNullable<ScreenPop['agreed']> | null = null;
  /** What they left, where nobody is on the line. */
  message: LeftMessage | null = null;
  /** Calls who left the message; there while an agent has it and has not called. */
  callBack: (() => CallView) | null = null;

  /** The offers of it that ring now: one, or with ring all one at each of several agents. */
  readonly offers = new Map<ReservationId, LiveOffer>();
  /** In which queue it waits, or waited last. */
  queueId: QueueId | null = null;
  /** Set from the answer until the wrap-up is done. */
  assigned: { readonly agentId: AgentId; readonly agentName: string; readonly reservationId: ReservationId } | null = null;
  pop: ScreenPop | null = null;
  callView: CallView | null = null;
  /** Monotonic ms of the answer: how long a call took must not depend on a clock that somebody sets. */
  answeredAtMonotonic: number | null = null;
  isEndRecorded = false;
  callControls: CallControls | null = null;
  conversation: Conversation | null = null;
  guests: GuestsOfCall | null = null;
  /** What a colleague wrote who handed it over. */
  transfer: ScreenPop['transfer'] | null = null;
  /** The parts of the same call before this one, the latest first. */
  continues: readonly InteractionId[] = [];
  /** The call goes on without this part of it: its end is not the call's. */
  isHandedOn = false;
  /** How long the customer waited for the agent who has them, or had. */
  waitedMs = 0;
  /** Stories that carry the call on, or may. Whoever tells this one waits for them. */
  readonly stories = new Set<Promise<void>>();
  /** There while it is recorded. */
  recordingControls: RecordingControls | null = null;
  wrapUp: WrapUpView | null = null;
  wrapUpControls: WrapUpControls | null = null;
  draft: Draft | null = null;

  constructor(
    ids: { readonly interactionId: InteractionId; readonly workItemId: WorkItemId; readonly popId: PopId },
    call: VoiceCall,
    room: CallRoom = new CallRoom(call),
  ) {
    this.interactionId = ids.interactionId;
    this.workItemId = ids.workItemId;
    this.popId = ids.popId;
    this.call = call;
    this.room = room;
  }

  /** Where this contact is kept: the card that holds what they arrived with, or the person; null while nobody knows who it is. */
  get contactId(): ContactId | null {
    const contactId = this.cards.cardId ?? this.record?.contactId ?? null;
    return contactId === null ? null : asId<ContactId>(contactId);
  }

  /** Whether it may be this person, by any id of theirs. */
  mayBe(contactId: string): boolean {
    if (this.record?.contactId === contactId || this.cards.cardIds.includes(contactId)) return true;
    const { identification } = this;
    return (
      identification?.kind === 'candidates' &&
      Object.entries(identification.cards).some(([headId, { cardIds }]) => headId === contactId || cardIds.includes(contactId))
    );
  }

  /** Whom its agent advises, or would once they answer; null: it is theirs. */
  get advised(): string | null {
    if (this.assigned) return this.callView?.advising?.name ?? null;
    return this.transfer?.kind === 'consult' ? this.transfer.fromName : null;
  }

  /** What its item asks for beside what the queue does. */
  get needs(): { readonly needs?: string } {
    return this.skills === null ? {} : { needs: this.skills };
  }

  /** As the agent's work list shows it; null before the answer. */
  view(): AssignedInteraction | null {
    if (!this.assigned || !this.pop || !this.callView) return null;
    return {
      interactionId: this.interactionId,
      reservationId: this.assigned.reservationId,
      state: this.wrapUp ? 'wrapping' : 'assigned',
      pop: this.pop,
      call: this.callView,
      wrapUp: this.wrapUp,
      draft: this.draft,
    };
  }
}

/** Resolves when nothing of this call goes on any more, in whoever's hands it was. */
export async function carriedOn({ stories }: Pick<LiveInteraction, 'stories'>): Promise<void> {
  while (stories.size > 0) await Promise.all(stories);
}

/** All that live, by id. The desk finds an agent's own here, and nobody else's. */
export class LiveInteractions {
  readonly #byId = new Map<InteractionId, LiveInteraction>();
  /** Of interactions that carry on another one's work item: the router knows them by that one's id. */
  readonly #carriedOn = new Map<InteractionId, LiveInteraction>();

  /** The story of a transfer that an agent's phone asks for. */
  onTransferAsked: ((asked: TransferAsked, interaction: LiveInteraction) => void) | null = null;

  add(interaction: LiveInteraction, carriesOn?: InteractionId): void {
    this.#byId.set(interaction.interactionId, interaction);
    if (carriesOn) this.#carriedOn.set(carriesOn, interaction);
  }

  remove(interaction: LiveInteraction): void {
    this.#byId.delete(interaction.interactionId);
    for (const [id, by] of this.#carriedOn) if (by === interaction) this.#carriedOn.delete(id);
  }

  all(): readonly LiveInteraction[] {
    return [...this.#byId.values()];
  }

  get count(): number {
    return this.#byId.size;
  }

  assignedTo(agentId: AgentId): readonly LiveInteraction[] {
    return this.all().filter((interaction) => interaction.assigned?.agentId === agentId);
  }

  /** What rings at this agent now. */
  offeredTo(agentId: AgentId): readonly LiveOffer[] {
    return this.all().flatMap((interaction) => [...interaction.offers.values()].filter((offer) => offer.agentId === agentId));
  }

  /** Whether somebody is, or may be, with this agent now: on the line, in the wrap-up, or ringing. */
  isWith(agentId: AgentId, contactId: string): boolean {
    const inHand = this.all().filter(
      ({ assigned, offers }) => assigned?.agentId === agentId || [...offers.values()].some((offer) => offer.agentId === agentId),
    );
    return inHand.some((interaction) => interaction.mayBe(contactId));
  }

  /** The interaction if it is this agent's to work on. */
  findAssigned(agentId: AgentId, interactionId: string): LiveInteraction | null {
    const found = this.#byId.get(interactionId as InteractionId);
    return found?.assigned?.agentId === agentId ? found : null;
  }

  /** The interaction if this agent has it, or it rings at them. */
  findInHand(agentId: AgentId, interactionId: string): LiveInteraction | null {
    const found = this.#byId.get(interactionId as InteractionId);
    const isOffered = found !== undefined && [...found.offers.values()].some((offer) => offer.agentId === agentId);
    return isOffered ? found : this.findAssigned(agentId, interactionId);
  }

  /** Also by the id of the contact that it goes on with: the call in which a message was left. */
  isInHand(agentId: AgentId, interactionId: string): boolean {
    const found = this.find(interactionId);
    return found !== null && this.findInHand(agentId, found.interactionId) !== null;
  }

  /** The part of the same call that an agent has after this one; who only advises has none. */
  partAfter(interactionId: string): LiveInteraction | null {
    return this.all().find((part) => part.assigned && part.advised === null && part.continues[0] === interactionId) ?? null;
  }

  /** What those have of this call who are asked for advice by whoever has it. */
  advisedOn(interactionId: string): readonly LiveInteraction[] {
    return this.all().filter((part) => part.assigned && part.advised !== null && part.continues[0] === interactionId);
  }

  findOffered(agentId: AgentId, reservationId: string): LiveOffer | null {
    return this.offeredTo(agentId).find(({ offer }) => offer.reservationId === reservationId) ?? null;
  }

  find(interactionId: string): LiveInteraction | null {
    const id = interactionId as InteractionId;
    return this.#byId.get(id) ?? this.#carriedOn.get(id) ?? null;
  }
}
