/**
 * Two records that are one person: compared field by field before anything is done, and every merge listed with its author and reason.
 * Nothing is moved by a merge, so each can be taken back at any time.
 */
export { DuplicateList } from './DuplicateList.tsx';
export type { MergeDeeds } from './deeds.ts';
export { MergeDialog } from './MergeDialog.tsx';
export { MergeList } from './MergeList.tsx';
