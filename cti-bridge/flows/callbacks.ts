import type { InteractionId, PopId, QueueId } from '../../shared/ids.ts';
import type { Preference, Reservation } from '../acd/index.ts';
import { numberKey } from '../crm/index.ts';
import type {
  CallbackEnding,
  CallbackRepository,
  CallerAddress,
  CallRoute,
  CustomerPhones,
  PromisedCallback,
  VoiceCall,
} from '../interactions/index.ts';
import { type Disposable, withTimeLimit } from '../kernel/index.ts';
import { CallbackAttempt } from './callback-attempt.ts';
import { limits, type StoryContext } from './context.ts';
import { needsOf, readFindings, writtenFindings } from './ivr/findings.ts';
import { LiveInteraction } from './live-interaction.ts';

/** Who it is that a call was agreed with, read before anybody's phone rings. */
export type KnownCustomer = Pick<LiveInteraction, 'record' | 'cards' | 'isChosen' | 'knownAt'>;

/** A promise that is not kept yet. */
interface Kept {
  promised: PromisedCallback;
  /** The call in which it was promised, as long as this bridge runs: what is known of the caller need not be asked again. */
  readonly from: LiveInteraction | null;
  readonly known: KnownCustomer | null;
  following: Disposable;
  attempt: CallbackAttempt | null;
  retry: Disposable | undefined;
  /** How long the message is that they left; null: they left none. */
  messageMs: number | null;
  /** They rang us while we were calling them: this attempt is the last. */
  hasCalledAgain: boolean;
}

/**
 * Callers who went home and keep their place in the queue. A promise is on disk before it is spoken, so it outlives the bridge:
 *
 *   promised ── an agent takes it ──▶ dialled ── the customer answers ──▶ reached
 *      ▲   └── they ring us themselves ──▶ calledAgain   │
 *      └──────── not reached, one attempt left ──────────┴── not reached again ──▶ notReached
 *
 * A customer is called only while an agent has their item, and the router gives an item to one agent; and of promises to one number in one queue
 * only the first stays, however many calls they were made in. So there are never two live attempts at one customer for one reason.
 */
export class Callbacks {
  readonly #context: StoryContext;
  readonly #repository: CallbackRepository;
  readonly #customers: CustomerPhones;
  readonly #routesBack: (number: string, queueId: QueueId) => readonly CallRoute[];
  readonly #kept = new Map<string, Kept>();
  readonly #running = new Set<Promise<void>>();

  /** Told of every one that is over. Set by whoever agreed it for a time. */
  onEnded: ((promised: PromisedCallback, ending: CallbackEnding) => void) | null = null;

  constructor(
    context: StoryContext,
    parts: {
      readonly repository: CallbackRepository;
      readonly customers: CustomerPhones;
      /** The trunks of the configuration that carry this number now, in their order. */
      readonly routesBack?: (number: string, queueId: QueueId) => readonly CallRoute[];
    },
  ) {
    this.#context = context;
    this.#repository = parts.repository;
    this.#customers = parts.customers;
    this.#routesBack = parts.routesBack ?? (() => []);
  }

  get count(): number {
    return this.#kept.size;
  }

  /** All calls that are under way have written their endings. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /** Their number is known, and where their call came from. */
  canCall({ caller, peer }: VoiceCall): boolean {
    return peer !== null && this.#keyOf(caller) !== null;
  }

  has(workItemId: string): boolean {
    return this.#kept.has(workItemId);
  }

  /** What was promised in this very call, and stands. */
  promisedIn({ workItemId, interactionId }: Pick<PromisedCallback, 'workItemId' | 'interactionId'>): 'callback' | 'message' | null {
    const promised = this.#kept.get(workItemId)?.promised;
    if (promised?.interactionId !== interactionId) return null;
    return promised.recordingId === null ? 'callback' : 'message';
  }

