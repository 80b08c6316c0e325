import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { allowedHosts, GuardedHttp, HostNames } from '../../../cti-bridge/channels/lookups/index.ts';
import type { LookUpQuestion } from '../../../cti-bridge/interactions/index.ts';
import { systemClock } from '../../../cti-bridge/kernel/index.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A system of the house that counts who asks it. */
async function system(answer: RequestListener) {
  const asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      answer(request, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return { port: (server.address() as AddressInfo).port, asked };
}

/** What speaks as it likes below HTTP. */
async function rawSystem(speak: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const closed: Promise<void>[] = [];
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    closed.push(new Promise((gone) => socket.on('close', () => gone())));
    socket.on('error', () => {});
    socket.on('data', () => {});
    speak(socket);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((over) => server.close(over));
  });
  return { port: (server.address() as AddressInfo).port, allGone: () => Promise.all(closed) };
}

function client(allowed: readonly string[] = [], names = new HostNames()) {
  const http = new GuardedHttp(systemClock, { names, allowed: allowedHosts(allowed) });
  return (url: string, more: Partial<LookUpQuestion> = {}, signal = new AbortController().signal) =>
    http.ask({ method: 'GET', url, headers: {}, body: null, limitMs: 3_000, ...more }, signal);
}

const json =
  (value: unknown): RequestListener =>
  (_request, response) =>
    void response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'x-tier': 'gold' }).end(JSON.stringify(value));

