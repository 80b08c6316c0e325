import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { inProject } from './project.ts';
import { sourceStamp } from './source-stamp.ts';

/** A folder of `dist/` that is made of sources. */
export interface Bundle {
  readonly name: string;
  /** What it is made of; unchanged sources are not built again. */
  readonly sources: readonly string[];
  build(outputFolder: string): Promise<void>;
}

/** Builds what changed since the last time. A bundle is built beside the old one and then takes its place, so that who uses it is not cut off. */
export async function bringUpToDate(bundles: readonly Bundle[], say: (line: string) => void): Promise<void> {
  mkdirSync(inProject('dist'), { recursive: true });
  for (const bundle of bundles) {
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
