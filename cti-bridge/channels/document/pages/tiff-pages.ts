/**
 * Which pages a TIFF says it has, read from its directories alone (TIFF 6.0 section 2): nothing is decoded, and a file that lies about its sizes is
 * refused before a decoder sees it. Resolution matters because a fax has dots that are twice as high as wide (204 x 98 to the inch), which the
 * decoder does not tell.
 *
 *     header: 'II' or 'MM', 42, offset ──▶ directory: count, count x (tag, type, values, offset or value), offset of the next
 */
export interface TiffPage {
  /** Which directory of the file, from 0. */
  readonly directory: number;
  /** As stored, in dots. */
  readonly columns: number;
  readonly rows: number;
  /** How much higher than wide a dot is; 1 where it is square or nothing is said. */
  readonly dotHeight: number;
  /** 1 to 8, as EXIF has it; 5 to 8 lie on their side. */
  readonly orientation: number;
}

export type TiffPages =
  | { readonly ok: true; readonly pages: readonly TiffPage[] }
  | { readonly ok: false; readonly why: 'noPages' | 'tooLarge' };

/** Reads bytes of the file; fewer where it ends. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

export const pageLimits = {
  pages: 200,
  /** A3 at 600 dots to the inch has 70 million. */
  dots: 100_000_000,
  side: 32_000,
} as const;

const tag = { width: 256, length: 257, orientation: 274, xResolution: 282, yResolution: 283 } as const;
/** The types of value that these tags have. */
const short = 3;
const long = 4;
const rational = 5;
const mostEntries = 4_096;

export async function tiffPages(readAt: ReadAt): Promise<TiffPages> {
  const header = viewOf(await readAt(0, 8));
  if (header.byteLength < 8) return none;
  const isLittle = header.getUint16(0) === 0x4949;
  if ((!isLittle && header.getUint16(0) !== 0x4d4d) || header.getUint16(2, isLittle) !== 42) return none;
  const pages: TiffPage[] = [];
  const visited = new Set<number>();
  for (let offset = header.getUint32(4, isLittle); offset !== 0; ) {
    // Directories that lead back to one that was read are a loop.
    if (visited.has(offset)) break;
    visited.add(offset);
    if (visited.size > pageLimits.pages * 2 || pages.length > pageLimits.pages) return tooLarge;
    const directory = await readDirectory(readAt, offset, isLittle, visited.size - 1);
    // What comes after a part that is missing is not there either; what was before it is.
    if (directory === null) break;
    offset = directory.next;
    if (directory.page === null) continue;
    const { columns, rows } = directory.page;
    if (columns * rows > pageLimits.dots || Math.max(columns, rows) > pageLimits.side) return tooLarge;
    pages.push(directory.page);
  }
  if (pages.length > pageLimits.pages) return tooLarge;
  return pages.length === 0 ? none : { ok: true, pages };
}

const none = { ok: false, why: 'noPages' } as const;
const tooLarge = { ok: false, why: 'tooLarge' } as const;

/** The page as it is looked at: upright, dots square, the longer side of a dot kept so that no line is lost. */
export function uprightSize({ columns, rows, dotHeight, orientation }: TiffPage): { readonly width: number; readonly height: number } {
  const width = Math.max(1, Math.round(dotHeight < 1 ? columns / dotHeight : columns));
  const height = Math.max(1, Math.round(dotHeight > 1 ? rows * dotHeight : rows));
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

async function readDirectory(
  readAt: ReadAt,
  offset: number,
  isLittle: boolean,
  directory: number,
): Promise<{ readonly page: TiffPage | null; readonly next: number } | null> {
  const count = viewOf(await readAt(offset, 2));
  if (count.byteLength < 2) return null;
  const entries = count.getUint16(0, isLittle);
  if (entries === 0 || entries > mostEntries) return null;
  const body = viewOf(await readAt(offset + 2, entries * 12 + 4));
  if (body.byteLength < entries * 12) return null;
  const values = new Map<number, number>();
  for (let at = 0; at < entries * 12; at += 12) {
    const name = body.getUint16(at, isLittle);
    if (!wanted.has(name)) continue;
    const type = body.getUint16(at + 2, isLittle);
    if (type === short) values.set(name, body.getUint16(at + 8, isLittle));
    if (type === long) values.set(name, body.getUint32(at + 8, isLittle));
    if (type !== rational) continue;
    const fraction = viewOf(await readAt(body.getUint32(at + 8, isLittle), 8));
    if (fraction.byteLength === 8) values.set(name, fraction.getUint32(0, isLittle) / fraction.getUint32(4, isLittle));
  }
  const next = body.byteLength >= entries * 12 + 4 ? body.getUint32(entries * 12, isLittle) : 0;
  const columns = values.get(tag.width) ?? 0;
  const rows = values.get(tag.length) ?? 0;
  if (columns === 0 || rows === 0) return { page: null, next };
  const orientation = values.get(tag.orientation) ?? 1;
  return {
    page: {
      directory,
      columns,
      rows,
      dotHeight: dotHeightOf(values.get(tag.xResolution), values.get(tag.yResolution)),
      orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    },
    next,
  };
}

const wanted: ReadonlySet<number> = new Set([tag.width, tag.length, tag.orientation, tag.xResolution, tag.yResolution]);

/** Standard fax is 204 x 98, superfine 204 x 391; what is further off is a mistake of whoever wrote it. */
function dotHeightOf(x = 0, y = 0): number {
  const ratio = x / y;
  if (!Number.isFinite(ratio) || ratio < 0.2 || ratio > 5) return 1;
  return Math.abs(ratio - 1) < 0.06 ? 1 : ratio;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
