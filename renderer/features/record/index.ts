/**
 * The page of one customer: facts changed where they stand, everything that happened in one stream, and what is to be done now. Two things
 * to know: every answer of the bridge replaces what the page shows, and an edit that somebody else overtook is told, never forced.
 */
export type { RecordDeeds, Stored } from './deeds.ts';
export { RecordForms } from './RecordForms.tsx';
export { type RecordActions, RecordPage, type RecordSlots } from './RecordPage.tsx';
