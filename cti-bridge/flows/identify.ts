import { asId, type QueueId } from '../../shared/ids.ts';
import { type Identification, identifyCaller } from '../crm/index.ts';
import { type Scope, withTimeLimit } from '../kernel/index.ts';
import { limits, type StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';
import { screenPop } from './screen-pop.ts';
import { startOfDay } from './todays-work.ts';

/**
 * Step 2, identified: who is calling, and their whole record, fetched while the caller hears the menu. Runs beside the call, which never
 * waits for it longer than `limits.identifyBeforeIvr`; what comes late goes to the desktop as an update.
 */
export async function identify(interaction: LiveInteraction, context: StoryContext): Promise<Identification> {
  const { clock, contacts, organisation, recorder, log } = context;
  const startedAt = clock.monotonic();

  const found = await withTimeLimit(
    clock,
    limits.identify,
    'identifying the caller',
    identifyCaller(interaction.call.caller, organisation.homeCountry, contacts, { limit: 9 }),
  ).catch((error: unknown): Identification => {
    log.warn('identify:failed', { interactionId: interaction.interactionId, error: String(error) });
    return { kind: 'unknown', normalised: null };
  });
  interaction.identification = found;
  interaction.knownAt = clock.now();
  interaction.path = [...interaction.path, { at: interaction.knownAt, code: 'recognised', facts: recognised(found) }];

  const normalised = found.kind === 'anonymous' ? null : found.normalised;
  const [record, callsToday] = await Promise.allSettled([
    found.kind === 'certain'
      ? withTimeLimit(clock, limits.identify, 'reading the record', contacts.readRecord(found.contactId, clock.now()))
      : null,
    withTimeLimit(clock, limits.identify, 'counting calls', contacts.callsSince(normalised, startOfDay(clock.now()))),
  ]);
  if (record.status === 'fulfilled') interaction.record = record.value;
  else log.warn('identify:recordFailed', { interactionId: interaction.interactionId, error: String(record.reason) });
  if (callsToday.status === 'fulfilled') interaction.callsToday = callsToday.value;

  recorder.note(interaction.interactionId, {
    type: 'interaction:identified',
    match: found.kind,
    contactId: found.kind === 'certain' ? found.contactId : null,
    accountId: null,
    candidateIds: found.kind === 'candidates' ? found.candidates.map((candidate) => candidate.contactId as never) : [],
    tookMs: clock.monotonic() - startedAt,
  });
  return found;
}

/** Identifies while the story goes on; a late answer corrects the pop that is already on a screen. */
export async function identifyBeside(interaction: LiveInteraction, context: StoryContext, scope: Scope): Promise<void> {
  await identify(interaction, context);
  const shown = interaction.pop;
  const holders = interaction.assigned ? [interaction.assigned.agentId] : [...interaction.offers.values()].map(({ agentId }) => agentId);
  const queue = shown && context.routing.queue(asId<QueueId>(shown.queueId));
  if (!shown || !queue || scope.isEnded) return;
  interaction.pop = screenPop(interaction, queue, shown.why, context.organisation.homeCountry);
  for (const holder of holders) {
    context.desktops.push(holder, 'pop:updated', { interactionId: interaction.interactionId, pop: interaction.pop });
  }
}

/** Who it is, for the line of the caller's path. */
function recognised(found: Identification): Record<string, string | number> {
  if (found.kind === 'certain') return { name: found.summary.name };
  if (found.kind === 'candidates') return { kind: found.kind, count: found.candidates.length };
  return { kind: found.kind };
}
