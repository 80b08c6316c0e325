import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import type { ScheduleAnswer, ScheduledCallback } from '../../shared/contracts/scheduled-callbacks.ts';
import { days } from '../../shared/duration.ts';
import { type AgentId, asId, type ContactId, type InteractionId, type QueueId, type TrunkId, type WorkItemId } from '../../shared/ids.ts';
import { agreedWaitMs } from '../acd/index.ts';
import {
  type CallbackOutcome,
  type CustomerScope,
  numberKey,
  type RecordRepository,
  type ScheduledCallbackRepository,
  type StandingCallback,
} from '../crm/index.ts';
import type { EventListener, PromisedCallback } from '../interactions/index.ts';
import { ok, type Result, withTimeLimit } from '../kernel/index.ts';
import { doubtsAbout } from './agreed-time.ts';
import type { KnownCustomer } from './callbacks.ts';
import { limits, type StoryContext } from './context.ts';
import { answered, refusal } from './customers/answer.ts';
import { authorOf } from './customers/parts.ts';
import type { Dialling } from './dialling.ts';
import type { LiveInteraction } from './live-interaction.ts';
import type { Asker, CustomerCommands } from './ports.ts';
import { screenPop, showPop } from './screen-pop.ts';

type Commands = Pick<CustomerCommands, 'callback:schedule' | 'callback:move' | 'callback:cancel' | 'callback:list'>;

export interface ScheduledCallbackParts {
  readonly repository: ScheduledCallbackRepository;
  readonly records: Pick<RecordRepository, 'page'>;
  readonly configuration: () => Configuration;
  readonly dialling: Pick<Dialling, 'mayAgreeToCall' | 'routesBack'>;
  /** As far as somebody sees, for this person. */
  readonly scopeFor: (asker: Asker, contactId: string) => CustomerScope;
  readonly scopeOf: (asker: Asker) => CustomerScope;
  /** What this agent has to do is another from now on. */
  readonly workChanged: (agentId: string) => void;
}

/** A clock that is set is noticed within this, and somebody who was in contact with us is looked at again. */
const checkMs = 15_000;
/** Nobody is called before what a start brings back is back. */
const firstCheckMs = 1_000;
/** A moment that has just gone by while somebody pressed the key is now. */
const nowMs = 60_000;
const furthestMs = days(366);

/**
 * Calls to customers that were agreed for a time:
 *
 *   agreed ── its time comes ──▶ in line ── as `Callbacks` has it ──▶ reached, not reached, called again
 *     ├── the customer speaks to an agent before ──▶ called again (or reached, where the agent called)
 *     └── somebody takes it back ──▶ canceled
 *
 * On disk before anybody is told, and in line in one unit of work: a restart at any moment makes neither none nor two calls of one. Nobody is
 * called who is in contact with us at that moment; and of one customer only one stands in each queue.
 */
export class ScheduledCallbacks {
  readonly #context: StoryContext;
  readonly #parts: ScheduledCallbackParts;
  readonly #standing = new Map<string, StandingCallback>();
  /** The item each is to have, so that what is tried again is the same one. */
  readonly #items = new Map<string, WorkItemId>();
  /** On their way into line. */
  readonly #moving = new Set<string>();
  #timer: { dispose(): void | Promise<void> } | null = null;

