import { crc32, deflateSync } from 'node:zlib';
import type { OutsideTone } from '../../shared/contracts/outside.ts';

/** A sign of the agent's state for a few pixels between other programs' icons. `signedOut`: there is no agent. */
export type StateSign = OutsideTone | 'signedOut';

type Point = { readonly x: number; readonly y: number /** From the middle. */; readonly r: number };
/** What is at a point of the unit disc: the colour of the state, what is cut out of it in white, or nothing. */
type Shape = (point: Point) => 'colour' | 'white' | null;

const disc: Shape = ({ r }) => (r <= 1 ? 'colour' : null);
const ring: Shape = ({ r }) => (r <= 1 && r >= 0.62 ? 'colour' : null);
const cut =
  (isCut: (point: Point) => boolean): Shape =>
  (point) =>
    point.r > 1 ? null : isCut(point) ? 'white' : 'colour';

/** Three bars, as of a voice. */
const isInBars = ({ x, y }: Point) =>
  [-0.42, 0, 0.42].some((middle) => Math.abs(x - middle) <= 0.13 && Math.abs(y) <= (middle === 0 ? 0.55 : 0.3));

/** Each state has a shape of its own beside its colour, which not everybody can tell; the colours are those of the desktop's states. */
const signs: Readonly<Record<StateSign, { readonly colour: readonly [number, number, number]; readonly shape: Shape }>> = {
  ready: { colour: [0x15, 0x7a, 0x45], shape: disc },
  waiting: { colour: [0xe0, 0xa0, 0x4a], shape: ({ r }) => (r <= 0.55 || (r <= 1 && r >= 0.78) ? 'colour' : null) },
  talking: { colour: [0x0d, 0x78, 0x8f], shape: cut(isInBars) },
  finishing: { colour: [0x70, 0x48, 0xc4], shape: cut(({ x, y }) => Math.abs(x) <= 0.5 && Math.abs(y) <= 0.16) },
  away: { colour: [0x6c, 0x75, 0x83], shape: ring },
  broken: { colour: [0xc6, 0x2f, 0x27], shape: cut(({ x, y }) => Math.abs(Math.abs(x) - Math.abs(y)) <= 0.17 && Math.abs(x) <= 0.5) },
  signedOut: { colour: [0x6c, 0x75, 0x83], shape: ({ r }) => (r <= 1 && r >= 0.82 ? 'colour' : null) },
};

const samples = 4;

/** The sign as a PNG of `size` × `size` pixels, its edges smoothed. */
export function stateIcon(sign: StateSign, size: number): Buffer {
  const { colour, shape } = signs[sign];
  const rows = Buffer.alloc(size * (1 + size * 4)); // each row begins with its filter: none
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      const found = { colour: 0, white: 0 };
      for (let part = 0; part < samples * samples; part += 1) {
        const at = (pixel: number, step: number) => (((pixel + (step + 0.5) / samples) / size) * 2 - 1) * 1.06;
        const x = at(column, part % samples);
        const y = at(row, Math.floor(part / samples));
        const what = shape({ x, y, r: Math.hypot(x, y) });
        if (what) found[what] += 1;
      }
      const seen = found.colour + found.white;
      const offset = row * (1 + size * 4) + 1 + column * 4;
      if (seen === 0) continue;
      for (const [channel, value] of colour.entries())
        rows[offset + channel] = Math.round((value * found.colour + 255 * found.white) / seen);
      rows[offset + 3] = Math.round((255 * seen) / (samples * samples));
    }
  return png(size, rows);
}

/** PNG (W3C, third edition): a signature, and three chunks of length, type, data and checksum. */
function png(size: number, rows: Buffer): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits a channel, with transparency
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
