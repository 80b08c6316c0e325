import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createIdSource, silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import type { IncomingLeg, SipStack } from '../../../cti-bridge/sip/index.ts';
import { createSipStack, headerOf } from '../../../cti-bridge/sip/index.ts';
import { BaresipDeskPhone } from '../../support/baresip.ts';
import { type Kamailio, startKamailio, strangerRequests } from '../../support/kamailio.ts';
import { ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { NoMedia } from '../../support/scripted-phone/no-media.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { writeToneFile } from '../../support/tones.ts';
import { runSipp, sdp, within } from './bench.ts';

/** Debian's Kamailio in front of the stack, with the configuration of docs/deployment/kamailio. Carriers are at 127.0.0.9. */

const carrierHost = '127.0.0.9';
const origin = 'https://desk.example.com';
const own = selfSigned();

let stack: SipStack;
let edge: Kamailio;
let carrier: ScriptedPhone;
let incoming: IncomingLeg[];
let takeCall: (leg: IncomingLeg) => void;
const phones: { close(): Promise<void> }[] = [];

async function startStack(port = 0): Promise<SipStack> {
  const started = createSipStack({
    config: {
      domain: 'crosspoint.invalid',
      product: 'Crosspoint/test',
      listeners: [{ transport: 'UDP', host: '127.0.0.1', port }],
      advertised: null,
      trunks: [{ trunkId: 'carrier', sources: [carrierHost] }],
      edges: ['127.0.0.1'],
      inviteRateLimit: 100,
    },
    clock: systemClock,
    ids: createIdSource(systemClock),
    log: silentLog,
    credentials: (username) => (username === 'nobody' ? null : { password: `secret-of-${username}` }),
  });
  await started.start();
  started.onCall((leg) => {
    incoming.push(leg);
    takeCall(leg);
  });
  return started;
}

beforeAll(async () => {
  carrier = await ScriptedPhone.onTrunk({ sip: null, name: 'carrier', bindHost: carrierHost });
  incoming = [];
  stack = await startStack();
  edge = await startKamailio({
    bridgePort: stack.udpAddress.port,
    carrier: carrier.sentBy,
    trunks: [carrierHost],
    origin,
    certificate: own,
  });
  carrier.aim(edge.sip);
});
beforeEach(() => {
  incoming = [];
  takeCall = (leg) => void leg.answer(sdp);
});
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.close();
});
afterAll(async () => {
  await carrier.close();
  await edge.stop();
  await stack.stop();
});

async function deskPhone(extension = '2001'): Promise<ScriptedPhone> {
  const phone = await ScriptedPhone.onDesk({ sip: edge.sip, extension, password: `secret-of-${extension}` });
  phones.push(phone);
  return phone;
}

async function browserPhone(extension = '3001'): Promise<ScriptedPhone> {
  const phone = await ScriptedPhone.onWebSocket({
    url: edge.webSocketUrl,
    origin,
    credentials: { username: extension, password: `secret-of-${extension}` },
    uri: `sip:${extension}@crosspoint.invalid`,
    openMedia: (journal) => Promise.resolve(new NoMedia(journal)),
    ringsByItself: true,
  });
  phones.push(phone);
  return phone;
}

const invite = (extension: string) => {
  const leg = stack.invite({ extension, from: { user: '13900004126', displayName: '张伟' }, offer: sdp });
  if (!leg) throw new Error(`${extension} is not registered`);
  return leg;
};

const firstCall = async (): Promise<IncomingLeg> => {
  await expect.poll(() => incoming.length, { timeout: 5_000 }).toBe(1);
  return incoming[0] as IncomingLeg;
};

