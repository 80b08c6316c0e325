import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { alias, pdfFiles, treeshake } from '../../../renderer/vite.config.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Builds the stage beside the product: same sources, scripted outsides. */
export default defineConfig({
  root: here('.'),
  base: './',
  publicDir: false,
  plugins: [react(), pdfFiles()],
  resolve: { alias },
  worker: { format: 'es' },
  build: {
    outDir: here('../../../dist/ui-stage'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'chrome140',
    rolldownOptions: { treeshake },
  },
});
