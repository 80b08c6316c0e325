import { createSocket } from 'node:dgram';
import type { Server } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Certificate, CertificatePair } from '../../../cti-bridge/kernel/index.ts';
import { Emitter } from '../../../cti-bridge/kernel/index.ts';
import type { IncomingLeg } from '../../../cti-bridge/sip/index.ts';
import { headerOf } from '../../../cti-bridge/sip/index.ts';
import type { SelfSigned } from '../../support/self-signed.ts';
import { selfSigned } from '../../support/self-signed.ts';
import type { Bench } from './bench.ts';
import { isRequest, sdp, startBench, within } from './bench.ts';
import { StreamPhone } from './stream-phone.ts';

/** SIP over TCP and TLS on real sockets, IPv4 and IPv6: whole messages in any pieces, the flow as the way back, and what happens when it is gone. */

let own: SelfSigned;
beforeAll(() => {
  own = selfSigned();
});

class TestCertificate implements Certificate {
  current: CertificatePair;
  readonly #events = new Emitter<{ replaced: CertificatePair }>(() => {});
  constructor(pair: CertificatePair) {
    this.current = pair;
  }
  onReplaced(listener: (pair: CertificatePair) => void) {
    return this.#events.on('replaced', listener);
  }
  replace(pair: CertificatePair) {
    this.current = pair;
    this.#events.emit('replaced', pair);
  }
}

let bench: Bench;
let certificate: TestCertificate;
const phones: StreamPhone[] = [];
const servers: Server[] = [];

afterEach(async () => {
  for (const phone of phones.splice(0)) phone.socket.destroy();
  for (const server of servers.splice(0)) server.close();
  await bench.stop();
});

const listeners = [
  { transport: 'TCP', host: '127.0.0.1', port: 0 },
  { transport: 'TLS', host: '127.0.0.1', port: 0 },
  { transport: 'TCP', host: '::1', port: 0 },
  { transport: 'UDP', host: '::1', port: 0 },
] as const;

async function start(onCall: (leg: IncomingLeg) => void = (leg) => leg.refuse(404), overrides: Parameters<typeof startBench>[1] = {}) {
  certificate = new TestCertificate(own);
  bench = await startBench(onCall, { listeners, certificate, ...overrides });
}

async function phone(transport: 'TCP' | 'TLS', host = '127.0.0.1'): Promise<StreamPhone> {
  const at = bench.stack.addresses.find((address) => address.transport === transport && address.host === host);
  if (!at) throw new Error('no such listener');
  const made = await StreamPhone.connect({ ...at, transport }, certificate.current.cert);
  phones.push(made);
  return made;
}

describe.each([
  ['TCP', '127.0.0.1'],
  ['TLS', '127.0.0.1'],
  ['TCP', '::1'],
] as const)('a desk phone over %s to %s', (transport, host) => {
  test('registers, is called over its flow, talks, and is gone with its connection', async () => {
    await start();
    const desk = await phone(transport, host);
    expect(await desk.register('2001')).toMatchObject({ status: 200 });
    expect(bench.stack.transportOf('2001')).toBe(transport);

    const leg = bench.stack.invite({ extension: '2001', from: { user: '+86138', displayName: '' }, offer: sdp });
    const invite = await desk.next('INVITE', isRequest('INVITE'));
    const address = `${host.includes(':') ? `[${host}]` : host}:${bench.stack.addresses.find((one) => one.transport === transport && one.host === host)?.port}`;
    expect(headerOf(invite, 'Via')).toMatch(new RegExp(`^SIP/2.0/${transport} ${address.replace(/[[\].]/g, '\\$&')};`));
    expect(headerOf(invite, 'Contact')).toBe(`<sip:crosspoint@${address};transport=${transport.toLowerCase()}>`);
    desk.respond(invite, '200 OK', sdp);
    expect(await within('outcome', leg?.outcome ?? Promise.reject(new Error('no leg')))).toMatchObject({ ok: true });
    await desk.next('ACK', isRequest('ACK'));
    leg?.hangUp();
    desk.respond(await desk.next('BYE', isRequest('BYE')), '200 OK');

    const gone = within(
      'gone',
      new Promise<void>((resolve) => bench.stack.onRegistration((_extension, isRegistered) => isRegistered || resolve())),
    );
    desk.socket.destroy();
    await gone;
    expect(bench.stack.isRegistered('2001')).toBe(false);
    expect(bench.stack.counters().faults).toBeUndefined();
  });
});

