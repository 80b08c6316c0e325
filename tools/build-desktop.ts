import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rolldown } from 'rolldown';
import { type Plugin, build as viteBuild } from 'vite';
import { type Bundle, bringUpToDate } from './bundle.ts';
import { inProject, root } from './project.ts';
import { type ChunkSize, sizeOf } from './script-sizes.ts';

const common = ['shared', 'package-lock.json', 'tools/build-desktop.ts', 'tools/script-sizes.ts'];

/** Beside the page, for `npm run check`: what each of its scripts weighs, and of what. */
const scriptSizesFile = inProject('dist', 'renderer-sizes.json');
export const readScriptSizes = (): readonly ChunkSize[] => JSON.parse(readFileSync(scriptSizesFile, 'utf8')) as readonly ChunkSize[];

function weighScripts(): Plugin {
  return {
    name: 'weigh-scripts',
    apply: 'build',
    generateBundle: {
      // After everything that changes a script.
      order: 'post',
      handler(_, bundle) {
        const sizes = Object.values(bundle).flatMap((chunk) =>
          chunk.type !== 'chunk'
            ? []
            : sizeOf(
                {
                  fileName: chunk.fileName,
                  facade: chunk.facadeModuleId === null ? null : relative(root, chunk.facadeModuleId),
                  imports: chunk.imports,
                  code: chunk.code,
                  modules: Object.fromEntries(Object.entries(chunk.modules).map(([id, { renderedLength }]) => [id, renderedLength])),
                },
                root,
              ),
        );
        writeFileSync(scriptSizesFile, JSON.stringify(sizes));
      },
    },
  };
}

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
      plugins: [weighScripts()],
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

export const buildRenderer = (say: (line: string) => void): Promise<void> => bringUpToDate([rendererBundle], say);

/** Builds `dist/renderer` and `dist/electron` where their sources changed. */
export function buildDesktop(say: (line: string) => void): Promise<void> {
  return bringUpToDate([rendererBundle, electronBundle], say);
}
