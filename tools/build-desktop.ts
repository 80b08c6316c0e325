import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { build as viteBuild } from 'vite';
import { inProject } from './project.ts';
import { sourceStamp } from './source-stamp.ts';

interface Bundle {
  readonly name: string;
  /** What it is made of; unchanged sources are not built again. */
  readonly sources: readonly string[];
  build(outputFolder: string): Promise<void>;
}

const common = ['shared', 'package-lock.json', 'tools/build-desktop.ts'];

/** The page, served by the bridge over HTTP and by Electron over app://. */
const rendererBundle: Bundle = {
  name: 'renderer',
  sources: ['renderer', 'assets', ...common],
  async build(outputFolder) {
    await viteBuild({
      configFile: inProject('renderer', 'vite.config.ts'),
      configLoader: 'native',
      logLevel: 'warn',
      build: { outDir: outputFolder, emptyOutDir: true, chunkSizeWarningLimit: 900 },
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

/** Builds what changed since the last time. A bundle is built beside the old one and then takes its place, so that who uses it is not cut off. */
export async function buildDesktop(say: (line: string) => void): Promise<void> {
  mkdirSync(inProject('dist'), { recursive: true });
  for (const bundle of [rendererBundle, electronBundle]) {
    const target = inProject('dist', bundle.name);
    const stampFile = inProject('dist', `${bundle.name}.stamp`);
    const stamp = sourceStamp(bundle.sources);
    if (existsSync(target) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) continue;
    say(`Building ${bundle.name} ...`);
    const fresh = `${target}.${process.pid}`;
    await bundle.build(fresh);
    rmSync(stampFile, { force: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(fresh, target);
    writeFileSync(stampFile, stamp);
  }
}
