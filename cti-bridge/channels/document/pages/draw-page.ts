import sharp from 'sharp';
import { pageLimits } from './tiff-pages.ts';
import type { DrawOrder } from './worker-messages.ts';

/** Shades between ink and paper are few: with this many, letters are smooth and the page a third as large as with all of them. */
const shades = 16;

/** Draws the page upright, at this size, as PNG. The bytes that it takes. What is damaged is drawn as far as it goes. */
export async function drawPage({ file, directory, width, height, into }: DrawOrder): Promise<number> {
  const options = { page: directory, pages: 1, failOn: 'none', limitInputPixels: pageLimits.dots, sequentialRead: true } as const;
  const { space, channels = 1, hasAlpha = false } = await sharp(file, options).metadata();
  const isInk = space === 'b-w' && channels === 1;
  const upright = sharp(file, options).autoOrient().resize(width, height, { fit: 'fill' });
  const onPaper = hasAlpha ? upright.flatten({ background: 'white' }) : upright;
  const drawn = isInk
    ? onPaper.toColourspace('b-w').png({ palette: true, colours: shades, effort: 1 })
    : onPaper.toColourspace('srgb').png({ compressionLevel: 6 });
  return (await drawn.toFile(into)).size;
}
