import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { build as viteBuild } from 'vite';
import { type Bundle, bringUpToDate } from './bundle.ts';
import { inProject } from './project.ts';

const common = ['shared', 'package-lock.json', 'tools/build-desktop.ts'];

/** The page, served by the bridge over HTTP and by Electron over app://. */
const rendererBundle: Bundle = {
  name: 'renderer',
  sources: ['renderer', 'assets', ...common],
  async build(outputFolder) {
    const { NODE_ENV } = process.env;
    // What is set wins over the mode, and a test sets it: the page would get React's development build, which takes ten times as long.
    process.env.NODE_ENV = 'production';
    await viteBuild({
      configFile: inProject('renderer', 'vite.config.ts'),
      configLoader: 'native',
      logLevel: 'warn',
      build: { outDir: outputFolder, emptyOutDir: true, chunkSizeWarningLimit: 900 },
    }).finally(() => {
      if (NODE_ENV === undefined) delete process.env.NODE_ENV;
      else process.env.NODE_ENV = NODE_ENV;
    });
  },
};

/** Electron's two entries: main as an ES module, the sandboxed preload as CommonJS, which is all that a sandbox can load. */
export async function buildElectron(outputFolder: string): Promise<void> {
  for (const [entry, format, file] of [
    ['main.ts', 'esm', 'main.js'],
    ['preload.ts', 'cjs', 'preload.cjs'],
  ] as const) {
    const bundle = await rolldown({ input: inProject('electron', entry), platform: 'node', external: ['electron'], logLevel: 'warn' });
    await bundle.write({ file: join(outputFolder, file), format, codeSplitting: false });
    await bundle.close();
  }
}

const electronBundle: Bundle = {
  name: 'electron',
  sources: ['electron', ...common],
  build: buildElectron,
};

/** Builds `dist/renderer` and `dist/electron` where their sources changed. */
export function buildDesktop(say: (line: string) => void): Promise<void> {
  return bringUpToDate([rendererBundle, electronBundle], say);
}
