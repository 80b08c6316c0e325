/**
 * What an administrator sets up, judged as a whole: whether a configuration can work, what one changes against another, and how a change is
 * taken back. Pure: the store keeps it, `flows/administration.ts` tells the story.
 *
 * Two things to know: a configuration is taken whole or not at all, with every problem told at once; and a change names its place as
 * `queues/billing/ringSeconds`, the same in problems, dry runs and the history.
 */
export { announcementsOf } from './announcements.ts';
export { type BuiltInRights, firstBuiltInRights, giveNewRights } from './built-in-roles.ts';
export { diffConfigurations, orderBeforeRemoval, type SectionOrder } from './diff.ts';
export * from './ports.ts';
export { rightsOf } from './rights-of.ts';
export { inSchemaWords, shapeProblems } from './shape-problems.ts';
export { type UndoOutcome, undoOf } from './undo.ts';
export { configurationLimits, type Judgement, type Surroundings, validateConfiguration } from './validate.ts';
