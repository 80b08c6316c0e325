import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import {
  type ChatChannel,
  type ChatChannelLimits,
  ChatRooms,
  createChatChannel,
  createDemoShop,
  readStaticFile,
} from '../../cti-bridge/channels/chat/index.ts';
import type { ChatHouse, ChatLine, ChatSite, ChatState } from '../../cti-bridge/interactions/index.ts';
import { silentLog, systemClock } from '../../cti-bridge/kernel/index.ts';
import { asId, type ConversationId } from '../../shared/ids.ts';

export const shopSite: ChatSite = {
  siteId: 'shop',
  title: { en: 'Northline', zh: '东海通信' },
  welcome: {
    en: 'Hello. Ask us anything about plans, faults or moving house.',
    zh: '您好，套餐、故障、移机，都可以问我们。',
  },
  colour: '#0b6e69',
  isOpen: true,
  asks: { name: false, email: false, phone: false, topic: false },
  allowedOrigins: ['*'],
  files: true,
  rating: true,
};

interface Kept {
  readonly token: string;
  lines: ChatLine[];
  state: ChatState;
  readonly byClientId: Map<string, ChatLine>;
}

/** The stories of web chat as far as a widget sees them: kept in memory, answered by the test in the agent's place. */
export class FakeChatHouse implements ChatHouse {
  readonly rooms: ChatRooms;
  site_: ChatSite = shopSite;
  readonly conversations = new Map<ConversationId, Kept>();
  readonly asked: { readonly what: string; readonly with: unknown }[] = [];
  readonly presence: string[] = [];
  readonly files = new Map<string, { readonly name: string; readonly content: Buffer }>();
  /** What comes in while it is set is not stored. */
  isBroken = false;
  /** Runs before a line is stored, and may take its time. */
  beforeWrite: () => Promise<void> = async () => undefined;

  constructor(rooms: ChatRooms) {
    this.rooms = rooms;
  }

  /** The only conversation, or the last that began. */
  get last(): { readonly id: ConversationId } & Kept {
    const [id, kept] = [...this.conversations].at(-1) ?? [];
    if (!id || !kept) throw new Error('nobody has begun a chat');
    return Object.assign(kept, { id });
  }

  site(siteId: string, origin: string | null): ChatSite | null {
    const { allowedOrigins } = this.site_;
    return siteId === 'shop' && (origin === null || allowedOrigins.includes('*') || allowedOrigins.includes(origin)) ? this.site_ : null;
  }

  async open(request: Parameters<ChatHouse['open']>[0]) {
    this.asked.push({ what: 'open', with: request });
    if (this.isBroken) throw new Error('the store is down');
    const known = [...this.conversations].find(([, { token }]) => token === request.token);
    if (known) return this.#answer(known[0], known[1], null, request.lastSeq);
    const id = asId<ConversationId>(`conversation-${this.conversations.size + 1}`);
    const kept: Kept = {
      token: `token-${this.conversations.size + 1}`,
      lines: [],
      state: { state: 'waiting', agentName: null, ahead: 1, mayRate: false },
      byClientId: new Map(),
    };
    this.conversations.set(id, kept);
    return this.#answer(id, kept, kept.token, request.lastSeq);
  }

  async write(conversationId: ConversationId, { clientId, text }: { readonly clientId: string; readonly text: string }) {
    await this.beforeWrite();
    if (this.isBroken) throw new Error('the store is down');
    return this.#once(conversationId, clientId, { text, file: null });
  }

