import { relative } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A chunk of the page as the bundler wrote it; `imports` are what the browser must have before it runs. */
export interface Chunk {
  readonly fileName: string;
  /** The module it stands for, where something imports it as a whole: by path from the project's root. */
  readonly facade: string | null;
  readonly imports: readonly string[];
  readonly code: string;
  /** Rendered length by module id, in characters. */
  readonly modules: Readonly<Record<string, number>>;
}

/** Bytes over the wire (gzip, level 9), of a chunk and of each package in it by its share of the chunk's length. */
export interface ChunkSize {
  readonly fileName: string;
  readonly facade: string | null;
  readonly imports: readonly string[];
  readonly gzip: number;
  readonly packages: Readonly<Record<string, number>>;
}

/** Own folders count by their first two names (`renderer/features`), what comes from elsewhere by its package. */
export function originOf(moduleId: string, root: string): string {
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(moduleId);
  if (inPackage?.[1] !== undefined) return inPackage[1];
  const [room = '', folder] = relative(root, moduleId).split(/[/?]/);
  if (room.startsWith('.') || room.startsWith('\0')) return 'bundler';
  return folder === undefined || folder.includes('.') ? room : `${room}/${folder}`;
}

export function sizeOf(chunk: Chunk, root: string): ChunkSize {
  const gzip = gzipSync(chunk.code, { level: 9 }).length;
  const total = Object.values(chunk.modules).reduce((sum, length) => sum + length, 0);
  const packages: Record<string, number> = {};
  for (const [id, length] of Object.entries(chunk.modules)) {
    const origin = originOf(id, root);
    packages[origin] = (packages[origin] ?? 0) + (total === 0 ? 0 : (gzip * length) / total);
  }
  const { fileName, facade, imports } = chunk;
  return { fileName, facade, imports, gzip, packages };
}

/** What a browser loads before these modules run, their own chunks included. Throws when there is no chunk for one. */
export function closureOf(sizes: readonly ChunkSize[], ...facades: readonly string[]): readonly ChunkSize[] {
  const byName = new Map(sizes.map((each) => [each.fileName, each]));
  const reached = new Map<string, ChunkSize>();
  const waiting = facades.map((facade) => {
    const chunk = sizes.find((each) => each.facade === facade);
    if (!chunk) throw new Error(`No script of the page begins with ${facade}`);
    return chunk.fileName;
  });
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const size = byName.get(name);
    if (!size || reached.has(name)) continue;
    reached.set(name, size);
    waiting.push(...size.imports);
  }
  return [...reached.values()];
}

export const bytesOf = (sizes: readonly ChunkSize[]): number => sizes.reduce((sum, { gzip }) => sum + gzip, 0);

/** Each package of these chunks with its bytes, the largest first. */
export function packagesOf(sizes: readonly ChunkSize[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { packages } of sizes) for (const [name, bytes] of Object.entries(packages)) sums.set(name, (sums.get(name) ?? 0) + bytes);
  return [...sums].sort(([, one], [, other]) => other - one);
}

/** How much a browser has to fetch before the sign-in card can be used, in bytes over the wire. */
export const firstScriptLimit = 250_000;
const signIn = 'renderer/index.html';

/** The lines of the report, and whether the first script is within its limit. */
export function reportSizes(sizes: readonly ChunkSize[]): { readonly isGood: boolean; readonly lines: readonly string[] } {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1).padStart(6)} kB`;
  const first = closureOf(sizes, signIn);
  const work = closureOf(sizes, signIn, 'renderer/i18n/zh.ts', 'renderer/app/Workplace.tsx');
  const isGood = bytesOf(first) <= firstScriptLimit;
  const named = packagesOf(work).filter(([, bytes]) => bytes >= 1000);
  const inFirst = new Map(packagesOf(first));
  return {
    isGood,
    lines: [
      `  ${kilobytes(bytesOf(first))}  before signing in, of ${firstScriptLimit / 1000} kB`,
      `  ${kilobytes(bytesOf(work))}  with the workplace, fetched while somebody signs in`,
      ...named.map(([name, bytes]) => `  ${kilobytes(bytes)}  ${name}${inFirst.has(name) ? '' : ' (workplace)'}`),
    ],
  };
}
