import type { CallEnd } from '../../shared/contracts/call.ts';
import type { AgentId } from '../../shared/ids.ts';
import { agentOf, ownerOf, type Queue, type Reservation } from '../acd/index.ts';
import type { AgentLeg } from '../interactions/index.ts';
import type { Scope } from '../kernel/index.ts';
import type { StoryContext } from './context.ts';
import { afterCall } from './ivr/after-call.ts';
import type { LiveInteraction } from './live-interaction.ts';
import { recordCall } from './recording.ts';
import { endOf, talk } from './talk.ts';
import { turnAway } from './turn-away.ts';
import { leaveMessage } from './voicemail.ts';
import { waitForAgent } from './wait-for-agent.ts';
import { wrapUp } from './wrap-up.ts';

/**
 * Steps 8 to 10, once an agent has answered: talking, ended, wrapped up. Without a leg the agent had answered before a crash, and has yet to
 * come back. An agent who vanishes and does not come back leaves the customer to
 * the front of the queue, and steps 5 to 7 come again.
 */
export async function serve(
  interaction: LiveInteraction,
  answered: { readonly leg: AgentLeg | null; readonly reservation: Reservation },
  first: Queue,
  context: StoryContext,
  scope: Scope,
): Promise<void> {
  const { recorder, routing } = context;
  const { interactionId } = interaction;
  const recorded = scope.child('recorded');
  recorded.run(() => recordCall(interaction, answered.reservation, context, recorded));
  for (let next: { readonly leg: AgentLeg | null; readonly reservation: Reservation } = answered; ; ) {
    // 8 talking
    const talked = await talk(interaction, next.leg, next.reservation, context, scope);
    const overAt = context.clock.monotonic();
    const { agentId, workItemId, queueId } = next.reservation;
    const queue = routing.queue(queueId) ?? first;
    if (talked.kind !== 'agentLost') {
      // 9 ended
      void recorded.end('talk over');
      await recordEnd(interaction, endOf(talked), context);
      const following = talked.kind === 'flowFollows' ? afterCall(interaction, talked.flow, context, scope) : null;

      // 10 wrapped up
      routing.tell({ type: 'work:ended', agentId, workItemId, wrapsUp: true });
      await wrapUp(interaction, next.reservation, queue, context, scope, overAt);
      return (await following) ?? undefined;
    }

    interaction.assigned = null;
    interaction.callView = null;
    scope.run(() => tellLost(interaction, agentId, queue, context));
    recorder.note(interactionId, { type: 'workItem:returned', workItemId, queueId, agentId });
    const { priority, waitingSince: queuedAt, needs } = interaction;
    const item = { workItemId, interactionId, queueId, priority, queuedAt, ...needs };
    const returning = { type: 'item:returned', agentId, ...item, isDeviceFault: talked.isDeviceFault } as const;
    const waited = await waitForAgent(interaction, returning, context, scope);
    if (waited.kind !== 'answered') return await leaveQueue(interaction, waited, context);
    next = waited;
  }
}

/** Step 9 for who waited and was not answered: they left, were turned away, or are called back. */
export async function leaveQueue(
  interaction: LiveInteraction,
  waited: Exclude<Awaited<ReturnType<typeof waitForAgent>>, { kind: 'answered' }>,
  context: StoryContext,
): Promise<void> {
  const { call } = interaction;
  switch (waited.kind) {
    case 'callerLeft':
      return recordEnd(interaction, abandoned(await call.ended), context);
    case 'diverted': {
      const { action, queueId } = waited.decision;
      const end = action.to === 'voicemail' ? leaveMessage(interaction, queueId, context) : turnAway(interaction, waited.decision, context);
      return recordEnd(interaction, await end, context);
    }
    case 'leavesMessage':
      return recordEnd(interaction, await leaveMessage(interaction, waited.queueId, context), context);
    case 'callbackPromised': {
      // Kept already: whoever does not hear the end of it is called back all the same.
      await call.play({ kind: 'prompt', name: 'callback-promised', locale: interaction.locale });
      call.hangUp('callbackPromised', 'system', 'caller');
      return recordEnd(interaction, { ...(await call.ended), reason: 'callbackPromised' }, context);
    }
  }
}

/** A caller who leaves while waiting has abandoned: a normal ending, not a failure. */
export function abandoned(end: CallEnd): CallEnd {
  return end.by === 'caller' ? { by: 'caller', reason: 'abandoned', fault: 'caller' } : end;
}

/** Step 9, told once. A call no agent had has nothing to wrap up. */
export async function recordEnd(interaction: LiveInteraction, end: CallEnd, { recorder, routing }: StoryContext): Promise<void> {
  interaction.isEndRecorded = true;
  const waitedMs =
    interaction.waitingSince > 0 && interaction.answeredAtMonotonic === null ? Math.round(routing.now() - interaction.waitingSince) : null;
  await recorder.record(interaction.interactionId, { type: 'interaction:ended', end, ...(waitedMs === null ? {} : { waitedMs }) });
}

/** However the story ends, the router keeps no item and no engaged agent of it. Nothing to do when all went its way. */
export function freeTheRouter({ workItemId }: LiveInteraction, { routing }: StoryContext): void {
  routing.tell({ type: 'item:gone', workItemId });
  const agentId = ownerOf(routing.state, workItemId);
  const work = agentId && agentOf(routing.state, agentId)?.works.find((each) => each.workItemId === workItemId);
  if (!agentId || !work) return;
  if (work.state === 'wrappingUp') routing.tell({ type: 'wrapUp:ended', agentId, workItemId });
  else routing.tell({ type: 'work:ended', agentId, workItemId, wrapsUp: false });
}

/** The contact leaves the desktop of an agent who has it no more, should that desktop ever come back. */
export async function tellLost({ interactionId }: LiveInteraction, agentId: AgentId, queue: Queue, context: StoryContext): Promise<void> {
  const today = context.today(agentId);
  const dispositionCode = queue.wrapUp.defaultDisposition;
  context.desktops.push(agentId, 'interaction:completed', { interactionId, dispositionCode, automatic: true, today });
}
