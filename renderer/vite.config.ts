import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const bridge = 'http://127.0.0.1:8600';

/**
 * The doors re-export; only styles, the two entries and the door of `ui/` (which brings tokens and ground rules) have an effect by being
 * imported. So a chunk holds what it uses, not all that its doors offer.
 */
export const treeshake = {
  moduleSideEffects: (id: string) => !/\/renderer\/(?!main\.tsx|strip-main\.tsx|ui\/index\.ts)[^?]*\.tsx?$|lucide-react|@base-ui/.test(id),
};

/**
 * What PDFs are read with and the bundler cannot see, because it is fetched when a PDF asks for it: fonts that are in no file, tables of Chinese
 * characters, and decoders of pictures as scripts, for pages whose policy forbids compiling.
 */
export function pdfFiles(): Plugin {
  const from = (folder: string) => new URL(`../node_modules/pdfjs-dist/${folder}/`, import.meta.url);
  const folders = [
    ['cmaps', 'cmaps', /./],
    ['standard_fonts', 'fonts', /./],
    ['wasm', 'decoders', /nowasm_fallback|LICENSE_(PDFJS_)?(JBIG2|OPENJPEG)$/],
  ] as const;
  return {
    name: 'pdf-files',
    apply: 'build',
    generateBundle() {
      for (const [folder, into, isWanted] of folders)
        for (const name of readdirSync(from(folder)).filter((each) => isWanted.test(each)))
          this.emitFile({ type: 'asset', fileName: `pdf/${into}/${name}`, source: readFileSync(new URL(name, from(folder))) });
    },
  };
}

/** What the icon set makes its components with is ours: `ui/drawn-icon.ts`. */
export const alias = [{ find: /^\.\.?\/createLucideIcon\.mjs$/, replacement: here('./ui/drawn-icon.ts') }];

/** Paths in the output are relative, so that the same files work over http from the bridge and over `app://` in Electron. */
export default defineConfig({
  root: here('.'),
  base: './',
  publicDir: false,
  plugins: [react(), pdfFiles()],
  resolve: { alias },
  worker: { format: 'es' },
  build: {
    outDir: here('../dist/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    // An inlined font or sound would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { treeshake, input: [here('./index.html'), here('./strip.html')] },
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
