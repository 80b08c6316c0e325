import type { AskFailure, CallView, PartyView } from '../../shared/contracts/call.ts';
import type { AgentId, QueueId } from '../../shared/ids.ts';
import type { Queue } from '../acd/index.ts';
import type { CallParty, OutsideLeg } from '../interactions/index.ts';
import { carryOn, successorOf } from './carry-on.ts';
import type { StoryContext } from './context.ts';
import { type AnsweredByAgent, type Asked, type Guest, newGuest, type Purpose, type Words } from './guests/guest.ts';
import { adviserView, askersView, partyView } from './guests/guest-views.ts';
import { leaveOutside } from './guests/leave-outside.ts';
import { ringGuest } from './guests/ring-guest.ts';
import type { Conversation, GuestsOfCall, LiveInteraction } from './live-interaction.ts';
import { tellLost } from './serve.ts';

export type { Asked, AskedAgent, Purpose, Words } from './guests/guest.ts';

/** With the customer and the agent, six in one call. */
export const mostInCall = 6;

/**
 * Whoever the agent of a call asks in, from the question to the end: to have the call (transfer), or to speak to them first (consult), which
 * may become either a transfer or a conference. Colleagues see the customer and the words of whoever asks before they answer.
 *
 *   ringing --answered--> aside <--swap--> held --conference--> talking
 *      |                    |________________|________ hand over: their part of the call goes on (`carryOn`), the agent's is over
 *      '-- nobody: back to the agent with the cause; if the agent has left meanwhile, to the front of the queue
 *
 * One object for all parts of a call: when it is handed on, `#from` is the part of whoever has it then. At every moment the customer is with
 * somebody, hears music, or hangs up; a call is left by nobody.
 */
export class Guests implements GuestsOfCall {
  readonly #context: StoryContext;
  readonly #guests: Guest[] = [];
  #from: LiveInteraction;

  constructor(from: LiveInteraction, context: StoryContext) {
    this.#from = from;
    this.#context = context;
    void from.call.ended.then(() => {
      for (const guest of [...this.#guests]) {
        if (guest.party) this.#gone(guest);
        else guest.cancel('callerLeft');
      }
    });
  }

  /** Not somebody who was asked in: who takes the call from the agent who has it. False: there is nobody to take it from. */
  giveTo(part: LiveInteraction, answered: AnsweredByAgent, name: string): boolean {
    const from = this.#from;
    const asked = { kind: 'agent', agentId: answered.reservation.agentId, name } as const;
    const guest = newGuest(part, asked, 'transfer', { answered });
    this.#handOver(guest);
    const carrying = this.#carrying.get(guest);
    if (!carrying) return false;
    this.#follow(from, carrying);
    return true;
  }

  get keepCompany(): boolean {
    return this.#guests.some(({ party }) => party && this.#from.room.placeOf(party) === 'talk');
  }

  /** Somebody is being asked, or is with the agent and not with the customer: one at a time. */
  get isAsking(): boolean {
    return this.#pending !== undefined;
  }

  get isFull(): boolean {
    return this.#guests.length + 2 >= mostInCall;
  }

  get #pending(): Guest | undefined {
    return this.#guests.find(({ party }) => !party || this.#from.room.placeOf(party) !== 'talk');
  }

  /** The customer hears music from now on, and the one who is asked is rung. The agent's screen tells how it goes. */
  ask(asked: Asked, purpose: Purpose, words: Words, onOutcome?: Guest['onOutcome']): CallView | null {
    const { conversation } = this.#from;
    if (!conversation) return null;
    const from = this.#from;
    const part = successorOf(from, this.#context);
    part.transfer = {
      fromAgentId: conversation.agentId,
      fromName: from.assigned?.agentName ?? '',
      kind: purpose,
      ...words,
      draft: from.draft?.text ?? null,
      at: this.#context.clock.now(),
    };
    const guest = newGuest(part, asked, purpose, onOutcome ? { onOutcome } : {});
    this.#guests.push(guest);
    const leg = conversation.leg();
    if (!this.keepCompany) from.room.seat([['customer', 'hold']]);
    else if (leg) from.room.leave(leg);
    const ringback = new AbortController();
    if (leg) void from.call.playTo(leg, { kind: 'ringback' }, ringback.signal);
    const view = this.#asked(guest);
    this.#follow(from, this.#tell(guest, ringback));
    return view;
  }

  #asked({ asked, purpose, part }: Guest): CallView | null {
    const to = asked.kind === 'agent' ? asked.agentId : 'outside';
    this.#note({ type: 'call:asked', agentId: this.#agentId, purpose, to, into: part.interactionId });
    return this.#show({ askFailed: undefined });
  }

