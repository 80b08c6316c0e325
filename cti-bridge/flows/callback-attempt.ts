import type { CallEnd, CallView } from '../../shared/contracts/call.ts';
import { asId, type QueueId } from '../../shared/ids.ts';
import type { Queue, Reservation } from '../acd/index.ts';
import type { AgentLeg, PromisedCallback } from '../interactions/index.ts';
import type { Scope } from '../kernel/index.ts';
import { limits, type StoryContext } from './context.ts';
import { callerOf, identifyBeside } from './identify.ts';
import { carriedOn, type LiveInteraction } from './live-interaction.ts';
import { ringAgent } from './ring-agent.ts';
import { screenPop, showPop } from './screen-pop.ts';
import { freeTheRouter, recordEnd, serve, tellLost } from './serve.ts';
import { wrapUp } from './wrap-up.ts';

/** What an attempt asks of the promise it is made for, and tells it. */
export interface AttemptNews {
  /** The call in which it was promised was another bridge's: nothing but the promise is left of it. */
  readonly isAfterRestart: boolean;
  /** An agent has it: a story that a drain waits for. */
  taken(story: Promise<void>): void;
  /** Before the customer's phone rings; false: the promise is over. */
  count(): Promise<boolean>;
  reached(): void;
  /** No agent took it. */
  cameToNothing(): void;
  notReached(reservation: Reservation): void;
}

/**
 * One attempt to call a customer back, an interaction of its own: it rings at agents with the pop of the customer, and when one has answered
 * the customer is dialled through the trunk their call came by. From the moment both are there it is a call like any other.
 */
export class CallbackAttempt {
  readonly #interaction: LiveInteraction;
  readonly #promised: PromisedCallback;
  readonly #context: StoryContext;
  readonly #news: AttemptNews;
  readonly #scope: Scope;
  #ringing = 0;
  #isTaken = false;

