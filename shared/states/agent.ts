import type { Presence, WorkState } from '../contracts/agent.ts';
import type { StateTable } from './state-table.ts';

/**
 * An agent has two states at once. Presence is what the agent *chose*; work state is what the system *knows*.
 *
 *   notReachable <-> idle -> reserved -> engaged -> wrappingUp -> idle
 *                     ^---------'-----------'   (offer came to nothing; no wrap-up, or the item went back to its queue)
 *
 * An unreachable agent who is engaged or wrapping up stays so: the work is still theirs until somebody takes it from them.
 */
export type WorkInput = 'offer' | 'accept' | 'withdraw' | 'endWork' | 'startWrapUp' | 'endWrapUp' | 'lose' | 'regain';

export const workTable: StateTable<WorkState, WorkInput> = {
  idle: { offer: 'reserved', lose: 'notReachable' },
  notReachable: { regain: 'idle' },
  reserved: { accept: 'engaged', withdraw: 'idle', lose: 'notReachable' },
  engaged: { endWork: 'idle', startWrapUp: 'wrappingUp' },
  wrappingUp: { endWrapUp: 'idle' },
};

/** Every presence may be chosen at any time; signing out twice says nothing new. */
export type PresenceInput = 'chooseAvailable' | 'chooseNotReady' | 'logOut';

export const presenceTable: StateTable<Presence, PresenceInput> = {
  available: { chooseAvailable: 'available', chooseNotReady: 'notReady', logOut: 'loggedOut' },
  notReady: { chooseAvailable: 'available', chooseNotReady: 'notReady', logOut: 'loggedOut' },
  loggedOut: { chooseAvailable: 'available', chooseNotReady: 'notReady' },
};

/**
 * Which pairs may stand together. Somebody may choose a break while the phone rings or while talking; who signs out is offered nothing,
 * so a ringing offer is withdrawn with it. Work in hand outlives a sign-out until it has ended or gone back.
 */
export function mayStandTogether(presence: Presence, work: WorkState): boolean {
  return !(presence === 'loggedOut' && work === 'reserved');
}

/** The one pair in which an agent may be offered work. */
export function mayBeOffered(presence: Presence, work: WorkState): boolean {
  return presence === 'available' && work === 'idle';
}