describe.each([
  ['a desk phone', 'UDP', '2001', deskPhone],
  ["a browser's phone", 'WS', '3001', browserPhone],
] as const)('%s behind the proxy', (_, transport, extension, register) => {
  it('registers, is called, is asked within the call, and is hung up on', async () => {
    const phone = await register();
    expect(stack.transportOf(extension)).toBe(transport);
    const leg = invite(extension);
    const call = await phone.nextCall();
    expect(headerOf(call.invite, 'From')).toContain('张伟');
    await call.answer();
    expect(await within('outcome', leg.outcome)).toMatchObject({ ok: true });
    expect(await within('re-INVITE', leg.reinvite(sdp))).toMatchObject({ ok: true });
    leg.hangUp();
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' });
  });

  it('is cancelled while it rings, and hangs up by itself', async () => {
    const phone = await register();
    const dropped = invite(extension);
    const ringing = await phone.nextCall();
    dropped.hangUp();
    expect(await ringing.ended()).toMatchObject({ how: 'canceled' });
    const leg = invite(extension);
    const call = await phone.nextCall();
    await call.answer();
    await call.answered();
    await call.hangUp();
    expect(await within('end', leg.ended)).toMatchObject({ cause: 'bye', by: 'remote' });
  });
});

describe('phones behind one proxy', () => {
  it('are apart: who logs out or guesses takes nobody with him', async () => {
    const first = await deskPhone('2001');
    await deskPhone('2002');
    expect(await first.register({ username: '2001', password: 'wrong' })).toBe(401);
    stack.unregister('2001');
    expect([stack.isRegistered('2001'), stack.isRegistered('2002')]).toEqual([false, true]);
    const leg = invite('2002');
    leg.hangUp();
  });

  it('dial codes with their password', async () => {
    const phone = await deskPhone('2001');
    const call = await phone.dial('*61');
    await call.answered();
    expect(incoming).toMatchObject([{ phone: '2001', trunk: '', dialled: '*61' }]);
    await call.hangUp();
  });

  it('keep their calls over a lost connection, which come back with another', { timeout: 20_000 }, async () => {
    const phone = await browserPhone('3001');
    const leg = invite('3001');
    const call = await phone.nextCall();
    await call.answer();
    await within('outcome', leg.outcome);
    expect(await phone.reconnect({ username: '3001', password: 'secret-of-3001' })).toBe(200);
    expect(await within('re-INVITE', leg.reinvite(sdp))).toMatchObject({ ok: true });
    leg.hangUp();
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' });
  });

  it('come from the page that is named, if they are browsers', async () => {
    const options = {
      url: edge.webSocketUrl,
      origin: 'https://elsewhere.example.com',
      credentials: { username: '3001', password: 'secret-of-3001' },
      uri: 'sip:3001@crosspoint.invalid',
      openMedia: (journal: ConstructorParameters<typeof NoMedia>[0]) => Promise.resolve(new NoMedia(journal)),
    };
    await expect(ScriptedPhone.onWebSocket(options)).rejects.toThrow(/403/);
  });
});

describe('baresip behind the proxy that speaks UDP to us', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-edge-baresip-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['tcp', 'tls'] as const)('registers over %s, rings, is lifted, and is hung up on', { timeout: 40_000 }, async (transport) => {
    const phone = new BaresipDeskPhone({
      sip: transport === 'tls' ? edge.tls : edge.sip,
      extension: '2003',
      password: 'secret-of-2003',
      wavFile: writeToneFile(join(folder, 'tone.wav'), 440, 1_000),
      transport,
      authority: own.cert,
    });
    phones.push({ close: () => phone.dispose() });
    await phone.registered(10_000);
    expect(stack.transportOf('2003')).toBe(transport.toUpperCase());
    const leg = invite('2003');
    await phone.rings();
    phone.lift();
    expect(await within('outcome', leg.outcome)).toMatchObject({ ok: true });
    await phone.answered();
    leg.hangUp();
    await phone.over();
  });
});

