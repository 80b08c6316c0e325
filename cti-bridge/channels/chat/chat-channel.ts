import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { chatCloseCodes } from '../../../shared/contracts/messages/chat-limits.ts';
import { type ChatSiteView, leftMessageSchema } from '../../../shared/contracts/messages/chat-widget.ts';
import type { ChatHouse, ChatSite } from '../../interactions/index.ts';
import { type Clock, type Log, type Mount, withTimeLimit } from '../../kernel/index.ts';
import { answer, answerJson, corsOf, type Headers, refuse } from './answers.ts';
import { BodyError, jsonOf } from './bodies.ts';
import { giveFile, takeFile } from './files.ts';
import { type ChatChannelLimits, defaultChatLimits, placeOf, RatePerKey } from './limits.ts';
import { FilePasses } from './passes.ts';
import type { ChatRooms } from './rooms.ts';
import { serveVisitor, type VisitorOptions } from './serve-visitor.ts';
import type { StaticFile } from './static-files.ts';
import { answerFile } from './static-files.ts';

export interface ChatChannelOptions {
  readonly house: ChatHouse;
  readonly rooms: ChatRooms;
  /** The built widget; null where it has not been built. */
  readonly widget: StaticFile | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<ChatChannelLimits>;
  /** Signs the links to files; several bridges share it. Without: one that ends with this bridge, and links do too. */
  readonly passKey?: Buffer;
  /** Who asks; where a proxy of ours stands in front, it says. */
  readonly addressOf?: (request: IncomingMessage) => string;
}

export interface ChatChannel {
  readonly mount: Mount;
  /** Connections now. */
  readonly connections: number;
  /** Ends every connection; widgets come back by themselves to whoever takes over. */
  stop(): void;
}

const mountPath = '/chat/';
/** SITE, what of it, and which. */
const sitePath = /^\/chat\/sites\/([\w.-]{1,100})(?:\/(socket|messages|files)(?:\/([\w-]{1,100}))?)?$/;
const leftMessageBytes = 40 * 1024;

