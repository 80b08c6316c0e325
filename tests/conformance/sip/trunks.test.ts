import { describe, expect, it } from 'vitest';
import type { VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type { OutgoingLeg, Resolver, ServerTransaction, TrunkLine, TrunkRoute } from '../../../cti-bridge/sip/index.ts';
import { headerOf } from '../../../cti-bridge/sip/index.ts';
import { answer, createWorld, offer, type ScriptedPeer, type World } from './scripted-peer.ts';

/** Trunks of the configuration, in virtual time: RFC 3261 §10 and §21.5.4, RFC 3263. */

const first = '192.0.2.20';
const second = '192.0.2.21';

const line = (trunkId: string, host: string, fields: Partial<TrunkLine> = {}): TrunkLine => ({
  trunkId,
  host,
  port: 5060,
  transport: 'UDP',
  credentials: null,
  register: null,
  takesCallsIn: true,
  sources: [],
  pingSeconds: null,
  ...fields,
});
const route = (trunkId: string, fields: Partial<TrunkRoute> = {}): TrunkRoute => ({
  trunkId,
  number: '+8613900004126',
  shown: '+8657487001000',
  isWithheld: false,
  offer,
  ...fields,
});

/** What happens in virtual time also settles promises, which `advance` alone does not wait for. */
async function pass(clock: VirtualClock, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 50) {
    clock.advance(Math.min(50, left));
    for (let turn = 0; turn < 12; turn++) await Promise.resolve();
  }
}

async function ready(lines: readonly TrunkLine[], resolver?: Resolver): Promise<World & { readonly route: string[] }> {
  const world = await createWorld(() => {}, {}, {}, resolver);
  world.stack.trunks.configure(lines);
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
  return { ...world, route: [] };
}

const invitesOf = (peer: ScriptedPeer) => peer.requests.filter(({ request }) => request.method === 'INVITE');
const answers = (peer: ScriptedPeer) => (transaction: ServerTransaction) =>
  transaction.request.method === 'INVITE'
    ? transaction.respond(200, { headers: [peer.contact], body: { type: 'application/sdp', content: answer } })
    : transaction.respond(200);
const refuses =
  (status: number, headers: { name: string; value: string }[] = []) =>
  (transaction: ServerTransaction) =>
    transaction.respond(status, { headers });

function dial(world: World, routes: readonly TrunkRoute[]) {
  const tried: string[] = [];
  const leg = world.stack.trunks.dial({ routes, onRoute: (trunkId) => tried.push(trunkId) }) as OutgoingLeg;
  const outcome: { value: Awaited<OutgoingLeg['outcome']> | null; at: number } = { value: null, at: 0 };
  void leg?.outcome.then((value) => Object.assign(outcome, { value, at: world.clock.monotonic() }));
  return { leg, tried, outcome };
}

