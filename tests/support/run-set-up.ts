import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBridge } from '../../tools/build-bridge.ts';
import { buildWidget } from '../../tools/build-widget.ts';

/** Before the first test: what the tests start is made of the sources they are about; and they share a folder for what they prepare. */
export async function setup(): Promise<() => void> {
  await buildBridge(console.log);
  await buildWidget(console.log);
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-run-'));
  process.env.CROSSPOINT_TEST_RUN = folder;
  // What is started dozens of times is compiled once.
  process.env.NODE_COMPILE_CACHE = join(folder, 'compiled');
  return () => rmSync(folder, { recursive: true, force: true });
}
