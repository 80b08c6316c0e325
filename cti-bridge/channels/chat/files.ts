import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { chatLimits } from '../../../shared/contracts/messages/chat-limits.ts';
import { chatClientIdSchema } from '../../../shared/contracts/messages/chat-widget.ts';
import { withTimeLimit } from '../../kernel/index.ts';
import { answerJson, asDownload, type Headers, refuse } from './answers.ts';
import { BodyError, piecesOf } from './bodies.ts';
import type { RatePerKey } from './limits.ts';
import type { VisitorOptions } from './serve-visitor.ts';

/** While one is on its way: the longest that any file may take, whatever comes of it. */
const uploadLimitMs = 600_000;

/** A visitor's file comes in: it goes to the stories as it comes, and is theirs to keep or to refuse. */
export async function takeFile(
  request: IncomingMessage,
  response: ServerResponse,
  cors: Headers,
  { house, passes, rooms, limits, clock, log, rate }: VisitorOptions & { readonly rate: RatePerKey },
): Promise<void> {
  const no = (status: number, why: string) => refuse(request, response, status, why, cors);
  const conversationId = passes.read(headerOf(request, 'x-chat-pass'));
  const clientId = chatClientIdSchema.safeParse(headerOf(request, 'x-client-id'));
  const name = nameOf(headerOf(request, 'x-file-name'));
  if (!conversationId) return no(401, 'pass');
  if (!clientId.success || name === null) return no(400, 'unreadable');
  if (Number(request.headers['content-length'] ?? 0) > chatLimits.fileBytes) return no(413, 'tooLarge');
  if (!rate.take(conversationId)) return no(429, 'tooFast');
  const body: { problem: BodyError | null } = { problem: null };
  async function* content(): AsyncGenerator<Uint8Array> {
    try {
      yield* piecesOf(request, { clock, most: chatLimits.fileBytes, pieceLimitMs: limits.pieceLimitMs });
    } catch (error) {
      if (error instanceof BodyError) body.problem = error;
      throw error;
    }
  }
  try {
    const sent = house.sendFile(conversationId, { clientId: clientId.data, name, content: content() });
    const line = await withTimeLimit(clock, uploadLimitMs, 'taking a file', sent);
    if (line === 'tooLarge') return no(413, 'tooLarge');
    if (line === 'notAllowed') return no(415, 'notAllowed');
    rooms.tell(conversationId, { kind: 'line', line });
    answerJson(response, 200, { line }, cors);
  } catch (error) {
    if (body.problem?.why === 'tooLarge') return no(413, 'tooLarge');
    if (body.problem) return void response.destroy();
    log.warn('chat:notStored', { error: String(error) });
    no(503, 'notStored');
  }
}

/** A file of the conversation that the pass names: always a download, never a page. */
export async function giveFile(
  request: IncomingMessage,
  response: ServerResponse,
  fileId: string,
  pass: string,
  { house, passes, limits, clock, log }: VisitorOptions,
): Promise<void> {
  const conversationId = passes.read(pass);
  if (!conversationId) return refuse(request, response, 401, 'pass');
  const file = await withTimeLimit(clock, limits.storeLimitMs, 'opening a file', house.openFile(conversationId, fileId));
  if (!file) return refuse(request, response, 404, 'notFound');
  response.writeHead(200, {
    'content-type': /^[\w.+-]+\/[\w.+-]+$/.test(file.mediaType) ? file.mediaType : 'application/octet-stream',
    'content-length': file.bytes,
    'content-disposition': asDownload(file.name),
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'cross-origin',
  });
  await pipeline(Readable.from(file.content), response).catch((error: unknown) => {
    // Headers are out: all that is left to say is that it broke off.
    log.debug('chat:fileBrokeOff', { error: String(error) });
    response.destroy();
  });
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

function nameOf(header: string): string | null {
  if (header === '' || header.length > 2_000) return null;
  try {
    const name = decodeURIComponent(header);
    return name.trim() === '' || name.length > chatLimits.fileNameLength || name.includes('\0') ? null : name;
  } catch {
    return null; // not percent-encoded
  }
}
