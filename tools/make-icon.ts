/**
 * Draws the program's icon from the product's mark: `assets/icon.png`, from which electron-builder makes those of each system. Run by hand after changing
 * the mark (`node tools/make-icon.ts`); the file is committed.
 */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { inProject } from './project.ts';

const side = 1024;
/** What systems leave free around an icon. */
const margin = 64;

const mark = readFileSync(inProject('renderer', 'ui', 'mark.svg'));
const inner = await sharp(mark, { density: 72 * ((side - 2 * margin) / 20) })
  .resize(side - 2 * margin)
  .png()
  .toBuffer();
const background = { r: 0, g: 0, b: 0, alpha: 0 };
await sharp({ create: { width: side, height: side, channels: 4, background } })
  .composite([{ input: inner, left: margin, top: margin }])
  .png({ compressionLevel: 9, palette: true })
  .toFile(inProject('assets', 'icon.png'));