  constructor(interaction: LiveInteraction, promised: PromisedCallback, context: StoryContext, news: AttemptNews) {
    this.#interaction = interaction;
    this.#promised = promised;
    this.#context = context;
    this.#news = news;
    this.#scope = context.scope.child(`callback ${interaction.interactionId}`);
    this.#scope.add(() => {
      if (!interaction.isHandedOn) interaction.call.hangUp(context.scope.isEnded ? 'shutdown' : 'fault', 'system', 'ours');
    });
    // The router knows the item by the call in which it was promised.
    context.live.add(interaction, promised.interactionId);
    this.#scope.add(() => context.live.remove(interaction));
    const { call, interactionId } = interaction;
    this.#scope.add(call.onMediaMoved((tookMs) => context.recorder.note(interactionId, { type: 'call:mediaMoved', tookMs })));
    if (interaction.identification === null) this.#scope.run(() => this.#identify());
  }

  /** By their number; with whom it was agreed is known, whoever else may have that number. */
  async #identify(): Promise<void> {
    const { contacts, clock, routing, organisation } = this.#context;
    const interaction = this.#interaction;
    const contactId = this.#promised.agreed?.contactId ?? null;
    await identifyBeside(interaction, this.#context, this.#scope);
    if (contactId === null || interaction.isChosen || interaction.record?.contactId === contactId) return;
    const person = await contacts.readPerson(contactId, clock.now());
    if (!person || this.#scope.isEnded) return;
    interaction.record = person.record;
    interaction.cards = { cardId: contactId, cardIds: person.cardIds };
    interaction.isChosen = true;
    const queue = interaction.pop && routing.queue(asId<QueueId>(interaction.pop.queueId));
    if (!interaction.pop || !queue) return;
    interaction.pop = screenPop(interaction, queue, interaction.pop.why, organisation);
    showPop(interaction, interaction.pop, this.#context);
  }

  /** An agent has it, and the customer is being called or has been. */
  get isDialling(): boolean {
    return this.#isTaken;
  }

  offer(reservation: Reservation): void {
    const { routing } = this.#context;
    const queue = routing.queue(reservation.queueId);
    if (!queue) return routing.tell({ type: 'reservation:failed', reservationId: reservation.reservationId, cause: 'released' });
    this.#ringing++;
    this.#scope.run(async () => {
      const ring = await ringAgent(this.#interaction, reservation, queue, this.#context, this.#scope);
      this.#ringing--;
      if (ring.kind === 'answered') {
        const story = this.#taken(ring.leg, reservation, queue);
        this.#news.taken(story);
        return await story;
      }
      if (this.#ringing > 0 || this.#isTaken) return;
      this.#news.cameToNothing();
      await this.#scope.end('nobody took it');
    });
  }

  async #taken(leg: AgentLeg, reservation: Reservation, queue: Queue): Promise<void> {
    const { routing, agents, log } = this.#context;
    const { agentId, reservationId, workItemId } = reservation;
    const interaction = this.#interaction;
    this.#isTaken = true;
    interaction.assigned = { agentId, agentName: agents.find(agentId)?.name ?? '', reservationId };
    if (this.#promised.recordingId !== null) return await this.#messageInHand(leg, reservation, queue);
    let isReached = false;
    try {
      isReached = await this.#dial(leg, reservation);
      if (!isReached) return;
      this.#news.reached();
      this.#scope.add(() => freeTheRouter(interaction, this.#context));
      await serve(interaction, { leg, reservation }, queue, this.#context, this.#scope);
    } catch (error) {
      log.error('bug:story', { where: 'callback', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    } finally {
      if (!isReached) {
        await this.#giveUp(leg, reservation, queue);
        routing.tell({ type: 'work:ended', agentId, workItemId, wrapsUp: false });
        if (!this.#context.scope.isEnded) this.#news.notReached(reservation);
      }
      await this.#scope.end('callback over');
      await carriedOn(interaction);
    }
  }

  /**
   * Nobody is called by itself: the agent hears what was left, and calls or does not. Either way it is taken care of with that, and wrapped
   * up; only a bridge that is killed in between puts it in line again.
   */
  async #messageInHand(leg: AgentLeg, reservation: Reservation, queue: Queue): Promise<void> {
    const { log, clock, desktops, routing, recording } = this.#context;
    const interaction = this.#interaction;
    const { call } = interaction;
    const { agentId, workItemId } = reservation;
    const { recordingId } = this.#promised;
    this.#scope.add(() => freeTheRouter(interaction, this.#context));
    try {
      await this.#record(reservation);
      // No line of a timeline has it yet: this one will.
      if (this.#news.isAfterRestart && recordingId !== null) await recording.repository.belongTo(recordingId, interaction.interactionId);
      interaction.answeredAtMonotonic = clock.monotonic();
      const wantsCall = await this.#heard(leg, reservation);
      this.#news.reached();
      if (wantsCall && (await this.#ring(leg))) return await serve(interaction, { leg, reservation }, queue, this.#context, this.#scope);
      call.hangUp(wantsCall ? 'notReached' : 'hungUp', wantsCall ? 'system' : 'agent', wantsCall ? 'caller' : 'agent');
      const end = wantsCall ? notReached(await call.ended) : await call.ended;
      leg.release('ended');
      await recordEnd(interaction, end, this.#context);
      if (interaction.callView)
        interaction.callView = { ...interaction.callView, state: 'ended', endedAt: clock.now(), end, message: null };
      if (interaction.callView) desktops.push(agentId, 'call:changed', interaction.callView);
      routing.tell({ type: 'work:ended', agentId, workItemId, wrapsUp: true });
      await wrapUp(interaction, reservation, queue, this.#context, this.#scope, clock.monotonic());
    } catch (error) {
      log.error('bug:story', { where: 'message', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    } finally {
      await this.#scope.end('message over');
      await carriedOn(interaction);
    }
  }

  /** True: they are to be called. False: the agent, or their phone, is done with it. */
  async #heard(leg: AgentLeg, { agentId }: Reservation): Promise<boolean> {
    const { desktops } = this.#context;
    const interaction = this.#interaction;
    const { promise: wantsCall, resolve: decide } = Promise.withResolvers<boolean>();
    const show = (change: Partial<CallView>): CallView => {
      if (!interaction.callView) throw new Error('The message is not shown yet');
      interaction.callView = { ...interaction.callView, ...change };
      desktops.push(agentId, 'call:changed', interaction.callView);
      return interaction.callView;
    };
    const canCallBack = this.#promised.number !== '';
    show({ message: { canCallBack } });
    const done = () => decide(false);
    void leg.gone.then(done);
    void interaction.call.ended.then(done);
    interaction.callControls = { ...noControls(interaction), end: done, agentLeft: done };
    interaction.callBack = canCallBack
      ? () => {
          interaction.callBack = null;
          decide(true);
          return show({ message: null });
        }
      : null;
    const isCalled = await wantsCall;
    interaction.callBack = null;
    interaction.callControls = null;
    return isCalled;
  }

  /** True when the customer has answered. The agent sees that they are being called, and may give it up by hanging up. */
  async #dial(leg: AgentLeg, reservation: Reservation): Promise<boolean> {
    if (!(await this.#news.count())) return false;
    await this.#record(reservation);
    return this.#ring(leg);
  }

  /** A part of the record of its own, and on the agent's screen. */
  async #record(reservation: Reservation): Promise<void> {
    const { recorder, interactions, desktops, log, organisation } = this.#context;
    const { call, interactionId, workItemId } = this.#interaction;
    const { agentId, reservationId, queueId } = reservation;
    void interactions
      .recordCaller(interactionId, callerOf(call, organisation))
      .catch((error: unknown) => log.error('caller:unrecorded', { interactionId, error: String(error) }));
    await recorder.record(
      interactionId,
      { type: 'interaction:received', channel: 'voice', direction: 'outbound', dnis: call.dialled, trunkId: call.trunkId },
      { type: 'workItem:calledBack', workItemId, queueId, promisedIn: this.#promised.interactionId },
    );
    this.#interaction.callView = {
      interactionId,
      reservationId,
      state: 'connecting',
      answeredAt: null,
      heldSince: null,
      endedAt: null,
      end: null,
    };
    const view = this.#interaction.view();
    if (view) desktops.push(agentId, 'interaction:assigned', view);
  }

  async #ring(leg: AgentLeg): Promise<boolean> {
    const { recorder } = this.#context;
    const { call, interactionId } = this.#interaction;
    const dialling = this.#scope.child('dialling');
    dialling.timer(limits.callbackRing, () => call.hangUp('notReached', 'system', 'caller'));
    void leg.gone.then(() => dialling.isEnded || call.hangUp('hungUp', 'agent', 'agent'));
    this.#interaction.callControls = {
      ...noControls(this.#interaction),
      end: () => call.hangUp('hungUp', 'agent', 'agent'),
      agentLeft: () => call.hangUp('hungUp', 'agent', 'agent'),
    };
    const { trunkId } = call;
    const isReached = await call.answer();
    if (call.trunkId !== trunkId) recorder.note(interactionId, { type: 'call:tookTrunk', trunkId: call.trunkId });
    this.#interaction.callControls = null;
    await dialling.end('dialled');
    return isReached && !call.signal.aborted;
  }

  /** The customer could not be had: the agent is told and is free, and the record says why. */
  async #giveUp(leg: AgentLeg, { agentId }: Reservation, queue: Queue): Promise<void> {
    const { desktops, clock, recorder } = this.#context;
    const { call, callView, workItemId } = this.#interaction;
    call.hangUp('notReached', 'system', 'caller');
    const end = notReached(await call.ended);
    leg.release('ended');
    if (!callView) return;
    desktops.push(agentId, 'call:changed', { ...callView, state: 'ended', endedAt: clock.now(), end });
    await tellLost(this.#interaction, agentId, queue, this.#context);
    this.#interaction.assigned = null;
    // The item is the promise's again, before this interaction ends.
    recorder.note(this.#interaction.interactionId, { type: 'workItem:callbackPromised', workItemId, queueId: queue.queueId });
    await recordEnd(this.#interaction, end, this.#context);
  }
}

/** Busy, no answer, no such line: all the same to the agent. Who hung up before there was anybody to talk to, and our own failing, are said as such. */
function notReached(end: CallEnd): CallEnd {
  return end.by === 'agent' || end.fault === 'ours' ? end : { by: 'system', reason: 'notReached', fault: 'caller' };
}

/** Nobody is there yet to be held or to hear keys. */
function noControls({ callView }: LiveInteraction) {
  const asItIs = async () => {
    if (!callView) throw new Error('The call is not shown yet');
    return callView;
  };
  return { hold: asItIs, resume: asItIs, sendDigit: () => {}, rejoin: () => {} };
}
