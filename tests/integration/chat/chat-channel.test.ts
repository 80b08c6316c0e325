import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { ChatChannelLimits } from '../../../cti-bridge/channels/chat/index.ts';
import { chatLimits } from '../../../shared/contracts/messages/chat-limits.ts';
import {
  chatLineSchema,
  chatSiteViewSchema,
  type FromVisitor,
  type ToVisitor,
  toVisitorSchema,
} from '../../../shared/contracts/messages/chat-widget.ts';
import { type ServedChat, serveChat, shopSite } from '../../support/chat-house.ts';

const form = { name: null, email: null, phone: null, topic: null };
const waitLimitMs = 5_000;

/** A tab over a real socket: what it was told, and how it ended. */
class Tab {
  readonly told: ToVisitor[] = [];
  readonly socket: WebSocket;
  closed: number | null = null;
  #woken: () => void = () => undefined;

  constructor(served: ServedChat, { origin = 'https://shop.example', site = 'shop' } = {}) {
    this.socket = new WebSocket(`${served.address.replace('http', 'ws')}/chat/sites/${site}/socket`, { origin });
    this.socket.on('message', (data) => {
      // What the bridge says is what the contract says.
      this.told.push(toVisitorSchema.parse(JSON.parse(String(data))));
      this.#woken();
    });
    this.socket.on('close', (code) => {
      this.closed = code;
      this.#woken();
    });
    this.socket.on('error', () => undefined);
  }