describe('a carrier behind the proxy', () => {
  it('calls in by its own address, is believed who calls, and is hung up on', async () => {
    const caller = await ScriptedPhone.onTrunk({ sip: edge.sip, bindHost: carrierHost });
    phones.push(caller);
    const call = await caller.call({
      to: '4001',
      from: 'line',
      headers: [{ name: 'P-Asserted-Identity', value: '<sip:+8613900004126@carrier.example>' }],
    });
    await call.answered();
    const leg = await firstCall();
    expect(leg).toMatchObject({ trunk: 'carrier', phone: null, dialled: '4001', caller: { user: '+8613900004126' } });
    expect(await within('re-INVITE', leg.reinvite(sdp))).toMatchObject({ ok: true });
    leg.hangUp();
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' });
  });

  it('hangs up, and gives up before it was answered', async () => {
    const caller = await ScriptedPhone.onTrunk({ sip: edge.sip, bindHost: carrierHost });
    phones.push(caller);
    const call = await caller.call({ to: '4001', from: '861' });
    await call.answered();
    await call.hangUp();
    expect(await within('end', (await firstCall()).ended)).toMatchObject({ cause: 'bye', by: 'remote' });
    takeCall = (leg) => leg.progress(180);
    const dropped = await caller.call({ to: '4001', from: '861' });
    await dropped.ringing();
    await dropped.cancel();
    expect(await dropped.ended()).toMatchObject({ how: 'canceled' });
    expect(await within('end', (incoming[1] as IncomingLeg).ended)).toMatchObject({ cause: 'cancel' });
  });

  it('is judged by sipp: reliable ringing, an UPDATE of either side and good-byes go by the routes of each dialog', {
    timeout: 40_000,
  }, async () => {
    takeCall = (leg) => {
      leg.onOffer(() => Promise.resolve({ sdp }));
      leg.progress(183, sdp);
      void leg.answer(sdp).then(() => leg.update(sdp));
    };
    const scenario = readFileSync(new URL('../../fixtures/sipp/through-a-proxy.xml', import.meta.url), 'utf8');
    const outcome = await runSipp(edge.sip.port, scenario, { calls: 20, rate: 20, args: ['-i', carrierHost, '-mi', carrierHost] });
    expect(outcome, outcome.output).toMatchObject({ code: 0 });
    const ends = await within('ends', Promise.all(incoming.map(({ ended }) => ended)));
    expect(ends.map(({ cause }) => cause)).toEqual(Array(20).fill('bye'));
  });

  it('is called, answers, and is hung up on', async () => {
    stack.trunks.configure([
      {
        trunkId: 'out',
        host: edge.sip.host,
        port: edge.sip.port,
        transport: 'UDP',
        credentials: null,
        register: null,
        takesCallsIn: false,
        sources: [],
        pingSeconds: 30,
      } as Parameters<SipStack['trunks']['configure']>[0][number],
    ]);
    await expect.poll(() => stack.trunks.states()[0]?.isUp, { timeout: 5_000 }).toBe(true);
    const leg = stack.trunks.dial({
      routes: [{ trunkId: 'out', number: '13900004126', shown: '057487001000', isWithheld: false, offer: sdp }],
    });
    const call = await carrier.nextCall();
    expect(call.invite.uri).toBe(`sip:13900004126@${carrier.sentBy}`);
    expect(headerOf(call.invite, 'P-Asserted-Identity')).toContain('057487001000');
    call.ring();
    await call.answer();
    expect(await within('outcome', leg?.outcome ?? Promise.reject(new Error('no leg')))).toMatchObject({ ok: true });
    leg?.hangUp();
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' });
    stack.trunks.configure([]);
  });
});

