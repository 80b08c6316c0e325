/**
 * Routing: who gets which work item, on every channel. Pure: `route(state, event, at)` returns the next state and decisions with reasons;
 * no clock, no chance, no sockets, no SQL. So it can be tested in virtual time, replayed, and asked "why?".
 *
 * Two things to know: only this module changes the state of a reservation; and an item returns to its old place when an offer is missed.
 * It promises that nothing is ever offered or assigned twice or lost: each item is pending, reserved, assigned to one agent, or gone.
 */
export { isReachedBy, mayBeAskedFor, mayTake, whyNotAskedFor, workStateOf } from './agents/agent.ts';
export { loadOf } from './agents/capacity.ts';
export { settingsFrom } from './agents/settings-from.ts';
export { type ItemStep, isLogged, stepsOfEntry, subjectsOf } from './decision-steps.ts';
export * from './model.ts';
export * from './ports.ts';
export { isOpenAt, momentOf, nextChangeAfter } from './queues/opening-hours.ts';
export { agreedWaitMs } from './queues/preferences.ts';
export { type ReplayDifference, type Replayed, replay } from './replay.ts';
export { restMs } from './reservation.ts';
export { emptyRouterState, route } from './router.ts';
export {
  agentOf,
  agentsOf,
  agentView,
  freeIn,
  itemOf,
  lineOf,
  linesOf,
  ownerOf,
  positionOf,
  queueOf,
  queuesOf,
  queueView,
  reservationOf,
  waitingIn,
} from './views.ts';
export { type ExpectedWait, expectedWait } from './why/expected-wait.ts';
export { whyAgent } from './why/why-agent.ts';
export { whyItem } from './why/why-item.ts';
