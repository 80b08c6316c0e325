/**
 * Looking for customers: one box for names in every script, numbers in every form, addresses, companies and cases. Two things to know: an
 * answer to what is no longer asked is dropped, and nothing is asked while an input method composes.
 */
export { Customers } from './Customers.tsx';
export type { SearchDeeds } from './deeds.ts';
export { hitDetail, hitIcons } from './words.ts';
