/**
 * Routing: who gets which work item. Pure: `route(state, event, at, ids)` returns the next state and decisions with reasons; no clock, no
 * sockets, no SQL. So it can be tested in virtual time, replayed, and asked "why?".
 *
 * Two things to know: only this module changes the state of a reservation; and an item returns to its old place when an offer is missed.
 * It promises that nothing is ever offered twice at once or lost: each item is pending, reserved for one agent, assigned to one, or gone.
 */
export * from './model.ts';
export { restMs } from './reservation.ts';
export { emptyRouterState, route } from './router.ts';
export { agentOf, agentsOf, agentView, itemOf, positionOf, queueOf, queuesOf, queueView, reservationOf } from './views.ts';