  /**
   * Puts the promise on disk, or that they leave a message, for which no number is needed. Null: it cannot be kept, so nobody must be told
   * of it.
   */
  async promise(
    interaction: LiveInteraction,
    message: { readonly recordingId: string; readonly queueId: QueueId } | null = null,
  ): Promise<PromisedCallback | null> {
    const { clock, log } = this.#context;
    const { call, workItemId, interactionId, queuedAt, priority, locale } = interaction;
    const queueId = message?.queueId ?? interaction.queueId;
    const key = this.#keyOf(call.caller) ?? (message ? '' : null);
    const number = call.caller.number ?? (message ? '' : null);
    if (key === null || number === null || queueId === null) return null;
    const promised: PromisedCallback = {
      workItemId,
      interactionId,
      queueId,
      number,
      numberKey: key,
      peer: call.peer,
      trunkId: call.trunkId,
      dialled: call.dialled,
      locale,
      priority,
      queuedAt,
      promisedAt: clock.now(),
      attempts: 0,
      recordingId: message?.recordingId ?? null,
      findings: writtenFindings(interaction),
    };
    try {
      await withTimeLimit(clock, limits.callbackPromise, 'storing a callback', this.#repository.promise(promised));
      return promised;
    } catch (error) {
      log.error('callback:notPromised', { interactionId, error: String(error) });
      this.withdraw(promised);
      return null;
    }
  }

  /**
   * A call flow promises it to a caller who stands in no queue: on disk, and in line at once, where a closed queue keeps it, too. Null: it
   * cannot be kept.
   */
  async promiseFromFlow(interaction: LiveInteraction, queueId: QueueId, priority: number): Promise<PromisedCallback | null> {
    const { clock, routing } = this.#context;
    interaction.queueId = queueId;
    interaction.priority = priority;
    interaction.queuedAt = clock.now();
    interaction.waitingSince = routing.now();
    const promised = await this.promise(interaction);
    if (promised) {
      this.#enqueue(promised, interaction);
      this.#keepOne(promised);
    }
    return promised;
  }

  /** It was stored, and then an agent was there first: nobody was told. */
  withdraw(promised: PromisedCallback): void {
    this.#store(promised, 'canceled');
  }

  /** From now on the item is this one's story. In the tick in which its old story lets go of it. */
  keep(promised: PromisedCallback, from: LiveInteraction): void {
    const { recorder, routing } = this.#context;
    const { workItemId, interactionId, queueId } = promised;
    this.#follow(promised, from);
    recorder.note(interactionId, { type: 'workItem:callbackPromised', workItemId, queueId });
    routing.tell({ type: 'item:callback', workItemId });
    this.#keepOne(promised);
  }

  /** A message is on disk as a whole: it stands in its queue, at the place of whoever left it, open or closed. */
  keepMessage(promised: PromisedCallback, durationMs: number, from: LiveInteraction): void {
    this.#enqueue(promised, from).messageMs = durationMs;
  }

  /**
   * The time that was agreed for a call has come: it stands in line, open or closed, and is on disk already. False: this customer is owed one
   * there that stands, which is enough.
   */
  keepAgreed(promised: PromisedCallback, known: KnownCustomer | null): boolean {
    const { routing } = this.#context;
    const { workItemId, interactionId, queueId, priority } = promised;
    this.#follow(promised, null, known);
    const preferences = this.#keeperOf(promised);
    routing.tell({ type: 'item:queued', workItemId, interactionId, queueId, priority, tier: null, preferences, isCallback: true });
    this.#keepOne(promised);
    return this.#kept.has(workItemId);
  }

  #enqueue(promised: PromisedCallback, from: LiveInteraction): Kept {
    const { recorder, routing } = this.#context;
    const { workItemId, interactionId, queueId, priority } = promised;
    const kept = this.#follow(promised, from);
    recorder.note(interactionId, { type: 'workItem:callbackPromised', workItemId, queueId });
    const item = { workItemId, interactionId, queueId, priority, queuedAt: from.waitingSince, tier: null, preferences: [] };
    routing.tell({ type: 'item:queued', ...item, ...from.needs, isCallback: true });
    return kept;
  }

