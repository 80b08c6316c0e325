import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DocumentPages, type DocumentPagesParts } from '../../../cti-bridge/channels/document/index.ts';
import { silentLog, systemClock, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { asId, type MessageFileId } from '../../../shared/ids.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/documents/${name}`, import.meta.url));

function open(parts: Partial<DocumentPagesParts> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-pages-'));
  const cache = join(folder, 'pages');
  const pages = new DocumentPages({
    files: { path: (_kind, id) => join(folder, id) },
    ...{ folder: cache, clock: systemClock, log: silentLog },
    ...parts,
  });
  onTestFinished(async () => {
    await pages.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  let files = 0;
  const put = (bytes: Uint8Array) => {
    const fileId = asId<MessageFileId>(`file-${files++}`);
    writeFileSync(join(folder, fileId), bytes);
    return fileId;
  };
  /** What is drawn, as a viewer has it. */
  const draw = async (fileId: MessageFileId, index: number, width: number) => {
    const drawn = await pages.page(fileId, index, width);
    if (!drawn.ok) return drawn;
    const chunks: Uint8Array[] = [];
    for await (const chunk of drawn.content) chunks.push(chunk);
    const png = Buffer.concat(chunks);
    expect(png.length).toBe(drawn.bytes);
    return { ok: true as const, png, ...(await sharp(png).metadata()) };
  };
  return { pages, put, draw, cache };
}

/** How dark a place of the page is, 0 ink to 255 paper; places in thousandths of the page. */
async function shadeAt(png: Buffer, x: number, y: number): Promise<number> {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  return data[Math.floor((y * info.height) / 1_000) * info.width + Math.floor((x * info.width) / 1_000)] ?? -1;
}

/** The same file with another value in one of its tags, everywhere it stands. */
function withTag(file: Buffer, tag: number, value: number): Buffer {
  const changed = Buffer.from(file);
  for (let directory = changed.readUInt32LE(4); directory !== 0; ) {
    const count = changed.readUInt16LE(directory);
    for (let at = directory + 2; at < directory + 2 + count * 12; at += 12)
      if (changed.readUInt16LE(at) === tag) changed.writeUInt32LE(value, at + 8);
    directory = changed.readUInt32LE(directory + 2 + count * 12);
  }
  return changed;
}

describe('how many pages a file has', () => {
  it('is said of TIFF and of PDF, and not of what is broken or neither', async () => {
    const { pages, put } = open();
    const pdf = fixture('fax-pages.pdf');
    const files = [
      fixture('fax-fine-g4.tif'),
      pdf,
      fixture('scanned-jbig2.pdf'),
      pdf.subarray(0, 400),
      Buffer.from('%PDF-1.4\n'),
      Buffer.from('x'),
    ];
    const counted: (number | null)[] = [];
    for (const file of files) counted.push(await pages.count(put(file)));
    expect(counted).toEqual([3, 3, 1, null, null, null]);
    expect(await pages.count(asId<MessageFileId>('gone'))).toBeNull();
  });
});

describe('the pages of a fax', () => {
  it('are drawn from group 4, group 3 and group 3 in two dimensions, a few kB each', async () => {
    const { pages, put, draw } = open();
    for (const [name, count] of [
      ['fax-fine-g4.tif', 3],
      ['fax-standard-g3.tif', 2],
      ['fax-g3-2d.tif', 1],
    ] as const) {
      const fileId = put(fixture(name));
      const found = await pages.pages(fileId);
      expect(found.ok && found.pages.length).toBe(count);
      for (let index = 0; index < count; index++) {
        const drawn = await draw(fileId, index, 900);
        if (!drawn.ok) throw new Error(drawn.why);
        expect([drawn.format, drawn.width]).toEqual(['png', 960]);
        expect(drawn.png.length).toBeLessThan(40_000);
        // The black bar at the top of the first page, and paper beside it.
        if (index === 0) expect(await shadeAt(drawn.png, 140, 75)).toBeLessThan(40);
        expect(await shadeAt(drawn.png, 500, 75)).toBeGreaterThan(240);
      }
    }
  });

  it('have square dots, though the fax was sent with dots twice as high as wide', async () => {
    const { pages, put, draw } = open();
    const fileId = put(fixture('fax-standard-g3.tif'));
    expect(await pages.pages(fileId)).toMatchObject({
      ok: true,
      pages: [
        { width: 1728, height: 2290 },
        { width: 1728, height: 2290 },
      ],
    });
    const drawn = await draw(fileId, 0, 960);
    expect(drawn.ok && [drawn.width, drawn.height]).toEqual([960, 1272]);
  });

  it('stand upright where the sender says that they lie on their side', async () => {
    const { pages, put, draw } = open();
    const fileId = put(fixture('lies-on-its-side.tif'));
    expect(await pages.pages(fileId)).toEqual({ ok: true, pages: [{ width: 2200, height: 1728 }] });
    const drawn = await draw(fileId, 0, 960);
    if (!drawn.ok) throw new Error(drawn.why);
    // The bar from the top left is at the top right.
    expect(await shadeAt(drawn.png, 925, 140)).toBeLessThan(40);
    expect(await shadeAt(drawn.png, 75, 140)).toBeGreaterThan(240);
  });

  it('are drawn as far as they go where the file says more than it has', async () => {
    const { put, draw } = open();
    const lying = [fixture('more-lines-than-sent.tif'), withTag(fixture('fax-g3-2d.tif'), 279, 0x7fffffff)];
    for (const file of lying) {
      const drawn = await draw(put(file), 0, 480);
      expect(drawn.ok || drawn.why === 'broken').toBe(true);
    }
    const first = await draw(put(lying[0] ?? Buffer.alloc(0)), 0, 480);
    if (!first.ok) throw new Error(first.why);
    expect(await shadeAt(first.png, 140, 26)).toBeLessThan(60);
  });

  it('are drawn in colour where a scanner sent them so, and never larger than they are', async () => {
    const { put, draw } = open();
    const scan = await sharp({ create: { width: 600, height: 800, channels: 3, background: '#c02020' } })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    const drawn = await draw(put(scan), 0, 4_000);
    if (!drawn.ok) throw new Error(drawn.why);
    expect([drawn.width, drawn.height, drawn.channels]).toEqual([600, 800, 3]);
  });

  it('are none in other files, behind the last page, and in a file that is gone', async () => {
    const { pages, put, draw } = open();
    const fax = put(fixture('fax-g3-2d.tif'));
    expect(await draw(fax, 1, 480)).toEqual({ ok: false, why: 'noPages' });
    expect(await pages.pages(put(Buffer.from('%PDF-1.7')))).toEqual({ ok: false, why: 'noPages' });
    expect(await pages.pages(asId('nobody'))).toEqual({ ok: false, why: 'gone' });
    expect(await pages.pages(put(withTag(withTag(fixture('fax-g3-2d.tif'), 256, 60_000), 257, 60_000)))).toEqual({
      ok: false,
      why: 'tooLarge',
    });
  });

  it('of a file that kills its decoder are refused, and those of the next file are drawn', async () => {
    const { put, draw } = open({ memoryBytes: 1 });
    expect(await draw(put(fixture('fax-fine-g4.tif')), 0, 960)).toEqual({ ok: false, why: 'tookTooMuch' });
    const late = open({ perPageMs: 0 });
    expect(await late.draw(late.put(fixture('fax-fine-g4.tif')), 0, 960)).toEqual({ ok: false, why: 'tookTooLong' });
    const { put: putMore, draw: drawMore } = open();
    const damaged = fixture('fax-fine-g4.tif');
    for (let at = 9; at < damaged.length; at += 7) damaged[at] = (damaged[at] ?? 0) ^ 0x5a;
    const first = await drawMore(putMore(damaged), 0, 480);
    expect(first.ok || ['noPages', 'tooLarge', 'broken'].includes(first.why)).toBe(true);
    expect((await drawMore(putMore(fixture('fax-g3-2d.tif')), 0, 480)).ok).toBe(true);
  });

  it('are drawn once for all who look at them together, kept for an hour, and gone with the bridge', async () => {
    const clock = new VirtualClock();
    const { pages, put, draw, cache } = open({ clock });
    const fax = put(fixture('fax-g3-2d.tif'));
    const together = await Promise.all([draw(fax, 0, 480), draw(fax, 0, 470), draw(fax, 0, 300)]);
    expect(together.map((each) => each.ok && each.width)).toEqual([480, 480, 480]);
    expect(readdirSync(cache)).toEqual([`${fax}-0-480.png`]);
    await clock.advance(3_000_000);
    expect(readdirSync(cache)).toHaveLength(1);
    await vi.waitUntil(
      async () => {
        await clock.advance(300_000);
        return readdirSync(cache).length === 0;
      },
      { timeout: 5_000, interval: 5 },
    );
    expect((await draw(fax, 0, 480)).ok).toBe(true);
    await pages.stop();
    expect(existsSync(cache)).toBe(false);
  });
});
