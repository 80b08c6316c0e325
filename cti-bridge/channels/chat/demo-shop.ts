import type { Mount } from '../../kernel/index.ts';
import { answer, refuse } from './answers.ts';
import { answerFile, readStaticFolder } from './static-files.ts';

/** As strict as a careful shop's: nothing inline, nothing from elsewhere but the widget and its line to us. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A made-up shop with the widget on it, at `/shop/`, so that whoever tries the bridge has a web site to write from. */
export async function createDemoShop(folder: string): Promise<Mount> {
  const files = await readStaticFolder(folder);
  return {
    path: '/shop/',
    handle(request, response) {
      const { pathname } = new URL(request.url ?? '/', 'http://bridge');
      const file = files.get(pathname === '/shop/' ? 'index.html' : pathname.slice('/shop/'.length));
      if (!file) return refuse(request, response, 404, 'notFound');
      if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, '', { allow: 'GET' });
      // Not every browser reads 'self' as covering ws: on the same host.
      const host = /^[\w.:[\]-]{1,255}$/.test(request.headers.host ?? '') ? request.headers.host : 'localhost';
      const connect = `connect-src 'self' ws://${host} wss://${host}`;
      answerFile(request, response, file, { 'content-security-policy': `${policy}; ${connect}`, 'cache-control': 'no-cache' });
    },
    upgrade: null,
  };
}
