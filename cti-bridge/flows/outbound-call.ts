import type { CallEnd, Dialled } from '../../shared/contracts/call.ts';
import type { DialAnswer } from '../../shared/contracts/calling.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import {
  type AgentId,
  asId,
  type ConversationId,
  type InteractionId,
  type PopId,
  type QueueId,
  type TrunkId,
  type WorkItemId,
} from '../../shared/ids.ts';
import { agentOf, mayBeAskedFor, type Queue, type Reservation, type RouterAgent } from '../acd/index.ts';
import type { AgentLeg, CustomerPhones, OutboundCall } from '../interactions/index.ts';
import { err, ok, type Result, type Scope } from '../kernel/index.ts';
import { limits, type StoryContext } from './context.ts';
import type { Dialling } from './dialling.ts';
import { callerOf, identifyBeside } from './identify.ts';
import { carriedOn, LiveInteraction } from './live-interaction.ts';
import { screenPop } from './screen-pop.ts';
import { freeTheRouter, recordEnd, serve, tellLost } from './serve.ts';

/** The conversation in writing from which an agent calls whoever writes there. Provided by `messages/calls-begun.ts`. */
export interface CallOrigin {
  readonly conversationId: ConversationId;
  /** Who that is, to whom the call goes without asking whose number it is; null where nobody knows. */
  readonly customer: Pick<LiveInteraction, 'identification' | 'record' | 'cards' | 'isChosen' | 'knownAt'> | null;
  /** The call stands on the record: the conversation tells of it from now on, and of how it ends. */
  dialled(callId: InteractionId, number: string): void;
}

/** How long the phone of somebody who is called rings. */
const ringLimitMs = 60_000;

interface Story {
  readonly interaction: LiveInteraction;
  readonly call: OutboundCall;
  readonly reservation: Reservation;
  readonly queue: Queue;
  readonly scope: Scope;
  readonly origin: CallOrigin | null;
}

/**
 * A call that an agent makes, an interaction of its own:
 *
 *   asked ── may it be called? ──▶ own phone rings, answered by itself ──▶ dialled over one trunk after another ──▶ talking ──▶ wrapped up
 *
 * The agent hears what the customer's phone does as it comes: what the network lets hear, or our ringback. From the customer's answer on it is
 * a call like any other.
 */
type OriginOf = (agentId: AgentId, conversationId: string) => CallOrigin | null;

export class OutboundCalls {
  readonly #context: StoryContext;
  readonly #customers: CustomerPhones;
  readonly #dialling: Dialling;
  readonly #originOf: OriginOf;
  readonly #running = new Set<Promise<void>>();

  constructor(
    context: StoryContext,
    parts: {
      readonly customers: CustomerPhones;
      readonly dialling: Dialling;
      /** Null where the agent does not have that conversation in hand. */
      readonly originOf: OriginOf;
    },
  ) {
    this.#context = context;
    this.#originOf = parts.originOf;
    this.#customers = parts.customers;
    this.#dialling = parts.dialling;
  }