test('a phone with two flows is called on the other when one breaks, and is gone with the last (RFC 5626)', async () => {
  await start();
  const instance = '<urn:uuid:00000000-0000-1000-8000-000a95a0e128>';
  const first = await phone('TCP');
  const second = await phone('TLS');
  const heard: boolean[] = [];
  bench.stack.onRegistration((_extension, isRegistered) => heard.push(isRegistered));
  const answer = await first.register('2001', { instance, regId: 1 });
  expect([headerOf(answer, 'Require'), headerOf(answer, 'Contact')]).toEqual([
    'outbound',
    expect.stringMatching(/;\+sip\.instance="<urn:uuid:00000000-0000-1000-8000-000a95a0e128>";reg-id=1$/),
  ]);
  const both = await second.register('2001', { instance, regId: 2 });
  expect(both.headers.filter(({ name }) => name === 'Contact')).toHaveLength(2);
  expect(bench.stack.transportOf('2001')).toBe('TCP');

  const told = (count: number) =>
    within('told', new Promise<void>((resolve) => bench.stack.onRegistration(() => heard.length >= count && resolve())));
  const moved = told(2);
  first.socket.destroy();
  await moved;
  expect([heard, bench.stack.transportOf('2001')]).toEqual([[true, true], 'TLS']);
  bench.stack.invite({ extension: '2001', from: { user: '1', displayName: '' }, offer: sdp });
  await second.next('INVITE', isRequest('INVITE'));

  const gone = told(3);
  second.socket.destroy();
  await gone;
  expect([heard, bench.stack.isRegistered('2001')]).toEqual([[true, true, false], false]);
});

test('UDP over IPv6: brackets in what we write, the source in what we return', async () => {
  await start((leg) => leg.progress(180));
  const socket = createSocket('udp6');
  await new Promise<void>((resolve) => socket.bind(0, '::1', resolve));
  const at = bench.stack.addresses.find(({ transport, host }) => transport === 'UDP' && host === '::1');
  const answers: string[] = [];
  const ringing = new Promise<string>((resolve) =>
    socket.on('message', (bytes) => {
      answers.push(bytes.toString());
      if (bytes.toString().startsWith('SIP/2.0 180')) resolve(bytes.toString());
    }),
  );
  bench.stack.setAddress('3001', `sip:3001@[::1]:${socket.address().port}`);
  await within('OPTIONS', new Promise<void>((resolve) => socket.once('message', () => resolve())));
  expect(answers[0]).toContain(`Via: SIP/2.0/UDP [::1]:${at?.port};`);
  expect(answers[0]).toContain(`Contact: <sip:crosspoint@[::1]:${at?.port}>`);
  const lines = ['OPTIONS sip:a@b SIP/2.0', 'Via: SIP/2.0/UDP phone.invalid;branch=z9hG4bKv6;rport', 'Max-Forwards: 70'];
  const rest = ['From: <sip:a@b>;tag=1', 'To: <sip:a@b>', 'Call-ID: six', 'CSeq: 1 OPTIONS', 'Content-Length: 0', '', ''];
  const answered = within(
    '200',
    new Promise<string>((resolve) =>
      socket.on('message', (bytes) => bytes.toString().startsWith('SIP/2.0 200') && resolve(bytes.toString())),
    ),
  );
  socket.send([...lines, ...rest].join('\r\n'), at?.port ?? 0, '::1');
  expect(await answered).toContain(`;rport=${socket.address().port};received=::1`);
  socket.close();
  void ringing;
});

test('messages in pieces, two in one piece, and pings between them', async () => {
  await start();
  const desk = await phone('TCP');
  const options = desk.request('OPTIONS', { callId: 'pieces' });
  for (const at of [0, 10, 100]) desk.socket.write(options.slice(at, at === 0 ? 10 : at === 10 ? 100 : undefined));
  await desk.status(200, 'OPTIONS');
  desk.socket.write(`${desk.request('OPTIONS', { callId: 'two' })}\r\n\r\n${desk.request('OPTIONS', { callId: 'three' })}`);
  await desk.until('both answered', () => desk.received.length === 3);
  expect(desk.received.map(({ callId }) => callId)).toEqual(['pieces', 'two', 'three']);
  await desk.until('pong', () => desk.between.length > 0);
  expect(desk.between).toEqual(['pong']);
});

test('a message of 200 KB is read whole', async () => {
  await start();
  const desk = await phone('TCP');
  desk.socket.write(desk.request('OPTIONS', { body: `v=0\r\n${'a=x\r\n'.repeat(40_000)}` }));
  await desk.status(200, 'OPTIONS');
});

