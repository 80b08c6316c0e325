/**
 * Agents who ask for help, and supervisors who come. Two things to know: which hands are up is what the bridge says, and it is about one
 * contact, with which it ends.
 */
export { AskForHelp } from './AskForHelp.tsx';
export type { HelpDeeds } from './deeds.ts';
export { HelpCalls } from './HelpCalls.tsx';
export { HelpCount } from './HelpCount.tsx';
