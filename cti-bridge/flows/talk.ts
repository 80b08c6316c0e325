import type { CallEnd, CallView } from '../../shared/contracts/call.ts';
import type { Reservation } from '../acd/index.ts';
import type { AgentLeg, TransferAsked } from '../interactions/index.ts';
import type { FlowEntrance } from '../ivr/index.ts';
import type { Disposable, Scope } from '../kernel/index.ts';
import { limits, type StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';
import { holdOthers } from './second-line.ts';

/** How the conversation ended: the call is over, somebody else has the customer, or the agent vanished and did not come back in time. */
export type TalkOutcome =
  | { readonly kind: 'ended'; readonly end: CallEnd }
  /** The agent has hung up, and a flow is for the customer, who is still there. */
  | { readonly kind: 'flowFollows'; readonly flow: FlowEntrance }
  /** The customer is somebody else's. */
  | { readonly kind: 'handedOn' }
  | { readonly kind: 'agentLost'; readonly isDeviceFault: boolean };

const refused = (asked: TransferAsked) => asked.done(false);

/** How it ended for the agent: with the call, or because somebody else, or a flow, has the customer. */
export function endOf(outcome: Exclude<TalkOutcome, { readonly kind: 'agentLost' }>): CallEnd {
  switch (outcome.kind) {
    case 'ended':
      return outcome.end;
    case 'handedOn':
      return { by: 'agent', reason: 'transferred', fault: 'agent' };
    case 'flowFollows':
      return { by: 'agent', reason: 'hungUp', fault: 'agent' };
  }
}

/**
 * Step 8, talking: both hear each other. Hold and resume; keys from the agent to the caller's side; an agent whose phone vanishes (reload,
 * lost network) leaves the customer with music until they rejoin or `limits.agentReturn` has passed; without `firstLeg` it begins like that,
 * after a crash. What goes wrong in here ends the call
 * (`parent`), never only the conversation: nobody would then mind the caller.
 */
export async function talk(
  interaction: LiveInteraction,
  firstLeg: AgentLeg | null,
  reservation: Reservation,
  context: StoryContext,
  parent: Scope,
): Promise<TalkOutcome> {
  const { call, room } = interaction;
  const { recorder, desktops, clock, agents, phones, routing } = context;
  const { agentId, reservationId } = reservation;
  const scope = parent.child('talk');
  const { promise: outcome, resolve: finish } = Promise.withResolvers<TalkOutcome>();
  const record = (...facts: Parameters<typeof recorder.record>[1][]) => recorder.record(interaction.interactionId, ...facts);

  /** The phone that is joined, and the one being rung to take its place. */
  const legs: { joined: AgentLeg | null; rejoining: AgentLeg | null } = { joined: null, rejoining: null };
  let legScope: Scope | undefined;
  let returnLimit: Disposable | undefined;
  let hasAudio = false;
  /** Before a crash. */
  let wasHeld = firstLeg === null && interaction.callView?.state === 'held';
  let hasTriedAgain = false;

  const show = (change: Partial<CallView>): CallView => {
    const view: CallView = {
      interactionId: interaction.interactionId,
      reservationId,
      state: 'talking',
      answeredAt: clock.now(),
      heldSince: null,
      endedAt: null,
      end: null,
      ...interaction.callView,
      ...change,
    };
    interaction.callView = view;
    desktops.push(agentId, 'call:changed', view);
    return view;
  };

  const takeLeg = (next: AgentLeg): void => {
    legs.joined = next;
    legScope = scope.child('agent leg');
    legScope.add(next.onDigit(({ digit }) => call.sendDigit(digit)));
    legScope.add(next.onTransferAsked((asked) => (context.live.onTransferAsked ?? refused)(asked, interaction)));
    legScope.add(next.onHold((isHeld) => parent.run(() => (isHeld ? hold() : resume()).then(() => {}))));
    room.owner = next;
    room.seat([
      ['customer', 'talk'],
      [next, 'talk'],
    ]);
    void next.gone.then((why) => {
      if (legs.joined !== next || scope.isEnded) return;
      if (why === 'hungUp') return leave();
      if (why === 'lost') parent.run(loseAgent);
    });
  };

  /** The agent hangs up: the call is over, unless they were giving it to somebody or others are with the customer. */
  function leave(): void {
    if (interaction.guests?.agentLeft()) return;
    const flow = context.ivr.flowAfterCall(reservation.queueId);
    if (!flow || call.signal.aborted) return call.hangUp('hungUp', 'agent', 'agent');
    finish({ kind: 'flowFollows', flow });
    dropLeg('ended');
    room.leave('customer');
  }

  const dropLeg = (why: Parameters<AgentLeg['release']>[0]): void => {
    if (!legs.joined) return;
    room.leave(legs.joined);
    legs.joined.release(why);
    legs.joined = null;
    void legScope?.end('leg gone');
  };

  /** The customer hears music and the agent has this long to come back. */
  function loseLeg(returnMs: number = limits.agentReturn): void {
    dropLeg('ended');
    if (!interaction.guests?.keepCompany) room.seat([['customer', 'hold']]);
    show({ state: 'rejoining', heldSince: clock.now() });
    void returnLimit?.dispose();
    returnLimit = scope.timer(returnMs, () => {
      if (!interaction.guests?.agentLeft()) finish({ kind: 'agentLost', isDeviceFault: true });
    });
  }

  async function loseAgent(): Promise<void> {
    loseLeg();
    await record({ type: 'call:agentLost', agentId });
    // A desktop asks for its call by itself when it is back; a desk phone has nobody to ask, and is rung again.
    if (agents.find(agentId)?.hasDeskPhone) rejoin();
  }

  async function hold(): Promise<CallView> {
    if (interaction.callView?.state !== 'talking' || !legs.joined) return show({});
    if (interaction.guests?.keepCompany) room.leave(legs.joined);
    else if (!interaction.guests?.turnTo('guest')) room.seat([['customer', 'hold']]);
    const view = show({ state: 'held', heldSince: clock.now() });
    await record({ type: 'call:held', agentId });
    return view;
  }

  async function resume(): Promise<CallView> {
    if (interaction.callView?.state !== 'held' || !legs.joined) return show({});
    parent.run(() => holdOthers(interaction, agentId, context));
    if (!interaction.guests?.turnTo('customer'))
      room.seat([
        ['customer', 'talk'],
        [legs.joined, 'talk'],
      ]);
    const view = show({ state: 'talking', heldSince: null });
    await record({ type: 'call:resumed', agentId });
    return view;
  }

  /** Rings the agent's phone again for a call that is already theirs; the desktop answers it by itself. */
  function rejoin(): void {
    const agent = agents.find(agentId);
    if (!agent || legs.rejoining || scope.isEnded) return;
    if (legs.joined) loseLeg();
    const next = phones.ring(
      {
        agentId,
        extension: agent.extension,
        reservationId,
        interactionId: interaction.interactionId,
        callerDisplay: agent.name,
        callerNumber: 'rejoin',
      },
      call,
    );
    legs.rejoining = next;
    parent.run(async () => {
      const answered = await next.outcome;
      legs.rejoining = null;
      if (scope.isEnded) return next.release('ended');
      if (answered.kind === 'failed') return onRejoinFailed();
      void returnLimit?.dispose();
      takeLeg(next);
      show({ state: 'talking', heldSince: null });
      await record({ type: 'call:agentRejoined', agentId });
      if (wasHeld) await hold();
      else await holdOthers(interaction, agentId, context);
      wasHeld = false;
    });
  }

  /** A leg of before a crash may be gone although the phone is there: it is rung once more, as any phone. */
  function onRejoinFailed(): void {
    if (firstLeg !== null || hasTriedAgain || !agents.find(agentId)?.hasDeskPhone) return;
    hasTriedAgain = true;
    rejoin();
  }

  interaction.callControls = {
    hold,
    resume,
    rejoin,
    sendDigit: (digit) => call.sendDigit(digit),
    end: leave,
    agentLeft: () => {
      if (interaction.guests?.agentLeft()) return;
      scope.run(loseAgent);
      finish({ kind: 'agentLost', isDeviceFault: false });
    },
  };
  interaction.conversation = {
    agentId,
    reservation,
    leg: () => legs.joined,
    show,
    handOn: () => {
      interaction.isHandedOn = true;
      interaction.conversation = null;
      interaction.callControls = null;
      finish({ kind: 'handedOn' });
      // In this tick: whoever has the customer now shall not be heard by whoever has not.
      dropLeg('ended');
    },
  };
  scope.add(
    call.onQuality(({ lossPercent, jitterMs, mos, trouble }) =>
      desktops.push(agentId, 'call:quality', {
        interactionId: interaction.interactionId,
        lossPercent,
        jitterMs,
        bars: barsOf(mos),
        mos,
        trouble,
      }),
    ),
  );
  const firstAudio: { toAgent?: number; toCaller?: number } = {};
  scope.add(
    call.onFirstAudio((direction, afterAnswerMs) => {
      firstAudio[direction] ??= afterAnswerMs;
      const { toAgent, toCaller } = firstAudio;
      if (toAgent === undefined || toCaller === undefined || hasAudio) return;
      hasAudio = true;
      recorder.note(interaction.interactionId, { type: 'call:audioFlowing', agentId, toAgentMs: toAgent, toCallerMs: toCaller });
    }),
  );
  void call.ended.then((end) => finish({ kind: 'ended', end }));

  if (firstLeg) {
    interaction.answeredAtMonotonic = clock.monotonic();
    parent.run(() => holdOthers(interaction, agentId, context));
    takeLeg(firstLeg);
    const parties = interaction.guests?.parties ?? [];
    const { told } = room;
    show({
      state: 'talking',
      answeredAt: clock.now(),
      ...(parties.length > 0 ? { parties: [...parties] } : {}),
      ...(told.length > 0 ? { supervisedBy: [...told] } : {}),
    });
    const waitedMs = Math.max(0, Math.round(routing.now() - interaction.waitingSince));
    interaction.waitedMs = waitedMs;
    await record({ type: 'interaction:answered', reservationId, agentId, waitedMs });
  } else {
    loseLeg(limits.agentReturnAfterCrash);
    // A desktop asks for its call by itself when its agent has signed in again.
    if (agents.find(agentId)?.hasDeskPhone) rejoin();
  }
  const view = interaction.view();
  if (view) desktops.push(agentId, 'interaction:assigned', view);

  const ended = await outcome;
  interaction.callControls = null;
  interaction.conversation = null;
  legs.rejoining?.release('ended');
  dropLeg('ended');
  await scope.end('talk over');
  if (ended.kind !== 'agentLost') {
    show({ state: 'ended', endedAt: clock.now(), heldSince: null, end: endOf(ended) });
  }
  return ended;
}

/** From four bars to one: at least this MOS. The bands of user satisfaction of ITU-T G.107 Annex B (R of 80, 70, 60 and 50). */
const mosOfBars = [4.03, 3.6, 3.1, 2.58];

function barsOf(mos: number): number {
  const at = mosOfBars.findIndex((least) => mos >= least);
  return at < 0 ? 0 : mosOfBars.length - at;
}