  /**
   * After a start: who was promised a call waits again, in the order in which they first waited, before anybody new. To be called before
   * the opening hours are told: a closed queue lets nobody in, and keeps whom it has.
   */
  async resume(): Promise<number> {
    const { routing, clock } = this.#context;
    const pending = await this.#repository.readPending();
    for (const promised of pending) {
      const { workItemId, interactionId, queueId, priority } = promised;
      const kept = this.#follow(promised, null);
      kept.messageMs = await this.#messageMs(promised);
      if (promised.recordingId !== null && (kept.messageMs ?? 0) < limits.shortestMessage) this.#end(kept, 'canceled');
      else if (promised.attempts >= limits.callbackAttempts) this.#end(kept, 'notReached');
      else if (!routing.queue(queueId)) this.#end(kept, 'canceled');
      else {
        const queuedAt = routing.now() - (clock.now() - promised.queuedAt);
        const item = { workItemId, interactionId, queueId, priority, queuedAt, ...needsOf(promised.findings) };
        routing.tell({ type: 'item:queued', ...item, tier: null, preferences: this.#keeperOf(promised) });
        routing.tell({ type: 'item:callback', workItemId });
      }
    }
    for (const promised of pending) this.#keepOne(promised);
    return this.#kept.size;
  }

  /** Whom it waits for before it is anybody's: who agreed to make it, for as long as is left, and also before they are back from a restart. */
  #keeperOf({ agreed, attempts }: PromisedCallback): readonly Preference[] {
    const { clock, agents } = this.#context;
    const waitMs = (agreed?.keeper?.until ?? 0) - clock.now();
    if (!agreed?.keeper || waitMs <= 0 || attempts > 0) return [];
    const { agentId } = agreed.keeper;
    return [{ agentId, kind: 'agreed', waitMs, isExpected: agents.isExpected(agentId) }];
  }

  /** What is there of a message, which a bridge may have been killed in. Null: it is none. */
  async #messageMs({ recordingId }: PromisedCallback): Promise<number | null> {
    return recordingId === null ? null : await this.#context.recording.files.durationMs(recordingId);
  }

