import { days } from '../../shared/duration.ts';
import { asId, type QueueId } from '../../shared/ids.ts';
import type { Numbering } from '../../shared/phone-number.ts';
import { arrivalByPhone, type Identification, numberKey } from '../crm/index.ts';
import type { VoiceCall } from '../interactions/index.ts';
import { type Scope, TimeLimitError, withTimeLimit } from '../kernel/index.ts';
import { limits, type StoryContext } from './context.ts';
import { resolveArrival } from './customers/arrival.ts';
import type { LiveInteraction } from './live-interaction.ts';
import { screenPop, showPop } from './screen-pop.ts';

/**
 * Step 2, identified: who is calling, and their whole record, fetched while the caller hears the menu. Runs beside the call, which never
 * waits for it longer than `limits.identifyBeforeIvr`; what comes late goes to the desktop as an update. `entered` is what the caller typed
 * in the menu, if they did.
 */
export async function identify(
  interaction: LiveInteraction,
  context: StoryContext,
  entered: readonly string[] = [],
): Promise<Identification> {
  const { clock, organisation, recorder } = context;
  const startedAt = clock.monotonic();

  const arrival = arrivalByPhone(interaction.call.caller, organisation, entered);
  const [known, attempts] = await Promise.all([
    resolveArrival(arrival, context, { interactionId: interaction.interactionId }),
    withTimeLimit(clock, limits.identify, 'counting calls', countAttempts(interaction, arrival.key, context)).catch(() => null),
  ]);
  const found: Identification = known?.identification ?? { kind: 'unknown', normalised: arrival.key };
  if (attempts !== null) interaction.attempts = attempts;
  // The agent may have asked meanwhile; and what the menu cannot find does not make a stranger of somebody we know.
  if (!interaction.isChosen && (known !== null || interaction.identification === null)) {
    interaction.identification = found;
    interaction.record = known?.record ?? null;
    interaction.cards = found.kind === 'certain' ? found.cards : { cardId: null, cardIds: [] };
    interaction.knownAt = clock.now();
    const earlier = interaction.path.filter((step) => step.code !== 'recognised');
    interaction.path = [...earlier, { at: interaction.knownAt, code: 'recognised', facts: recognised(found) }];
  }

  recorder.note(interaction.interactionId, {
    type: 'interaction:identified',
    match: found.kind,
    contactId: found.kind === 'certain' ? found.contactId : null,
    accountId: null,
    candidateIds: found.kind === 'candidates' ? found.candidates.map((candidate) => asId(candidate.contactId)) : [],
    tookMs: clock.monotonic() - startedAt,
  });
  return found;
}

/** Identifies while the story goes on; a late answer corrects the pop that is already on a screen. */
export async function identifyBeside(
  interaction: LiveInteraction,
  context: StoryContext,
  scope: Scope,
  entered: readonly string[] = [],
): Promise<void> {
  await identify(interaction, context, entered);
  const shown = interaction.pop;
  const queue = shown && context.routing.queue(asId<QueueId>(shown.queueId));
  if (!shown || !queue || scope.isEnded) return;
  interaction.pop = screenPop(interaction, queue, shown.why, context.organisation);
  showPop(interaction, interaction.pop, context);
}

/** The same for a caller who waits for the answer a moment, and no longer. */
export async function identifyAwhile(
  interaction: LiveInteraction,
  context: StoryContext,
  scope: Scope,
  entered: readonly string[] = [],
): Promise<void> {
  const { clock, log } = context;
  const identifying = identifyBeside(interaction, context, scope, entered);
  scope.run(() => identifying);
  await withTimeLimit(clock, limits.identifyBeforeIvr, 'identifying the caller', identifying).catch((error: unknown) => {
    if (!(error instanceof TimeLimitError)) throw error;
    log.warn('identify:slow', { interactionId: interaction.interactionId });
  });
}

/** What is kept of who called, in words that may be erased. */
export function callerOf(call: Pick<VoiceCall, 'caller' | 'dialled' | 'receivedAt'>, numbering: Numbering) {
  const { number, presentedName } = call.caller;
  return { number, key: numberKey(number, numbering), presentedName, dialled: call.dialled, at: call.receivedAt };
}

/** With this one, which may be on its way to the disk still. */
async function countAttempts(
  { call }: LiveInteraction,
  key: string | null,
  { clock, contacts }: StoryContext,
): Promise<LiveInteraction['attempts']> {
  const at = clock.now();
  const [today = 0, week = 0] = await contacts.callsSince(key, [startOfDay(at), at - days(7)], call.receivedAt);
  return { today: today + 1, week: week + 1 };
}

/** Who it is, for the line of the caller's path. */
function recognised(found: Identification): Record<string, string | number> {
  if (found.kind === 'certain') return { name: found.summary.name };
  if (found.kind === 'candidates') return { kind: found.kind, count: found.candidates.length };
  return { kind: found.kind };
}

/** Local midnight. */
function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
