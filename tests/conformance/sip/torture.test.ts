import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Flow, ReceivedMessage } from '../../../cti-bridge/sip/index.ts';
import { headerOf, parseMessage } from '../../../cti-bridge/sip/index.ts';
import type { MemoryNetwork } from './memory-network.ts';
import type { Outcome } from './rfc4475/expectations.ts';
import { bytesOf, tortureMessages } from './rfc4475/expectations.ts';
import { answer, createWorld, stackHost, trunkHost } from './scripted-peer.ts';

const transports = ['UDP', 'TCP', 'TLS', 'WS', 'WSS'] as const;
type Transport = (typeof transports)[number];
const senderHost = '192.0.2.99';

/** A way to the stack over which a message is sent whole; what comes back is written down. */
function openFlow(network: MemoryNetwork, transport: Transport): { readonly send: (bytes: Buffer) => void; readonly received: Buffer[] } {
  const received: Buffer[] = [];
  if (transport === 'UDP') {
    // Answers go to the port the Via names, which is not the same in all of the messages.
    const ends = [5060, 5050].map((port) => network.endpoint(senderHost, port));
    for (const end of ends) void end.start((bytes) => received.push(bytes));
    return { send: (bytes) => ends[0]?.flowTo(stackHost, 5060).send(bytes), received };
  }
  let isClosed = false;
  const flow: Flow = {
    id: `${transport}:1`,
    transport,
    isReliable: true,
    remote: { host: senderHost, port: 50_001 },
    get isClosed() {
      return isClosed;
    },
    send: (bytes) => received.push(bytes),
    close() {
      isClosed = true;
    },
    onClose: () => ({ dispose() {} }),
  };
  return { send: (bytes) => network.arriveOver(flow, bytes, stackHost, 5060), received };
}

/** A stack with a trunk, from which the message comes, and with somebody else's call, which talks on all the while. */
async function during(transport: Transport) {
  const world = await createWorld(
    (leg) => (world.calls.length === 1 ? void leg.answer(answer) : leg.refuse(486)),
    {},
    { trunks: [{ trunkId: 'trunk', sources: [trunkHost, senderHost] }] },
  );
  const peer = world.peer(trunkHost);
  const talking = peer.call();
  await world.clock.run(20);
  const flow = openFlow(world.network, transport);

  async function finalsAfter(message: Buffer): Promise<number[]> {
    flow.send(message);
    await world.clock.run(100);
    return flow.received.map(statusOf).filter((status) => status !== 100);
  }

  async function otherCallGoesOn(): Promise<boolean> {
    let status = 0;
    peer.ask(talking.dialog, 'INFO', (final) => {
      status = final;
    });
    await world.clock.run(20);
    return status === 200 && world.calls[0]?.end === null;
  }

  return { world, flow, finalsAfter, otherCallGoesOn };
}

/** Read by hand: an answer to a request without From, To or Call-ID lacks them as well, so our own parser does not take it. */
const statusOf = (bytes: Buffer): number => Number(/^SIP\/2\.0 (\d{3}) /.exec(bytes.toString('latin1'))?.[1]);

/** A call from a trunk reaches its handler, which is busy; a browser's phone must say first who it is, and what it may dial. */
function statusesFor(outcome: Outcome, transport: Transport): readonly (readonly number[])[] {
  if (outcome === 'silence') return [[]];
  if (outcome !== 'call') return [[outcome]];
  return transport === 'WS' || transport === 'WSS' ? [[401], [403], [407]] : [[486]];
}

test('all 49 messages of RFC 4475 are here, each with its bytes', () => {
  const files = readdirSync(new URL('rfc4475/', import.meta.url)).filter((name) => name.endsWith('.sip'));
  expect(new Set(tortureMessages.map((each) => each.section)).size).toBe(49);
  expect(tortureMessages.map((each) => `${each.name}.sip`).sort()).toEqual(files.sort());
});

