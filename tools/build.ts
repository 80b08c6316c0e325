/** `npm run build`: bundles the bridge to dist/bridge, the renderer to dist/renderer and Electron's two entries to dist/electron. */
import { buildBridge } from './build-bridge.ts';
import { buildDesktop } from './build-desktop.ts';

try {
  await buildBridge(console.log);
  await buildDesktop(console.log);
} catch (error) {
  console.error(`The build failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
