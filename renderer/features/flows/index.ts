/**
 * Call flows on the screen: the list, the numbers that lead to them, and the drawing board. Two things to know: what is drawn is the flow
 * itself (`shared/contracts/ivr`), changed step by step by `stores/flow-draft.ts`; and the form of each kind of node follows from one table
 * (`fields.ts`). Its code comes when it is opened.
 */
export type { FlowDeeds } from './deeds.ts';
export { Flows, type FlowsProps } from './Flows.tsx';
export type { PromptField, PromptFieldProps } from './form.ts';
export type { FlowRunDeeds } from './run-deeds.ts';