describe.each(transports)('over %s', (transport) => {
  for (const { name, section, about, outcome, clause, isReadable } of tortureMessages) {
    test(`§${section} ${name}, ${about}: ${outcome} (${clause})`, async () => {
      const { world, finalsAfter, otherCallGoesOn } = await during(transport);
      const before = world.stack.counters();
      const finals = await finalsAfter(bytesOf(name));
      expect(statusesFor(outcome, transport)).toContainEqual(finals);
      const after = world.stack.counters();
      expect((after.parseErrors ?? 0) - (before.parseErrors ?? 0)).toBe(isReadable ? 0 : 1);
      expect(after.faults).toBeUndefined();
      expect(await otherCallGoesOn()).toBe(true);
    });
  }

  test('all of them in a row, and nothing of any is left when their timers have run out', async () => {
    const { world, finalsAfter, otherCallGoesOn } = await during(transport);
    for (const { name } of tortureMessages) await finalsAfter(bytesOf(name));
    expect(await otherCallGoesOn()).toBe(true);
    await world.clock.run(64 * 500 + 5_000);
    expect(world.stack.counters()).toMatchObject({ transactionsLive: 0, dialogsLive: 1, legsRemembered: 1 });
    expect(world.stack.counters().faults).toBeUndefined();
  });
});

const read = (name: string): ReceivedMessage => {
  const parsed = parseMessage(bytesOf(name));
  if (!parsed.ok) throw new Error(parsed.error.text);
  return parsed.value;
};

test('§3.1.1.1 folded, quoted and compact headers are read as meant', () => {
  const message = read('wsinv');
  expect(message.from).toMatchObject({ displayName: 'J Rosenberg \\"', uri: 'sip:jdrosen@example.com' });
  expect(message.toTag).toBe('1918181833n');
  expect(message.cseq).toEqual({ number: 9, method: 'INVITE' });
  expect(message.headers.filter((header) => header.name === 'Via')).toHaveLength(3);
  expect(headerOf(message, 'UnknownHeaderWithUnusualValue')).toBe(';;,,;;,;');
  expect(headerOf(message, 'NewFangledHeader')).toBe('newfangled value continued newfangled value');
});

test('§3.1.1.2 what may stand in a token, a quoted string and a Call-ID is kept to the byte', () => {
  const message = read('intmeth');
  expect(message.to.displayName).toBe('BEL:\u0007 NUL:\u0000 DEL:\u007f');
  expect(message.callId).toBe('intmeth.word%ZK-!.*_+\'@word`~)(><:\\/"][?}{');
  expect(message.fromTag).toBe("_token~1'+`*%!-.");
  expect(headerOf(message, "extensionHeader-!.%*+_`'~")).toBe('\ufeff大停電');
});

test('§3.1.1.5 an escaped letter makes another header, not the same', () => {
  const message = read('esc02');
  expect(message.headers.filter((header) => header.name === 'Contact')).toHaveLength(2);
  expect(headerOf(message, 'C%6Fntact')).toBe('<sip:alias2@host2.example.com>');
});

test('§3.1.1.11 a binary body is kept to the byte', () => {
  const bytes = bytesOf('mpart01');
  expect(read('mpart01').body.equals(bytes.subarray(bytes.length - 553))).toBe(true);
});

test('§3.1.2.1 the refusal says where it goes, without the separators nobody could read', async () => {
  const { flow, finalsAfter } = await during('UDP');
  await finalsAfter(bytesOf('badinv01'));
  expect(flow.received.at(-1)?.toString()).toMatch(/^Via: SIP\/2\.0\/UDP 192\.0\.2\.15;received=192\.0\.2\.99\r$/m);
});

test('§3.3.5 the refusal of unknown extensions names them', async () => {
  const { flow, finalsAfter } = await during('UDP');
  await finalsAfter(bytesOf('bext01'));
  expect(flow.received.at(-1)?.toString()).toMatch(/^Unsupported: nothingsupportsthis, nothingsupportsthiseither\r$/im);
});

/** The three messages whose Contact is judged only once their sender has proved who it is. */
describe('registered with the password', () => {
  test.each([
    ['§3.1.2.13', 'sip:user@example.com?Route=%3Csip:sip.example.com%3E', 400, null],
    ['§3.3.12', 'sip:+19725552222@gw1.example.net;unknownparam', 200, '<sip:+19725552222@gw1.example.net>'],
    ['§3.3.13', '<sip:+19725552222@gw1.example.net;unknownparam>', 200, '<sip:+19725552222@gw1.example.net;unknownparam>'],
    ['§3.3.4', '<name:John_Smith>', 400, null],
  ])('%s %s: %s', async (_, contact, status, bound) => {
    const world = await createWorld(() => {});
    const registering = world.peer('192.0.2.20').register('1001', { contact });
    await world.clock.run(20);
    const final = await registering;
    expect(final.status).toBe(status);
    expect(headerOf(final, 'Contact')?.split('>')[0] ?? null).toBe(bound?.split('>')[0] ?? null);
  });
});
