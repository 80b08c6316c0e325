import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBridge } from '../../tools/build-bridge.ts';
import { buildWidget } from '../../tools/build-widget.ts';

/** Before the first test: what the tests start is made of the sources they are about; and all that they write lies in one folder that goes. */
export async function setup(): Promise<() => void> {
  await buildBridge(console.log);
  await buildWidget(console.log);
  const before = process.env.TMPDIR;
  process.env.CROSSPOINT_TEST_DISK = tmpdir();
  const folder = inMemory() ?? mkdtempSync(join(tmpdir(), prefix));
  process.env.TMPDIR = folder;
  process.env.CROSSPOINT_TEST_RUN = join(folder, 'run');
  // What is started dozens of times is compiled once.
  process.env.NODE_COMPILE_CACHE = join(folder, 'compiled');
  return () => {
    // Another run may follow in the same process.
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true });
  };
}

const prefix = 'crosspoint-run-';
const leastBytes = 4 * 1_024 ** 3;

/**
 * A disk that others share stands still for seconds now and then, and what is judged by its times fails with it; benches and fault drivers are
 * for the disk. Null where there is no memory to spare for files, or programs cannot be started from it.
 */
function inMemory(): string | null {
  let folder: string | undefined;
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    if (bavail * bsize < leastBytes) return null;
    folder = mkdtempSync(join('/dev/shm', prefix));
    // Servers that give up their rights write into it as they do into any temporary folder.
    chmodSync(folder, 0o1777);
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
    if (spawnSync(program).status === 0) return folder;
  } catch {
    // None, then.
  }
  if (folder) rmSync(folder, { recursive: true, force: true });
  return null;
}
