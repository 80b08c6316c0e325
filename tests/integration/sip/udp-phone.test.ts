import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReceivedMessage } from '../../../cti-bridge/sip/index.ts';
import { parseMessage } from '../../../cti-bridge/sip/index.ts';
import type { Bench } from './bench.ts';
import { sdp, startBench, within } from './bench.ts';

let bench: Bench;
let socket: Socket;
let received: ReceivedMessage[];
let check: () => void;

beforeEach(async () => {
  received = [];
  check = () => {};
  socket = createSocket('udp4');
  socket.on('message', (bytes) => {
    const parsed = parseMessage(bytes);
    if (parsed.ok) received.push(parsed.value);
    check();
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await bench.stop();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
});

const send = (bytes: Buffer | string) => socket.send(bytes, bench.port, '127.0.0.1');

const until = (what: string, isDone: () => boolean) =>
  within(
    what,
    new Promise<void>((resolve) => {
      check = () => isDone() && resolve();
      check();
    }),
  );

const statuses = () => received.map((message) => (message.kind === 'response' ? message.status : message.method));

function request(
  method: string,
  options: { readonly call: string; readonly cseq?: number; readonly branch?: string; readonly toTag?: string; readonly body?: string },
): string {
  const { call, cseq = 1, branch = `z9hG4bK-${call}-${method}-${cseq}`, toTag, body = method === 'INVITE' ? sdp : '' } = options;
  return [
    `${method} sip:4001@127.0.0.1:${bench.port} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${socket.address().port};rport;branch=${branch}`,
    'Max-Forwards: 70',
    `From: <sip:+861@127.0.0.1>;tag=from-${call}`,
    `To: <sip:4001@127.0.0.1>${toTag === undefined ? '' : `;tag=${toTag}`}`,
    `Call-ID: ${call}`,
    `CSeq: ${cseq} ${method}`,
    `Contact: <sip:+861@127.0.0.1:${socket.address().port}>`,
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

test('an INVITE that is sent three times is one call with the same answer repeated', async () => {
  bench = await startBench((leg) => leg.refuse(404));
  const invite = request('INVITE', { call: 'a' });
  for (let i = 0; i < 3; i++) send(invite);
  await until('three refusals', () => statuses().filter((status) => status === 404).length >= 3);
  expect(statuses()[0]).toBe(100);
  expect(new Set(received.slice(1).map((message) => message.toTag)).size).toBe(1);
  send(request('ACK', { call: 'a', branch: 'z9hG4bK-a-INVITE-1', toTag: received[1]?.toTag ?? '', body: '' }));
  expect(bench.calls).toHaveLength(1);
  expect(bench.stack.counters()).toMatchObject({ retransmissionsIn: 2, calls: 1 });
});

test('the same request by two ways is one call and a loop detected', async () => {
  bench = await startBench((leg) => leg.progress(180));
  send(request('INVITE', { call: 'merged', branch: 'z9hG4bK-way-1' }));
  send(request('INVITE', { call: 'merged', branch: 'z9hG4bK-way-2' }));
  await until('482', () => statuses().includes(482));
  expect(bench.calls).toHaveLength(1);
});

test('malformed floods are answered at most once each and leave the stack alive', async () => {
  bench = await startBench((leg) => void leg.answer(sdp));
  const whole = Buffer.from(request('INVITE', { call: 'flood' }));
  for (let i = 0; i < 400; i++) {
    send(randomBytes(1 + (i % 1_200)));
    send('\r\n\r\n');
    const broken = Buffer.from(whole);
    for (let hit = 0; hit < 1 + (i % 20); hit++) broken[(i * 7919 + hit * 104_729) % broken.length] = (i * 31 + hit) % 256;
    send(broken);
    send(whole.subarray(0, (i * 37) % whole.length));
    // Let the receiver's buffer drain, so that the end of the flood is really read.
    if (i % 50 === 49) await new Promise((resolve) => setImmediate(resolve));
  }
  send(request('OPTIONS', { call: 'alive' }));
  await until('OPTIONS answered', () =>
    received.some((message) => message.callId === 'alive' && message.kind === 'response' && message.status === 200),
  );
  expect(bench.stack.counters().parseErrors).toBeGreaterThan(300);
  expect(bench.stack.counters().faults).toBeUndefined();
});

test('unknown dialogs, methods and extensions get their refusals', async () => {
  bench = await startBench((leg) => leg.refuse(404));
  send(request('BYE', { call: 'b1', toTag: 'nobody' }));
  send(request('INFO', { call: 'b2' }));
  send(request('SUBSCRIBE', { call: 'b3' }));
  send(request('FROBNICATE', { call: 'b4' }));
  send(request('CANCEL', { call: 'b5', body: '' }));
  send(request('OPTIONS', { call: 'b6' }).replace('Max-Forwards', 'Require: 100rel, foo\r\nMax-Forwards'));
  await until('six answers', () => received.length >= 6);
  const byCall = Object.fromEntries(received.map((message) => [message.callId, message.kind === 'response' ? message.status : 0]));
  expect(byCall).toEqual({ b1: 481, b2: 481, b3: 489, b4: 501, b5: 481, b6: 420 });
});

test('a stack that stops refuses new calls and says good-bye to those it has', async () => {
  bench = await startBench((leg) => void leg.answer(sdp));
  send(request('INVITE', { call: 'last' }));
  await until('200', () => statuses().includes(200));
  send(request('ACK', { call: 'last', toTag: received.at(-1)?.toTag ?? '', body: '' }));
  const stopped = bench.stack.stop();
  await until('BYE', () => statuses().includes('BYE'));
  send(request('INVITE', { call: 'late' }));
  await until('503', () => statuses().includes(503));
  await within('stop', stopped);
  expect(bench.calls.map((call) => call.end?.cause)).toEqual(['local']);
});
