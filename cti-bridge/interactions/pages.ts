import type { MessageFileId } from '../../shared/ids.ts';

/** A page as it is looked at: upright, and with square dots, which a fax does not have. In dots. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Why a file has no pages to show:
 *
 *     noPages        it is no TIFF, or its list of pages is broken
 *     tooLarge       a page has more dots than are drawn, or there are more pages than are counted
 *     broken         the page cannot be decoded
 *     tookTooMuch    the decoder wanted more memory than it is given, or died
 *     tookTooLong    the decoder was not done in its time
 *     gone           the file is not there
 */
export type NoPages = 'noPages' | 'tooLarge' | 'broken' | 'tookTooMuch' | 'tookTooLong' | 'gone';

export type PagesFound = { readonly ok: true; readonly pages: readonly PageSize[] } | { readonly ok: false; readonly why: NoPages };

export type PageDrawn =
  | { readonly ok: true; readonly bytes: number; readonly content: AsyncIterable<Uint8Array> }
  | { readonly ok: false; readonly why: NoPages };

/** Pages of files that browsers cannot show, drawn as PNG. Never rejects for what is in a file. Implemented by `channels/document`. */
export interface PageReader {
  pages(fileId: MessageFileId): Promise<PagesFound>;
  /** `index` from 0. As wide as asked for or a little wider, never wider than the page itself. */
  page(fileId: MessageFileId, index: number, width: number): Promise<PageDrawn>;
}
