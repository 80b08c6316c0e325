import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const bridge = 'http://127.0.0.1:8600';

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
    rolldownOptions: {
      // The doors re-export; only styles have an effect by being imported. So a chunk holds what it uses, not all that its doors offer.
      treeshake: { moduleSideEffects: (id) => !/\/renderer\/(?!main\.tsx)[^?]*\.tsx?$|lucide-react|@base-ui/.test(id) },
    },
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
