import type { Presence, WorkState } from '../contracts/agent.ts';

/**
 * An agent has two states at once. Presence is what the agent *chose*; work state is what the system *knows*.
 *
 *   notReachable <-> idle -> reserved -> engaged -> wrappingUp -> idle <-> supervising
 *                     ^---------'-----------'   (offer came to nothing; no wrap-up, or the item went back to its queue)
 *
 * With several pieces of work in hand (chats, mails) it is the state of the one furthest along.
 *
 * An unreachable agent who is engaged or wrapping up stays so: the work is still theirs until somebody takes it from them.
 *
 * Which pairs may stand together: somebody may choose a break while the phone rings or while talking; who signs out is offered nothing,
 * so a ringing offer is withdrawn with it. Work in hand outlives a sign-out until it has ended or gone back.
 */
export function mayStandTogether(presence: Presence, work: WorkState): boolean {
  return !(presence === 'loggedOut' && work === 'reserved');
}

/** The states in which an agent may be offered work, if there is room for it beside what is in hand. */
export function mayBeOffered(presence: Presence, work: WorkState): boolean {
  return presence === 'available' && work !== 'notReachable' && work !== 'supervising';
}
