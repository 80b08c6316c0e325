import { readFile, realpath } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { isAppUrl } from './app-origin.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  // What PDFs are read with: fonts, and tables of Chinese characters.
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.mp3': 'audio/mpeg',
};

/** The file an address names inside `folder`, or null when it names nothing there: another host, a climb out, an odd encoding. */
export function resolveAsset(folder: string, address: string): string | null {
  if (!isAppUrl(address)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null; // not valid percent-encoding
  }
  if (path.includes('\0') || path.includes('\\') || path.split('/').includes('..')) return null;
  const file = resolve(folder, `.${path === '/' ? '/index.html' : path}`);
  return file.startsWith(resolve(folder) + sep) && extname(file) in contentTypes ? file : null;
}

/** Answers `app://crosspoint/...` from the built renderer, every answer with the policy of what the page may do. */
export function serveApp(folder: string, bridgeUrl: () => string): (request: Request) => Promise<Response> {
  const refuse = (status: number) => new Response(null, { status });
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    const file = resolveAsset(folder, request.url);
    if (file === null) return refuse(404);
    try {
      // A link inside the folder must not lead out of it either.
      const [real, realFolder] = await Promise.all([realpath(file), realpath(folder)]);
      if (!real.startsWith(realFolder + sep)) return refuse(404);
      const body = await readFile(real);
      return new Response(request.method === 'HEAD' ? null : body, {
        headers: {
          'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': contentSecurityPolicy(bridgeUrl()),
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cross-origin-opener-policy': 'same-origin',
          'permissions-policy': 'microphone=(self), camera=(), geolocation=(), usb=(), serial=(), hid=(self), display-capture=()',
          'cache-control': 'no-cache',
        },
      });
    } catch {
      return refuse(404); // no such file, or it went away
    }
  };
}
