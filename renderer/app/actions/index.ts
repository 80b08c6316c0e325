/**
 * Everything the agent can do, as data: name, key, whether it applies now, and the deed.
 *
 * Two things to know: whether an action applies is asked of plain state (`ActionState`), so that a table can test it, and an action does nothing
 * by itself, it calls the desk's deeds or moves about the screen.
 */
export type { ActionDefinition, ActionMeans, ActionState } from './action.ts';
export { type ActionId, actions, candidateAt } from './actions.ts';
export { notReady } from './work-actions.ts';
