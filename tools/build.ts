/** `npm run build`: bundles the renderer to dist/renderer and Electron's two entries to dist/electron. */
import { buildDesktop } from './build-desktop.ts';

try {
  await buildDesktop((line) => console.log(line));
} catch (error) {
  console.error(`The build failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
