/** Finishing a contact: an outcome, a summary, and before the bridge's timer runs out. */
export { type Column, columnsOf, isLeaf, searchOutcome } from './outcomes.ts';
export { OutcomeTree } from './OutcomeTree.tsx';
export { WrapUpPane } from './WrapUpPane.tsx';
