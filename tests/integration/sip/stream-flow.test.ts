import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { countingIds, silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type { Flow, Streams } from '../../../cti-bridge/sip/index.ts';
import { ConnectionLimits, createStreams } from '../../../cti-bridge/sip/index.ts';
import type { SelfSigned } from '../../support/self-signed.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { within } from './bench.ts';

/** Real sockets, virtual time: connections that are silent, slow, half-made, or never end what they began; and those we make. */

const whole = 'OPTIONS sip:a SIP/2.0\r\nContent-Length: 0\r\n\r\n';

let own: SelfSigned;
beforeAll(() => {
  own = selfSigned();
});

let clock: VirtualClock;
let streams: Streams;
let limits: ConnectionLimits;
let isTrusted: boolean;
const received: string[] = [];
const flows: Flow[] = [];
const sockets: { destroy(): unknown }[] = [];
let changed: () => void;

beforeEach(async () => {
  clock = new VirtualClock();
  limits = new ConnectionLimits();
  isTrusted = false;
  received.length = 0;
  flows.length = 0;
  changed = () => {};
  streams = createStreams({
    listeners: [
      { transport: 'TCP', host: '127.0.0.1', port: 0 },
      { transport: 'TLS', host: '127.0.0.1', port: 0 },
    ],
    certificate: { current: own, onReplaced: () => ({ dispose() {} }) },
    clock,
    ids: countingIds(),
    log: silentLog,
    limits,
    isTrusted: () => isTrusted,
    onBytes: (bytes) => {
      received.push(bytes.toString());
      changed();
    },
    onUnframed() {},
    onOpen: (flow) => {
      flows.push(flow);
      flow.onClose(() => changed());
      changed();
    },
  });
  await streams.start();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  const stopped = streams.stop();
  clock.advance(2_000);
  await stopped;
});

const until = (what: string, isDone: () => boolean) =>
  within(
    what,
    new Promise<void>((resolve) => {
      changed = () => isDone() && resolve();
      changed();
    }),
  );

const portOf = (transport: 'TCP' | 'TLS') => streams.addresses.find((address) => address.transport === transport)?.port ?? 0;

function dial(transport: 'TCP' | 'TLS' = 'TCP'): Socket {
  const socket = connect(portOf(transport), '127.0.0.1');
  socket.on('error', () => {});
  sockets.push(socket);
  return socket;
}

const closed = (socket: Socket) => within('closed', new Promise<void>((resolve) => socket.once('close', () => resolve())));
const admitted = (count: number) =>
  within(
    'admitted',
    new Promise<void>((resolve) => {
      const look = () => (limits.open >= count ? resolve() : setImmediate(look));
      look();
    }),
  );

describe('somebody who connects', () => {
  test.each(['TCP', 'TLS'] as const)('over %s and says nothing for 10 s is closed', async (transport) => {
    const socket = dial(transport);
    await admitted(1);
    clock.advance(9_999);
    expect(socket.destroyed).toBe(false);
    const gone = closed(socket);
    clock.advance(1);
    await gone;
    expect(limits.open).toBe(0);
  });

  test('and shakes hands but says nothing more is closed after the same 10 s', async () => {
    const socket = tlsConnect({ host: '127.0.0.1', port: portOf('TLS'), ca: own.cert });
    socket.on('error', () => {});
    sockets.push(socket);
    await until('flow', () => flows.length === 1);
    clock.advance(9_999);
    expect(flows[0]?.isClosed).toBe(false);
    const gone = closed(socket);
    clock.advance(1);
    await gone;
  });

  test('and sends a header a second, never the end of them, is closed after 10 s', async () => {
    const socket = dial();
    await until('flow', () => flows.length === 1);
    socket.write('OPTIONS sip:a SIP/2.0\r\n');
    const gone = closed(socket);
    for (let second = 0; second < 10; second++) {
      socket.write(`X-${second}: y\r\n`);
      clock.advance(1_000);
    }
    await gone;
    expect(received).toEqual([]);
  });

  test('speaks, and does not register, is closed after 30 s', async () => {
    const socket = dial();
    socket.write(whole);
    await until('message', () => received.length === 1);
    clock.advance(29_999);
    expect(flows[0]?.isClosed).toBe(false);
    clock.advance(1);
    expect(flows[0]?.isClosed).toBe(true);
  });

  test('registers and stays, and is a stranger again when the registration ends', async () => {
    const socket = dial();
    socket.write(whole);
    await until('message', () => received.length === 1);
    const [flow] = flows;
    flow?.markAuthenticated?.(true);
    expect(limits.strangers).toBe(0);
    clock.advance(3_600_000);
    expect(flow?.isClosed).toBe(false);
    flow?.markAuthenticated?.(false);
    expect(limits.strangers).toBe(1);
    clock.advance(30_000);
    expect(flow?.isClosed).toBe(true);
  });

  test('as a trunk may be silent, but not in the middle of a message', async () => {
    isTrusted = true;
    const socket = dial();
    socket.write(`${whole}OPTIONS sip:a`);
    await until('message', () => received.length === 1);
    clock.advance(29_999);
    expect(flows[0]?.isClosed).toBe(false);
    clock.advance(1);
    expect(flows[0]?.isClosed).toBe(true);
  });

  test('and sends more than 200 messages in a second is closed', async () => {
    const socket = dial();
    const gone = closed(socket);
    socket.write(whole.repeat(300));
    await until('flow', () => flows[0]?.isClosed === true && received.length === 200);
    clock.advance(1_000);
    await gone;
    expect(received).toHaveLength(200);
  });
});

test('one port of a neighbour may come to two listeners: each connection stands and goes for itself', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port: localPort } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  const from = (port: number) => {
    const socket = connect({ port, host: '127.0.0.1', localPort });
    socket.on('error', () => {});
    sockets.push(socket);
    return socket;
  };
  const first = from(portOf('TCP'));
  await until('the first', () => flows.length === 1);
  const second = from(portOf('TLS'));
  await admitted(2);
  first.destroy();
  await until('the first is gone', () => flows[0]?.isClosed === true);
  sockets.push(tlsConnect({ socket: second, host: '127.0.0.1', ca: own.cert }));
  await until('the second', () => flows.length === 2);
  expect(flows[1]).toMatchObject({ transport: 'TLS', isClosed: false });
});

