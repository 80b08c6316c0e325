import type { CallEnd, CallView } from '../../shared/contracts/call.ts';
import type { Reservation } from '../acd/index.ts';
import type { AgentLeg } from '../interactions/index.ts';
import type { Disposable, Scope } from '../kernel/index.ts';
import { limits, type StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';

/** How the conversation ended: the call is over, or the agent vanished and did not come back in time. */
export type TalkOutcome =
  | { readonly kind: 'ended'; readonly end: CallEnd }
  | { readonly kind: 'agentLost'; readonly isDeviceFault: boolean };

/**
 * Step 8, talking: both hear each other. Hold and resume; keys from the agent to the caller's side; an agent whose phone vanishes (reload,
 * lost network) leaves the customer with music until they rejoin or `limits.agentReturn` has passed. What goes wrong in here ends the call
 * (`parent`), never only the conversation: nobody would then mind the caller.
 */
export async function talk(
  interaction: LiveInteraction,
  firstLeg: AgentLeg,
  reservation: Reservation,
  context: StoryContext,
  parent: Scope,
): Promise<TalkOutcome> {
  const { call } = interaction;
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

  const music = () => void call.play({ kind: 'music' }, scope.signal);

  const takeLeg = (next: AgentLeg): void => {
    legs.joined = next;
    legScope = scope.child('agent leg');
    legScope.add(next.onDigit(({ digit }) => call.sendDigit(digit)));
    legScope.add(next.onHold((isHeld) => parent.run(() => (isHeld ? hold() : resume()).then(() => {}))));
    call.join(next);
    void next.gone.then((why) => {
      if (legs.joined !== next || scope.isEnded) return;
      if (why === 'hungUp') {
        call.hangUp('hungUp', 'agent', 'agent');
        return;
      }
      if (why === 'lost') parent.run(loseAgent);
    });
  };

  const dropLeg = (why: Parameters<AgentLeg['release']>[0]): void => {
    if (!legs.joined) return;
    call.part(legs.joined);
    legs.joined.release(why);
    legs.joined = null;
    void legScope?.end('leg gone');
  };

  /** The customer hears music and the agent has until `agentReturn` to come back. */
  function loseLeg(): void {
    dropLeg('ended');
    music();
    show({ state: 'rejoining', heldSince: clock.now() });
    void returnLimit?.dispose();
    returnLimit = scope.timer(limits.agentReturn, () => finish({ kind: 'agentLost', isDeviceFault: true }));
  }

  async function loseAgent(): Promise<void> {
    loseLeg();
    await record({ type: 'call:agentLost', agentId });
    // A desktop asks for its call by itself when it is back; a desk phone has nobody to ask, and is rung again.
    if (agents.find(agentId)?.hasDeskPhone) rejoin();
  }

  async function hold(): Promise<CallView> {
    if (interaction.callView?.state !== 'talking' || !legs.joined) return show({});
    call.part(legs.joined);
    music();
    const view = show({ state: 'held', heldSince: clock.now() });
    await record({ type: 'call:held', agentId });
    return view;
  }

  async function resume(): Promise<CallView> {
    if (interaction.callView?.state !== 'held' || !legs.joined) return show({});
    call.join(legs.joined);
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
      if (answered.kind === 'failed') return;
      void returnLimit?.dispose();
      takeLeg(next);
      show({ state: 'talking', heldSince: null });
      await record({ type: 'call:agentRejoined', agentId });
    });
  }

  interaction.callControls = {
    hold,
    resume,
    rejoin,
    sendDigit: (digit) => call.sendDigit(digit),
    end: () => call.hangUp('hungUp', 'agent', 'agent'),
    agentLeft: () => {
      scope.run(loseAgent);
      finish({ kind: 'agentLost', isDeviceFault: false });
    },
  };
  scope.add(
    call.onQuality(({ lossPercent, jitterMs }) =>
      desktops.push(agentId, 'call:quality', {
        interactionId: interaction.interactionId,
        lossPercent,
        jitterMs,
        bars: barsOf(lossPercent, jitterMs),
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

  interaction.answeredAtMonotonic = clock.monotonic();
  takeLeg(firstLeg);
  show({ state: 'talking', answeredAt: clock.now() });
  const waitedMs = Math.round(routing.now() - interaction.waitingSince);
  await record({ type: 'interaction:answered', reservationId, agentId, waitedMs });
  const view = interaction.view();
  if (view) desktops.push(agentId, 'interaction:assigned', view);

  const ended = await outcome;
  interaction.callControls = null;
  legs.rejoining?.release('ended');
  dropLeg('ended');
  await scope.end('talk over');
  if (ended.kind === 'ended') show({ state: 'ended', endedAt: clock.now(), heldSince: null, end: ended.end });
  return ended;
}

/** Four bars are good, two weak, none unusable; thresholds from the usual MOS bands for G.711 (ITU-T G.107). */
function barsOf(lossPercent: number, jitterMs: number): number {
  if (lossPercent >= 10 || jitterMs >= 120) return 0;
  if (lossPercent >= 5 || jitterMs >= 80) return 1;
  if (lossPercent >= 2 || jitterMs >= 40) return 2;
  if (lossPercent >= 1 || jitterMs >= 25) return 3;
  return 4;
}
