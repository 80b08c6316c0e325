import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { bringUpToDate } from '../../../tools/bundle.ts';
import { inProject } from '../../../tools/project.ts';

/** Every screen on scripted outsides, as `dist/ui-stage`, where its sources changed. Says where it lies. */
export async function buildStage(say: (line: string) => void): Promise<string> {
  const stage = {
    name: 'ui-stage',
    sources: ['renderer', 'shared', 'assets', 'tests/support/ui-stage', 'package-lock.json'],
    async build(outputFolder: string) {
      const { NODE_ENV } = process.env;
      // A test sets it, and the page would get React's development build.
      process.env.NODE_ENV = 'production';
      await build({
        configFile: fileURLToPath(new URL('vite.config.ts', import.meta.url)),
        configLoader: 'native',
        logLevel: 'warn',
        build: { outDir: outputFolder, emptyOutDir: true, chunkSizeWarningLimit: 2_000 },
      }).finally(() => {
        if (NODE_ENV === undefined) delete process.env.NODE_ENV;
        else process.env.NODE_ENV = NODE_ENV;
      });
    },
  };
  await bringUpToDate([stage], say);
  return inProject('dist', 'ui-stage');
}
