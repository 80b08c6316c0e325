import { readFile, stat } from 'node:fs/promises';

/** A larger one is not read for a number: its viewer says how many pages it has. */
const largestBytes = 20 * 1024 * 1024;

/** How many pages a PDF has; null where it is broken, locked or too large to be asked. Loaded with the first PDF: most bridges read faxes alone. */
export async function countPdfPages(file: string): Promise<number | null> {
  if ((await stat(file)).size > largestBytes) return null;
  const [reader, worker] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs'),
    // @ts-expect-error it comes without types: what it is for is that it is there, so that no file is looked for beside the built bridge
    import('pdfjs-dist/legacy/build/pdf.worker.mjs'),
  ]);
  Object.assign(globalThis, { pdfjsWorker: worker });
  const task = reader.getDocument({
    data: new Uint8Array(await readFile(file)),
    verbosity: reader.VerbosityLevel.ERRORS,
    ...{ disableFontFace: true, useSystemFonts: false, useWasm: false, isOffscreenCanvasSupported: false, stopAtErrors: true },
  });
  try {
    const { numPages } = await task.promise;
    return Number.isSafeInteger(numPages) && numPages > 0 ? numPages : null;
  } catch {
    return null;
  } finally {
    await task.destroy();
  }
}
