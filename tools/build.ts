/** `npm run build`: bundles the bridge to dist/bridge, the chat widget to dist/chat, the renderer to dist/renderer and Electron's two entries to dist/electron. */
import { buildBridge } from './build-bridge.ts';
import { buildDesktop } from './build-desktop.ts';
import { buildWidget } from './build-widget.ts';

try {
  await buildBridge(console.log);
  await buildWidget(console.log);
  await buildDesktop(console.log);
} catch (error) {
  console.error(`The build failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
