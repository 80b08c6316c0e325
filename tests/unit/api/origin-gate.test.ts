import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { OriginGateOptions } from '../../../cti-bridge/api/http/origin-gate.ts';
import { isLoopbackAddress, OriginGate } from '../../../cti-bridge/api/http/origin-gate.ts';

type Kind = Parameters<OriginGate['judge']>[1];

function judge(
  kind: Kind,
  headers: Record<string, string>,
  more: { method?: string; from?: string; gate?: Partial<OriginGateOptions> } = {},
): number {
  const gate = new OriginGate({ host: '127.0.0.1', port: () => 8600, names: [], allowedOrigins: [], ...more.gate });
  const request = { headers, method: more.method ?? 'GET', socket: { remoteAddress: more.from ?? '127.0.0.1' } };
  const answer = gate.judge(request as unknown as IncomingMessage, kind);
  return answer.ok ? 200 : answer.status;
}

describe('the Host header', () => {
  it.each([
    ['127.0.0.1:8600', 200],
    ['localhost:8600', 200],
    ['LocalHost:8600', 200],
    ['[::1]:8600', 200],
    ['127.0.0.1', 421],
    ['127.0.0.1:8601', 421],
    ['evil.example:8600', 421],
    ['127.0.0.1.evil.example:8600', 421],
    ['evil.example', 421],
    ['localhost:8600.evil.example', 421],
    ['', 421],
  ])('%s is answered with %i', (host, status) => {
    for (const kind of ['http', 'socket', 'sip'] as const) expect(judge(kind, { host })).toBe(status);
  });

  it('may be missing its port on port 80 only', () => {
    expect(judge('http', { host: 'localhost' }, { gate: { port: () => 80 } })).toBe(200);
  });

  it('may be a configured name, or any address where we listen on all', () => {
    const names = ['desk.example.com', 'other.example.com:8443'];
    const gate = { host: '0.0.0.0', names };
    for (const host of ['desk.example.com', 'other.example.com:8443', '192.168.1.7:8600', '[fe80::1]:8600'])
      expect(judge('http', { host }, { gate })).toBe(200);
    for (const host of ['desk.example.com:1', 'other.example.com', 'rebound.example:8600'])
      expect(judge('http', { host }, { gate })).toBe(421);
  });

  it('is the one address we listen on, not its neighbours', () => {
    const gate = { host: '192.168.1.7' };
    expect(judge('http', { host: '192.168.1.7:8600' }, { gate })).toBe(200);
    for (const host of ['192.168.1.8:8600', 'localhost:8600', '127.0.0.1:8600']) expect(judge('http', { host }, { gate })).toBe(421);
  });
});

describe('the Origin header', () => {
  const host = 'localhost:8600';
  it.each([
    ['http://localhost:8600', 200],
    ['http://127.0.0.1:8600', 200],
    ['app://crosspoint', 200],
    ['https://desk.example.com', 200],
    ['http://desk.example.com', 403],
    ['http://localhost:3000', 403],
    ['http://localhost', 403],
    ['http://evil.example', 403],
    ['http://evil.example:8600', 403],
    ['http://localhost:8600.evil.example', 403],
    ['http://localhost:8600@evil.example', 403],
    ['app://crosspoint.evil', 403],
    ['null', 403],
    ['file://', 403],
    ['', 403],
  ])('%s is answered with %i everywhere', (origin, status) => {
    const gate = { allowedOrigins: ['https://desk.example.com'] };
    for (const kind of ['http', 'socket', 'sip'] as const) {
      expect(judge(kind, { host, origin }, { gate })).toBe(status);
      expect(judge(kind, { host, origin }, { gate, method: 'POST' })).toBe(status);
    }
  });

  it('may be null where a page of no origin shows a picture, and nowhere else', () => {
    const picture = { host, origin: 'null', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image', 'sec-fetch-site': 'cross-site' };
    expect(judge('http', picture)).toBe(200);
    expect(judge('http', { ...picture, origin: 'https://evil.example' })).toBe(403);
    expect(judge('http', { ...picture, host: 'evil.example:8600' })).toBe(421);
    expect(judge('http', { ...picture, 'sec-fetch-mode': 'cors' })).toBe(403);
    expect(judge('http', { ...picture, 'sec-fetch-dest': 'script' })).toBe(403);
    expect(judge('http', picture, { method: 'POST' })).toBe(403);
    for (const kind of ['socket', 'sip'] as const) expect(judge(kind, picture)).toBe(403);
  });

  it('may be missing where a program reads or posts, where a token follows, and for SIP on this machine only', () => {
    expect(judge('http', { host })).toBe(200);
    expect(judge('http', { host }, { method: 'POST' })).toBe(200);
    expect(judge('http', { host, 'sec-fetch-site': 'cross-site' }, { method: 'POST' })).toBe(403);
    expect(judge('socket', { host })).toBe(200);
    expect(judge('sip', { host })).toBe(200);
    expect(judge('sip', { host }, { from: '192.168.1.9' })).toBe(403);
  });
});

it('knows loopback addresses by what they are', () => {
  for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) expect(isLoopbackAddress(address)).toBe(true);
  for (const address of ['128.0.0.1', '10.0.0.1', '::', '127.0.0.1.evil', undefined]) expect(isLoopbackAddress(address)).toBe(false);
});
