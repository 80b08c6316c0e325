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
