import type { Reason } from '../../shared/contracts/queue.ts';
import type { Match, ScreenPop } from '../../shared/contracts/screen-pop.ts';
import type { Queue } from '../acd/index.ts';
import { callerFacts } from '../crm/index.ts';
import type { LiveInteraction } from './live-interaction.ts';

/** The pop as it can be said now. What is not known yet is said as unknown and corrected by `pop:updated`. */
export function screenPop(interaction: LiveInteraction, queue: Queue, why: readonly Reason[], homeCountry: string): ScreenPop {
  const { call } = interaction;
  return {
    popId: interaction.popId,
    interactionId: interaction.interactionId,
    caller: callerFacts(call.caller, homeCountry, interaction.callsToday),
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
  };
}

export function matchOf(interaction: LiveInteraction): Match {
  const { identification, record } = interaction;
  if (record) return { kind: 'certain', reason: identification?.kind === 'certain' ? 'numberOnFile' : 'chosenByAgent', contact: record };
  if (identification?.kind === 'candidates') return { kind: 'candidates', candidates: [...identification.candidates] };
  if (identification?.kind === 'anonymous') return { kind: 'anonymous' };
  return { kind: 'unknown' };
}
