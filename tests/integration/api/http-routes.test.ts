import { mkdirSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StartError } from '../../../cti-bridge/api/index.ts';
import { roles } from '../../../shared/contracts/agent.ts';
import { mayDo } from '../../../shared/contracts/rights.ts';
import { connectDesktop, openApi, rawStatus } from './api-house.ts';

const upgrade = (path: string, host: string, origin?: string) => [
  `GET ${path} HTTP/1.1`,
  `Host: ${host}`,
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Protocol: sip',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ...(origin === undefined ? [] : [`Origin: ${origin}`]),
];

describe('who may speak to the bridge', () => {
  const socketIo = '/socket.io/?EIO=4&transport=websocket';
  it.each([
    ['our own name and page', 'localhost:PORT', 'http://localhost:PORT', 200, 101],
    ['the desktop program', '127.0.0.1:PORT', 'app://crosspoint', 200, 101],
    ['a program on this machine', '127.0.0.1:PORT', undefined, 200, 101],
    ['a page of another origin', '127.0.0.1:PORT', 'http://evil.example', 403, 403],
    ['a page of another port', '127.0.0.1:PORT', 'http://127.0.0.1:1', 403, 403],
    ['a sandboxed page', '127.0.0.1:PORT', 'null', 403, 403],
    ['a rebound name', 'evil.example:PORT', 'http://evil.example:PORT', 421, 421],
    ['a rebound name without Origin', 'evil.example:PORT', undefined, 421, 421],
  ])('%s', async (_who, hostOf, originOf, httpStatus, sipStatus) => {
    const house = await openApi();
    const host = hostOf.replace('PORT', String(house.port));
    const origin = originOf?.replace('PORT', String(house.port));
    const headers = [`Host: ${host}`, ...(origin === undefined ? [] : [`Origin: ${origin}`])];
    for (const path of ['/health', '/api/nothing', '/', '/metrics']) {
      const status = await rawStatus(house.port, [`GET ${path} HTTP/1.1`, ...headers]);
      if (httpStatus === 200) expect([200, 404, 503]).toContain(status);
      else expect(status).toBe(httpStatus);
    }
    expect(await rawStatus(house.port, upgrade('/sip', host, origin))).toBe(sipStatus);
    expect(house.sipUpgrades).toEqual(sipStatus === 101 ? ['/sip'] : []);
    const socketStatus = await rawStatus(house.port, upgrade(socketIo, host, origin));
    expect(socketStatus === 101).toBe(sipStatus === 101);
  });

  it('upgrades of other paths end, and polling is not served', async () => {
    const house = await openApi();
    for (const path of ['/', '/sip/', '/sipx', '/api/login', '/SIP'])
      expect(await rawStatus(house.port, upgrade(path, `127.0.0.1:${house.port}`))).toBe(404);
    expect(house.sipUpgrades).toEqual([]);
    expect((await fetch(`${house.url}/socket.io/?EIO=4&transport=polling`)).status).toBe(400);
  });

  it('lets the desktop program read answers from its own origin, and no one else', async () => {
    const house = await openApi();
    const preflight = await fetch(`${house.url}/api/login`, {
      method: 'OPTIONS',
      headers: { origin: 'app://crosspoint', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('app://crosspoint');
    const foreign = await fetch(`${house.url}/health`, { headers: { origin: 'http://evil.example' } });
    expect(foreign.status).toBe(403);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('gives a picture to a page of no origin, which cannot read it', async () => {
    const house = await openApi();
    const headers = { origin: 'null', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
    const answer = await new Promise<IncomingMessage>((resolve, reject) =>
      get(`${house.url}/health`, { headers }, resolve).on('error', reject),
    );
    answer.resume();
    expect([answer.statusCode, answer.headers['access-control-allow-origin'], answer.headers['cross-origin-resource-policy']]).toEqual([
      200,
      undefined,
      'same-origin',
    ]);
  });
});

describe('rights of the HTTP routes', () => {
  const nameOf = { agent: 'ana', supervisor: 'sun', administrator: 'adam' } as const;
  const routes = [
    ['GET', '/health', 'public'],
    ['GET', '/', 'public'],
    ['POST', '/api/logout', 'session:own'],
  ] as const;
  it.each(routes)('%s %s needs %s', async (method, path, right) => {
    const house = await openApi();
    expect((await fetch(house.url + path, { method })).status === 401).toBe(right !== 'public');
    for (const role of roles) {
      const { token } = await house.logIn(nameOf[role]);
      const { status } = await fetch(house.url + path, { method, headers: { authorization: `Bearer ${token}` } });
      expect([401, 403].includes(status)).toBe(right !== 'public' && !mayDo(role, right));
    }
  });

  it('gives the figures to programs on this machine', async () => {
    const house = await openApi();
    const page = await fetch(`${house.url}/metrics`);
    expect(page.headers.get('content-type')).toContain('text/plain');
    expect(await page.text()).toContain('crosspoint_pop_delivered_seconds_bucket');
  });

  it('answers an unknown path of the interface as an error of the contract, in every method', async () => {
    const house = await openApi();
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const reply = await fetch(`${house.url}/api/nothing`, { method });
      expect([method, reply.status, ((await reply.json()) as { code: string }).code]).toEqual([method, 404, 'not_found']);
    }
  });
});

describe('the health page', () => {
  it('tells ready, degraded with its reasons, and draining', async () => {
    const reasons: string[] = [];
    const house = await openApi({ health: () => reasons });
    const read = async () => {
      const reply = await fetch(`${house.url}/health`);
      return [reply.status, await reply.json()];
    };
    expect(await read()).toEqual([200, { status: 'ready', reasons: [] }]);
    reasons.push('the disk stalls');
    expect(await read()).toEqual([200, { status: 'degraded', reasons: ['the disk stalls'] }]);
    house.api.drain();
    expect(await read()).toEqual([503, { status: 'draining', reasons: ['the disk stalls'] }]);
  });

  it('while draining, who talks goes on and nobody new comes in', async () => {
    const house = await openApi();
    const { token } = await house.logIn('bo');
    const desktop = await house.openDesktop('ana');
    await desktop.resume();
    house.api.drain();
    expect((await house.post('/api/login', { username: 'sun', password: 'x', takeOver: false, contractMajor: 1 })).status).toBe(503);
    await expect(connectDesktop(house.url, token)).rejects.toThrow();
    expect(await rawStatus(house.port, upgrade('/sip', `127.0.0.1:${house.port}`))).toBe(503);
    expect(await desktop.command('contact:read', { contactId: 'c' })).toMatchObject({ ok: true });
  });
});

describe('the built desktop', () => {
  async function withDesktop() {
    const house = await openApi();
    mkdirSync(join(house.rendererFolder, 'assets'));
    writeFileSync(join(house.rendererFolder, 'index.html'), '<!doctype html><title>Crosspoint</title>');
    writeFileSync(join(house.rendererFolder, 'assets', 'main-abc123.js'), 'export {};');
    writeFileSync(join(house.rendererFolder, '.secret'), 'no');
    const read = (path: string) => fetch(house.url + path, { headers: { accept: 'text/html' } });
    return { ...house, read };
  }

  it('is served with a strict policy, its page asked for anew and its hashed files kept', async () => {
    const { read } = await withDesktop();
    const page = await read('/');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    const script = await read('/assets/main-abc123.js');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('gives its page for every screen, and 404 for files that are not there', async () => {
    const { read } = await withDesktop();
    for (const path of ['/', '/board', '/wallboard', '/wallboard?lang=zh', '/work/interaction-1?tab=2'])
      expect(await (await read(path)).text()).toContain('<title>Crosspoint');
    for (const path of ['/assets/gone-1.js', '/favicon.ico']) expect((await read(path)).status).toBe(404);
  });

  it('never leaves its folder', async () => {
    const { port } = await withDesktop();
    const paths = [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/%2e%2e/etc/passwd.txt',
      '/assets/..%5c..%5cpackage.json',
      '/.secret',
      '/assets/%00.js',
      '//etc/hosts.txt',
      '/%',
    ];
    for (const path of paths)
      expect([path, await rawStatus(port, [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`])]).toEqual([
        path,
        expect.toBeOneOf([400, 403, 404]),
      ]);
  });

  it('says what to do when it was not built', async () => {
    const house = await openApi();
    const reply = await fetch(house.url);
    expect([reply.status, await reply.text()]).toEqual([503, expect.stringContaining('npm run build')]);
  });
});

describe('a recording that was opened', () => {
  it('is heard by its link, in parts, by a player that cannot say who it is; a link that nobody gave leads nowhere', async () => {
    const house = await openApi();
    const part = await fetch(`${house.url}/api/recordings/opened/token-1`, { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    expect([part.headers.get('cache-control'), part.headers.get('cross-origin-resource-policy')]).toEqual(['no-store', 'cross-origin']);
    expect((await fetch(`${house.url}/api/recordings/opened/guessed`)).status).toBe(404);
  });
});

describe('starting', () => {
  it('names the port that is taken and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    const failure = await openApi({ port }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    expect(failure).toMatchObject({ code: 'port_taken', message: expect.stringContaining(`Port ${port}`) });
    expect((failure as StartError).message).toContain('--port');
  });

  it('names an address that is not of this machine', async () => {
    expect(await openApi({ host: '203.0.113.77' }).catch((error: unknown) => error)).toMatchObject({ code: 'address_unavailable' });
  });

  it('stops in bounded time with open connections, and twice', async () => {
    const house = await openApi();
    const desktop = await house.openDesktop('ana');
    await desktop.resume();
    await rawStatus(house.port, upgrade('/sip', `127.0.0.1:${house.port}`));
    await Promise.all([house.api.stop(), house.api.stop()]);
    await expect(fetch(`${house.url}/health`)).rejects.toThrow();
  });
});