describe('a call out', () => {
  it('asks for the number at the trunk, as the trunk writes it, and says who calls', async () => {
    const world = await ready([line('a', first)]);
    const peer = world.peer(first);
    peer.onRequest = answers(peer);
    const { outcome } = dial(world, [route('a', { number: '013900004126', shown: '057487001000' })]);
    await pass(world.clock, 100);
    expect(outcome.value).toMatchObject({ ok: true, sdp: answer });
    const [invite] = invitesOf(peer);
    expect(invite?.request.uri).toBe(`sip:013900004126@${first}:5060`);
    expect(headerOf(invite?.request ?? never(), 'To')).toBe(`<sip:013900004126@${first}>`);
    expect(headerOf(invite?.request ?? never(), 'From')).toMatch(/^<sip:057487001000@example\.com>;tag=/);
    expect(headerOf(invite?.request ?? never(), 'P-Asserted-Identity')).toContain('057487001000');
    expect(world.stack.trunks.states()).toMatchObject([{ trunkId: 'a', isUp: true, callsNow: 1 }]);
  });

  it('shows no number where it is withheld, and tells the trunk alone', async () => {
    const world = await ready([line('a', first)]);
    const peer = world.peer(first);
    dial(world, [route('a', { shown: '+8657487001000', isWithheld: true })]);
    await pass(world.clock, 100);
    const [invite] = invitesOf(peer);
    expect(headerOf(invite?.request ?? never(), 'From')).toContain('anonymous@anonymous.invalid');
    expect(headerOf(invite?.request ?? never(), 'Privacy')).toContain('id');
    expect(headerOf(invite?.request ?? never(), 'P-Asserted-Identity')).toContain('8657487001000');
  });

  it('keeps a withheld number, and whom the call was for before, from a trunk that is not trusted with it', async () => {
    const world = await ready([line('a', first, { trustsIdentity: false })]);
    const peer = world.peer(first);
    const carried = { maxForwards: 69, divertedBy: '1000', diversion: [], referredBy: null, userToUser: null };
    world.stack.trunks.dial({ routes: [route('a', { isWithheld: true })], carried });
    await pass(world.clock, 100);
    const [invite] = invitesOf(peer);
    expect(headerOf(invite?.request ?? never(), 'Max-Forwards')).toBe('69');
    expect(invite?.request.headers.filter(({ value }) => /8657487001000|sip:1000@/.test(value))).toEqual([]);
  });

  const failures: readonly (readonly [string, ((transaction: ServerTransaction) => void) | null])[] = [
    ['says nothing', null],
    ['answers 503', refuses(503)],
    ['answers 500', refuses(500)],
    ['answers 504', refuses(504)],
    ['does not believe who we are', refuses(401)],
  ];
  it.each(failures)('goes to the second trunk within 4 s when the first %s', async (_what, onRequest) => {
    const world = await ready([line('a', first), line('b', second)]);
    if (onRequest) world.peer(first).onRequest = onRequest;
    const peer = world.peer(second);
    peer.onRequest = answers(peer);
    const { tried, outcome } = dial(world, [route('a'), route('b')]);
    await pass(world.clock, 4_000);
    expect(tried).toEqual(['a', 'b']);
    expect(outcome.value).toMatchObject({ ok: true });
    expect(outcome.at).toBeLessThan(4_000);
    expect(world.stack.trunks.states().map(({ isUp }) => isUp)).toEqual([false, true]);
  });

  it.each([404, 480, 484, 486, 600, 603])(
    'is over when the called cannot be had (%i): another trunk knows nothing better',
    async (status) => {
      const world = await ready([line('a', first), line('b', second)]);
      world.peer(first).onRequest = refuses(status);
      const { tried, outcome } = dial(world, [route('a'), route('b')]);
      await pass(world.clock, 500);
      expect(tried).toEqual(['a']);
      expect(outcome.value).toMatchObject({ ok: false, end: { cause: 'rejected', status } });
      expect(world.stack.trunks.states()[0]).toMatchObject({ isUp: true, callsNow: 0 });
    },
  );

  it('waits for a trunk that says it tries', async () => {
    const world = await ready([line('a', first), line('b', second)]);
    world.peer(first).onRequest = (transaction) => transaction.respond(100);
    const { tried, leg, outcome } = dial(world, [route('a'), route('b')]);
    await pass(world.clock, 10_000);
    expect(tried).toEqual(['a']);
    leg.hangUp();
    await pass(world.clock, 100);
    expect(outcome.value).toMatchObject({ ok: false, end: { cause: 'local' } });
    expect(tried).toEqual(['a']);
  });

  it('remembers Retry-After: no call goes there until then', async () => {
    const world = await ready([line('a', first), line('b', second)]);
    const resting = world.peer(first);
    resting.onRequest = refuses(503, [{ name: 'Retry-After', value: '120 (maintenance)' }]);
    const peer = world.peer(second);
    peer.onRequest = answers(peer);
    dial(world, [route('a'), route('b')]);
    await pass(world.clock, 100);
    expect(world.stack.trunks.states()[0]?.restsUntil).toBeGreaterThan(119_000);
    expect(dial(world, [route('a'), route('b')]).tried).toEqual(['b']);
    await pass(world.clock, 121_000);
    expect(world.stack.trunks.states()[0]?.restsUntil).toBeNull();
    expect(dial(world, [route('a'), route('b')]).tried).toEqual(['a']);
  });

  it('hears the progress of whichever trunk carries it', async () => {
    const world = await ready([line('a', first), line('b', second)]);
    world.peer(first).onRequest = refuses(500);
    world.peer(second).onRequest = (transaction) => transaction.respond(183, { body: { type: 'application/sdp', content: answer } });
    const heard: unknown[] = [];
    const { leg } = dial(world, [route('a'), route('b')]);
    leg.onProgress((status, sdp) => heard.push([status, sdp]));
    await pass(world.clock, 200);
    expect(heard).toEqual([[183, answer]]);
  });

  it('is null where no trunk is known', async () => {
    const world = await ready([]);
    expect(dial(world, [route('a')]).leg).toBeNull();
  });

  it('answers a challenge with the credentials of the trunk', async () => {
    const world = await ready([line('a', first, { credentials: { username: 'us', password: 'pass' } })]);
    const peer = world.peer(first);
    const seen: (string | undefined)[] = [];
    peer.onRequest = (transaction) => {
      const authorization = headerOf(transaction.request, 'Authorization');
      seen.push(authorization);
      if (authorization) return answers(peer)(transaction);
      const value = 'Digest realm="p", nonce="n", algorithm=SHA-256, qop="auth"';
      transaction.respond(401, { headers: [{ name: 'WWW-Authenticate', value }] });
    };
    const { outcome } = dial(world, [route('a')]);
    await pass(world.clock, 200);
    expect(outcome.value).toMatchObject({ ok: true });
    expect(seen[1]).toContain('username="us"');
    expect(seen[1]).not.toContain('pass"');
  });
});

