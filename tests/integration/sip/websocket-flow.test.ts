import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { countingIds, silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type { WebSocketFlow, WebSocketTransport } from '../../../cti-bridge/sip/index.ts';
import { ConnectionLimits, createWebSocketTransport } from '../../../cti-bridge/sip/index.ts';
import { within } from './bench.ts';

/** Real sockets, virtual time: what happens to a WebSocket that is silent, dead, too loud, or no SIP at all. */

let http: Server;
let clock: VirtualClock;
let transport: WebSocketTransport;
let opened: Promise<WebSocketFlow>;
const received: string[] = [];
const waiting = new Map<string, () => void>();

beforeEach(async () => {
  clock = new VirtualClock();
  received.length = 0;
  const { promise, resolve } = Promise.withResolvers<WebSocketFlow>();
  opened = promise;
  transport = createWebSocketTransport({
    clock,
    ids: countingIds(),
    log: silentLog,
    limits: new ConnectionLimits(),
    onBytes: (bytes) => {
      received.push(bytes.toString());
      waiting.get(bytes.toString())?.();
    },
    onOpen: resolve,
  });
  http = createServer();
  http.on('upgrade', (request, socket, head) => transport.acceptUpgrade(request, socket, head));
  await new Promise<void>((resolveListen) => http.listen(0, '127.0.0.1', resolveListen));
});
afterEach(async () => {
  await transport.stop();
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
});

const connect = (protocols: string[] = ['sip'], autoPong = true) =>
  new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/`, protocols, { autoPong });
const event = (socket: WebSocket, name: string) => within(name, new Promise<unknown>((resolve) => socket.once(name, resolve)));
const closed = (flow: WebSocketFlow) => within('flow closed', new Promise<void>((resolve) => flow.onClose(resolve)));

test('a client that does not speak the sub-protocol `sip` is refused', async () => {
  const error = await event(connect(['chat']), 'error');
  expect(String(error)).toContain('400');
});

/** Lets time pass with the socket's pongs coming in. */
async function pass(socket: WebSocket, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 10) {
    const pinged = event(socket, 'ping');
    clock.advance(10_000);
    await pinged;
    // The pong is on its way; a message behind it tells when it was read.
    const mark = `mark ${clock.monotonic()}`;
    socket.send(mark);
    await within('mark', new Promise<void>((resolve) => waiting.set(mark, resolve)));
  }
}

test('a flow on which nobody registers is closed after 30 s, also when the registration ended', async () => {
  const socket = connect();
  const flow = await opened;
  await pass(socket, 20);
  flow.markAuthenticated(true);
  await pass(socket, 60);
  expect(flow.isClosed).toBe(false);
  flow.markAuthenticated(false);
  await pass(socket, 20);
  expect(flow.isClosed).toBe(false);
  clock.advance(10_000);
  expect(flow.isClosed).toBe(true);
  await event(socket, 'close');
});

test('a peer that answers no ping is found dead within 15 s', async () => {
  const socket = connect(['sip'], false);
  const flow = await opened;
  flow.markAuthenticated(true);
  clock.advance(9_999);
  expect(flow.isClosed).toBe(false);
  clock.advance(4_502);
  expect(flow.isClosed).toBe(true);
  await event(socket, 'close');
});

test('a double CRLF is answered with one', async () => {
  const socket = connect();
  await event(socket, 'open');
  socket.send('\r\n\r\n');
  expect(String(await event(socket, 'message'))).toBe('\r\n');
  expect(received).toEqual([]);
});

test('more than 200 messages in a second close the flow', async () => {
  const socket = connect();
  const flow = await opened;
  await event(socket, 'open');
  for (let i = 0; i < 300; i++) socket.send(`${i}`);
  await closed(flow);
  expect(received).toHaveLength(200);
});

test('a message of more than 64 kB closes the flow', async () => {
  const socket = connect();
  const flow = await opened;
  await event(socket, 'open');
  socket.on('error', () => {});
  socket.send('x'.repeat(70_000));
  await closed(flow);
  expect(received).toEqual([]);
});