/** What is served under `/chat/`. See `shared/contracts/messages/chat-widget.ts` for what is said there. */
export function createChatChannel(options: ChatChannelOptions): ChatChannel {
  const { house, rooms, widget, clock, log } = options;
  const limits = { ...defaultChatLimits, ...options.limits };
  const addressOf = options.addressOf ?? ((request) => request.socket.remoteAddress ?? '');
  const passes = new FilePasses(clock, options.passKey ?? randomBytes(32), limits.passMs);
  const visitor: VisitorOptions = { house, rooms, passes, limits, clock, log };
  const arrivals = new RatePerKey(clock, limits.arrivals);
  const leftMessages = new RatePerKey(clock, limits.leftMessages);
  const files = new RatePerKey(clock, limits.files);
  const perPlace = new Map<string, number>();
  const open = new Set<{ close(code: number): void }>();
  let isStopped = false;
  const sockets = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: limits.frameBytes, perMessageDeflate: false });
  rooms.onPresence((conversationId, isThere) => house.presenceChanged(conversationId, isThere));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bridge');
    const { method = 'GET' } = request;
    const place = placeOf(addressOf(request));
    if (isStopped) return refuse(request, response, 503, 'stopping', { 'retry-after': 5 });
    if (!arrivals.take(place)) return refuse(request, response, 429, 'tooFast', { 'retry-after': 10 });
    if (pathname === '/chat/widget.js') {
      if (widget) return answerFile(request, response, widget, { 'access-control-allow-origin': '*' });
      return answer(response, 503, 'The widget has not been built yet. Run: npm run build\n', { 'content-type': 'text/plain' });
    }
    const [, siteId, part, id] = sitePath.exec(pathname) ?? [];
    if (siteId === undefined || part === 'socket') return refuse(request, response, 404, 'notFound');
    // A link is opened by whoever has its pass, from wherever.
    if (part === 'files' && id !== undefined && method === 'GET')
      return giveFile(request, response, id, searchParams.get('pass') ?? '', visitor);
    const origin = request.headers.origin ?? null;
    const site = house.site(siteId, origin);
    if (!site) return refuse(request, response, 404, 'notFound');
    const cors = corsOf(origin);
    if (method === 'OPTIONS') return preflight(response, cors);
    if (part === undefined && method === 'GET') return answerJson(response, 200, viewOf(site), { ...cors, 'cache-control': 'no-cache' });
    if (part === 'messages' && id === undefined && method === 'POST') {
      if (!leftMessages.take(place)) return refuse(request, response, 429, 'tooFast', { ...cors, 'retry-after': 30 });
      return leaveMessage(request, response, siteId, cors);
    }
    if (part === 'files' && id === undefined && method === 'POST') {
      if (!site.files) return refuse(request, response, 415, 'notAllowed', cors);
      return takeFile(request, response, cors, { ...visitor, rate: files });
    }
    return refuse(request, response, 405, 'notFound', cors);
  }

  async function leaveMessage(request: IncomingMessage, response: ServerResponse, siteId: string, cors: Headers): Promise<void> {
    const body = await jsonOf(request, { clock, most: leftMessageBytes, pieceLimitMs: limits.pieceLimitMs });
    const parsed = leftMessageSchema.safeParse(body);
    if (!parsed.success) return refuse(request, response, 400, 'unreadable', cors);
    try {
      const kept = house.leaveMessage({ siteId, ...parsed.data, text: parsed.data.text.toWellFormed() });
      await withTimeLimit(clock, limits.storeLimitMs, 'keeping a message', kept);
    } catch (error) {
      log.warn('chat:notStored', { error: String(error) });
      return refuse(request, response, 503, 'notStored', cors);
    }
    answerJson(response, 200, { ok: true }, cors);
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy()); // the far side may be gone already; nothing is lost with it
    const [, siteId, part, id] = sitePath.exec((request.url ?? '').split('?', 1)[0] ?? '') ?? [];
    const place = placeOf(addressOf(request));
    if (siteId === undefined || part !== 'socket' || id !== undefined) return refuseUpgrade(socket, '404 Not Found');
    if (isStopped || open.size >= limits.connections) return refuseUpgrade(socket, '503 Service Unavailable');
    if (!arrivals.take(place) || (perPlace.get(place) ?? 0) >= limits.connectionsPerAddress)
      return refuseUpgrade(socket, '429 Too Many Requests');
    if (!house.site(siteId, request.headers.origin ?? null)) return refuseUpgrade(socket, '403 Forbidden');
    perPlace.set(place, (perPlace.get(place) ?? 0) + 1);
    socket.once('close', () => {
      const left = (perPlace.get(place) ?? 1) - 1;
      if (left > 0) perPlace.set(place, left);
      else perPlace.delete(place);
    });
    sockets.handleUpgrade(request, socket, head, (client) => {
      const served = serveVisitor(client, siteId, visitor);
      open.add(served);
      client.once('close', () => open.delete(served));
    });
  }

  return {
    mount: {
      path: mountPath,
      handle(request, response) {
        handle(request, response).catch((error: unknown) => {
          if (error instanceof BodyError) return refuse(request, response, error.why === 'tooLarge' ? 413 : 408, error.why);
          log.error('chat:requestFailed', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
          refuse(request, response, 500, 'internal');
        });
      },
      upgrade,
    },
    get connections() {
      return open.size;
    },
    stop() {
      isStopped = true;
      for (const served of [...open]) served.close(chatCloseCodes.again);
      rooms.stop();
    },
  };
}

function viewOf({ title, welcome, colour, isOpen, asks, files, rating }: ChatSite): ChatSiteView {
  return { title, welcome, colour, isOpen, asks, files, rating };
}

function preflight(response: ServerResponse, cors: Headers): void {
  answer(response, 204, '', {
    ...cors,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type, x-chat-pass, x-client-id, x-file-name',
    'access-control-max-age': 600,
  });
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