  async sendFile(conversationId: ConversationId, { clientId, name, content }: Parameters<ChatHouse['sendFile']>[1]) {
    const pieces: Uint8Array[] = [];
    for await (const piece of content) pieces.push(piece);
    if (name.endsWith('.exe')) return 'notAllowed' as const;
    const bytes = Buffer.concat(pieces);
    const fileId = `file-${this.files.size + 1}`;
    this.files.set(`${conversationId}/${fileId}`, { name, content: bytes });
    return this.#once(conversationId, clientId, {
      text: '',
      file: { fileId, name, mediaType: 'application/octet-stream', bytes: bytes.byteLength },
    });
  }

  async openFile(conversationId: ConversationId, fileId: string) {
    const file = this.files.get(`${conversationId}/${fileId}`);
    if (!file) return null;
    const { name, content } = file;
    async function* pieces() {
      yield content;
    }
    return { name, mediaType: 'text/plain', bytes: content.byteLength, content: pieces() };
  }

  typing(conversationId: ConversationId): void {
    this.asked.push({ what: 'typing', with: conversationId });
  }

  async read(_conversationId: ConversationId, seq: number): Promise<void> {
    this.asked.push({ what: 'read', with: seq });
  }

  async rate(_conversationId: ConversationId, rating: { readonly score: number; readonly text: string }): Promise<void> {
    if (this.isBroken) throw new Error('the store is down');
    this.asked.push({ what: 'rate', with: rating });
  }

  async leave(conversationId: ConversationId): Promise<void> {
    this.say(conversationId, 'closedByVisitor', { by: 'system' });
    this.setState(conversationId, { state: 'closed', agentName: null, ahead: null, mayRate: true });
  }

  async leaveMessage(request: Parameters<ChatHouse['leaveMessage']>[0]): Promise<void> {
    if (this.isBroken) throw new Error('the store is down');
    this.asked.push({ what: 'leaveMessage', with: request });
  }

  presenceChanged(conversationId: ConversationId, isThere: boolean): void {
    this.presence.push(`${conversationId} ${isThere ? 'came' : 'went'}`);
  }

  /** The agent's side says something, or something happens. */
  say(
    id: ConversationId,
    text: string,
    { by = 'agent', name = 'Mei Lin' }: { readonly by?: 'agent' | 'system'; readonly name?: string | null } = {},
  ) {
    const line = this.#add(id, { by, name, text, file: null });
    this.rooms.tell(id, { kind: 'line', line });
    return line;
  }

  /** Stored, and told to nobody. */
  sayUnheard(id: ConversationId, text: string): ChatLine {
    return this.#add(id, { by: 'agent', name: 'Mei Lin', text, file: null });
  }

  setState(id: ConversationId, state: ChatState): void {
    const kept = this.conversations.get(id);
    if (kept) kept.state = state;
    this.rooms.tell(id, { kind: 'state', state });
  }

  join(id: ConversationId, name = 'Mei Lin'): void {
    this.say(id, 'joined', { by: 'system', name });
    this.setState(id, { state: 'withAgent', agentName: name, ahead: null, mayRate: false });
  }

  textsOf(id: ConversationId = this.last.id): readonly string[] {
    return this.conversations.get(id)?.lines.map(({ text }) => text) ?? [];
  }

  #once(id: ConversationId, clientId: string, { text, file }: Pick<ChatLine, 'text' | 'file'>): ChatLine {
    const kept = this.conversations.get(id);
    if (!kept) throw new Error('no such conversation');
    const line = kept.byClientId.get(clientId) ?? this.#add(id, { by: 'visitor', name: null, text, file });
    kept.byClientId.set(clientId, line);
    return line;
  }

  #add(id: ConversationId, line: Pick<ChatLine, 'by' | 'name' | 'text' | 'file'>): ChatLine {
    const kept = this.conversations.get(id);
    if (!kept) throw new Error('no such conversation');
    const seq = kept.lines.length + 1;
    const added = { ...line, seq, messageId: `${id}-${seq}`, at: Date.now() };
    kept.lines.push(added);
    return added;
  }

  #answer(conversationId: ConversationId, { lines, state }: Kept, token: string | null, lastSeq: number) {
    return { conversationId, token, lines: lines.filter(({ seq }) => seq > lastSeq), state };
  }
}

export interface ServedChat {
  readonly house: FakeChatHouse;
  readonly channel: ChatChannel;
  readonly address: string;
  /** Ends every connection at once, as a network that breaks. */
  cut(): void;
  stop(): Promise<void>;
}

/** The channel over real sockets, the demo shop beside it, and a house that the test speaks for. */
export async function serveChat(
  options: {
    readonly limits?: Partial<ChatChannelLimits>;
    readonly widgetFile?: string;
    readonly shopFolder?: string;
    readonly port?: number;
  } = {},
): Promise<ServedChat> {
  const rooms = new ChatRooms(systemClock, { goneAfterMs: 100 });
  const house = new FakeChatHouse(rooms);
  const widget = options.widgetFile === undefined ? null : await readStaticFile(options.widgetFile);
  const common = { house, rooms, widget, clock: systemClock, log: silentLog };
  const channel = createChatChannel({ ...common, ...(options.limits ? { limits: options.limits } : {}) });
  const shop = options.shopFolder === undefined ? null : await createDemoShop(options.shopFolder);
  const server: Server = createServer((request, response) => {
    const mount = [channel.mount, ...(shop ? [shop] : [])].find(({ path }) => request.url?.startsWith(path));
    if (mount) mount.handle(request, response);
    else response.writeHead(404).end();
  });
  server.on('upgrade', (request, socket, head) => channel.mount.upgrade?.(request, socket, head));
  const connections = new Set<Socket>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const socket of connections) socket.destroy();
  };
  return {
    house,
    channel,
    address: `http://127.0.0.1:${port}`,
    cut,
    async stop() {
      channel.stop();
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
