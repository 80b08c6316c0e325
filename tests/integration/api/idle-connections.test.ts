import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { connectDesktop, openApi } from './api-house.ts';

const limits = { headLimitMs: 100, requestLimitMs: 150, lookEveryMs: 50, resumeLimitMs: 100 };
const signal = AbortSignal.timeout(10_000);

it.each([
  ['says nothing', () => ''],
  ['never ends its head', (port: number) => `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}`],
  [
    'never ends its body',
    (port: number) => `POST /api/login HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
  ],
])('closes a connection that %s', async (_what, firstWords) => {
  const { port } = await openApi({ limits });
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(firstWords(port));
  socket.resume();
  await once(socket, 'close', { signal });
});

const uploadHead = (port: number, token: string, bytes: number) =>
  `POST /api/imports HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nX-File-Name: people.csv\r\n` +
  `Content-Type: application/octet-stream\r\nContent-Length: ${bytes}\r\n\r\n`;

async function startUpload(bytes: number, upload: { leastBytes: number; withinMs: number }) {
  const { port, logIn } = await openApi({ limits: { ...limits, upload } });
  const { token } = await logIn('adam');
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let answer = '';
  socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
  socket.write(uploadHead(port, token, bytes));
  return { socket, answer: () => answer };
}

it('takes a file over a slow line for as long as something comes, also when that is longer than any other request may be', async () => {
  const { socket, answer } = await startUpload(1_000, { leastBytes: 50, withinMs: 1_000 });
  const began = performance.now();
  let left = 10;
  const line = setInterval(() => {
    socket.write('x'.repeat(100));
    if (--left === 0) clearInterval(line);
  }, limits.requestLimitMs * 0.4);
  await once(socket, 'data', { signal });
  expect(performance.now() - began).toBeGreaterThan(limits.requestLimitMs * 2);
  expect(answer()).toMatch(/^HTTP\/1\.1 200/);
});

it.each([
  ['stops in the middle', 0],
  ['comes byte by byte, only to stay', 1],
])('lets a file go that %s', async (_what, bytesAtOnce) => {
  const { socket, answer } = await startUpload(1_000_000, { leastBytes: 100, withinMs: 200 });
  socket.write('x'.repeat(50));
  const dripping = setInterval(() => void socket.write('x'.repeat(bytesAtOnce)), 20);
  onTestFinished(() => clearInterval(dripping));
  // What is written while the other side closes may come back as an error, which is no other ending.
  socket.on('error', () => clearInterval(dripping));
  await new Promise<void>((resolve) => socket.once('close', () => resolve()));
  expect(answer()).toMatch(/^HTTP\/1\.1 408|^$/);
});

it('gives the time of a file to nobody who may not send one', async () => {
  const { port, logIn } = await openApi({ limits: { ...limits, upload: { leastBytes: 1, withinMs: 60_000 } } });
  const { token } = await logIn('ana');
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(uploadHead(port, token, 1_000_000));
  socket.resume();
  await once(socket, 'close', { signal });
});

it('closes a WebSocket that never shows a session', async () => {
  const { port } = await openApi({ limits });
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
  onTestFinished(() => socket.terminate());
  await once(socket, 'close', { signal });
});

it('closes a desktop that never asks for its snapshot, in a way that lets it come back', async () => {
  const house = await openApi({ limits: { resumeLimitMs: 1_000 } });
  const { token } = await house.logIn('ana');
  const idle = await connectDesktop(house.url, token);
  expect(await idle.ended).toBe('transport close');
  const again = await connectDesktop(house.url, token);
  expect(await again.resume()).toMatchObject({ ok: true });
});
