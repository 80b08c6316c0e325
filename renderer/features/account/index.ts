/** The file of a company or household: what it is worth, who decides there, what was promised and seen, and the days to remember. */
export { Account } from './Account.tsx';
export type { AccountDeeds } from './deeds.ts';