  /** What is told of one part of the call is over when this is. */
  #follow(from: LiveInteraction, story: Promise<void>): void {
    const told = story.catch((error: unknown) => {
      // Nobody minds the customer any more whom this was to bring to somebody.
      from.call.hangUp('fault', 'system', 'ours');
      this.#context.log.error('bug:story', {
        where: 'guests',
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    });
    from.stories.add(told);
    void told.then(() => from.stories.delete(told));
  }

  turnTo(whom: 'customer' | 'guest'): boolean {
    const leg = this.#from.conversation?.leg();
    const guest = this.#aside;
    if (!leg || !guest?.party) return false;
    const { room } = this.#from;
    if (whom === 'guest') {
      room.seat([...(this.keepCompany ? [] : [['customer', 'hold'] as const]), [leg, 'aside'], [guest.party, 'aside']]);
    } else {
      room.seat([
        [guest.party, 'hold'],
        ['customer', 'talk'],
        [leg, 'talk'],
      ]);
    }
    this.#show();
    this.#showGuest(guest);
    return true;
  }

  /** Between customer and guest. Null: nobody was asked in. */
  swap(): CallView | null {
    const party = this.#aside?.party;
    if (!party) return null;
    this.turnTo(this.#from.room.placeOf(party) === 'aside' ? 'customer' : 'guest');
    return this.#from.callView;
  }

  /** The one who was asked in has the customer. False: nobody was, or they have not answered. */
  complete(): boolean {
    const guest = this.#aside;
    if (!guest) return false;
    this.#handOver(guest);
    return true;
  }

  cancel(): CallView | null {
    const guest = this.#pending;
    if (!guest) return null;
    if (guest.party) this.#gone(guest);
    else guest.cancel('canceled');
    return this.#from.callView;
  }

  /** All hear each other. */
  conference(): CallView | null {
    const leg = this.#from.conversation?.leg();
    const guest = this.#aside;
    if (!leg || !guest?.party) return null;
    this.#from.room.seat([
      ['customer', 'talk'],
      [leg, 'talk'],
      [guest.party, 'talk'],
    ]);
    const view = this.#show();
    this.#showGuest(guest);
    return view;
  }

  drop(partyId: string): CallView | null {
    const guest = this.#guests.find((each) => each.partyId === partyId && each.party);
    if (!guest) return null;
    this.#gone(guest);
    return this.#from.callView;
  }

  agentLeft(): boolean {
    const pending = this.#pending;
    if (pending?.party) {
      this.#handOver(pending);
      return true;
    }
    const colleague = this.#guests.find(({ party, asked }) => party && asked.kind === 'agent');
    if (colleague) {
      this.#handOver(colleague);
      return true;
    }
    if (!pending) {
      // Nobody of us is left: who is outside does not stay with the customer alone.
      for (const guest of [...this.#guests]) this.#gone(guest);
      return false;
    }
    // They hang up while it rings: whoever answers has the call.
    pending.purpose = 'transfer';
    if (!this.keepCompany) this.#from.room.seat([['customer', 'hold']]);
    this.#from.conversation?.handOn();
    return true;
  }

  get #aside(): Guest | undefined {
    return this.#guests.find(({ party }) => party && this.#from.room.placeOf(party) !== 'talk');
  }

  async #tell(guest: Guest, ringback: AbortController): Promise<void> {
    const scope = this.#context.scope.child(`guest ${guest.partyId}`);
    try {
      const { call } = this.#from;
      let endEarlySound = () => {};
      const onEarlySound = (party: OutsideLeg) => {
        const leg = this.#from.conversation?.leg();
        if (!leg || ringback.signal.aborted) return;
        ringback.abort();
        call.connect(leg, party, 'oneHearsOther');
        endEarlySound = () => call.disconnect(leg, party);
      };
      const ringing = { by: this.#agentId, call, queue: this.#queue(), onNext: () => this.#asked(guest), onEarlySound };
      const failure = await ringGuest(guest, ringing, this.#context, scope);
      ringback.abort();
      endEarlySound();
      guest.onOutcome(failure === null);
      if (failure !== null) {
        if (guest.party) this.#release(guest);
        return await this.#notAnswered(guest, failure);
      }
      await this.#answered(guest);
    } finally {
      await scope.end('guest over');
    }
  }

  async #answered(guest: Guest): Promise<void> {
    const { party } = guest;
    // Left, or given the call, in the very moment of the answer.
    if (!party || guest.isOver) return await this.#carrying.get(guest);
    const { conversation } = this.#from;
    this.#note({ type: 'call:partyJoined', agentId: this.#agentId, into: guest.part.interactionId });
    const { promise: over, resolve } = Promise.withResolvers<void>();
    this.#ends.set(guest, resolve);
    void party.gone.then(() => this.#gone(guest));
    if (guest.purpose === 'transfer' || !conversation) this.#handOver(guest);
    else this.#bring(guest, party, conversation);
    await over;
    await this.#carrying.get(guest);
  }

  /** Resolved when a guest is one no more: gone, or the owner of the call. */
  readonly #ends = new Map<Guest, () => void>();
  readonly #carrying = new Map<Guest, Promise<void>>();

  /** Beside the agent who asked. */
  #bring(guest: Guest, party: CallParty, conversation: Conversation): void {
    const leg = conversation.leg();
    this.#from.room.seat([
      ...(this.keepCompany ? [] : [['customer', 'hold'] as const]),
      [party, 'aside'],
      ...(leg ? [[leg, 'aside'] as const] : []),
    ]);
    this.#show();
    const { asked, part, answered } = guest;
    if (!answered) return;
    const { agentId, reservationId } = answered.reservation;
    part.assigned = { agentId, agentName: asked.name, reservationId };
    const leave = () => this.#gone(guest);
    const stay = async () => part.callView ?? this.#viewOf(guest);
    part.callControls = { hold: stay, resume: stay, rejoin: () => {}, sendDigit: () => {}, end: leave, agentLeft: leave };
    this.#showGuest(guest);
    const view = part.view();
    if (view) this.#context.desktops.push(agentId, 'interaction:assigned', view);
  }

  /** The customer is with the agent again; or, where there is none any more, at the front of the queue. */
  async #notAnswered(guest: Guest, cause: AskFailure): Promise<void> {
    this.#remove(guest);
    const from = this.#from;
    this.#note({ type: 'call:askFailed', agentId: this.#agentId, into: guest.part.interactionId, cause });
    if (from.call.signal.aborted) return;
    const { conversation } = from;
    if (!conversation) {
      const queue = this.#queue();
      if (!queue) return from.call.hangUp('fault', 'system', 'ours');
      const next = successorOf(from, this.#context);
      this.#moveTo(next);
      return await carryOn(next, from, { kind: 'queue', queue }, this.#context);
    }
    const leg = conversation.leg();
    // A transfer was to be the end of it, so the agent has no hold in mind; who was consulting decides when to go back.
    const isBack = (guest.purpose === 'transfer' || this.keepCompany) && leg !== null;
    if (isBack && leg)
      from.room.seat([
        ['customer', 'talk'],
        [leg, 'talk'],
      ]);
    const askFailed = { name: guest.asked.name, purpose: guest.purpose, cause };
    this.#show({ askFailed });
  }

  /** A guest who was there is not any more. */
  #gone(guest: Guest): void {
    if (guest.isOver) return;
    const { party } = guest;
    const wasPending = this.#pending === guest;
    this.#remove(guest);
    if (party) this.#from.room.leave(party);
    this.#release(guest);
    this.#note({ type: 'call:partyLeft', agentId: this.#agentId, into: guest.part.interactionId });
    this.#ends.get(guest)?.();
    const leg = this.#from.conversation?.leg();
    if (this.#from.call.signal.aborted || !leg) return;
    const { room } = this.#from;
    const isWithCustomer = !wasPending || room.placeOf(leg) === 'talk';
    // Back in the conference they left for it; a customer alone stays on hold until the agent takes them back.
    if (this.keepCompany || isWithCustomer) room.seat([[leg, 'talk']]);
    else room.leave(leg);
    const askFailed = { name: guest.asked.name, purpose: guest.purpose, cause: 'left' as const };
    this.#show(wasPending ? { askFailed } : {});
  }

  /** The phone is let go, and an agent is free. */
  #release(guest: Guest): void {
    const { party, answered, part } = guest;
    party?.release('ended');
    if (!answered) return;
    const { agentId, workItemId } = answered.reservation;
    part.callControls = null;
    part.assigned = null;
    part.callView = null;
    this.#context.live.remove(part);
    this.#context.routing.tell({ type: 'work:ended', agentId, workItemId, wrapsUp: false });
    const queue = this.#queue();
    if (queue) this.#context.scope.run(() => tellLost(part, agentId, queue, this.#context));
  }

  /** The customer is this guest's from now on; the agent who asked is not heard any more, and wraps up. */
  #handOver(guest: Guest): void {
    const from = this.#from;
    const { party, part, answered } = guest;
    const queue = this.#queue();
    if (!party || !queue || guest.isOver) return;
    this.#remove(guest);
    const { conversation } = from;
    const leg = conversation?.leg();
    if (leg) from.room.leave(leg);
    from.room.seat([
      ['customer', 'talk'],
      [party, 'talk'],
    ]);
    this.#note({ type: 'call:handedOn', agentId: this.#agentId, into: part.interactionId });
    this.#moveTo(part);
    if (conversation) conversation.handOn();
    else from.isHandedOn = true;
    if (answered) {
      const { agentId, reservationId } = answered.reservation;
      part.assigned = { agentId, agentName: guest.asked.name, reservationId };
      part.callControls = null;
      if (part.callView) delete part.callView.advising;
    }
    const carrying = answered
      ? carryOn(part, from, { kind: 'answered', ...answered, queue }, this.#context)
      : leaveOutside(part, from, party, this.#context);
    this.#carrying.set(guest, carrying);
    this.#ends.get(guest)?.();
  }

  #moveTo(next: LiveInteraction): void {
    this.#from.guests = null;
    this.#from.isHandedOn = true;
    next.guests = this;
    this.#from = next;
  }

  #remove(guest: Guest): void {
    guest.isOver = true;
    const at = this.#guests.indexOf(guest);
    if (at >= 0) this.#guests.splice(at, 1);
  }

  #queue(): Queue | null {
    const queueId: QueueId | null = this.#from.queueId ?? this.#from.conversation?.reservation.queueId ?? null;
    return queueId === null ? null : this.#context.routing.queue(queueId);
  }

  get #agentId(): AgentId {
    return (this.#from.conversation?.agentId ?? this.#from.assigned?.agentId ?? '') as AgentId;
  }

  #note(fact: Parameters<StoryContext['recorder']['note']>[1]): void {
    this.#context.recorder.note(this.#from.interactionId, fact);
  }

  get parties(): PartyView[] {
    return this.#guests.map((guest) => partyView(guest, this.#from.room));
  }

  /** The agent's screen: with the customer or not, and who else there is. */
  #show(change: { readonly askFailed?: CallView['askFailed'] | undefined } = {}): CallView | null {
    const { conversation, callView } = this.#from;
    if (!conversation || !callView) return callView;
    const told = { parties: this.parties, ...change } as Partial<CallView>;
    return conversation.show({ ...told, ...askersView(this.#from, this.#context.clock.now()) });
  }

  /** The guest's own screen: whether they are with somebody or hear music. */
  #showGuest(guest: Guest): void {
    const { answered, part } = guest;
    if (!answered) return;
    const isFirst = part.callView === null;
    part.callView = this.#viewOf(guest);
    if (!isFirst) this.#context.desktops.push(answered.reservation.agentId, 'call:changed', part.callView);
  }

  #viewOf(guest: Guest): CallView {
    return adviserView(guest, this.#from, this.#context.clock.now());
  }
}

/** Those of this call, from now on. */
export function guestsOf(interaction: LiveInteraction, context: StoryContext): Guests {
  const { guests } = interaction;
  if (guests instanceof Guests) return guests;
  const made = new Guests(interaction, context);
  interaction.guests = made;
  return made;
}
