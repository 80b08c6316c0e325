import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const bridge = 'http://127.0.0.1:8600';

/**
 * The doors re-export; only styles, `main.tsx` and the door of `ui/` (which brings tokens and ground rules) have an effect by being
 * imported. So a chunk holds what it uses, not all that its doors offer.
 */
export const treeshake = {
  moduleSideEffects: (id: string) => !/\/renderer\/(?!main\.tsx|ui\/index\.ts)[^?]*\.tsx?$|lucide-react|@base-ui/.test(id),
};

/** Paths in the output are relative, so that the same files work over http from the bridge and over `app://` in Electron. */
export default defineConfig({
  root: here('.'),
  base: './',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: here('../dist/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    // An inlined font or sound would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { treeshake },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      '/api': bridge,
      '/socket.io': { target: bridge, ws: true },
      '/sip': { target: bridge, ws: true },
    },
  },
});
