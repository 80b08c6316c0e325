import { lookup } from 'node:dns/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DesktopFacts } from './choose-desktop.ts';
import { inProject } from './project.ts';
import { runCommand } from './run-command.ts';

type ElectronFact = DesktopFacts['electron'];

const fetchLimitMs = 60_000;
const answerLimitMs = 3_000;

/** The executable inside Electron's package, or in the folder named by ELECTRON_OVERRIDE_DIST_PATH. Null where it was never fetched. */
export function findElectron(
  packageFolder = inProject('node_modules', 'electron'),
  override: string | undefined = process.env.ELECTRON_OVERRIDE_DIST_PATH,
): string | null {
  const pathFile = join(packageFolder, 'path.txt');
  const executable = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : null;
  if (override) {
    const path = join(override, executable ?? 'electron');
    return existsSync(path) ? path : null;
  }
  if (executable === null) return null;
  const path = join(packageFolder, 'dist', executable);
  return existsSync(path) ? path : null;
}

/** Whether the place that Electron is fetched from has an address at all; asked first, so that an offline start does not wait. */
async function isSourceReachable(): Promise<boolean> {
  const host = URL.parse(process.env.ELECTRON_MIRROR ?? '')?.hostname || 'github.com';
  const giveUp = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), answerLimitMs).unref());
  const answer = lookup(host).then(
    () => true,
    () => false,
  );
  return Promise.race([answer, giveUp]);
}

/** Electron's runtime: found, or fetched by its own installer within a minute, which checks it against the checksums in the package. */
export async function ensureElectron(say: (line: string) => void): Promise<ElectronFact> {
  const found = findElectron();
  if (found !== null) return { kind: 'present', path: found };
  if (!(await isSourceReachable())) {
    return { kind: 'absent', reason: 'the Electron runtime is not on this machine and cannot be fetched from here' };
  }
  say('Fetching the Electron runtime (once; at most a minute) ...');
  const done = await runCommand(process.execPath, [inProject('node_modules', 'electron', 'install.js')], { limitMs: fetchLimitMs });
  const fetched = findElectron();
  if (fetched !== null) return { kind: 'present', path: fetched };
  const why = done.code === 124 ? 'did not arrive within a minute' : 'could not be fetched';
  return { kind: 'absent', reason: `the Electron runtime ${why}` };
}
