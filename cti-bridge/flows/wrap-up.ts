import type { WrapUpView } from '../../shared/contracts/interaction.ts';
import type { Queue, Reservation } from '../acd/index.ts';
import { type Disposable, type Scope, withTimeLimit } from '../kernel/index.ts';
import { limits, type StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';

/**
 * Step 10, wrapped up: the agent says how it ended. The timer is the server's, and what ends it is the queue's choice:
 *
 *   optional           the timer, or the agent, with an outcome or without
 *   required           an outcome. No timer while the agent's desktop is there; it runs while nobody could choose one
 *   timed              the timer, or an outcome
 *   timedNoEarlyExit   the timer. An outcome chosen before is stored at once, and the agent stays until then
 *
 * Where nobody chose, the default outcome is stored, marked automatic, and the draft stays a draft. Never stuck: a supervisor can always
 * release it, and so does the agent's signing out where no timer would.
 */
export async function wrapUp(
  interaction: LiveInteraction,
  reservation: Reservation,
  queue: Queue,
  context: StoryContext,
  parent: Scope,
  /** Monotonic ms from which the limit counts: when they had talked. */
  from: number,
): Promise<void> {
  const { clock, recorder, desktops, routing, agents, interactions, defaultOutcomes } = context;
  const { mode, limitMs, extendByMs, maxExtensions, defaultDisposition } = queue.wrapUp;
  const { interactionId } = interaction;
  const { agentId } = reservation;
  const scope = parent.child('wrap-up');
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  const { promise: timeIsUp, resolve: expire } = Promise.withResolvers<void>();
  // A drain leaves it open: the next start completes it as the timer would have (`recover.ts`).
  scope.add(finish);
  let extensions = 0;
  let outcome: { readonly dispositionCode: string; readonly isAutomatic: boolean } | undefined;
  let completing: Promise<void> | undefined;
  let deadline: Disposable | undefined;
  /** Monotonic ms; null while no time-out ends it. */
  let expiresAt: number | null = null;

  const runUntil = (at: number | null): void => {
    expiresAt = at;
    void deadline?.dispose();
    deadline = at === null ? undefined : scope.timer(at - clock.monotonic(), expire);
  };

  /** The time left counts in monotonic ms; what the desktop is told is what the clock on the wall will then say. */
  const show = (): WrapUpView => {
    const view: WrapUpView = {
      interactionId,
      startedAt: interaction.wrapUp?.startedAt ?? clock.now(),
      endsAt: expiresAt === null ? null : clock.now() + expiresAt - clock.monotonic(),
      mode,
      canLeave: mode === 'optional',
      canExtend: mode !== 'required' && outcome === undefined && extensions < maxExtensions,
      stored: outcome?.dispositionCode ?? null,
    };
    interaction.wrapUp = view;
    desktops.push(agentId, 'wrap-up:changed', view);
    return view;
  };

  function closed(dispositionCode: string, note: string, isAutomatic: boolean) {
    const now = clock.monotonic();
    // Who must stay until the limit is not free before it, however early they chose.
    const until = mode === 'timedNoEarlyExit' ? Math.max(now, expiresAt ?? now) : now;
    return {
      interactionId,
      agentId,
      agentName: agents.find(agentId)?.name ?? '',
      contactId: interaction.contactId,
      title: queue.name,
      dispositionCode,
      isAutomatic,
      note,
      handlingMs: Math.round(until - (interaction.answeredAtMonotonic ?? now)),
      at: clock.now(),
    };
  }

  /** On disk once it resolves. */
  async function store(dispositionCode: string, note: string): Promise<void> {
    await interactions.complete(closed(dispositionCode, note, false));
    outcome = { dispositionCode, isAutomatic: false };
  }

  function storeDefault(): void {
    defaultOutcomes.store(closed(defaultDisposition, '', true));
    outcome = { dispositionCode: defaultDisposition, isAutomatic: true };
  }

  /** On disk once it resolves: whoever asked for the ending is told so then. */
  let completed: Promise<void> | undefined;
  /**
   * The contact leaves the agent's work. Their next one waits neither for the disk nor for the figures of the day: its own events come after
   * these, and it rings when they are on the disk.
   */
  function tell({ dispositionCode, isAutomatic }: NonNullable<typeof outcome>): void {
    if (completed) return;
    const recording = recorder.recordSoon(interactionId, { type: 'interaction:completed', agentId, dispositionCode, isAutomatic });
    completed = recording;
    context.scope.run(async () => {
      await recording;
      const today = context.today(agentId);
      desktops.push(agentId, 'interaction:completed', { interactionId, dispositionCode, automatic: isAutomatic, today });
    });
  }

  let closing: Promise<void> | undefined;
  function completeNow(): Promise<void> {
    closing ??= (async () => {
      // A failure is told to the agent who asked, and the default outcome takes its place; a store that hangs holds nobody.
      if (completing) await withTimeLimit(clock, limits.outcomeStored, 'storing the outcome', completing).catch(() => undefined);
      if (!outcome) storeDefault();
      if (outcome) tell(outcome);
      finish();
    })();
    return closing;
  }

  runUntil(mode === 'required' && agents.find(agentId)?.hasDesktop ? null : from + limitMs);
  show();
  interaction.wrapUpControls = {
    extend: () => {
      if (!interaction.wrapUp?.canExtend || expiresAt === null) return null;
      extensions++;
      void recorder.record(interactionId, { type: 'wrapUp:extended', agentId, byMs: extendByMs });
      runUntil(expiresAt + extendByMs);
      return show();
    },
    complete: async (dispositionCode, note, then) => {
      // A failed store leaves the wrap-up open, so that the agent can try again; a second click joins the first.
      completing ??= (async () => {
        try {
          await store(dispositionCode ?? defaultDisposition, note);
        } catch (error) {
          completing = undefined;
          throw error;
        }
        // Before the router hears that their hands are free: who wants to be not ready is offered nothing in between.
        await agents.setPresence(agentId, then, then === 'notReady' ? 'wrapUpEnded' : null);
        if (mode === 'timedNoEarlyExit') return void show();
        if (outcome) tell(outcome);
        finish();
      })();
      await completing;
      await completed;
    },
    completeByDefault: async () => {
      if (mode === 'timedNoEarlyExit') return false;
      await completeNow();
      await completed;
      return true;
    },
    release: async () => {
      await completeNow();
      await completed;
    },
    desktopChanged: (isThere) => {
      if (mode !== 'required' || outcome) return;
      runUntil(isThere ? null : clock.monotonic() + limitMs);
      show();
    },
    agentLeft: () => {
      if (mode === 'required') scope.run(completeNow);
    },
  };
  await recorder.record(interactionId, { type: 'wrapUp:started', agentId, limitMs: expiresAt === null ? null : limitMs });

  scope.run(() => timeIsUp.then(completeNow));
  await done;
  interaction.wrapUpControls = null;
  await scope.end('wrapped up');
  // The call's story broke: the agent is not left with a contact that nobody completes.
  if (!outcome && !context.scope.isEnded) storeDefault();
  if (outcome) tell(outcome);
  routing.tell({ type: 'wrapUp:ended', agentId, workItemId: reservation.workItemId });
}
