import { expect, test } from 'vitest';
import type { SipRequest } from '../../../cti-bridge/sip/index.ts';
import { headerOf, parseMessage, serializeMessage } from '../../../cti-bridge/sip/index.ts';
import type { World } from './scripted-peer.ts';
import { answer, createWorld, offer, stackHost, trunkHost } from './scripted-peer.ts';

/** Floods and guessing, in virtual time. Real sockets and real sound under a flood are `npm run fault -- invite-flood`. */

const wire = (request: SipRequest, branch: string, host: string): Buffer => {
  const encoded = serializeMessage({
    ...request,
    headers: [{ name: 'Via', value: `SIP/2.0/UDP ${host}:5060;branch=z9hG4bK${branch}` }, ...request.headers],
  });
  if (!encoded.ok) throw new Error(encoded.error);
  return encoded.value;
};

/** Sends from an address nobody knows, and counts what comes back. */
async function strangerAt(world: World, host: string) {
  const end = world.network.endpoint(host, 5060);
  const statuses: number[] = [];
  const retryAfter: number[] = [];
  await end.start((bytes) => {
    const parsed = parseMessage(bytes);
    if (!parsed.ok || parsed.value.kind !== 'response') return;
    statuses.push(parsed.value.status);
    const seconds = headerOf(parsed.value, 'Retry-After');
    if (seconds !== undefined) retryAfter.push(Number(seconds));
  });
  return { send: (bytes: Buffer) => end.flowTo(stackHost, 5060).send(bytes), statuses, retryAfter };
}

async function talkingWorld() {
  const world = await createWorld((leg) => void leg.answer(answer));
  const peer = world.peer(trunkHost);
  const talking = peer.call();
  await world.clock.run(20);
  return { world, peer, talking };
}

test('5,000 INVITEs a second from 500 addresses: hardly an answer, no state, the call that talks and a new one from the trunk unharmed', async () => {
  const { world, peer, talking } = await talkingWorld();
  const strangers = await Promise.all(
    Array.from({ length: 500 }, (_, at) => strangerAt(world, `198.51.${100 + Math.floor(at / 250)}.${at % 250}`)),
  );
  const invite = peer.request('INVITE', 'sip:4001@example.com', 'sip:x@example.net', [], offer);
  for (let sent = 0; sent < 10_000; sent++) {
    const at = sent % strangers.length;
    const request = {
      ...invite,
      headers: invite.headers.map((each) => (each.name === 'Call-ID' ? { ...each, value: `flood${sent}` } : each)),
    };
    strangers[at]?.send(wire(request, `flood${sent}`, 'x.example.net'));
    world.clock.advance(0.2);
  }
  const during = world.stack.counters();
  expect(during.transactionsLive).toBeLessThan(10);
  let info = 0;
  peer.ask(talking.dialog, 'INFO', (status) => {
    info = status;
  });
  const fresh = peer.call();
  await world.clock.run(50);
  expect(info).toBe(200);
  expect(fresh.final).toBe(200);
  const answers = strangers.reduce((sum, { statuses }) => sum + statuses.length, 0);
  expect(answers).toBeLessThanOrEqual(2 * 200 + 200 + 10);
  expect(world.stack.counters().faults).toBeUndefined();
  expect(world.calls).toHaveLength(2);
});

test('requests within dialogs that do not exist, and the same request again and again, are limited as well', async () => {
  const { world, peer } = await talkingWorld();
  const stranger = await strangerAt(world, '198.51.100.9');
  const bye = peer.request('BYE', 'sip:x@192.0.2.1', 'sip:x@example.net');
  const stray = { ...bye, headers: bye.headers.map((each) => (each.name === 'To' ? { ...each, value: `${each.value};tag=guess` } : each)) };
  for (let sent = 0; sent < 1_000; sent++) stranger.send(wire(stray, `bye${sent}`, '198.51.100.9'));
  await world.clock.run(10);
  expect(stranger.statuses.length).toBeLessThanOrEqual(100);
  const other = await strangerAt(world, '198.51.100.10');
  const register = peer.request('REGISTER', 'sip:example.com', 'sip:1001@example.com', [], null, 'sip:1001@example.com');
  for (let sent = 0; sent < 1_000; sent++) other.send(wire(register, 'same', '198.51.100.10'));
  await world.clock.run(10);
  expect(other.statuses.length).toBeLessThanOrEqual(100);
});

test('who floods for ten seconds is not heard for five minutes, and is answered again afterwards', async () => {
  const { world, peer } = await talkingWorld();
  const stranger = await strangerAt(world, '198.51.100.9');
  const options = peer.request('OPTIONS', 'sip:example.com', 'sip:x@example.net');
  const ask = (count: number) => {
    for (let sent = 0; sent < count; sent++)
      stranger.send(
        wire(
          { ...options, headers: options.headers.map((each) => (each.name === 'CSeq' ? { ...each, value: `${sent + 1} OPTIONS` } : each)) },
          `o${Math.floor(world.clock.monotonic())}-${sent}`,
          '198.51.100.9',
        ),
      );
  };
  for (let tenth = 0; tenth < 110; tenth++) {
    ask(30);
    await world.clock.run(100);
  }
  stranger.statuses.length = 0;
  ask(1);
  await world.clock.run(240_000);
  expect(stranger.statuses).toEqual([]);
  await world.clock.run(60_000);
  ask(1);
  await world.clock.run(10);
  expect(stranger.statuses).toEqual([200]);
});

test('2,000 phones that come back in one moment are told to come again at different times, and all are registered within a minute', async () => {
  const { world, peer, talking } = await talkingWorld();
  const phones = Array.from({ length: 2_000 }, (_, at) => ({
    extension: String(10_000 + at),
    phone: world.peer(`10.1.${Math.floor(at / 250)}.${at % 250}`),
  }));
  const waits: number[] = [];
  let registered = 0;
  for (const { extension, phone } of phones) {
    const knock = (): void => {
      void phone.register(extension).then((final) => {
        if (final.status === 200) registered++;
        if (final.status !== 503) return;
        const seconds = Number(headerOf(final, 'Retry-After'));
        waits.push(seconds);
        world.clock.timer(seconds * 1_000, knock);
      });
    };
    knock();
  }
  await world.clock.run(60_000);
  expect(registered).toBe(2_000);
  expect(waits.length).toBeGreaterThan(500);
  expect(new Set(waits).size).toBeGreaterThan(15);
  let info = 0;
  peer.ask(talking.dialog, 'INFO', (status) => {
    info = status;
  });
  await world.clock.run(20);
  expect(info).toBe(200);
});

test('no answer tells a version, whatever it answers', async () => {
  const { world, peer } = await talkingWorld();
  const end = world.network.endpoint('198.51.100.9', 5060);
  const answers: string[] = [];
  await end.start((bytes) => answers.push(bytes.toString()));
  for (const method of ['INVITE', 'OPTIONS', 'REGISTER', 'BYE', 'FOO']) {
    end.flowTo(stackHost, 5060).send(wire(peer.request(method, 'sip:example.com', 'sip:x@example.net'), method, '198.51.100.9'));
    await world.clock.run(10);
  }
  expect(answers).toHaveLength(5);
  // The product is what the configuration says, and nothing is added to it.
  for (const text of answers) expect(text.match(/^(?:Server|User-Agent): .*$/gm)).toEqual(['Server: Crosspoint/test']);
});
