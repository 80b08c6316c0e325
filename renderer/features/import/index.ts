/** Customers from files: choose, look, map, check, run, and take back. */
export type { ImportDeeds } from './deeds.ts';
export { Import } from './Import.tsx';