describe('registering', () => {
  const registering = line('a', first, {
    credentials: { username: 'us', password: 'pass' },
    register: { registrar: null, expiresSeconds: 300 },
  });
  const registersOf = (peer: ScriptedPeer) => peer.requests.filter(({ request }) => request.method === 'REGISTER');
  const grants = (seconds: number) => (transaction: ServerTransaction) => {
    if (!headerOf(transaction.request, 'Authorization'))
      return transaction.respond(401, { headers: [{ name: 'WWW-Authenticate', value: 'Digest realm="p", nonce="n", qop="auth"' }] });
    transaction.respond(200, { headers: [{ name: 'Expires', value: String(seconds) }] });
  };

  it('signs in with digest, and again before it runs out', async () => {
    const world = await createWorld(() => {});
    const peer = world.peer(first);
    peer.onRequest = grants(300);
    world.stack.trunks.configure([registering]);
    await pass(world.clock, 500);
    expect(world.stack.trunks.states()).toMatchObject([{ registration: 'registered', isUp: true, problem: null }]);
    expect(headerOf(registersOf(peer)[0]?.request ?? never(), 'To')).toBe(`<sip:us@${first}>`);
    expect(headerOf(registersOf(peer)[0]?.request ?? never(), 'Contact')).toContain('sip:us@');
    const before = registersOf(peer).length;
    for (let minute = 0; minute < 60; minute++) {
      await pass(world.clock, 60_000);
      expect(world.stack.trunks.states()[0]?.registration).toBe('registered');
    }
    expect(registersOf(peer).length - before).toBeGreaterThanOrEqual(3_600 / 300);
    const callIds = new Set(registersOf(peer).map(({ request }) => request.callId));
    const sequence = registersOf(peer).map(({ request }) => request.cseq.number);
    expect(callIds.size).toBe(1);
    expect(sequence).toEqual([...sequence].sort((a, b) => a - b));
    expect(new Set(sequence).size).toBe(sequence.length);
  });

  it('takes the time that the registrar grants, and the longer one that it insists on', async () => {
    const world = await createWorld(() => {});
    const peer = world.peer(first);
    peer.onRequest = (transaction) => {
      if (Number(headerOf(transaction.request, 'Expires')) < 600)
        return transaction.respond(423, { headers: [{ name: 'Min-Expires', value: '600' }] });
      transaction.respond(200, { headers: [{ name: 'Contact', value: '<sip:us@192.0.2.1:5060>;expires=60' }] });
    };
    world.stack.trunks.configure([registering]);
    await pass(world.clock, 500);
    const before = registersOf(peer).length;
    await pass(world.clock, 60_000);
    expect(registersOf(peer).length).toBeGreaterThan(before);
    expect(headerOf(registersOf(peer).at(-1)?.request ?? never(), 'Expires')).toBe('600');
  });

  it('is back within 30 s of the return of a provider, at another moment each time', async () => {
    const backAfter: number[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      const world = await createWorld(() => {}, { seed });
      const peer = world.peer(first);
      let isThere = true;
      peer.onRequest = (transaction) => isThere && grants(60)(transaction);
      world.stack.trunks.configure([registering]);
      await pass(world.clock, 500);
      isThere = false;
      await pass(world.clock, 120_000);
      expect(world.stack.trunks.states()[0]).toMatchObject({ registration: 'failed', isUp: false });
      expect(world.stack.trunks.states()[0]?.problem).toContain('does not answer');
      isThere = true;
      const returned = world.clock.monotonic();
      while (world.stack.trunks.states()[0]?.registration !== 'registered' && world.clock.monotonic() - returned < 60_000)
        await pass(world.clock, 250);
      backAfter.push(world.clock.monotonic() - returned);
    }
    for (const ms of backAfter) expect(ms).toBeLessThan(30_000);
    expect(Math.max(...backAfter) - Math.min(...backAfter)).toBeGreaterThan(1_000);
  });

  it('does not storm a provider that refuses the password', async () => {
    const world = await createWorld(() => {});
    const peer = world.peer(first);
    const value = 'Digest realm="p", nonce="n"';
    peer.onRequest = (transaction) => transaction.respond(401, { headers: [{ name: 'WWW-Authenticate', value }] });
    world.stack.trunks.configure([registering]);
    await pass(world.clock, 240_000);
    expect(registersOf(peer).length).toBeLessThanOrEqual(3);
    expect(world.stack.trunks.states()[0]?.problem).toContain('401');
  });

  it('signs out when the trunk is taken away, and stays in when it is not touched', async () => {
    const world = await createWorld(() => {});
    const peer = world.peer(first);
    peer.onRequest = grants(300);
    world.stack.trunks.configure([registering]);
    await pass(world.clock, 500);
    const before = registersOf(peer).length;
    world.stack.trunks.configure([registering, line('b', second)]);
    await pass(world.clock, 500);
    expect(registersOf(peer).length).toBe(before);
    world.stack.trunks.configure([line('b', second)]);
    await pass(world.clock, 500);
    expect(headerOf(registersOf(peer).at(-1)?.request ?? never(), 'Expires')).toBe('0');
    expect(world.stack.trunks.states().map(({ trunkId }) => trunkId)).toEqual(['b']);
  });
});

