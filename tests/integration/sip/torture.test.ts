import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Certificate } from '../../../cti-bridge/kernel/index.ts';
import { bytesOf, tortureMessages } from '../../conformance/sip/rfc4475/expectations.ts';
import { selfSigned } from '../../support/self-signed.ts';
import type { Bench } from './bench.ts';
import { startBench, within } from './bench.ts';

/**
 * RFC 4475 over real connections: TCP and TLS, where the message must first be found in the stream, WS and WSS. (UDP is in the conformance
 * tests: most of these messages want their answers at port 5060.) Behind each message goes a request of our own, whose answer says that the
 * message was dealt with and that the connection still serves.
 */

const own = selfSigned();
const certificate: Certificate = { current: own, onReplaced: () => ({ dispose() {} }) };
let bench: Bench;
const secure = createServer({ cert: own.cert, key: own.key });

/** A stack for each transport: the same message again, over another, would be a repeat. */
async function start(): Promise<void> {
  bench = await startBench((leg) => leg.refuse(486), {
    listeners: [
      { transport: 'TCP', host: '127.0.0.1', port: 0 },
      { transport: 'TLS', host: '127.0.0.1', port: 0 },
    ],
    certificate,
  });
}

beforeAll(async () => {
  secure.on('upgrade', (request, socket, head) => bench.stack.acceptUpgrade(request, socket, head));
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  secure.closeAllConnections();
  await new Promise((resolve) => secure.close(resolve));
});

const transports = ['TCP', 'TLS', 'WS', 'WSS'] as const;
type Transport = (typeof transports)[number];

interface Line {
  send(bytes: Buffer): void;
  close(): void;
}

/** Opens a connection; `heard` gets what comes, `null` when it is closed. */
function openLine(transport: Transport, heard: (text: string | null) => void): Promise<Line> {
  if (transport === 'TCP' || transport === 'TLS') {
    const port = bench.stack.addresses.find((address) => address.transport === transport)?.port ?? 0;
    const target = { host: '127.0.0.1', port };
    const socket: Socket = transport === 'TLS' ? tlsConnect({ ...target, ca: own.cert }) : connect(target);
    socket.on('data', (chunk) => heard(chunk.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => heard(null));
    const line: Line = { send: (bytes) => void socket.write(bytes), close: () => socket.destroy() };
    return new Promise((resolve) => socket.once(transport === 'TLS' ? 'secureConnect' : 'connect', () => resolve(line)));
  }
  const url = transport === 'WS' ? bench.url : `wss://127.0.0.1:${(secure.address() as AddressInfo).port}/sip`;
  const socket = new WebSocket(url, 'sip', { ca: own.cert });
  socket.on('message', (data: Buffer) => heard(data.toString('latin1')));
  socket.on('error', () => {});
  socket.on('close', () => heard(null));
  return new Promise((resolve) =>
    socket.once('open', () => resolve({ send: (bytes) => socket.send(bytes), close: () => socket.terminate() })),
  );
}

const asked = (transport: Transport, name: string): Buffer =>
  Buffer.from(
    [
      'OPTIONS sip:crosspoint.invalid SIP/2.0',
      `Via: SIP/2.0/${transport} after.invalid;branch=z9hG4bKafter-${transport}-${name}`,
      'From: <sip:after@example.com>;tag=1',
      'To: <sip:crosspoint@example.com>',
      `Call-ID: after-${transport}-${name}`,
      'CSeq: 1 OPTIONS',
      'Content-Length: 0',
      '\r\n',
    ].join('\r\n'),
  );

interface Heard {
  readonly finals: readonly number[];
  readonly goesOn: boolean;
}

/** Sends one message and the request behind it; ends when that was answered, or the connection closed. */
async function send(transport: Transport, name: string, bytes: Buffer): Promise<Heard> {
  let text = '';
  const done = Promise.withResolvers<boolean>();
  const line = await within(
    'connection',
    openLine(transport, (heard) => {
      if (heard === null) return done.resolve(false);
      text += heard;
      if (text.includes(`Call-ID: after-${transport}-${name}`)) done.resolve(true);
    }),
  );
  const isStream = transport === 'TCP' || transport === 'TLS';
  // On a stream two bytes more than the message has are those that one of the messages says it has.
  if (isStream) line.send(Buffer.concat([bytes, Buffer.from('\r\n'), asked(transport, name)]));
  else for (const each of [bytes, asked(transport, name)]) line.send(each);
  const goesOn = await within(`an answer after ${name}`, done.promise);
  line.close();
  const finals = [...text.matchAll(/^SIP\/2\.0 (\d{3}) /gm)].map(([, status]) => Number(status)).filter((status) => status !== 100);
  return { finals: goesOn ? finals.slice(0, -1) : finals, goesOn };
}

/** What is different where Content-Length says how long a message is (RFC 3261 §18.3, §20.14): its end is lost, and with it the connection. */
const onStreams: Readonly<Record<string, Heard>> = {
  dblreq: { finals: [401, 486], goesOn: false }, // the second says it is three bytes shorter than it is
  ncl: { finals: [400], goesOn: false },
  mcl01: { finals: [400], goesOn: false },
  inv2543: { finals: [400], goesOn: false }, // has no Content-Length at all
};

describe.each(transports)('over %s', (transport) => {
  const isStream = transport === 'TCP' || transport === 'TLS';
  beforeAll(start);
  afterAll(() => bench.stop());

  for (const { name, section, outcome } of tortureMessages) {
    if (isStream && name === 'clerr') continue;
    test(`§${section} ${name}: ${outcome}`, async () => {
      const heard = await send(transport, name, bytesOf(name));
      const special = isStream ? onStreams[name] : undefined;
      if (special) return expect(heard).toEqual(special);
      expect(heard.goesOn).toBe(true);
      if (outcome === 'silence') expect(heard.finals).toEqual([]);
      else if (outcome !== 'call') expect(heard.finals).toEqual([outcome]);
      else expect(isStream ? [[486]] : [[401], [403], [407]]).toContainEqual(heard.finals);
    });
  }

  if (isStream)
    test('§3.1.2.2 clerr: what never comes whole is waited for, and others are served meanwhile', async () => {
      let text = '';
      const line = await openLine(transport, (heard) => (text += heard ?? ''));
      line.send(bytesOf('clerr'));
      expect(await send(transport, 'beside-clerr', Buffer.alloc(0))).toEqual({ finals: [], goesOn: true });
      expect(text).toBe('');
      line.close();
    });

  test('nothing was thrown', () => {
    expect(bench.stack.counters().faults).toBeUndefined();
  });
});
