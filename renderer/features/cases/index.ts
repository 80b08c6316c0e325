/**
 * Customers' matters: the list of them as work, and one with its steps wherever it is opened. What a case may become is the state table
 * that the bridge obeys as well.
 */
export { CaseList } from './CaseList.tsx';
export { CaseView } from './CaseView.tsx';
export type { CaseDeeds } from './deeds.ts';