describe('asking whether a trunk is there', () => {
  it('finds that it went and, within 30 s, that it came back', async () => {
    const world = await createWorld(() => {});
    const peer = world.peer(first);
    let isThere = true;
    peer.onRequest = (transaction) => isThere && transaction.respond(404);
    world.stack.trunks.configure([line('a', first, { pingSeconds: 30 })]);
    await pass(world.clock, 500);
    expect(world.stack.trunks.states()[0]?.isUp).toBe(true);
    isThere = false;
    await pass(world.clock, 35_000);
    expect(world.stack.trunks.states()[0]).toMatchObject({ isUp: false, problem: 'The trunk a does not answer.' });
    isThere = true;
    await pass(world.clock, 30_000);
    expect(world.stack.trunks.states()[0]).toMatchObject({ isUp: true, problem: null });
  });
});

describe('a trunk with a name', () => {
  const resolver = (records: Partial<Resolver>): Resolver => ({
    naptr: async () => [],
    srv: async () => [],
    addresses: async () => [],
    ...records,
  });
  const srv = [
    { priority: 1, weight: 1, name: 'one.example.net', port: 5060 },
    { priority: 2, weight: 1, name: 'two.example.net', port: 5060 },
  ];
  const hosts: Record<string, string> = { 'one.example.net': first, 'two.example.net': second };
  const addresses = async (name: string) => (hosts[name] ? [hosts[name]] : []);

  it('is called at the next target of its SRV records within 4 s', async () => {
    const world = await ready([line('a', 'example.net')], resolver({ srv: async () => srv, addresses }));
    const peer = world.peer(second);
    peer.onRequest = answers(peer);
    const { outcome, tried } = dial(world, [route('a')]);
    await pass(world.clock, 4_000);
    expect(outcome.value).toMatchObject({ ok: true });
    expect(tried).toEqual(['a', 'a']);
    expect(invitesOf(peer)[0]?.request.uri).toBe(`sip:+8613900004126@${second}:5060`);
    // The next call knows better.
    const again = dial(world, [route('a')]);
    await pass(world.clock, 100);
    expect(again.outcome.value).toMatchObject({ ok: true });
  });

  it('keeps the answers it had when name servers fail, and is told to have a problem when it never had any', async () => {
    let isAway = false;
    const failing = resolver({
      addresses: async (name) => {
        if (isAway) throw new Error('SERVFAIL');
        return addresses(name);
      },
    });
    const world = await ready([line('a', 'one.example.net'), line('b', 'nowhere.example.net')], failing);
    isAway = true;
    await pass(world.clock, 120_000);
    expect(dial(world, [route('a')]).tried).toEqual(['a']);
    expect(dial(world, [route('b')]).leg).toBeNull();
    expect(world.stack.trunks.states()[1]).toMatchObject({ isUp: false, problem: 'The trunk b is not found: its name leads nowhere.' });
  });
});

