import { registerHooks } from 'node:module';

/** For `--import`: a program started from its sources has its threads and processes from `dist/bridge`, as the tests have theirs. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === './program-file.ts' ? next('./built-programs.ts', { ...context, parentURL: import.meta.url }) : next(specifier, context),
});