  /** All calls that are under way have written their endings. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  async dialCall(
    agentId: AgentId,
    { number, conversationId }: { readonly number: string; readonly conversationId?: string | undefined },
  ): Promise<Result<DialAnswer, WireError>> {
    if (conversationId === undefined) return ok(this.dial(agentId, number));
    const origin = this.#originOf(agentId, conversationId);
    return origin ? ok(this.dial(agentId, number, origin)) : err(notTheirs);
  }

  /** Whether it may be called and by what way; the rest is told as it happens. */
  dial(agentId: AgentId, dialled: string, origin: CallOrigin | null = null): DialAnswer {
    const context = this.#context;
    const { ids, clock, routing } = context;
    const queueId = this.#queueOf();
    const queue = queueId && routing.queue(queueId);
    const ways = this.#dialling.routesFor({ agentId, queueId }, dialled);
    if (!ways.ok) return { isDialled: false, why: ways.why };
    const [first] = ways.routes;
    if (!queue || !first) return { isDialled: false, why: 'noTrunk' };
    const call = this.#customers.call({
      number: ways.number,
      peer: '',
      trunkId: asId<TrunkId>(first.trunkId),
      dialled: first.shown ?? '',
      routes: ways.routes,
    });
    if (!call) return { isDialled: false, why: 'noMedia' };

    const interaction = new LiveInteraction(
      { interactionId: ids.next<InteractionId>(), workItemId: ids.next<WorkItemId>(), popId: ids.next<PopId>() },
      call,
    );
    interaction.queueId = queue.queueId;
    interaction.queuedAt = clock.now();
    interaction.waitingSince = routing.now();
    interaction.locale = context.agents.find(agentId)?.locale ?? 'en';
    if (origin?.customer) Object.assign(interaction, origin.customer);
    const reservation = this.#reserve(interaction, agentId, queue, origin !== null);
    if (!reservation) {
      call.hangUp('hungUp', 'agent', 'agent');
      return { isDialled: false, why: 'notFree' };
    }
    const over = ways.begin();
    const scope = context.scope.child(`call out ${interaction.interactionId}`);
    const told = this.#tell({ interaction, call, reservation, queue, scope, origin }).finally(over);
    this.#running.add(told);
    void told.finally(() => this.#running.delete(told));
    return { isDialled: true, interactionId: interaction.interactionId, reservationId: reservation.reservationId };
  }

  /** Whose wrap-up and number hold for calls out: the first queue of callers. */
  #queueOf(): QueueId | null {
    const { organisation, routing } = this.#context;
    return organisation.queueIds.find((queueId) => routing.queue(queueId)?.channel === 'voice') ?? null;
  }

  /** The agent is asked for by themselves: past every queue, and not at all while they have a call. */
  #reserve(
    { workItemId, interactionId }: LiveInteraction,
    agentId: AgentId,
    { queueId }: Queue,
    isBesideWriting: boolean,
  ): Reservation | null {
    const { routing } = this.#context;
    const offers: Reservation[] = [];
    const following = routing.follow(workItemId, { offered: (reservation) => offers.push(reservation) });
    if (isBesideWriting && !mayCallBesideWriting(agentOf(routing.state, agentId))) return null;
    const isTheirs = isBesideWriting ? { isTheirs: true as const } : {};
    routing.tell({ type: 'agent:asked', agentId, by: agentId, workItemId, interactionId, queueId, ...isTheirs });
    void following.dispose();
    return offers[0] ?? null;
  }

  async #tell(story: Story): Promise<void> {
    const { log, live, recorder } = this.#context;
    const { interaction, scope, call, origin } = story;
    live.add(interaction);
    scope.add(() => live.remove(interaction));
    scope.add(call.onMediaMoved((tookMs) => recorder.note(interaction.interactionId, { type: 'call:mediaMoved', tookMs })));
    scope.add(() => call.hangUp(this.#context.scope.isEnded ? 'shutdown' : 'fault', 'system', 'ours'));
    scope.add(() => freeTheRouter(interaction, this.#context));
    if (!origin?.customer) void identifyBeside(interaction, this.#context, scope);
    try {
      await this.#record(story);
      const leg = await this.#ringAgent(story);
      if (leg && (await this.#dial(story, leg))) {
        const { reservation, queue } = story;
        return await serve(interaction, { leg, reservation }, queue, this.#context, scope);
      }
      await this.#giveUp(story, leg);
    } catch (error) {
      log.error('bug:story', { where: 'call out', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    } finally {
      await scope.end('call out over');
      await carriedOn(interaction);
    }
  }

  /** Before any phone rings. The agent's screen shows whom they call from now on. */
  async #record({ interaction, call, reservation, queue, origin }: Story): Promise<void> {
    const { recorder, interactions, desktops, log, agents, organisation } = this.#context;
    const { interactionId, workItemId } = interaction;
    const { agentId, reservationId, fencing, reasons, expiresAt, offeredAt } = reservation;
    const begunIn = origin ? { begunIn: origin.conversationId } : {};
    void interactions
      .recordCaller(interactionId, { ...callerOf(call, organisation), ...begunIn })
      .catch((error: unknown) => log.error('caller:unrecorded', { interactionId, error: String(error) }));
    await recorder.record(
      interactionId,
      { type: 'interaction:received', channel: 'voice', direction: 'outbound', dnis: call.dialled, trunkId: call.trunkId, ...begunIn },
      ...(origin?.customer ? [knownBefore(interaction)] : []),
      { type: 'reservation:offered', reservationId, workItemId, agentId, fencing, leaseMs: expiresAt - offeredAt, reasons },
    );
    origin?.dialled(interactionId, call.caller.number ?? '');
    interaction.assigned = { agentId, agentName: agents.find(agentId)?.name ?? '', reservationId };
    interaction.pop = screenPop(interaction, queue, reasons, organisation);
    interaction.callView = {
      interactionId,
      reservationId,
      state: 'connecting',
      answeredAt: null,
      heldSince: null,
      endedAt: null,
      end: null,
      dialled: { progress: 'ownPhone', unreached: null },
    };
    const hangUp = () => call.hangUp('hungUp', 'agent', 'agent');
    const asItIs = async () => {
      if (!interaction.callView) throw new Error('The call is not shown yet');
      return interaction.callView;
    };
    interaction.callControls = { hold: asItIs, resume: asItIs, sendDigit: () => {}, rejoin: () => {}, end: hangUp, agentLeft: hangUp };
    const view = interaction.view();
    if (view) desktops.push(agentId, 'interaction:assigned', view);
  }

  /** The agent's own phone first, which the desktop answers by itself. Null when it was not answered. */
  async #ringAgent({ interaction, call, reservation, scope }: Story): Promise<AgentLeg | null> {
    const { agents, phones, routing, recorder } = this.#context;
    const { agentId, reservationId } = reservation;
    const agent = agents.find(agentId);
    const verdict = routing.verdict(reservationId);
    const fail = (cause: 'deviceUnreachable' | 'rejected' | 'noAnswer' | 'mediaFailed' | 'callerLeft') =>
      routing.tell({ type: 'reservation:failed', reservationId, cause });
    const ringing = scope.child('own phone');
    if (!agent || call.signal.aborted) return null;
    const leg = phones.ring(
      {
        agentId,
        extension: agent.extension,
        reservationId,
        interactionId: interaction.interactionId,
        callerDisplay: agent.name,
        callerNumber: call.caller.number ?? 'anonymous',
      },
      call,
    );
    const noRinging = ringing.timer(limits.phoneRinging, () => fail('deviceUnreachable'));
    void leg.ringing.then(() => noRinging.dispose());
    void leg.accepted.then(() => {
      void noRinging.dispose();
      ringing.run(() => routing.accept(reservation));
    });
    void leg.outcome.then((outcome) => {
      if (outcome.kind === 'failed') fail(outcome.failure === 'canceled' ? 'callerLeft' : outcome.failure);
    });
    // Whoever hangs up on the desktop before the phone is answered has changed their mind.
    void call.ended.then(() => fail('callerLeft'));
    const decided = await verdict;
    const connected = decided.kind === 'accepted' ? await leg.outcome : null;
    await ringing.end('own phone decided');
    if (connected?.kind === 'answered' && !call.signal.aborted) return leg;
    leg.release('ended');
    if (decided.kind === 'withdrawn') {
      const { cause, countsAgainstAgent } = decided;
      recorder.note(interaction.interactionId, { type: 'reservation:ended', reservationId, agentId, cause, countsAgainstAgent });
    }
    return null;
  }

  /** True when the customer has answered. The agent hears what their phone does, and may give it up. */
  async #dial({ call, interaction, scope }: Story, leg: AgentLeg): Promise<boolean> {
    const dialling = scope.child('dialling');
    let heard: 'nothing' | 'ringback' | 'network' = 'nothing';
    this.#show(interaction, 'dialling');
    dialling.timer(ringLimitMs, () => call.hangUp('notReached', 'system', 'caller'));
    dialling.add(
      call.onProgress((progress) => {
        if (progress === 'earlyMedia') {
          heard = 'network';
          this.#show(interaction, 'heard');
          call.join(leg);
        } else if (heard === 'nothing') {
          heard = 'ringback';
          this.#show(interaction, 'ringing');
          void call.playTo(leg, { kind: 'ringback' }, dialling.signal);
        }
      }),
    );
    void leg.gone.then(() => dialling.isEnded || call.hangUp('hungUp', 'agent', 'agent'));
    const { trunkId } = call;
    const isReached = await call.answer();
    if (call.trunkId !== trunkId) this.#context.recorder.note(interaction.interactionId, { type: 'call:tookTrunk', trunkId: call.trunkId });
    await dialling.end('dialled');
    interaction.callControls = null;
    return isReached && !call.signal.aborted;
  }

  #show(interaction: LiveInteraction, progress: Dialled['progress']): void {
    const { callView, assigned } = interaction;
    if (!callView || !assigned) return;
    interaction.callView = { ...callView, dialled: { progress, unreached: null } };
    this.#context.desktops.push(assigned.agentId, 'call:changed', interaction.callView);
  }

  /** Nobody to talk to: the agent is told why and is free, and the record has it. */
  async #giveUp({ interaction, call, reservation, queue }: Story, leg: AgentLeg | null): Promise<void> {
    const { desktops, clock } = this.#context;
    const { agentId } = reservation;
    interaction.callControls = null;
    if (leg) call.hangUp('notReached', 'system', 'caller');
    else call.hangUp('notReached', 'system', 'agent');
    const end = notReached(await call.ended);
    leg?.release('ended');
    await recordEnd(interaction, end, this.#context);
    freeTheRouter(interaction, this.#context);
    // Last, so that whoever sees that it is over can dial the next at once.
    const { callView } = interaction;
    const progress = callView?.dialled?.progress ?? 'dialling';
    const unreached = leg === null || end.by === 'agent' ? null : (call.unreached ?? (progress === 'dialling' ? 'noWay' : 'noAnswer'));
    const dialled: Dialled = { progress, unreached };
    if (callView) desktops.push(agentId, 'call:changed', { ...callView, state: 'ended', endedAt: clock.now(), end, dialled });
    await tellLost(interaction, agentId, queue, this.#context);
    interaction.assigned = null;
  }
}

const notTheirs: WireError = { code: 'not_found', message: 'This conversation is not yours, or it is over.' };

/** What they have in hand in writing stays with them beside the call, and takes none of its room: they chose to call. */
function mayCallBesideWriting(agent: RouterAgent | null): boolean {
  if (agent === null) return false;
  return mayBeAskedFor({ ...agent, works: agent.works.filter(({ channel }) => channel === 'voice'), isSupervising: false }, 'voice');
}

/** Whoever wrote is whom we call: nobody is looked up. */
function knownBefore({ contactId }: LiveInteraction) {
  return { type: 'interaction:identified' as const, match: 'certain' as const, contactId, accountId: null, candidateIds: [], tookMs: 0 };
}

/** Busy, no answer, no such line: told by the network in sound as well. Who hung up first, and our own failing, are said as such. */
function notReached(end: CallEnd): CallEnd {
  return end.by === 'agent' || end.fault === 'ours' || end.fault === 'agent'
    ? end
    : { by: 'system', reason: 'notReached', fault: 'caller' };
}
