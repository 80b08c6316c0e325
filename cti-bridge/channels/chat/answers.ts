import type { IncomingMessage, ServerResponse } from 'node:http';

/** With everything we answer: nothing of it is a page, and nothing may be guessed into one. */
const always = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'cross-origin' };

export type Headers = Readonly<Record<string, string | number>>;

export function answerJson(response: ServerResponse, status: number, body: unknown, headers: Headers = {}): void {
  answer(response, status, JSON.stringify(body), { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers });
}

export function answer(response: ServerResponse, status: number, body: string | Buffer, headers: Headers): void {
  if (response.headersSent) return void response.destroy();
  const length = status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...always, ...length, ...headers });
  response.end(body);
}

/** A refusal in a word that the widget knows. What was not read of the request is let go, so that the answer arrives. */
export function refuse(request: IncomingMessage, response: ServerResponse, status: number, why: string, headers: Headers = {}): void {
  request.resume();
  answerJson(response, status, { error: why }, headers);
}

/** The page of this origin may read the answer. Without cookies: who asks shows a token or a pass. */
export function corsOf(origin: string | null): Headers {
  return origin === null ? {} : { 'access-control-allow-origin': origin, vary: 'origin' };
}

/** RFC 6266: the name as it is for those who can read it, and in plain letters for the others. */
export function asDownload(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
