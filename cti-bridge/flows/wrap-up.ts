import type { WrapUpView } from '../../shared/contracts/interaction.ts';
import type { Queue, Reservation } from '../acd/index.ts';
import type { Disposable, Scope } from '../kernel/index.ts';
import type { StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';
import { todaysWork } from './todays-work.ts';

/**
 * Step 10, wrapped up: the agent says how it ended. The timer is the server's; when it runs out the default outcome is stored, marked
 * automatic, and the draft stays a draft. Never stuck: the story ends by the agent or by the timer.
 */
export async function wrapUp(
  interaction: LiveInteraction,
  reservation: Reservation,
  queue: Queue,
  context: StoryContext,
  parent: Scope,
): Promise<void> {
  const { clock, recorder, desktops, routing, agents, interactions, log } = context;
  const { agentId } = reservation;
  const scope = parent.child('wrap-up');
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  const { promise: timeIsUp, resolve: expire } = Promise.withResolvers<void>();
  // A drain leaves it open: the next start completes it as the timer would have (`recover.ts`).
  scope.add(finish);
  let extensions = 0;
  let isCompleted = false;
  let completing: Promise<void> | undefined;
  let deadline: Disposable | undefined;
  let expiresAt = clock.monotonic();

  /** The time left counts in monotonic ms; what the desktop is told is what the clock on the wall will then say. */
  const extendBy = (ms: number): WrapUpView => {
    expiresAt += ms;
    const leftMs = expiresAt - clock.monotonic();
    void deadline?.dispose();
    deadline = scope.timer(leftMs, expire);
    const view: WrapUpView = {
      interactionId: interaction.interactionId,
      startedAt: interaction.wrapUp?.startedAt ?? clock.now(),
      endsAt: clock.now() + leftMs,
      canExtend: extensions < queue.wrapUp.maxExtensions,
    };
    interaction.wrapUp = view;
    desktops.push(agentId, 'wrap-up:changed', view);
    return view;
  };

  async function complete(dispositionCode: string, note: string, isAutomatic: boolean): Promise<void> {
    const { interactionId, answeredAtMonotonic } = interaction;
    const now = clock.monotonic();
    const storing = interactions.complete({
      interactionId,
      agentId,
      agentName: agents.find(agentId)?.name ?? '',
      contactId: interaction.contactId,
      title: queue.name,
      dispositionCode,
      isAutomatic,
      note,
      handlingMs: Math.round(now - (answeredAtMonotonic ?? now)),
      at: clock.now(),
    });
    // Nobody waits for the default outcome, and nobody could try again.
    await (isAutomatic
      ? storing.catch((error: unknown) => log.error('wrapUp:unrecorded', { interactionId, error: String(error) }))
      : storing);
    isCompleted = true;
    await recorder.record(interactionId, { type: 'interaction:completed', agentId, dispositionCode, isAutomatic });
    const today = await todaysWork(agentId, context);
    desktops.push(agentId, 'interaction:completed', { interactionId, dispositionCode, automatic: isAutomatic, today });
    finish();
  }

  extendBy(queue.wrapUp.limitMs);
  interaction.wrapUpControls = {
    extend: () => {
      if (extensions >= queue.wrapUp.maxExtensions || !interaction.wrapUp) return null;
      extensions++;
      void recorder.record(interaction.interactionId, { type: 'wrapUp:extended', agentId, byMs: queue.wrapUp.extendByMs });
      return extendBy(queue.wrapUp.extendByMs);
    },
    complete: async (dispositionCode, note, then) => {
      // A failed store leaves the wrap-up open, so that the agent can try again; a second click joins the first.
      completing ??= (async () => {
        try {
          if (then === 'notReady') await agents.setPresence(agentId, 'notReady', 'wrapUpEnded');
          else await agents.setPresence(agentId, 'available', null);
          await complete(dispositionCode, note, false);
        } catch (error) {
          completing = undefined;
          throw error;
        }
      })();
      await completing;
    },
    completeByDefault: async () => {
      completing ??= complete(queue.wrapUp.defaultDisposition, '', true);
      await completing;
      return true;
    },
  };
  await recorder.record(interaction.interactionId, { type: 'wrapUp:started', agentId, limitMs: queue.wrapUp.limitMs });

  scope.run(async () => {
    await timeIsUp;
    await completing?.catch(() => undefined); // told to the agent who asked; the default outcome takes its place
    finish();
  });
  await done;
  interaction.wrapUpControls = null;
  await scope.end('wrapped up');
  // By the timer, or because the call's story broke: the agent is not left with a contact that nobody completes.
  if (!isCompleted && !context.scope.isEnded) await complete(queue.wrapUp.defaultDisposition, '', true);
  routing.tell({ type: 'wrapUp:ended', agentId, workItemId: reservation.workItemId });
}
