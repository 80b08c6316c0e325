import type { WireError } from '../../shared/contracts/errors.ts';
import type { AgentId } from '../../shared/ids.ts';
import { agentOf, mayBeAskedFor, type Queue } from '../acd/index.ts';
import { err, ok, type Result, withTimeLimit } from '../kernel/index.ts';
import { askAgent } from './ask-agent.ts';
import { carryOn, recordContinued, successorOf } from './carry-on.ts';
import { limits, type StoryContext } from './context.ts';
import { carriedOn, type LiveInteraction } from './live-interaction.ts';
import type { CallFeatures } from './ports.ts';
import { abandoned, recordEnd } from './serve.ts';

const gone: WireError = { code: 'not_found', why: 'notYours', message: 'This contact is not yours, or it is over.' };
const notNow: WireError = { code: 'conflict', why: 'notNow', message: 'The call is not in a state that allows this.' };
const full: WireError = { code: 'conflict', why: 'placesTaken', message: 'Every place is taken.' };
const empty: WireError = { code: 'not_found', why: 'placeEmpty', message: 'Nobody is parked there.' };
const busy: WireError = { code: 'conflict', why: 'placeBusy', message: 'Somebody is picking them up, or you have another call.' };
const noAgent: WireError = { code: 'forbidden', message: 'This user takes no work.' };

/** As many as there are numbers to be said. */
const places = 60;

interface Parked {
  readonly slot: string;
  readonly part: LiveInteraction;
  readonly from: LiveInteraction;
  readonly by: AgentId;
  readonly queue: Queue;
  /** A phone rings for them. */
  isRinging: boolean;
  /** Somebody has them, or they have left. */
  isOver: boolean;
}

/**
 * Customers who were left in a numbered place, with music, for anybody to pick up. The number is said to whoever parks them and shown on their
 * screen; they wrap up. Who is not picked up in time comes back: to whoever parked them, and if they do not take it, to the front of the queue.
 */
export class Parking {
  readonly #context: StoryContext;
  readonly #places = new Map<string, Parked>();

  constructor(context: StoryContext) {
    this.#context = context;
  }

  readonly commands: Pick<CallFeatures, 'call:park' | 'call:pick-up'> = {
    'call:park': async ({ agentId }, { interactionId }) => {
      const interaction = agentId && this.#context.live.findAssigned(agentId, interactionId);
      return interaction ? this.#park(agentId, interaction) : err(gone);
    },
    'call:pick-up': async ({ agentId }, { slot }) => {
      return agentId === null ? err(noAgent) : await this.fetch(agentId, slot);
    },
  };