  send(frame: FromVisitor | object | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  async until<Found>(find: () => Found | null | undefined | false, what: string): Promise<Found> {
    const limit = AbortSignal.timeout(waitLimitMs);
    for (;;) {
      const found = find();
      if (found !== null && found !== undefined && found !== false) return found;
      if (limit.aborted)
        throw new Error(`${what} did not come within ${waitLimitMs} ms; told: ${JSON.stringify(this.told)}, closed: ${this.closed}`);
      await new Promise<void>((resolve) => {
        this.#woken = resolve;
        limit.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  of<Kind extends ToVisitor['kind']>(kind: Kind): Extract<ToVisitor, { kind: Kind }>[] {
    return this.told.filter((frame): frame is Extract<ToVisitor, { kind: Kind }> => frame.kind === kind);
  }

  next<Kind extends ToVisitor['kind']>(kind: Kind, nth = 1) {
    return this.until(() => this.of(kind)[nth - 1], `${kind} ${nth}`);
  }

  ended(): Promise<number> {
    return this.until(() => this.closed, 'the end');
  }

  async open({ token = null, lastSeq = 0 }: { readonly token?: string | null; readonly lastSeq?: number } = {}) {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open');
    this.send({ kind: 'open', version: 1, token, lastSeq, locale: 'en', form, page: { url: 'https://shop.example/', title: 'Shop' } });
    return this.next('opened');
  }
}

describe('the chat channel', () => {
  let served: ServedChat;
  const serve = async (limits: Partial<ChatChannelLimits> = {}) => {
    served = await serveChat({ limits });
    return served;
  };
  afterEach(() => served.stop());

  const get = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
    fetch(`${served.address}${path}`, { ...init, headers });

  describe('for pages of origins', () => {
    it('tells an allowed one what the widget shows, and lets no other read or connect', async () => {
      const { house } = await serve();
      house.site_ = { ...shopSite, allowedOrigins: ['https://shop.example'] };
      const answer = await get('/chat/sites/shop', { origin: 'https://shop.example' });
      expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
      expect(chatSiteViewSchema.safeParse(await answer.json()).success).toBe(true);
      for (const origin of ['https://elsewhere.example', 'null', 'https://shop.example.evil.example']) {
        const refused = await get('/chat/sites/shop', { origin });
        expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([404, null]);
        const left = await get('/chat/sites/shop/messages', { origin }, { method: 'POST', body: '{}' });
        expect(left.status).toBe(404);
        expect(await new Tab(served, { origin }).ended()).toBe(1006);
      }
      expect(await new Tab(served, { site: 'other' }).ended()).toBe(1006);
      expect(house.conversations.size).toBe(0);
    });

    it('answers what a browser asks before it sends a file', async () => {
      await serve();
      const asked = await get('/chat/sites/shop/files', { origin: 'https://shop.example' }, { method: 'OPTIONS' });
      expect(asked.status).toBe(204);
      expect(asked.headers.get('access-control-allow-headers')).toContain('x-chat-pass');
    });
  });

  it('acknowledges a line when it is stored, tells other tabs, and takes it once however often it comes', async () => {
    const { house } = await serve();
    const one = new Tab(served);
    const { token } = await one.open();
    const other = new Tab(served);
    expect((await other.open({ token })).token).toBeNull();
    let store = (): void => undefined;
    house.beforeWrite = () => new Promise((resolve) => (store = resolve));
    one.send({ kind: 'write', clientId: 'client-1', text: 'Hello' });
    one.send({ kind: 'typing' });
    house.say(house.last.id, 'Hi', {});
    await one.next('line');
    expect(one.of('written')).toEqual([]);
    store();
    const { line } = await one.next('written');
    expect([line.text, line.seq]).toEqual(['Hello', 2]);
    await other.next('line', 2);
    house.beforeWrite = async () => undefined;
    other.send({ kind: 'write', clientId: 'client-1', text: 'Hello' });
    expect((await other.next('written')).line).toEqual(line);
    expect(house.textsOf()).toEqual(['Hi', 'Hello']);
    expect(one.of('line').map((frame) => frame.line.seq)).toEqual([1]);
  });

  it('gives whoever comes back what they missed, and nothing twice', async () => {
    const { house } = await serve();
    const tab = new Tab(served);
    const { token } = await tab.open();
    house.say(house.last.id, 'one');
    await tab.next('line');
    served.cut();
    await tab.ended();
    house.say(house.last.id, 'two');
    const again = await new Tab(served).open({ token, lastSeq: 1 });
    expect(again.lines.map(({ text }) => text)).toEqual(['two']);
    expect(house.presence).toEqual([`${house.last.id} came`]);
  });

  it('tells what was said between the reading and the coming in', async () => {
    const { house } = await serve();
    const first = new Tab(served);
    const { token } = await first.open();
    const { open } = house;
    house.open = async (request) => {
      const answer = await open.call(house, request);
      house.open = open;
      house.say(house.last.id, 'just now');
      house.join(house.last.id);
      return answer;
    };
    const tab = new Tab(served);
    expect((await tab.open({ token })).lines).toEqual([]);
    expect((await tab.next('lines')).lines.map(({ text }) => text)).toEqual(['just now', 'joined']);
    expect((await tab.next('state')).state.agentName).toBe('Mei Lin');
  });

  it('refuses what cannot be stored, and stores it when it comes again', async () => {
    const { house } = await serve();
    const tab = new Tab(served);
    await tab.open();
    house.isBroken = true;
    tab.send({ kind: 'write', clientId: 'client-1', text: 'Hello' });
    expect((await tab.next('refused')).why).toBe('notStored');
    tab.send({ kind: 'rate', score: 4, text: '' });
    expect(await tab.next('done')).toEqual({ kind: 'done', of: 'rate', ok: false });
    house.isBroken = false;
    tab.send({ kind: 'write', clientId: 'client-1', text: 'Hello' });
    await tab.next('written');
    expect(house.textsOf()).toEqual(['Hello']);
  });

  it('holds back who writes faster than a person, and closes the socket of a flood and no other', async () => {
    const { house } = await serve({ lines: { perSecond: 1, burst: 3 }, frames: { perSecond: 10, burst: 40 } });
    const [quiet, flood] = [new Tab(served), new Tab(served)];
    await Promise.all([quiet.open(), flood.open()]);
    for (let i = 0; i < 5; i++) quiet.send({ kind: 'write', clientId: `client-${i}`, text: `line ${i}` });
    expect((await quiet.next('refused', 2)).why).toBe('tooFast');
    for (let i = 0; i < 500; i++) flood.send({ kind: 'typing' });
    expect(await flood.ended()).toBe(4429);
    quiet.send({ kind: 'read', seq: 1 });
    await vi.waitFor(() => expect(house.asked.map(({ what }) => what)).toContain('read'));
    expect(quiet.closed).toBeNull();
  });

  it.each([
    ['what is not JSON', 'hello'],
    ['an unknown key', { kind: 'write', clientId: 'client-1', text: 'x', as: 'agent' }],
    ['a second beginning', { kind: 'open', version: 1, token: null, lastSeq: 0, locale: 'en', form, page: { url: null, title: null } }],
    ['a frame too large', `"${'x'.repeat(40_000)}"`],
    ['bytes', Buffer.from([0xff, 0xfe])],
  ])('closes the socket of who sends %s, and stores nothing', async (_what, frame) => {
    const { house } = await serve();
    const tab = new Tab(served);
    await tab.open();
    if (Buffer.isBuffer(frame)) tab.socket.send(frame);
    else tab.send(frame);
    expect([4400, 1009]).toContain(await tab.ended());
    expect(house.textsOf()).toEqual([]);
  });

  it('closes who connects and says nothing, who answers no ping, and who comes in too great a number', async () => {
    await serve({ openLimitMs: 50, connectionsPerAddress: 2, beatEveryMs: 100 });
    const silent = new Tab(served);
    expect(await silent.ended()).toBe(4429);
    const [one, two] = [new Tab(served), new Tab(served)];
    await Promise.all([one.open(), two.open()]);
    expect(await new Tab(served).ended()).toBe(1006);
    // A half-open line: nobody reads it, and nobody answers.
    one.socket.pause();
    await two.until(() => served.channel.connections === 1, 'the end of the dead line');
    expect(two.of('beat').length).toBeGreaterThan(0);
  });

  it('keeps a message that is left, once per id by its house, at most some a minute from an address', async () => {
    const { house } = await serve({ leftMessages: { perSecond: 0.001, burst: 3 } });
    const post = (body: unknown) =>
      get('/chat/sites/shop/messages', { 'content-type': 'application/json' }, { method: 'POST', body: JSON.stringify(body) });
    const message = { clientId: 'client-1', locale: 'en', name: null, email: 'a@b.example', text: 'Call me back' };
    expect((await post(message)).status).toBe(200);
    expect((await post({ ...message, isAdmin: true })).status).toBe(400);
    house.isBroken = true;
    expect((await post(message)).status).toBe(503);
    expect((await post(message)).status).toBe(429);
    expect(house.asked.filter(({ what }) => what === 'leaveMessage').map((asked) => asked.with)).toEqual([{ siteId: 'shop', ...message }]);
  });

  describe('with files', () => {
    const send = (pass: string, name: string, body: Uint8Array<ArrayBuffer> | ReadableStream) =>
      get(
        '/chat/sites/shop/files',
        { 'x-chat-pass': pass, 'x-client-id': 'client-f', 'x-file-name': encodeURIComponent(name) },
        { method: 'POST', body, ...({ duplex: 'half' } as object) },
      );

    it('takes one, shows it to every tab, and gives it back as a download to who has the pass', async () => {
      const { house } = await serve();
      const [tab, other] = [new Tab(served), new Tab(served)];
      const { pass, token } = await tab.open();
      await other.open({ token });
      const name = '合同 "2026"\r\n.html';
      const sent = await send(pass, name, new TextEncoder().encode('<script>alert(1)</script>'));
      const { line } = (await sent.json()) as { line: unknown };
      const { file } = chatLineSchema.parse(line);
      expect((await other.next('line')).line.file).toEqual(file);
      const given = await get(`/chat/sites/shop/files/${file?.fileId}?pass=${pass}`);
      expect(await given.text()).toBe('<script>alert(1)</script>');
      expect(given.headers.get('content-disposition')).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''/);
      expect(given.headers.get('content-security-policy')).toContain('sandbox');
      const stranger = new Tab(served);
      const theirs = (await stranger.open()).pass;
      expect((await get(`/chat/sites/shop/files/${file?.fileId}?pass=${theirs}`)).status).toBe(404);
      expect((await get(`/chat/sites/shop/files/${file?.fileId}`)).status).toBe(401);
      expect(house.files.size).toBe(1);
    });

    it('refuses what is too large, not allowed, or comes without a pass', async () => {
      const { house } = await serve({ files: { perSecond: 1, burst: 100 } });
      const tab = new Tab(served);
      const { pass } = await tab.open();
      expect((await send(pass, 'tool.exe', new Uint8Array(10))).status).toBe(415);
      expect((await send('', 'a.txt', new Uint8Array(10))).status).toBe(401);
      expect((await send(pass, ' ', new Uint8Array(10))).status).toBe(400);
      expect((await send(pass, 'big.bin', new Uint8Array(chatLimits.fileBytes + 1))).status).toBe(413);
      // Without a length it is found out on the way.
      const piece = new Uint8Array(1 << 20);
      let pieces = 0;
      const endless = new ReadableStream({ pull: (controller) => (pieces++ < 12 ? controller.enqueue(piece) : controller.close()) });
      const late = await send(pass, 'endless.bin', endless).then(
        ({ status }) => status,
        () => 413,
      );
      expect(late).toBe(413);
      expect(house.files.size).toBe(0);
    });

    it('keeps nothing of one that broke off, and lets go one that does not go on', async () => {
      const { house } = await serve({ pieceLimitMs: 100 });
      const tab = new Tab(served);
      const { pass } = await tab.open();
      const upload = httpRequest(`${served.address}/chat/sites/shop/files`, {
        method: 'POST',
        headers: { 'x-chat-pass': pass, 'x-client-id': 'client-f', 'x-file-name': 'slow.txt', 'content-length': 1_000 },
      });
      const gone = new Promise((resolve) => upload.once('close', resolve));
      upload.on('error', () => undefined);
      upload.write('a little');
      await gone;
      expect([house.files.size, house.textsOf()]).toEqual([0, []]);
    });
  });

  it('sends its visitors away to come again when it stops', async () => {
    await serve();
    const tab = new Tab(served);
    await tab.open();
    served.channel.stop();
    expect(await tab.ended()).toBe(1012);
    expect((await get('/chat/sites/shop')).status).toBe(503);
  });

  it('serves the widget packed, small enough and known again by its tag, and whatever path is asked without falling', async () => {
    served = await serveChat({ widgetFile: new URL('../../../dist/chat/widget.js', import.meta.url).pathname });
    const answer = await get('/chat/widget.js', { 'accept-encoding': 'gzip' });
    expect([answer.headers.get('content-encoding'), answer.headers.get('cross-origin-resource-policy')]).toEqual(['gzip', 'cross-origin']);
    expect(gzipSync(await answer.text()).byteLength).toBeLessThan(25_000);
    expect((await get('/chat/widget.js', { 'if-none-match': answer.headers.get('etag') ?? '' })).status).toBe(304);
    for (const path of [
      '/chat/',
      '/chat/sites/',
      '/chat/sites/%2e%2e/files/x',
      '/chat/sites/shop/files/..%2f..%2fetc',
      '/chat/sites/a/b/c/d',
    ])
      expect([400, 401, 404]).toContain((await get(path)).status);
    const raw = connectTcp(Number(new URL(served.address).port), '127.0.0.1');
    raw.write('GET //\\[ HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    await once(raw.resume(), 'close');
    expect((await get('/chat/sites/shop')).status).toBe(200);
  });
});
