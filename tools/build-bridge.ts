import { cp } from 'node:fs/promises';
import { rolldown } from 'rolldown';
import { type Bundle, bringUpToDate } from './bundle.ts';
import { inProject } from './project.ts';

/** What is started by its own file: the bridge, its threads and its processes. */
const programs = [
  'main',
  'store/workers/writer',
  'store/workers/reader',
  'store/workers/checkpointer',
  'media/worker',
  'media/prompt/prepare-thread',
  'intake/import-thread',
  'channels/email/read/mail-worker',
  'channels/document/pages/page-worker',
];

/** They hold machine code, which stays where it was installed. */
const nativePackages = ['better-sqlite3', '@node-rs/argon2', 'sharp'];

/** The doors of the rooms re-export and do nothing by being imported: a thread loads what it uses, not all that the doors it goes through offer. */
const moduleSideEffects = (id: string): boolean =>
  !/\/(cti-bridge|shared)\/[^?]*\.ts$/.test(id) || programs.some((place) => id.endsWith(`/cti-bridge/${place}.ts`));

/**
 * The bridge in some twenty files instead of two thousand. Each thread loads a fifth of a second sooner and holds some 40 MB less: that is what Node
 * takes to find, read and link hundreds of small files, again in every thread.
 */
const bridgeBundle: Bundle = {
  name: 'bridge',
  sources: ['cti-bridge', 'shared', 'package-lock.json', 'tools/build-bridge.ts'],
  async build(outputFolder) {
    const bundle = await rolldown({
      input: Object.fromEntries(programs.map((place) => [place, inProject('cti-bridge', `${place}.ts`)])),
      platform: 'node',
      external: nativePackages,
      treeshake: { moduleSideEffects },
      logLevel: 'warn',
    });
    await bundle.write({
      dir: outputFolder,
      format: 'esm',
      chunkFileNames: '[name].js',
      // Every thread keeps the text of what it loads: without comments and spaces it is half. Names stay, for whoever reads a stack.
      minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    });
    await bundle.close();
  },
};

/** Prompts and music, where the built bridge looks for them: beside its folder. */
const assets: Bundle = {
  name: 'assets',
  sources: ['assets'],
  build: (outputFolder) => cp(inProject('assets'), outputFolder, { recursive: true }),
};

/** Builds `dist/bridge` where its sources changed. */
export function buildBridge(say: (line: string) => void): Promise<void> {
  return bringUpToDate([assets, bridgeBundle], say);
}
