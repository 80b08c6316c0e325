/** Giving a call to somebody or asking them first: the one place to find them, by name, queue, extension or number. */
export type { CallDeeds, Words } from './deeds.ts';
export { TransferDialog } from './TransferDialog.tsx';
export { type Target, type TargetGroup, targetGroups } from './targets.ts';
