import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageLimits, tiffPages, uprightSize } from '../../../../cti-bridge/channels/document/pages/tiff-pages.ts';

interface Directory {
  readonly entries: readonly (readonly [tag: number, type: number, value: number])[];
  /** Index of the directory that follows; null: none. */
  readonly next: number | null;
}

const short = 3;
const long = 4;
const rational = 5;
const page = (width: number, height: number, ...more: Directory['entries']): Directory['entries'] => [
  [256, long, width],
  [257, long, height],
  ...more,
];

/** A TIFF of directories alone, in either order of bytes. Rationals are whole numbers, over one. */
function tiff(directories: readonly Directory[], isLittle = true): Uint8Array {
  const sizes = directories.map(({ entries }) => 2 + entries.length * 12 + 4);
  const startOf = (index: number) => 8 + sizes.slice(0, index).reduce((sum, size) => sum + size, 0);
  const end = startOf(directories.length);
  const bytes = new Uint8Array(end + 8 * 100);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, isLittle);
  view.setUint32(4, directories.length > 0 ? 8 : 0, isLittle);
  let fractions = end;
  for (const [index, { entries, next }] of directories.entries()) {
    let at = startOf(index);
    view.setUint16(at, entries.length, isLittle);
    at += 2;
    for (const [tag, type, value] of entries) {
      view.setUint16(at, tag, isLittle);
      view.setUint16(at + 2, type, isLittle);
      view.setUint32(at + 4, 1, isLittle);
      if (type === short) view.setUint16(at + 8, value, isLittle);
      if (type === long) view.setUint32(at + 8, value, isLittle);
      if (type === rational) {
        view.setUint32(at + 8, fractions, isLittle);
        view.setUint32(fractions, value, isLittle);
        view.setUint32(fractions + 4, 1, isLittle);
        fractions += 8;
      }
      at += 12;
    }
    view.setUint32(at, next === null ? 0 : startOf(next), isLittle);
  }
  return bytes;
}

const chain = (all: readonly Directory['entries'][]): Directory[] =>
  all.map((entries, index) => ({ entries, next: index + 1 < all.length ? index + 1 : null }));

async function read(bytes: Uint8Array) {
  let reads = 0;
  const found = await tiffPages(async (offset, length) => {
    reads++;
    return bytes.subarray(Math.min(offset, bytes.length), Math.min(offset + length, bytes.length));
  });
  return { found, reads };
}

describe('the pages that a TIFF says it has', () => {
  it.each([true, false])('are read in both orders of bytes (little: %s), with their dots and how they lie', async (isLittle) => {
    const fax = page(1728, 1100, [274, short, 6], [282, rational, 204], [283, rational, 98]);
    const { found } = await read(tiff(chain([page(2480, 3508), fax]), isLittle));
    expect(found).toEqual({
      ok: true,
      pages: [
        { directory: 0, columns: 2480, rows: 3508, dotHeight: 1, orientation: 1 },
        { directory: 1, columns: 1728, rows: 1100, dotHeight: 204 / 98, orientation: 6 },
      ],
    });
  });

  it.each([
    ['square dots as they are', { columns: 1000, rows: 2000, dotHeight: 1, orientation: 1 }, 1000, 2000],
    ['a standard fax twice as high', { columns: 1728, rows: 1100, dotHeight: 2, orientation: 1 }, 1728, 2200],
    ['a superfine fax twice as wide', { columns: 1728, rows: 4400, dotHeight: 0.5, orientation: 1 }, 3456, 4400],
    ['one on its side turned', { columns: 1728, rows: 1100, dotHeight: 2, orientation: 8 }, 2200, 1728],
  ])('are shown upright: %s', (_, stored, width, height) => {
    expect(uprightSize({ directory: 0, ...stored })).toEqual({ width, height });
  });

  it.each([
    ['fine fax, whose dots are all but square', 204, 196, 1],
    ['no height', 204, 0, 1],
    ['a mistake of whoever wrote it', 1, 300, 1],
  ])('take dots for square where they are, or nothing can be known: %s', async (_, x, y, dotHeight) => {
    const { found } = await read(tiff(chain([page(100, 100, [282, rational, x], [283, rational, y])])));
    expect(found).toMatchObject({ pages: [{ dotHeight }] });
  });

  it('end where directories lead in a circle', async () => {
    const { found, reads } = await read(
      tiff([
        { entries: page(10, 10), next: 1 },
        { entries: page(20, 20), next: 0 },
      ]),
    );
    expect(found).toMatchObject({ ok: true, pages: [{ columns: 10 }, { columns: 20 }] });
    expect(reads).toBeLessThan(10);
  });

  it('are those that are there where the file was cut', async () => {
    const whole = tiff(chain([page(10, 10), page(20, 20)]));
    const { found } = await read(whole.subarray(0, 8 + 30 + 10));
    expect(found).toMatchObject({ ok: true, pages: [{ columns: 10 }] });
  });

  it.each([
    ['more dots than are drawn', [page(60_000, 60_000)]],
    ['a side that is too long', [page(4, pageLimits.side + 1)]],
    ['more pages than are counted', Array.from({ length: pageLimits.pages + 1 }, () => page(10, 10))],
    ['more directories without a page than anybody writes', Array.from({ length: pageLimits.pages * 3 }, () => page(0, 0))],
  ])('are refused before they are decoded: %s', async (_, entries) => {
    expect((await read(tiff(chain(entries)))).found).toEqual({ ok: false, why: 'tooLarge' });
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a PDF', Buffer.from('%PDF-1.7 something long enough')],
    ['a header alone', tiff([])],
    ['a directory behind the end', Buffer.from('49492a00ffffff7f', 'hex')],
  ])('are none in %s', async (_, bytes) => {
    expect((await read(bytes)).found).toEqual({ ok: false, why: 'noPages' });
  });

  it('are read from any bytes at all without an error, in few reads', async () => {
    const broken = fc
      .tuple(fc.array(fc.tuple(fc.nat(2_000), fc.nat(2_000))), fc.array(fc.tuple(fc.nat(4_000), fc.nat(255)), { maxLength: 20 }))
      .map(([pages, damage]) => {
        const bytes = tiff(
          chain(pages.map(([width, height]) => page(width, height, [282, rational, width], [283, rational, height]))).slice(0, 40),
        );
        for (const [at, value] of damage) if (at < bytes.length) bytes[at] = value;
        return bytes;
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(broken, fc.uint8Array({ maxLength: 500 })), async (bytes) => {
        const { found, reads } = await read(bytes);
        expect(reads).toBeLessThan(20_000);
        if (found.ok) for (const each of found.pages) expect(uprightSize(each).width * uprightSize(each).height).toBeLessThan(1e9);
      }),
      { numRuns: 200 },
    );
  });
});
