import type { Reason } from '../../shared/contracts/queue.ts';
import type { Match, ScreenPop } from '../../shared/contracts/screen-pop.ts';
import type { Numbering } from '../../shared/phone-number.ts';
import type { Queue } from '../acd/index.ts';
import { callerFacts } from '../crm/index.ts';
import type { StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';

/** The pop as it can be said now. What is not known yet is said as unknown and corrected by `pop:updated`. */
export function screenPop(interaction: LiveInteraction, queue: Queue, why: readonly Reason[], numbering: Numbering | string): ScreenPop {
  const { call } = interaction;
  return {
    popId: interaction.popId,
    interactionId: interaction.interactionId,
    caller: callerFacts(call.caller, numbering, interaction.attempts),
    match: matchOf(interaction),
    dialled: call.dialled,
    queueId: queue.queueId,
    queueName: queue.name,
    path: [...interaction.path],
    why: [...why],
    receivedAt: call.receivedAt,
    queuedAt: interaction.queuedAt,
    knownAt: interaction.knownAt,
    callback: interaction.callback,
    ...(Object.keys(interaction.facts).length > 0 ? { facts: { ...interaction.facts } } : {}),
    ...(interaction.agreed ? { agreed: interaction.agreed } : {}),
    ...(interaction.message ? { message: interaction.message } : {}),
    ...(interaction.transfer ? { transfer: interaction.transfer } : {}),
  };
}

/** A pop that is on screens already, corrected on all of them. */
export function showPop(
  { interactionId, assigned, offers }: LiveInteraction,
  pop: ScreenPop,
  { desktops }: Pick<StoryContext, 'desktops'>,
): void {
  const holders = assigned ? [assigned.agentId] : [...offers.values()].map(({ agentId }) => agentId);
  for (const holder of holders) desktops.push(holder, 'pop:updated', { interactionId, pop });
}

export function matchOf(interaction: LiveInteraction): Match {
  const { identification, record, isChosen } = interaction;
  if (record) {
    const reason = identification?.kind === 'certain' && !isChosen ? identification.reason : 'chosenByAgent';
    return { kind: 'certain', reason, contact: record };
  }
  if (identification?.kind === 'candidates')
    return { kind: 'candidates', candidates: [...identification.candidates], suggestShared: identification.suggestShared };
  if (identification?.kind === 'anonymous') return { kind: 'anonymous' };
  return { kind: 'unknown' };
}
