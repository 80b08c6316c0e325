/**
 * Routing: who gets which work item. Pure: `route(state, event, at, ids)` returns the next state and decisions with reasons; no clock, no
 * sockets, no SQL. So it can be tested in virtual time, replayed, and asked "why?".
 *
 * Two things to know: only this module changes the state of a reservation; and an item returns to its old place when an offer is missed.
 */
export * from './model.ts';
export { emptyRouterState, route } from './router.ts';
export { agentView, queueView } from './views.ts';
