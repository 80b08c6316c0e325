/** Stands for `cti-bridge/kernel/program-file.ts` in the tests: threads and processes are those of `dist/bridge`, as a started bridge has them. */
export const programFile = (place: string): URL => new URL(`../../dist/bridge/${place}.js`, import.meta.url);
