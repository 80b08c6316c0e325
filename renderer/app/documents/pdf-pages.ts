import { getDocument, type PDFDocumentProxy, PDFWorker } from 'pdfjs-dist';
import PdfReader from 'pdfjs-dist/build/pdf.worker.min.mjs?worker';
import type { PageSource } from '../../ui/index.ts';
import { findPages } from './find-pages.ts';

/** A PDF is a stranger's program: what it may cost is bounded. */
const openLimitMs = 20_000;
const drawLimitMs = 20_000;
const mostDots = 40_000_000;
/** The sizes of more pages are not asked for one by one; those behind are taken to be like the first. */
const mostMeasured = 300;

/** Beside the page: what the reader fetches when a PDF brings no fonts, or old kinds of pictures. Nothing comes from elsewhere. */
const beside = (name: string) => new URL(`pdf/${name}`, document.baseURI).href;

/** Reads a PDF in a worker of its own, which ends with `close`. Scripts in it are not run, its links lead nowhere. Rejects where it is none. */
export async function pdfPages(data: ArrayBuffer): Promise<PageSource> {
  const thread = new PdfReader();
  const worker = PDFWorker.create({ port: thread });
  const end = () => {
    worker.destroy();
    thread.terminate();
  };
  try {
    const opened = getDocument({
      data,
      worker,
      // The policy of our pages forbids compiling; the same decoders are there as scripts.
      useWasm: false,
      wasmUrl: beside('decoders/'),
      cMapUrl: beside('cmaps/'),
      standardFontDataUrl: beside('fonts/'),
      enableXfa: false,
      maxImageSize: mostDots,
    });
    const pdf = await within(openLimitMs, opened.promise);
    return pagesOf(pdf, await within(openLimitMs, sizesOf(pdf)), end);
  } catch (error) {
    end();
    throw error;
  }
}

async function sizesOf(pdf: PDFDocumentProxy): Promise<PageSource['pages']> {
  const sizes: { readonly width: number; readonly height: number }[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const first = sizes[0];
    if (number > mostMeasured && first) sizes.push(first);
    else {
      const { width, height } = (await pdf.getPage(number)).getViewport({ scale: 1 });
      sizes.push({ width: Math.max(1, width), height: Math.max(1, height) });
    }
  }
  return sizes;
}

function pagesOf(pdf: PDFDocumentProxy, pages: PageSource['pages'], end: () => void): PageSource {
  let last: Promise<unknown> = Promise.resolve();
  let isOver = false;

  async function draw(index: number, width: number): Promise<Blob | null> {
    if (isOver) return null;
    const page = await pdf.getPage(index + 1);
    const whole = page.getViewport({ scale: 1 });
    const scale = Math.min(width / whole.width, Math.sqrt(mostDots / (whole.width * whole.height)));
    const viewport = page.getViewport({ scale });
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(viewport.width));
    canvas.height = Math.max(1, Math.floor(viewport.height));
    const drawing = page.render({ canvas, viewport });
    try {
      await within(drawLimitMs, drawing.promise);
    } catch {
      drawing.cancel();
      return null;
    }
    return new Promise((resolve) => canvas.toBlob(resolve));
  }

  return {
    pages,
    draw(index, width) {
      // One at a time, in the order in which they are asked for.
      const drawn = last.then(() => draw(index, width)).catch(() => null);
      last = drawn;
      return drawn;
    },
    find: (words) =>
      findPages(words, pages.length, async (index) => {
        const page = await pdf.getPage(index + 1);
        const { items } = await page.getTextContent();
        return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
      }),
    close() {
      isOver = true;
      end();
    },
  };
}

function within<Value>(limitMs: number, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The PDF took too long.')), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
