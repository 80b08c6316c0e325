/**
 * How the house is set up: queues, people, skills and the rest. Two things to know: everything typed goes into a draft that applies only
 * once it has been reviewed and saved as a whole, and a field's name, value and mistakes all follow from its path in the configuration
 * (`form.ts`, `words.ts`, `mistakes.ts`), the same path the bridge uses for problems and changes.
 */
export { Admin } from './Admin.tsx';
export type { AdminDeeds } from './deeds.ts';