  constructor(context: StoryContext, parts: ScheduledCallbackParts) {
    this.#context = context;
    this.#parts = parts;
    context.callbacks.onEnded = ({ workItemId }, ending) => {
      const callback = [...this.#standing.values()].find((each) => each.workItemId === workItemId);
      if (callback) void this.#end(callback, ending, null);
    };
  }

  /** After a start, before those in line are taken up again. */
  async resume(): Promise<void> {
    for (const callback of await this.#parts.repository.standing()) {
      this.#standing.set(callback.callbackId, callback);
      // The bridge was stopped between the end of the call and this.
      if (callback.ended !== null) void this.#end(callback, callback.ended, null);
    }
    this.#checkIn(firstCheckMs);
  }

  readonly listener: EventListener = (event) => {
    if (!('interactionId' in event)) return;
    const interaction = this.#context.live.find(event.interactionId);
    if (!interaction || interaction.callback !== null) return;
    if (event.type === 'interaction:identified' || event.type === 'interaction:contactChosen') this.#showTo(interaction);
    else if (event.type === 'interaction:answered')
      for (const callback of this.#owedTo(interaction)) {
        if (callback.state !== 'agreed') continue;
        const isOurCall = interaction.callView?.dialled !== undefined;
        void this.#end(callback, isOurCall ? 'reached' : 'calledAgain', interaction.assigned?.agentName ?? null);
      }
  };

  commands(): Commands {
    return {
      'callback:schedule': (asker, request) => answered(this.#context, 'callback', this.#schedule(asker, request)),
      'callback:move': (asker, request) => answered(this.#context, 'callback', this.#move(asker, request)),
      'callback:cancel': (asker, { callbackId }) => answered(this.#context, 'callback', this.#cancel(asker, callbackId)),
      'callback:list': async (asker, { contactId }) => {
        const found = this.#parts.repository.ofPerson(contactId, this.#parts.scopeFor(asker, contactId));
        return answered(
          this.#context,
          'callbacks',
          found.then((callbacks) => (callbacks === null ? noSuchPerson : ok({ callbacks: callbacks.map(callbackView) }))),
        );
      },
    };
  }

  /** The promise that it is was marked as kept by hand. */
  keptByHand(promiseId: string, by: string): void {
    const callback = this.#standing.get(promiseId);
    if (callback) void this.#takeBack(callback, by);
  }

  async #schedule(asker: Asker, request: Parameters<Commands['callback:schedule']>[1]): Promise<Result<ScheduleAnswer, WireError>> {
    const { live, organisation, clock, ids, agents } = this.#context;
    const { agentId } = asker;
    if (agentId === null) return refusal('forbidden', 'Only agents agree to call somebody.');
    const interaction = request.interactionId === null ? null : live.findAssigned(agentId, request.interactionId);
    const call = interaction?.call ?? null;
    const number = request.number?.trim() ?? call?.caller.number ?? null;
    if (number === null) return ok({ outcome: 'refused', why: 'noNumber' });
    const key = numberKey(number, organisation);
    const queueId = this.#queueFor(interaction);
    if (key === null) return ok({ outcome: 'refused', why: 'notANumber' });
    if (queueId === null) return ok({ outcome: 'refused', why: 'noTrunk' });
    const isTheirs = call !== null && call.peer !== null && numberKey(call.caller.number, organisation) === key;
    const why = this.#parts.dialling.mayAgreeToCall({ agentId, queueId }, number);
    // By the way by which they called us, they can be called as well.
    if (why !== null && !(why === 'noTrunk' && isTheirs)) return ok({ outcome: 'refused', why });
    const { contactId } = request;
    const time = await this.#judge(asker, { ...request, queueId });
    if (time !== null) return time;

    const made = await this.#parts.repository.agree({
      changeId: ids.next(),
      author: authorOf(asker),
      at: clock.now(),
      scope: contactId === null ? this.#parts.scopeOf(asker) : this.#parts.scopeFor(asker, contactId),
      callback: {
        ...{ callbackId: ids.next(), contactId, number, numberKey: key, queueId, text: request.text.trim() },
        ...{ at: request.at, until: request.until, madeBy: asker.name, madeAt: clock.now() },
        ownerAgentId: request.to === 'me' ? agentId : null,
        interactionId: interaction?.interactionId ?? null,
        ...{ peer: isTheirs ? call.peer : null, trunkId: isTheirs ? call.trunkId : null, dialled: isTheirs ? call.dialled : null },
        locale: interaction?.locale ?? agents.find(agentId)?.locale ?? 'en',
      },
    });
    if (!made.ok) return made;
    const { isNew, callback } = made.value;
    if (!isNew) return ok({ outcome: 'standing', callback: callbackView(callback) });
    this.#keep(callback);
    return ok({ outcome: 'agreed', callback: callbackView(callback) });
  }

  async #move(asker: Asker, request: Parameters<Commands['callback:move']>[1]): Promise<Result<ScheduleAnswer, WireError>> {
    const { clock, ids } = this.#context;
    const callback = await this.#find(asker, request.callbackId);
    if (callback === null) return noSuchCallback;
    const time = await this.#judge(asker, { ...request, contactId: callback.contactId, queueId: callback.queueId });
    if (time !== null) return time;
    const moved = await this.#parts.repository.move({
      ...{ changeId: ids.next(), author: authorOf(asker), at: clock.now(), scope: everybody },
      ...{ callbackId: callback.callbackId, to: request.at, until: request.until },
    });
    if (!moved.ok) return moved;
    this.#keep(moved.value);
    return ok({ outcome: 'agreed', callback: callbackView(moved.value) });
  }

  async #cancel(asker: Asker, callbackId: string): Promise<Result<Record<string, never>, WireError>> {
    const callback = await this.#find(asker, callbackId);
    if (callback === null) return noSuchCallback;
    await this.#takeBack(callback, asker.name);
    return ok({});
  }

  /** What was agreed with nobody in the record is theirs who made it, and of those who supervise. */
  async #find(asker: Asker, callbackId: string): Promise<StandingCallback | null> {
    const known = this.#standing.get(callbackId);
    const scope = known?.contactId ? this.#parts.scopeFor(asker, known.contactId) : this.#parts.scopeOf(asker);
    const found = await this.#parts.repository.find(callbackId, scope);
    if (found === null || found.contactId !== null) return found;
    return found.madeBy === asker.name || found.ownerAgentId === asker.agentId || asker.may('agent:supervise') ? found : null;
  }

  /** Null: nothing speaks against that time. */
  async #judge(
    asker: Asker,
    wish: {
      readonly at: number;
      readonly until: number;
      readonly isSure: boolean;
      readonly contactId: string | null;
      readonly queueId: string;
    },
  ): Promise<Result<ScheduleAnswer, WireError> | null> {
    const { at, until, isSure, contactId, queueId } = wish;
    const now = this.#context.clock.now();
    if (until <= at) return refusal('bad_request', 'It ends before it begins.');
    if (at < now - nowMs) return ok({ outcome: 'refused', why: 'past' });
    if (at > now + furthestMs) return ok({ outcome: 'refused', why: 'tooFar' });
    if (isSure) return null;
    const { records, scopeFor, configuration } = this.#parts;
    const page = contactId === null ? null : await records.page(contactId, scopeFor(asker, contactId), now);
    if (contactId !== null && page === null) return noSuchPerson;
    const doubts = doubtsAbout({ at, queueId, prefers: page?.fields ?? null }, configuration());
    return doubts.length === 0 ? null : ok({ outcome: 'doubtful', doubts: [...doubts] });
  }

  #keep(callback: StandingCallback): void {
    this.#standing.set(callback.callbackId, callback);
    this.#changed(callback);
    this.#checkIn(0);
  }

  /** Out of line too, where it stands there: then its end is told by those who keep that. */
  #takeBack(callback: StandingCallback, by: string): Promise<void> {
    const { workItemId } = callback;
    if (workItemId !== null && this.#context.callbacks.cancel(workItemId)) return Promise.resolve();
    return this.#end(callback, 'canceled', by);
  }

  async #end(callback: StandingCallback, outcome: CallbackOutcome, by: string | null): Promise<void> {
    const { clock, log } = this.#context;
    const { callbackId } = callback;
    this.#standing.delete(callbackId);
    this.#items.delete(callbackId);
    try {
      await this.#parts.repository.end({ callbackId, outcome, at: clock.now(), by });
    } catch (error) {
      // After the next start it is looked at again; until then nobody is called for it.
      log.error('callback:endUnrecorded', { callbackId, outcome, error: String(error) });
    }
    this.#changed(callback);
  }

  /** Looks at what is due, and when to look next. */
  #check(): void {
    const now = this.#context.clock.now();
    const agreed = [...this.#standing.values()].filter(({ state }) => state === 'agreed');
    for (const callback of agreed) if (callback.at <= now) void this.#due(callback);
    const next = Math.min(...agreed.flatMap(({ at }) => (at > now ? [at - now] : [])), checkMs);
    this.#checkIn(next);
  }

  #checkIn(ms: number): void {
    void this.#timer?.dispose();
    this.#timer = this.#context.scope.timer(ms, () => this.#check());
  }

  async #due(callback: StandingCallback): Promise<void> {
    const { callbackId } = callback;
    const { log, callbacks } = this.#context;
    if (this.#moving.has(callbackId) || this.#isInContact(callback)) return;
    const promised = this.#promiseOf(callback);
    if (promised === null) return;
    this.#moving.add(callbackId);
    try {
      const known = await this.#customerOf(callback);
      const isInLine = await this.#parts.repository.standInLine(callbackId, promised);
      const still = this.#standing.get(callbackId);
      if (!isInLine) {
        // Over, erased, or moved while this went to the disk; in the last case what was moved is kept already.
        if (still === callback) this.#standing.delete(callbackId);
        return;
      }
      const { workItemId } = promised;
      if (still) this.#standing.set(callbackId, { ...still, state: 'inLine', workItemId });
      callbacks.keepAgreed(promised, known);
      if (!still) callbacks.cancel(workItemId);
      else this.#changed(callback);
    } catch (error) {
      log.error('callback:notInLine', { callbackId, error: String(error) });
    } finally {
      this.#moving.delete(callbackId);
    }
  }

  /** Null: nobody in the record, or the store takes its time; then their number tells, while it rings. */
  async #customerOf({ contactId }: StandingCallback): Promise<KnownCustomer | null> {
    const { contacts, clock, log } = this.#context;
    if (contactId === null) return null;
    const reading = withTimeLimit(
      clock,
      limits.identify,
      'reading who is to be called',
      contacts.readPerson(asId<ContactId>(contactId), clock.now()),
    );
    const person = await reading.catch((error: unknown) => {
      log.warn('callback:customerUnknown', { contactId, error: String(error) });
      return null;
    });
    return person && { record: person.record, cards: { cardId: contactId, cardIds: person.cardIds }, isChosen: true, knownAt: clock.now() };
  }

  /** Null: there is no queue, or no way to that number now; it is tried again. */
  #promiseOf(callback: StandingCallback): PromisedCallback | null {
    const { ids, routing } = this.#context;
    const queueId = routing.queue(asId<QueueId>(callback.queueId)) ? asId<QueueId>(callback.queueId) : this.#queueFor(null);
    const queue = queueId && routing.queue(queueId);
    if (!queue) return null;
    const [route] = this.#parts.dialling.routesBack(callback.number, queue.queueId);
    if (!route && callback.peer === null) return null;
    const workItemId = this.#items.get(callback.callbackId) ?? ids.next<WorkItemId>();
    this.#items.set(callback.callbackId, workItemId);
    return {
      workItemId,
      interactionId: ids.next<InteractionId>(),
      queueId: queue.queueId,
      number: callback.number,
      numberKey: callback.numberKey,
      peer: callback.peer,
      trunkId: asId<TrunkId>(callback.trunkId ?? route?.trunkId ?? ''),
      dialled: callback.dialled ?? route?.shown ?? '',
      locale: callback.locale,
      priority: queue.priority,
      queuedAt: callback.at,
      promisedAt: callback.madeAt,
      attempts: 0,
      recordingId: null,
      findings: null,
      agreed: {
        contactId: callback.contactId === null ? null : asId<ContactId>(callback.contactId),
        about: callback.text,
        keeper:
          callback.ownerAgentId === null
            ? null
            : { agentId: asId<AgentId>(callback.ownerAgentId), until: this.#context.clock.now() + agreedWaitMs },
      },
    };
  }

  /** Where nobody says it: the first queue of callers, as for calls out. */
  #queueFor(interaction: LiveInteraction | null): QueueId | null {
    const { organisation, routing } = this.#context;
    const isOfCalls = (queueId: QueueId) => routing.queue(queueId)?.channel === 'voice';
    if (interaction?.queueId && isOfCalls(interaction.queueId)) return interaction.queueId;
    return organisation.queueIds.find(isOfCalls) ?? null;
  }

  #owedTo(interaction: LiveInteraction): readonly StandingCallback[] {
    const key = numberKey(interaction.call.caller.number, this.#context.organisation);
    return [...this.#standing.values()]
      .filter(
        ({ numberKey: number, contactId }) =>
          number === key || (contactId !== null && interaction.mayBe(contactId) && isCertain(interaction)),
      )
      .sort((one, other) => one.at - other.at);
  }

  #isInContact(callback: StandingCallback): boolean {
    return this.#context.live
      .all()
      .some(
        (interaction) =>
          !interaction.isEndRecorded && this.#owedTo(interaction).some(({ callbackId }) => callbackId === callback.callbackId),
      );
  }

  /** Whoever takes them sees what was agreed, and that this call stands for it. */
  #showTo(interaction: LiveInteraction): void {
    const [first] = this.#owedTo(interaction);
    const { routing, organisation } = this.#context;
    interaction.agreed = first ? { at: first.at, about: first.text, by: first.madeBy } : null;
    const queue = interaction.pop && routing.queue(asId<QueueId>(interaction.pop.queueId));
    if (!interaction.pop || !queue || !first) return;
    interaction.pop = screenPop(interaction, queue, interaction.pop.why, organisation);
    showPop(interaction, interaction.pop, this.#context);
  }

  #changed({ ownerAgentId }: StandingCallback): void {
    if (ownerAgentId !== null) this.#parts.workChanged(ownerAgentId);
  }
}

/** What the wire may have of it. */
export function callbackView(callback: ScheduledCallback): ScheduledCallback {
  const { callbackId, contactId, name, number, text, at, until, queueId, ownerAgentId, ownerName, state, madeBy, madeAt } = callback;
  return { callbackId, contactId, name, number, text, at, until, queueId, ownerAgentId, ownerName, state, madeBy, madeAt };
}

const isCertain = ({ record }: LiveInteraction): boolean => record !== null;
const everybody: CustomerScope = { units: null };
const noSuchPerson = refusal('not_found', 'There is no such person, or they are not among those you may see.');
const noSuchCallback = refusal('not_found', 'There is no such callback, or it is over.');
