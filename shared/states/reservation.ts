import type { ReservationCause } from '../contracts/interaction.ts';
import type { StateTable } from './state-table.ts';

/**
 * A reservation offers one work item to one agent. It is pending until one thing happens to it, and nothing ever happens to it again.
 *
 *              accept    -> accepted     the agent's phone was answered
 *              reject    -> rejected     the agent said no
 *   pending -- timeOut   -> timedOut     the lease ran out
 *              cancel    -> canceled     the customer left, or another agent took it
 *              rescind   -> rescinded    we took it back: device, media, agent gone, shutdown
 */
export type ReservationState = 'pending' | 'accepted' | 'rejected' | 'timedOut' | 'canceled' | 'rescinded';
export type ReservationInput = 'accept' | 'reject' | 'timeOut' | 'cancel' | 'rescind';

export const reservationTable: StateTable<ReservationState, ReservationInput> = {
  pending: { accept: 'accepted', reject: 'rejected', timeOut: 'timedOut', cancel: 'canceled', rescind: 'rescinded' },
  accepted: {},
  rejected: {},
  timedOut: {},
  canceled: {},
  rescinded: {},
};

/** Which input each cause is. */
export const inputOfCause: Readonly<Record<ReservationCause, ReservationInput>> = {
  answered: 'accept',
  rejected: 'reject',
  noAnswer: 'timeOut',
  callerLeft: 'cancel',
  deviceUnreachable: 'rescind',
  mediaFailed: 'rescind',
  agentGone: 'rescind',
  answeredElsewhere: 'cancel',
  released: 'rescind',
  shutdown: 'rescind',
};

/** Only what the agent did or left undone counts: never a device fault, never the caller's leaving. */
export function countsAgainstAgent(cause: ReservationCause): boolean {
  return cause === 'rejected' || cause === 'noAnswer';
}
