/** What is owed to customers: setting it down, in the wrap-up or anywhere, and what of it is due today. */
export { AgreedNote } from './AgreedNote.tsx';
export type { FollowUpDeeds } from './deeds.ts';
export { FollowUpDialog } from './FollowUpDialog.tsx';
export { WhatHappensNext } from './WhatHappensNext.tsx';