describe('a stranger at the proxy', () => {
  it('does not call, whatever he writes into his INVITE', async () => {
    const stranger = await ScriptedPhone.onTrunk({ sip: edge.sip });
    phones.push(stranger);
    const headers = [
      { name: 'X-Received-From', value: `${carrierHost}:5060;transport=udp` },
      { name: 'Route', value: `<sip:${carrier.sentBy};lr>` },
      { name: 'P-Asserted-Identity', value: '<sip:110@police.example>' },
    ];
    const call = await stranger.call({ to: '4001', from: '861', headers });
    expect(await call.ended()).toMatchObject({ how: 'refused', status: 403 });
    expect(incoming).toEqual([]);
  });

  it('cannot send through it to somebody else', async () => {
    const status = await asStranger((via) => [
      'BYE sip:somebody@127.0.0.9:9 SIP/2.0',
      via,
      `Route: <sip:${edge.sip.host}:${edge.sip.port};lr>`,
      'Max-Forwards: 70',
      'From: <sip:a@127.0.0.1>;tag=a',
      'To: <sip:b@127.0.0.9>;tag=b',
      'Call-ID: through',
      'CSeq: 2 BYE',
    ]);
    expect(status).toBe(403);
  });

  it('is no longer heard when he floods, and calls of others go on', { timeout: 30_000 }, async () => {
    const phone = await deskPhone('2001');
    const flood = createSocket('udp4');
    await new Promise<void>((resolve) => flood.bind(0, '127.0.0.66', resolve));
    let answers = 0;
    flood.on('message', () => answers++);
    let sent = 0;
    const send = () => flood.send(options(`flood-${sent++}`, flood.address().port), edge.sip.port, edge.sip.host);
    // In bursts, for as long as it takes: the proxy counts in spans of its own clock.
    const flooding = setInterval(() => {
      for (let index = 0; index < strangerRequests / 10; index++) send();
    }, 20);
    await edge.program.journal.wait(/127\.0\.0\.66 sends too much/, 10_000).finally(() => clearInterval(flooding));
    const heardBefore = answers;
    for (let index = 0; index < 50; index++) send();
    const leg = invite('2001');
    const call = await phone.nextCall();
    await call.answer();
    expect(await within('outcome', leg.outcome)).toMatchObject({ ok: true });
    leg.hangUp();
    await call.ended();
    // What was on its way when he was barred may have been answered still.
    expect(answers - heardBefore).toBeLessThan(50);
    for (let index = 0; index < 50; index++) send();
    const heardAfter = answers;
    const again = invite('2001');
    (await phone.nextCall()).reject(486);
    await within('outcome', again.outcome);
    expect(answers).toBe(heardAfter);
    flood.close();
  });
});

describe('a bridge that is away', () => {
  it('is told of with 503 and Retry-After, and is there again when it is back', { timeout: 30_000 }, async () => {
    const { port } = stack.udpAddress;
    await stack.stop();
    const caller = await ScriptedPhone.onTrunk({ sip: edge.sip, bindHost: carrierHost });
    phones.push(caller);
    const refused = await caller.call({ to: '4001', from: '861' });
    expect(await refused.ended(8_000)).toMatchObject({ how: 'refused', status: 503 });
    const answer = caller.received.find((message) => message.kind === 'response' && message.status === 503);
    expect(answer && headerOf(answer, 'Retry-After')).toBe('10');
    stack = await startStack(port);
    const call = await caller.call({ to: '4001', from: '861' });
    await call.answered();
    await call.hangUp();
  });
});

const options = (callId: string, port: number) =>
  [
    `OPTIONS sip:4001@${edge.sip.host}:${edge.sip.port} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.66:${port};branch=z9hG4bK-${callId}`,
    'Max-Forwards: 70',
    'From: <sip:a@127.0.0.66>;tag=a',
    'To: <sip:b@127.0.0.1>',
    `Call-ID: ${callId}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');

/** One request in words of one's own; the status of its answer. */
async function asStranger(lines: (via: string) => readonly string[]): Promise<number | null> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const via = `Via: SIP/2.0/UDP 127.0.0.1:${socket.address().port};branch=z9hG4bK-stranger`;
  const answered = new Promise<number>((resolve) => socket.on('message', (bytes) => resolve(Number(bytes.toString().split(' ')[1]))));
  socket.send([...lines(via), 'Content-Length: 0', '', ''].join('\r\n'), edge.sip.port, edge.sip.host);
  const status = await within('answer', answered, 5_000).catch(() => null);
  socket.close();
  return status;
}