describe('a call in', () => {
  it('comes through the trunk whose address it is from, as the trunks are now', async () => {
    const world = await createWorld((leg) => leg.refuse(486));
    const peer = world.peer(first);
    const before = peer.call();
    await pass(world.clock, 100);
    expect(before.final).toBe(403);
    world.stack.trunks.configure([line('a', second, { sources: [first] })]);
    await pass(world.clock, 100);
    const during = peer.call();
    await pass(world.clock, 100);
    expect(during.final).toBe(486);
    expect(world.calls.map(({ leg }) => leg.trunk)).toEqual(['a']);
    world.stack.trunks.configure([line('a', second, { sources: [first], takesCallsIn: false })]);
    await pass(world.clock, 100);
    const after = peer.call();
    await pass(world.clock, 100);
    expect(after.final).toBe(403);
  });

  it.each([
    [true, '+4420'],
    [false, '+8613800000001'],
  ])('is named by the network where the trunk is trusted with that (%s)', async (trustsIdentity, caller) => {
    const world = await createWorld((leg) => leg.refuse(486));
    world.stack.trunks.configure([line('a', first, { trustsIdentity })]);
    await pass(world.clock, 100);
    world.peer(first).call({ headers: [{ name: 'P-Asserted-Identity', value: '<sip:+4420@x>' }] });
    await pass(world.clock, 100);
    expect(world.calls.map(({ leg }) => leg.caller.user)).toEqual([caller]);
  });

  it('beyond the calls that a trunk has at once is refused with the reason, and counted, until one is over', async () => {
    const world = await createWorld((leg) => leg.progress(180));
    world.stack.trunks.configure([line('a', first, { maxChannels: 2 }), line('b', second)]);
    await pass(world.clock, 100);
    const peer = world.peer(first);
    const up = [peer.call(), peer.call()];
    await pass(world.clock, 100);
    const beyond = peer.call();
    const elsewhere = world.peer(second).call();
    await pass(world.clock, 100);
    expect(beyond.final).toBe(503);
    expect(beyond.lastResponse?.headers.find(({ name }) => name === 'Reason')?.value).toMatch(/^Q\.850 ?;cause=34/);
    expect(beyond.lastResponse?.headers.some(({ name }) => name === 'Retry-After')).toBe(false);
    expect(elsewhere.statuses.at(-1)).toBe(180);
    expect(world.stack.trunks.states()).toMatchObject([
      { callsNow: 2, refusedFull: 1 },
      { callsNow: 1, refusedFull: 0 },
    ]);
    expect(up.map(({ statuses }) => statuses.at(-1))).toEqual([180, 180]);
    world.calls[0]?.leg.hangUp();
    await pass(world.clock, 100);
    const next = peer.call();
    await pass(world.clock, 100);
    expect(next.statuses.at(-1)).toBe(180);
  });
});

function never(): never {
  throw new Error('no such request');
}
