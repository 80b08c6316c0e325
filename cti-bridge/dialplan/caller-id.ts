import type { TrunkConfiguration } from '../../shared/contracts/configuration.ts';

/** The number that the called is shown, in E.164; null: none, and the network is asked to show none either. */
export type ShownNumber = string | null;

/** Who calls, by the numbers they have. */
export interface CallerNumbers {
  readonly queue: string | null;
  readonly agent: string | null;
}

/**
 * Whose number is shown: as the trunk says, and where there is none the next of queue, agent and trunk. In an emergency a number is shown
 * whatever was chosen: they must be able to call back.
 */
export function shownNumber({ callerId }: Pick<TrunkConfiguration, 'callerId'>, numbers: CallerNumbers, isEmergency: boolean): ShownNumber {
  const of = { ...numbers, trunk: callerId.number };
  if (callerId.shows === 'withheld') return isEmergency ? (of.trunk ?? of.queue ?? of.agent) : null;
  return of[callerId.shows] ?? of.queue ?? of.agent ?? of.trunk;
}
