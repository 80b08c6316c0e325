/** Finishing a contact: an outcome, a summary, and before the bridge's timer runs out. */
export { OutcomeTree } from './OutcomeTree.tsx';
export { type Column, columnsOf, isLeaf, searchOutcome } from './outcomes.ts';
export { WrapUpPane } from './WrapUpPane.tsx';
