import { open } from 'node:fs/promises';
import { seconds } from '../../../../shared/duration.ts';
import type { MessageFileId } from '../../../../shared/ids.ts';
import type { MessageFiles, NoPages, PageDrawn, PageReader, PagesFound } from '../../../interactions/index.ts';
import { type Clock, LimitedProcess, type Log } from '../../../kernel/index.ts';
import { PageCache } from './page-cache.ts';
import { type TiffPages, tiffPages, uprightSize } from './tiff-pages.ts';
import type { DrawOrder, PageOrder, PageReport } from './worker-messages.ts';

export interface DocumentPagesParts {
  readonly files: Pick<MessageFiles, 'path'>;
  /** Pages that were drawn are kept in it for a while; emptied at the start and at the end. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly perPageMs?: number;
  /** Of the process that decodes. */
  readonly memoryBytes?: number;
}

/** Few widths, so that a window that grows by a dot does not have every page drawn anew. In dots. */
const widths = [200, 480, 960, 1440, 1920, 2560, 3840] as const;
const mostKnown = 500;
/** More at once wait for nobody: a viewer asks for what it shows. */
const mostWaiting = 60;

/**
 * Pages of TIFF files. The directories of a file are read here, its pages are decoded in a process of their own, one at a time. Of a PDF, which is
 * drawn elsewhere, that process says how many it has.
 */
export class DocumentPages implements PageReader {
  readonly #files: Pick<MessageFiles, 'path'>;
  readonly #log: Log;
  readonly #cache: PageCache;
  readonly #process: LimitedProcess<PageOrder, PageReport>;
  readonly #known = new Map<string, Extract<TiffPages, { ok: true }>>();
  readonly #drawing = new Map<string, Promise<NoPages | null>>();

  constructor({ files, folder, clock, log, perPageMs = seconds(20), memoryBytes = 640 * 1024 * 1024 }: DocumentPagesParts) {
    this.#files = files;
    this.#log = log;
    this.#cache = new PageCache(folder, clock);
    this.#process = new LimitedProcess({ program: 'channels/document/pages/page-worker', clock, log, limitMs: perPageMs, memoryBytes });
  }

  async pages(fileId: MessageFileId): Promise<PagesFound> {
    const found = await this.#find(fileId);
    return found.ok ? { ok: true, pages: found.pages.map(uprightSize) } : found;
  }

  /** Null: it has none, or nobody can say. */
  async count(fileId: MessageFileId): Promise<number | null> {
    if (!(await this.#isPdf(fileId))) {
      const found = await this.#find(fileId);
      return found.ok ? found.pages.length : null;
    }
    const performed = await this.#process.perform({ order: 'count', file: this.#files.path('files', fileId) });
    return performed.ok && performed.report.report === 'counted' ? performed.report.pages : null;
  }

  async page(fileId: MessageFileId, index: number, width: number): Promise<PageDrawn> {
    const found = await this.#find(fileId);
    if (!found.ok) return found;
    const page = found.pages[index];
    if (!page) return { ok: false, why: 'noPages' };
    const whole = uprightSize(page);
    const drawnWidth = Math.min(widths.find((each) => each >= width) ?? widths[widths.length - 1] ?? whole.width, whole.width);
    const drawnHeight = Math.max(1, Math.round((whole.height * drawnWidth) / whole.width));
    const key = `${fileId}-${index}-${drawnWidth}`;
    const kept = await this.#cache.open(key);
    if (kept) return { ok: true, ...kept };
    let drawing = this.#drawing.get(key);
    if (!drawing) {
      if (this.#drawing.size >= mostWaiting) return { ok: false, why: 'tookTooLong' };
      drawing = this.#draw(key, {
        order: 'draw',
        file: this.#files.path('files', fileId),
        directory: page.directory,
        width: drawnWidth,
        height: drawnHeight,
      }).finally(() => this.#drawing.delete(key));
      this.#drawing.set(key, drawing);
    }
    const why = await drawing;
    if (why !== null) return { ok: false, why };
    const drawn = await this.#cache.open(key);
    return drawn ? { ok: true, ...drawn } : { ok: false, why: 'gone' };
  }

  async stop(): Promise<void> {
    await this.#process.stop();
    await Promise.allSettled(this.#drawing.values());
    await this.#cache.stop();
  }

  async #draw(key: string, order: Omit<DrawOrder, 'into'>): Promise<NoPages | null> {
    const performed = await this.#process.perform({ ...order, into: await this.#cache.placeFor(key) });
    if (!performed.ok) return performed.why === 'stopped' ? 'gone' : performed.why;
    if (performed.report.report === 'drawn') {
      await this.#cache.keep(key, performed.report.bytes);
      return null;
    }
    this.#log.warn('document:pageBroken', { why: performed.report.report === 'broken' ? performed.report.why : '' });
    return 'broken';
  }

  async #find(fileId: MessageFileId): Promise<TiffPages | { readonly ok: false; readonly why: 'gone' }> {
    const known = this.#known.get(fileId);
    if (known) return known;
    const found = await this.#read(fileId);
    // A file under an id never changes. One that could not be read may be there next time.
    if (found.ok) this.#known.set(fileId, found);
    for (const oldest of this.#known.keys()) if (this.#known.size > mostKnown) this.#known.delete(oldest);
    return found;
  }

  async #isPdf(fileId: MessageFileId): Promise<boolean> {
    try {
      await using file = await open(this.#files.path('files', fileId));
      const { buffer, bytesRead } = await file.read(Buffer.alloc(5), 0, 5, 0);
      return buffer.toString('latin1', 0, bytesRead) === '%PDF-';
    } catch {
      return false;
    }
  }

  async #read(fileId: MessageFileId): Promise<TiffPages | { readonly ok: false; readonly why: 'gone' }> {
    try {
      await using file = await open(this.#files.path('files', fileId));
      return await tiffPages(async (offset, length) => {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
        return buffer.subarray(0, bytesRead);
      });
    } catch {
      return { ok: false, why: 'gone' };
    }
  }
}
