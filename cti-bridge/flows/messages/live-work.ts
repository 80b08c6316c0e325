import type { ContactRecord } from '../../../shared/contracts/contact.ts';
import type { Draft } from '../../../shared/contracts/interaction.ts';
import type { MessageDraft } from '../../../shared/contracts/messages/conversation.ts';
import type { Offer, ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import type { AgentId, ConversationId, InteractionId, PopId, ReservationId, WorkItemId } from '../../../shared/ids.ts';
import type { Reservation } from '../../acd/index.ts';
import type { Identification, KnownCards } from '../../crm/index.ts';
import type { StoredConversation, StoredWork } from '../../interactions/index.ts';
import type { Disposable, Scope } from '../../kernel/index.ts';
import { InTurn } from './in-turn.ts';

/** An offer of written work that an agent is looking at. */
export interface WrittenOffer {
  readonly reservation: Reservation;
  readonly offer: Offer;
  readonly controls: { delivered(popId: string): void; painted(popId: string): void; reject(): void };
}

/** Written work while it is not over: what is on disk of it, and what is known of whoever writes. Gone from memory when it is closed. */
export class LiveWork {
  stored: StoredWork;
  conversation: StoredConversation;
  readonly popId: PopId;
  readonly scope: Scope;
  identification: Identification | null = null;
  knownAt: number | null = null;
  record: ContactRecord | null = null;
  cards: KnownCards = { cardId: null, cardIds: [] };
  isChosen = false;
  /** Of the last line that somebody wrote, cut. */
  preview = '';
  unread = 0;
  /** They want no more text messages on this line. */
  isStopped = false;
  /** Theirs already: taken in hand the moment it is offered to them, without a pop. */
  comesBackTo: AgentId | null = null;
  /** How often it was offered to anybody so far. */
  offersMade = 0;
  reservation: Reservation | null = null;
  readonly offers = new Map<ReservationId, WrittenOffer>();
  pop: ScreenPop | null = null;
  draft: MessageDraft | null = null;
  note: Draft | null = null;
  /** Router's clock: since when it waits. */
  waitingSince = 0;
  /** Monotonic ms since when somebody has it in hand; null while nobody has. */
  inHandSince: number | null = null;
  /** Ends the following of the router. */
  following: Disposable | null = null;
  snooze: Disposable | null = null;
  returning: Disposable | null = null;

  readonly #waitForDecision = new Set<() => void>();

  constructor(stored: StoredWork, conversation: StoredConversation, popId: PopId, scope: Scope) {
    this.stored = stored;
    this.conversation = conversation;
    this.popId = popId;
    this.scope = scope;
  }

  /** Resolves when the next offer of it is decided, and whoever took it has it. */
  nextDecision(): Promise<void> {
    return new Promise((resolve) => this.#waitForDecision.add(resolve));
  }

  decisionMade(): void {
    for (const resolve of this.#waitForDecision) resolve();
    this.#waitForDecision.clear();
  }

  get interactionId(): InteractionId {
    return this.stored.interactionId;
  }

  get workItemId(): WorkItemId {
    return this.stored.workItemId;
  }

  /** Whoever has it, also while it waits for the customer. */
  get agentId(): AgentId | null {
    return this.stored.state === 'queued' ? null : this.stored.agentId;
  }

  /** Whoever has it, and who was asked in. */
  get holders(): readonly AgentId[] {
    return this.agentId === null ? this.stored.guestIds : [this.agentId, ...this.stored.guestIds];
  }

  mayBe(contactId: string): boolean {
    if (this.record?.contactId === contactId || this.cards.cardIds.includes(contactId)) return true;
    const { identification } = this;
    return (
      identification?.kind === 'candidates' &&
      Object.entries(identification.cards).some(([headId, { cardIds }]) => headId === contactId || cardIds.includes(contactId))
    );
  }
}

/** All written work that is not over, by id. */
export class LiveWorks {
  /** What comes into one conversation is taken one after the other: two at once must not make two works of it. */
  readonly inTurn = new InTurn();
  readonly #byId = new Map<InteractionId, LiveWork>();
  readonly #byConversation = new Map<ConversationId, LiveWork>();
  readonly #byItem = new Map<WorkItemId, LiveWork>();

  add(work: LiveWork): void {
    this.#byId.set(work.interactionId, work);
    this.#byConversation.set(work.conversation.conversationId, work);
    this.#byItem.set(work.workItemId, work);
  }

  remove(work: LiveWork): void {
    this.#byId.delete(work.interactionId);
    this.#byItem.delete(work.workItemId);
    const { conversationId } = work.conversation;
    if (this.#byConversation.get(conversationId) === work) this.#byConversation.delete(conversationId);
  }

  all(): readonly LiveWork[] {
    return [...this.#byId.values()];
  }

  find(interactionId: string): LiveWork | null {
    return this.#byId.get(interactionId as InteractionId) ?? null;
  }

  findItem(workItemId: string): LiveWork | null {
    return this.#byItem.get(workItemId as WorkItemId) ?? null;
  }

  ofConversation(conversationId: string): LiveWork | null {
    return this.#byConversation.get(conversationId as ConversationId) ?? null;
  }

  heldBy(agentId: AgentId): readonly LiveWork[] {
    return this.all().filter((work) => work.holders.includes(agentId));
  }

  /** The work if this agent has it themselves. */
  findOwn(agentId: AgentId | null, interactionId: string): LiveWork | null {
    const work = this.find(interactionId);
    return work !== null && agentId !== null && work.agentId === agentId ? work : null;
  }

  /** The same, and where they were asked in. */
  findHeld(agentId: AgentId | null, interactionId: string): LiveWork | null {
    const work = this.find(interactionId);
    return work !== null && agentId !== null && work.holders.includes(agentId) ? work : null;
  }

  offeredTo(agentId: AgentId): readonly WrittenOffer[] {
    return this.all().flatMap((work) => [...work.offers.values()].filter(({ reservation }) => reservation.agentId === agentId));
  }

  findOffer(agentId: AgentId, reservationId: string): { readonly work: LiveWork; readonly offer: WrittenOffer } | null {
    for (const work of this.#byId.values()) {
      const offer = work.offers.get(reservationId as ReservationId);
      if (offer?.reservation.agentId === agentId) return { work, offer };
    }
    return null;
  }

  /** Whether somebody is, or may be, with this agent now. */
  isWith(agentId: AgentId, contactId: string): boolean {
    return this.all().some(
      (work) =>
        work.mayBe(contactId) &&
        (work.holders.includes(agentId) || [...work.offers.values()].some(({ reservation }) => reservation.agentId === agentId)),
    );
  }
}

/** A part of its story: what fails in it ends the part, and not the work. */
export function partOf(work: LiveWork, name: string, story: (scope: Scope) => Promise<void>): void {
  const scope = work.scope.child(name);
  scope.run(async () => {
    await story(scope);
    await scope.end('over');
  });
}
