import type { WrapUpView } from '../../shared/contracts/interaction.ts';
import type { Queue, Reservation } from '../acd/index.ts';
import type { Disposable, Scope } from '../kernel/index.ts';
import type { StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';

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
  const { clock, recorder, desktops, routing, agents, interactions } = context;
  const { agentId } = reservation;
  const scope = parent.child('wrap-up');
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  const { promise: timeIsUp, resolve: expire } = Promise.withResolvers<void>();
  // A drain leaves it open: the next start completes it as the timer would have (`recover.ts`).
  scope.add(finish);
  let extensions = 0;
  let deadline: Disposable | undefined;
  let completing: Promise<void> | undefined;

  const arm = (endsAt: number): WrapUpView => {
    void deadline?.dispose();
    deadline = scope.timer(endsAt - clock.now(), expire);
    const view: WrapUpView = {
      interactionId: interaction.interactionId,
      startedAt: interaction.wrapUp?.startedAt ?? clock.now(),
      endsAt,
      canExtend: extensions < queue.wrapUp.maxExtensions,
    };
    interaction.wrapUp = view;
    desktops.push(agentId, 'wrap-up:changed', view);
    return view;
  };

  async function complete(dispositionCode: string, note: string, isAutomatic: boolean): Promise<void> {
    const at = clock.now();
    const answeredAt = interaction.callView?.answeredAt ?? at;
    await interactions.complete({
      interactionId: interaction.interactionId,
      agentId,
      agentName: agents.find(agentId)?.name ?? '',
      contactId: interaction.contactId,
      title: queue.name,
      dispositionCode,
      isAutomatic,
      note,
      handlingMs: at - answeredAt,
      at,
    });
    await recorder.record(interaction.interactionId, { type: 'interaction:completed', agentId, dispositionCode, isAutomatic });
    desktops.push(agentId, 'interaction:completed', {
      interactionId: interaction.interactionId,
      dispositionCode,
      automatic: isAutomatic,
      today: await interactions.handledSince(agentId, new Date(at).setHours(0, 0, 0, 0)),
    });
    finish();
  }

  arm(clock.now() + queue.wrapUp.limitMs);
  interaction.wrapUpControls = {
    extend: () => {
      if (extensions >= queue.wrapUp.maxExtensions || !interaction.wrapUp) return null;
      extensions++;
      void recorder.record(interaction.interactionId, { type: 'wrapUp:extended', agentId, byMs: queue.wrapUp.extendByMs });
      return arm(interaction.wrapUp.endsAt + queue.wrapUp.extendByMs);
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
  };
  await recorder.record(interaction.interactionId, { type: 'wrapUp:started', agentId, limitMs: queue.wrapUp.limitMs });

  scope.run(async () => {
    await timeIsUp;
    completing ??= complete(queue.wrapUp.defaultDisposition, '', true);
    await completing;
  });
  await done;
  interaction.wrapUpControls = null;
  await scope.end('wrapped up');
  routing.tell({ type: 'wrapUp:ended', agentId, workItemId: reservation.workItemId });
}