describe('asking a system of the house that the settings name', () => {
  it('brings the status, the headers and the JSON of the answer', async () => {
    const { port, asked } = await system(json({ tier: 'gold', 余额: 12.5 }));
    const ask = client([`127.0.0.1:${port}`]);
    const answer = await ask(`http://127.0.0.1:${port}/customers?id=7%202`, {
      method: 'POST',
      body: '{"id":"7"}',
      headers: { 'X-Key': 'k', Host: 'elsewhere', 'Content-Length': '3', 'Transfer-Encoding': 'chunked' },
    });
    expect(answer).toMatchObject({ kind: 'answered', status: 200, body: { tier: 'gold', 余额: 12.5 }, headers: { 'x-tier': 'gold' } });
    expect(asked).toMatchObject([{ method: 'POST', url: '/customers?id=7%202', body: '{"id":"7"}' }]);
    expect(asked[0]?.headers).toMatchObject({ 'x-key': 'k', host: `127.0.0.1:${port}`, 'content-length': '10' });
    expect(asked[0]?.headers).not.toHaveProperty('transfer-encoding');
  });

  it('says whether there was a connection, so that what broke after it is known to be in doubt', async () => {
    let connected = 0;
    const onConnected = () => void connected++;
    const silent = await rawSystem((socket) => socket.destroy());
    expect(await client([`127.0.0.1:${silent.port}`])(`http://127.0.0.1:${silent.port}/`, { onConnected })).toMatchObject({
      kind: 'failed',
    });
    expect(connected).toBe(1);
    await closing.pop()?.();
    expect(await client([`127.0.0.1:${silent.port}`])(`http://127.0.0.1:${silent.port}/`, { onConnected })).toMatchObject({
      kind: 'failed',
    });
    expect(connected).toBe(1);
  });

  it('brings a refusal with its status, and a body that is not JSON as nothing', async () => {
    const { port } = await system((_request, response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('{"a":1}'));
    expect(await client([`127.0.0.1:${port}`])(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'answered', status: 404, body: null });
  });

  it('takes an answer that would change every object as plain data', async () => {
    const { port } = await system(
      (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"__proto__":{"polluted":1}}'),
    );
    await client([`127.0.0.1:${port}`])(`http://127.0.0.1:${port}/`);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('follows no redirect, wherever it leads', async () => {
    const secret = await system(json({ secret: 1 }));
    const { port } = await system(
      (_request, response) => void response.writeHead(302, { location: `http://127.0.0.1:${secret.port}/` }).end(),
    );
    expect(await client([`127.0.0.1:${port}`])(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'answered', status: 302, body: null });
    expect(secret.asked).toEqual([]);
  });
});

describe('what nobody is asked for', () => {
  const notNamed = (port: number) => [
    `http://127.0.0.1:${port}/`,
    `http://localhost:${port}/`,
    `http://[::1]:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    `http://[64:ff9b::7f00:1]:${port}/`,
    `http://0x7f000001:${port}/`,
    `http://2130706433:${port}/`,
    `http://127.1:${port}/`,
    `http://0177.0.0.1:${port}/`,
    `http://１２７.0.0.1:${port}/`,
    `http://0.0.0.0:${port}/`,
    `http://user:secret@127.0.0.1:${port}/`,
    `http://1.1.1.1@127.0.0.1:${port}/`,
    `http://127.0.0.1:${port}\\@1.1.1.1/`,
    `http://127.0.0\n.1:${port}/`,
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'ftp://127.0.0.1/',
    'http://1.1.1.1:25/',
    'no address at all',
    '',
  ];

  it('asks nobody inside the house who is not named, however the address is written', async () => {
    const { port, asked } = await system(json({}));
    const ask = client();
    for (const url of notNamed(port)) expect(await ask(url), url).toMatchObject({ kind: 'notAllowed' });
    expect(asked).toEqual([]);
  });

  it('asks another port of a named system as little', async () => {
    const named = await system(json({}));
    const other = await system(json({}));
    expect(await client([`127.0.0.1:${named.port}`])(`http://127.0.0.1:${other.port}/`)).toMatchObject({ kind: 'notAllowed' });
    expect(other.asked).toEqual([]);
  });

  it('does not ask a named system under an address that hides what it is', async () => {
    const { port, asked } = await system(json({}));
    for (const host of ['2130706433', '0x7f000001', '127.1', '0177.0.0.1', '127.0.0.1.'])
      expect(await client([`127.0.0.1:${port}`])(`http://${host}:${port}/`), host).toEqual({ kind: 'notAllowed', why: 'badAddress' });
    expect(asked).toEqual([]);
  });

  it('does not ask a name that leads out and in at once', async () => {
    const { port, asked } = await system(json({}));
    const names = new HostNames(async () => [
      { address: '1.1.1.1', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]);
    expect(await client([], names)(`http://two-faced.example:${port}/`)).toEqual({ kind: 'notAllowed', why: 'insideAddress' });
    expect(asked).toEqual([]);
  });

  it('goes to the address that was judged when the name leads elsewhere a moment later', async () => {
    const { port, asked } = await system(json({}));
    let resolved = 0;
    // A name that is allowed on the first look and leads to this machine on every later one.
    const names = new HostNames(async () => [{ address: resolved++ === 0 ? '192.0.2.1' : '127.0.0.1', family: 4 }]);
    expect(await client([], names)(`http://changing.example:${port}/`)).toEqual({ kind: 'notAllowed', why: 'insideAddress' });

    let times = 0;
    const inside = new HostNames(async () => [{ address: times++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }]);
    expect(await client([`changing.example:${port}`], inside)(`http://changing.example:${port}/`)).toMatchObject({ kind: 'answered' });
    expect([times, asked.length]).toEqual([1, 1]);
  });

  it('asks no metadata service even under a name that the settings allow', async () => {
    const names = new HostNames(async () => [{ address: '169.254.169.254', family: 4 }]);
    expect(await client(['crm.example'], names)('http://crm.example/')).toEqual({ kind: 'notAllowed', why: 'insideAddress' });
  });

  it('writes no header that would begin another', async () => {
    const { port, asked } = await system(json({}));
    const answer = await client([`127.0.0.1:${port}`])(`http://127.0.0.1:${port}/`, { headers: { 'X-Name': 'a\r\nX-Admin: yes' } });
    expect(answer.kind).toBe('notAllowed');
    expect(asked).toEqual([]);
  });
});

describe('a system that does not behave', () => {
  it('is given up at the limit when it says nothing, and its connection is closed', async () => {
    const { port, allGone } = await rawSystem(() => {});
    expect(await client([`127.0.0.1:${port}`])(`http://127.0.0.1:${port}/`, { limitMs: 200 })).toEqual({ kind: 'timedOut' });
    await allGone();
  });

  it('is given up at the limit when it answers a byte at a time', async () => {
    const { port, allGone } = await rawSystem((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n');
      const drip = setInterval(() => socket.write('1'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await client([`127.0.0.1:${port}`])(`http://127.0.0.1:${port}/`, { limitMs: 300 })).toEqual({ kind: 'timedOut' });
    await allGone();
  });

  it('is given up at the limit when nobody answers for its name', async () => {
    const names = new HostNames(() => new Promise(() => {}));
    expect(await client([], names)('http://silent.example/', { limitMs: 200 })).toEqual({ kind: 'timedOut' });
  });

  it('is read no further than a look-up may be', async () => {
    let sent = 0;
    const { port } = await rawSystem((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n');
      const more = () => {
        sent += 65_536;
        if (sent < 64 * 1024 * 1024 && !socket.destroyed) socket.write(Buffer.alloc(65_536, 0x20), more);
      };
      more();
    });
    expect(await client([`127.0.0.1:${port}`])(`http://127.0.0.1:${port}/`)).toEqual({ kind: 'failed', why: 'tooLarge' });
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it('is not heard out when its head is endless', async () => {
    const { port } = await rawSystem((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nx-long: ${'a'.repeat(40_000)}\r\n\r\n`);
    });
    expect(await client([`127.0.0.1:${port}`])(`http://127.0.0.1:${port}/`)).toEqual({ kind: 'failed', why: 'badAnswer' });
  });

  it.each([
    ['speaks no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', true],
    ['says half of what it promised', 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{"a":', true],
    ['has two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}', true],
    ['changes to another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n', false],
  ])('fails where it %s', async (_what, said, ends) => {
    const { port } = await rawSystem((socket) => void (ends ? socket.end(said) : socket.write(said)));
    expect(await client([`127.0.0.1:${port}`])(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'failed' });
  });

  it('fails at once where nobody listens, and where there is no such name', async () => {
    const { port } = await rawSystem(() => {});
    await Promise.all(closing.splice(0).map((close) => close()));
    expect(await client([`127.0.0.1:${port}`])(`http://127.0.0.1:${port}/`)).toEqual({ kind: 'failed', why: 'unreachable' });
    const names = new HostNames(() => Promise.reject(new Error('no such name')));
    expect(await client([], names)('http://nobody.example/')).toEqual({ kind: 'failed', why: 'unknownHost' });
  });

  it('is let go when the caller does not wait for it any longer', async () => {
    const { port, allGone } = await rawSystem(() => {});
    const left = new AbortController();
    const answer = client([`127.0.0.1:${port}`])(`http://127.0.0.1:${port}/`, {}, left.signal);
    left.abort();
    expect(await answer).toEqual({ kind: 'failed', why: 'stopped' });
    await allGone();
  });
});
