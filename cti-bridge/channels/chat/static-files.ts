import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { answer, type Headers } from './answers.ts';

/** A file that is held ready, and packed as browsers take it. */
export interface StaticFile {
  readonly mediaType: string;
  readonly plain: Buffer;
  packed(encoding: 'br' | 'gzip'): Promise<Buffer>;
  readonly tag: string;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Null where there is none. */
export async function readStaticFile(path: string): Promise<StaticFile | null> {
  const plain = await readFile(path).catch(() => null); // it has not been built
  if (!plain) return null;
  return {
    mediaType: mediaTypes[extname(path)] ?? 'application/octet-stream',
    plain,
    packed: packedOnce(plain),
    tag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
  };
}

/** Packing takes a tenth of a second: done for the first who asks, and not by every start. */
function packedOnce(plain: Buffer): StaticFile['packed'] {
  const done = new Map<string, Promise<Buffer>>();
  const pack = { br: promisify(brotliCompress), gzip: promisify(gzip) };
  return (encoding) => {
    const packed = done.get(encoding) ?? pack[encoding](plain);
    done.set(encoding, packed);
    return packed;
  };
}

/** Every file of a folder by its name; empty where there is no such folder. */
export async function readStaticFolder(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = await Promise.all(names.map(async (name) => [name, await readStaticFile(join(folder, name))] as const));
  return new Map(files.flatMap(([name, file]) => (file ? [[name, file] as const] : [])));
}

/** Asked for anew after five minutes; meanwhile and until the answer is there, a browser may use what it has. */
export function answerFile(request: IncomingMessage, response: ServerResponse, file: StaticFile, headers: Headers = {}): void {
  const common = {
    'content-type': file.mediaType,
    'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
    etag: file.tag,
    vary: 'accept-encoding',
    ...headers,
  };
  if (request.headers['if-none-match'] === file.tag) return answer(response, 304, '', common);
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;
  if (!encoding) return answer(response, 200, file.plain, common);
  void file.packed(encoding).then((packed) => answer(response, 200, packed, { ...common, 'content-encoding': encoding }));
}