describe('a connection of ours', () => {
  const opened = (target: Parameters<Streams['flowTo']>[0]) => {
    const flow = streams.flowTo(target);
    return { flow, closed: within('flow closed', new Promise<void>((resolve) => flow.onClose(resolve))) };
  };

  test('where nobody listens closes', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    await opened({ transport: 'TCP', host: '127.0.0.1', port }).closed;
  });

  test('that does not stand within 3 s closes', async () => {
    const server = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    // Accepts, and never answers the first message of TLS.
    const { flow, closed: gone } = opened({ transport: 'TLS', host: '127.0.0.1', port, authorities: [own.cert] });
    clock.advance(2_999);
    expect(flow.isClosed).toBe(false);
    clock.advance(1);
    await gone;
    server.close();
  });

  test('carries what was said before it stood, is used again, and is opened anew when it has closed', async () => {
    const target = { transport: 'TCP', host: '127.0.0.1', port: portOf('TCP') } as const;
    const flow = streams.flowTo(target);
    flow.send(Buffer.from(whole));
    await until('message', () => received.length === 1);
    expect(streams.flowTo(target)).toBe(flow);
    flow.close('test');
    expect(flow.again?.().id).not.toBe(flow.id);
  });

  test('takes no certificate of a stranger, or for another name', async () => {
    const port = portOf('TLS');
    await opened({ transport: 'TLS', host: '127.0.0.1', port }).closed;
    await opened({ transport: 'TLS', host: '127.0.0.1', port, serverName: 'sip.example.com', authorities: [own.cert] }).closed;
    const { flow } = opened({ transport: 'TLS', host: '127.0.0.1', port, serverName: 'localhost', authorities: [own.cert] });
    flow.send(Buffer.from(whole));
    await until('message', () => received.length === 1);
    expect(flow.isClosed).toBe(false);
  });

  test('asks every 95 s whether the other side is there, and closes when one that used to answer does not', async () => {
    const { promise, resolve } = Promise.withResolvers<Socket>();
    const server = createServer(resolve).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as { port: number };
    const flow = streams.flowTo({ transport: 'TCP', host: '127.0.0.1', port });
    const other = await within('connected', promise);
    sockets.push(other);
    other.write(whole);
    await until('the connection stands', () => received.length === 1);
    const pinged = () => within('ping', new Promise<string>((heard) => other.once('data', (data) => heard(data.toString()))));

    // Never answered one: not judged by it.
    const first = pinged();
    clock.advance(95_000);
    expect(await first).toBe('\r\n\r\n');
    clock.advance(60_000);
    expect(flow.isClosed).toBe(false);

    const second = pinged();
    clock.advance(35_000);
    await second;
    other.write(`\r\n${whole}`);
    await until('pong and message', () => received.length === 2);
    const third = pinged();
    clock.advance(95_000);
    await third;
    clock.advance(10_000);
    expect(flow.isClosed).toBe(true);
    server.close();
  });
});

test('what is no address is never looked up', () => {
  const flow = streams.flowTo({ transport: 'TCP', host: 'trunk.example.com', port: 5060 });
  expect([flow.isClosed, streams.openFlows]).toEqual([true, 0]);
});