  /** Somebody rings who waits for our call: they are here now, and need no other. What they said in a message still stands. */
  calledAgain({ caller }: VoiceCall): void {
    const key = this.#keyOf(caller);
    for (const kept of [...this.#kept.values()]) {
      if (kept.promised.numberKey !== key || kept.promised.recordingId !== null) continue;
      if (kept.attempt?.isDialling) kept.hasCalledAgain = true;
      else this.#end(kept, 'calledAgain');
    }
  }

  /** Two calls of one number in one queue were both promised one back: whoever is being called already, or has waited longest, is called. */
  #keepOne({ numberKey: key, queueId, recordingId }: PromisedCallback): void {
    if (recordingId !== null) return;
    const isDialling = ({ attempt }: Kept) => Number(attempt?.isDialling ?? false);
    const [, ...others] = [...this.#kept.values()]
      .filter(({ promised }) => promised.recordingId === null && promised.numberKey === key && promised.queueId === queueId)
      .toSorted((one, other) => isDialling(other) - isDialling(one) || one.promised.queuedAt - other.promised.queuedAt);
    for (const other of others) this.#end(other, 'calledAgain');
  }

  /** A supervisor lets it go. False: nothing was promised for it. */
  cancel(workItemId: string): boolean {
    const kept = this.#kept.get(workItemId);
    if (kept) this.#end(kept, 'canceled');
    return kept !== undefined;
  }

  #follow(promised: PromisedCallback, from: LiveInteraction | null, known: KnownCustomer | null = null): Kept {
    const kept: Kept = {
      promised,
      from,
      known,
      following: { dispose: () => {} },
      attempt: null,
      retry: undefined,
      hasCalledAgain: false,
      messageMs: null,
    };
    this.#kept.set(promised.workItemId, kept);
    kept.following = this.#context.routing.follow(promised.workItemId, {
      offered: (reservation) => this.#offered(kept, reservation),
      moved: ({ to }) => {
        kept.promised = { ...kept.promised, queueId: to };
      },
      // Only a queue that is no longer set up gives up whom it has promised to call.
      diverted: () => this.#end(kept, 'canceled'),
    });
    return kept;
  }

  #offered(kept: Kept, reservation: Reservation): void {
    const { routing, log } = this.#context;
    kept.attempt ??= this.#begin(kept);
    if (kept.attempt) return kept.attempt.offer(reservation);
    log.warn('callback:noMedia', { workItemId: reservation.workItemId });
    routing.tell({ type: 'item:gone', workItemId: reservation.workItemId });
    this.#againIn(kept, limits.callbackNoMedia, reservation);
  }

  #begin(kept: Kept): CallbackAttempt | null {
    const { ids, clock, routing } = this.#context;
    const { promised, from } = kept;
    const call = this.#customers.call({
      number: promised.number,
      peer: promised.peer ?? '',
      trunkId: promised.trunkId,
      dialled: promised.dialled,
      ...this.#way(promised),
    });
    if (!call) return null;
    const interactionId = ids.next<InteractionId>();
    const interaction = new LiveInteraction({ interactionId, workItemId: promised.workItemId, popId: ids.next<PopId>() }, call);
    interaction.locale = promised.locale;
    interaction.priority = promised.priority;
    interaction.queueId = promised.queueId;
    interaction.queuedAt = promised.queuedAt;
    interaction.waitingSince = from?.waitingSince ?? routing.now() - (clock.now() - promised.queuedAt);
    Object.assign(interaction, readFindings(promised.findings));
    const { recordingId, promisedAt } = promised;
    const about = promised.agreed ? { about: promised.agreed.about } : {};
    if (recordingId === null) interaction.callback = { promisedAt, attempt: promised.attempts + 1, ...about };
    else interaction.message = { recordingId, leftAt: promisedAt, durationMs: kept.messageMs };
    if (from) {
      const { identification, knownAt, record, cards, isChosen, attempts, path } = from;
      Object.assign(interaction, { identification, knownAt, record, cards, isChosen, attempts, path });
    }
    if (kept.known) Object.assign(interaction, kept.known);
    return new CallbackAttempt(interaction, promised, this.#context, {
      isAfterRestart: from === null,
      taken: (story) => {
        this.#running.add(story);
        void story.finally(() => this.#running.delete(story));
      },
      count: async () => {
        const attempts = promised.attempts + 1;
        const isCounted = await this.#repository.countAttempt(promised.workItemId, attempts);
        if (isCounted) kept.promised = { ...kept.promised, attempts };
        return isCounted;
      },
      reached: () => this.#end(kept, 'reached'),
      cameToNothing: () => {
        kept.attempt = null;
      },
      notReached: (reservation) => {
        kept.attempt = null;
        if (!this.#kept.has(promised.workItemId)) return;
        if (kept.hasCalledAgain) this.#end(kept, 'calledAgain');
        else if (kept.promised.attempts >= limits.callbackAttempts) this.#end(kept, 'notReached');
        else this.#againIn(kept, limits.callbackRetry, reservation);
      },
    });
  }

  /** Back at the front of the line, where it stood when an agent took it; whoever tried it before is asked last. */
  #againIn(kept: Kept, ms: number, { agentId }: Reservation): void {
    const { routing, scope } = this.#context;
    kept.retry = scope.timer(ms, () => {
      const { workItemId, interactionId, queueId, priority, queuedAt } = kept.promised;
      if (!routing.queue(queueId)) return this.#end(kept, 'canceled');
      const waitedMs = this.#context.clock.now() - queuedAt;
      routing.tell({
        type: 'item:returned',
        agentId,
        workItemId,
        interactionId,
        queueId,
        priority,
        queuedAt: kept.from?.waitingSince ?? routing.now() - waitedMs,
        ...needsOf(kept.promised.findings),
        isDeviceFault: false,
      });
      routing.tell({ type: 'item:callback', workItemId });
    });
  }

  #end(kept: Kept, ending: CallbackEnding): void {
    const { recorder, routing } = this.#context;
    const { workItemId, interactionId, queueId } = kept.promised;
    if (!this.#kept.delete(workItemId)) return;
    void kept.following.dispose();
    void kept.retry?.dispose();
    this.#store(kept.promised, ending);
    this.onEnded?.(kept.promised, ending);
    if (ending === 'reached') return;
    recorder.note(interactionId, { type: 'workItem:canceled', workItemId, queueId, why: ending });
    routing.tell({ type: 'item:gone', workItemId });
  }

  #store(promised: PromisedCallback, ending: CallbackEnding): void {
    const { log } = this.#context;
    void this.#repository
      .end(promised.workItemId, ending)
      .catch((error: unknown) => log.error('callback:unrecorded', { workItemId: promised.workItemId, ending, error: String(error) }));
  }

  /**
   * By the trunks of the configuration where their call came by one of those, or by no way that we could take back; else where it came from.
   */
  #way({ number, queueId, trunkId, peer }: PromisedCallback): { readonly routes?: readonly CallRoute[] } {
    const routes = this.#routesBack(number, queueId);
    const isOurs = routes.some((route) => route.trunkId === trunkId);
    return routes.length > 0 && (isOurs || peer === null) ? { routes } : {};
  }

  #keyOf(caller: CallerAddress): string | null {
    return numberKey(caller.number, this.#context.organisation);
  }
}