  /** Why somebody cannot be rung for who is parked there; null when they can. */
  obstacleFor(agentId: AgentId, slot: string): 'nobody' | 'notNow' | null {
    const parked = this.#places.get(slot);
    if (!parked) return 'nobody';
    const agent = agentOf(this.#context.routing.state, agentId);
    return parked.isRinging || !agent || !mayBeAskedFor(agent, parked.queue.channel) ? 'notNow' : null;
  }

  /** Their phone rings for who is parked there; answered when it was lifted. */
  async fetch(agentId: AgentId, slot: string): Promise<Result<Record<string, never>, WireError>> {
    const parked = this.#places.get(slot);
    if (!parked) return err(empty);
    if (parked.isRinging || !(await this.#ring(parked, agentId))) return err(busy);
    return ok({});
  }

  async #park(agentId: AgentId, from: LiveInteraction) {
    const { conversation, guests, room, call } = from;
    const queue = conversation && this.#context.routing.queue(conversation.reservation.queueId);
    const leg = conversation?.leg();
    if (!conversation || !queue || !leg || (guests && guests.parties.length > 0)) return err(notNow);
    const free = Array.from({ length: places }, (_, i) => String(i + 1)).find((slot) => !this.#places.has(slot));
    if (!free) return err(full);
    const part = successorOf(from, this.#context);
    part.transfer = {
      fromAgentId: agentId,
      fromName: from.assigned?.agentName ?? '',
      kind: 'parked',
      reason: '',
      note: '',
      draft: from.draft?.text ?? null,
      at: this.#context.clock.now(),
    };
    const parked: Parked = { slot: free, part, from, by: agentId, queue, isRinging: false, isOver: false };
    this.#places.set(free, parked);
    room.seat([['customer', 'hold']]);
    room.leave(leg);
    // While the number is said the agent has the phone at the ear and the customer no longer: hanging up ends nothing but that.
    from.conversation = null;
    from.guests = {
      parties: [],
      keepCompany: true,
      isAsking: false,
      turnTo: () => true,
      agentLeft: () => {
        conversation.handOn();
        return true;
      },
    };
    this.#context.recorder.note(from.interactionId, { type: 'call:parked', agentId, into: part.interactionId });
    const story = this.#wait(parked).catch((error: unknown) => {
      call.hangUp('fault', 'system', 'ours');
      this.#context.log.error('bug:story', {
        where: 'park',
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    });
    from.stories.add(story);
    void story.then(() => from.stories.delete(story));
    const locale = this.#context.agents.find(agentId)?.locale ?? 'en';
    const said = call.playTo(leg, { kind: 'prompt', name: `number-${free}`, locale });
    void withTimeLimit(this.#context.clock, limits.sayPlace, 'saying the place', said)
      .catch(() => undefined)
      .then(() => conversation.handOn());
    return ok({ slot: free });
  }

  /** Until somebody has them or they leave; the conversation that follows is part of it. */
  async #wait(parked: Parked): Promise<void> {
    const { part, from, slot } = parked;
    const { live } = this.#context;
    const scope = this.#context.scope.child(`parked ${slot}`);
    const { promise: over, resolve } = Promise.withResolvers<void>();
    this.#ends.set(parked, resolve);
    live.add(part);
    try {
      await recordContinued(part, from, this.#context);
      scope.timer(limits.parked, () => scope.run(() => this.#comeBack(parked)));
      void part.call.ended.then(() => resolve());
      await over;
      this.#places.delete(slot);
      const carrying = this.#carrying.get(parked);
      if (carrying) return await carrying;
      parked.isOver = true;
      await recordEnd(part, abandoned(await part.call.ended), this.#context);
    } finally {
      this.#places.delete(slot);
      if (!this.#carrying.has(parked)) live.remove(part);
      this.#ends.delete(parked);
      await scope.end('no longer parked');
      await carriedOn(part);
    }
  }

  readonly #ends = new Map<Parked, () => void>();
  readonly #carrying = new WeakMap<Parked, Promise<void>>();

  /** Too long: whoever parked them is asked, and where they do not take it, they are before all others. */
  async #comeBack(parked: Parked): Promise<void> {
    if (parked.isRinging || parked.isOver) return;
    if (await this.#ring(parked, parked.by)) return;
    if (parked.isOver || parked.part.call.signal.aborted) return;
    this.#carry(parked, carryOn(parked.part, parked.from, { kind: 'queue', queue: parked.queue }, this.#context));
  }

  /** Their phone rings for whoever is parked. False: it does not, or they did not take it. */
  async #ring(parked: Parked, agentId: AgentId): Promise<boolean> {
    const { part, queue } = parked;
    const scope = this.#context.scope.child(`picked up by ${agentId}`);
    parked.isRinging = true;
    try {
      const ring = await askAgent(part, { agentId, by: agentId, queue }, this.#context, scope, (takeBack) => {
        void part.call.ended.then(() => takeBack('callerLeft'));
      });
      if (ring.kind !== 'answered') return false;
      part.assigned = {
        agentId,
        agentName: this.#context.agents.find(agentId)?.name ?? '',
        reservationId: ring.reservation.reservationId,
      };
      this.#carry(parked, carryOn(part, parked.from, { ...ring, queue }, this.#context));
      return true;
    } finally {
      parked.isRinging = false;
      await scope.end('rang');
    }
  }

  #carry(parked: Parked, carrying: Promise<void>): void {
    parked.isOver = true;
    this.#places.delete(parked.slot);
    this.#carrying.set(parked, carrying);
    this.#ends.get(parked)?.();
  }
}