test('a request without Content-Length is told so, and the connection closes', async () => {
  await start();
  const desk = await phone('TCP');
  desk.socket.write(desk.request('OPTIONS').replace('Content-Length: 0\r\n', ''));
  expect(await desk.status(400, 'OPTIONS')).toMatchObject({ reason: 'Content-Length Missing' });
  await within('closed', desk.closed);
});

test('a request that announces a body of a megabyte gets 513', async () => {
  await start();
  const desk = await phone('TCP');
  desk.socket.write(desk.request('OPTIONS').replace('Content-Length: 0', 'Content-Length: 1000000'));
  await desk.status(513, 'OPTIONS');
  await within('closed', desk.closed);
});

test('what is not SIP is closed without a word', async () => {
  await start();
  const desk = await phone('TCP');
  desk.socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await within('closed', desk.closed);
  expect([desk.received, desk.between]).toEqual([[], []]);
});

/** Stands in for a trunk's own listener, to which we connect when its connection to us is gone. */
async function trunkListener(): Promise<{ readonly port: number; readonly connected: Promise<StreamPhone> }> {
  const { promise: connected, resolve } = Promise.withResolvers<StreamPhone>();
  const server = createServer((socket) => {
    const accepted = StreamPhone.accepted(socket);
    phones.push(accepted);
    resolve(accepted);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0, connected: within('connection to the trunk', connected) };
}

test('when the caller has closed its connection the answer goes by a new one to its sent-by', async () => {
  let answer = () => {};
  await start((leg) => {
    leg.progress(180);
    answer = () => void leg.answer(sdp);
  });
  const { port, connected } = await trunkListener();
  const trunk = await phone('TCP');
  trunk.socket.write(trunk.request('INVITE', { body: sdp }).replace(trunk.sentBy, `127.0.0.1:${port}`));
  await trunk.status(180, 'INVITE');
  trunk.socket.end();
  await within('closed', trunk.closed);
  answer();
  const again = await connected;
  expect(await again.status(200, 'INVITE')).toMatchObject({ callId: `call-${trunk.name}` });
});

test('in a call the connection is gone and the bridge hangs up: BYE goes by a new one to the Contact', async () => {
  await start((leg) => void leg.answer(sdp));
  const { port, connected } = await trunkListener();
  const trunk = await phone('TCP');
  trunk.socket.write(trunk.request('INVITE', { body: sdp, cseq: 7, contact: `127.0.0.1:${port}` }));
  const ok = await trunk.status(200, 'INVITE');
  trunk.socket.write(trunk.request('ACK', { cseq: 7 }).replace(/^To: .*$/m, `To: ${headerOf(ok, 'To')}`));
  trunk.socket.end();
  await within('closed', trunk.closed);
  bench.calls[0]?.leg.hangUp();
  const again = await connected;
  again.respond(await again.next('BYE', isRequest('BYE')), '200 OK');
  expect(await within('ended', bench.calls[0]?.leg.ended ?? Promise.reject(new Error('no call')))).toMatchObject({ cause: 'local' });
});

test('another certificate is shown to who connects from now on; who is connected stays', async () => {
  await start();
  const before = await phone('TLS');
  const other = selfSigned();
  certificate.replace(other);
  const after = await phone('TLS');
  expect(after.fingerprint).not.toBe(before.fingerprint);
  before.socket.write(before.request('OPTIONS'));
  await before.status(200, 'OPTIONS');
});

test('four hundred idle connections keep nobody from registering and being called', async () => {
  await start(undefined, { sources: ['192.0.2.1'], connections: { strangers: 300 } });
  const idle = await Promise.all(Array.from({ length: 400 }, () => phone('TCP')));
  const desk = await phone('TCP');
  expect(await desk.register('2001')).toMatchObject({ status: 200 });
  expect(bench.stack.invite({ extension: '2001', from: { user: '1', displayName: '' }, offer: sdp })).not.toBeNull();
  await desk.next('INVITE', isRequest('INVITE'));
  // Those who came first went when others needed the room.
  await within('the oldest is closed', idle[0]?.closed ?? Promise.resolve());
  expect(bench.stack.counters().strangers).toBeLessThanOrEqual(300);
});

test('beyond the limit of one address nobody more is let in from there', async () => {
  await start(undefined, { sources: ['192.0.2.1'], connections: { perAddress: 3 } });
  for (let count = 0; count < 3; count++) await phone('TCP');
  const refused = await phone('TCP');
  await within('closed', refused.closed);
  expect(bench.stack.counters().connections).toBe(3);
});
