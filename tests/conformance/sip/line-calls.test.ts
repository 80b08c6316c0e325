import { describe, expect, test } from 'vitest';
import type { Header, ReceivedRequest, ServerTransaction } from '../../../cti-bridge/sip/index.ts';
import { digestResponse, formatChallenge, headerLines, headerOf, parseCredentials } from '../../../cti-bridge/sip/index.ts';
import { createLegWorld } from './leg-world.ts';
import type { ScriptedPeer } from './scripted-peer.ts';
import { answer } from './scripted-peer.ts';

/** Calls over a provider's line: passwords (RFC 3261 §22), session timers (RFC 4028), who is said to call (RFC 3323, RFC 3325). */

const login = { username: 'line', password: 'word' };
const body = { type: 'application/sdp', content: answer };

/** As a provider checks: the response, and that a count of a nonce comes once. */
function isRight(request: ReceivedRequest, nonce: string, counts: Set<string>): boolean {
  const read = parseCredentials(headerOf(request, 'Authorization') ?? '');
  if (!read.ok || read.value.nonce !== nonce) return false;
  const { algorithm, uri, cnonce, nc, response } = read.value;
  const input = { algorithm, realm: 'provider', method: request.method, uri, nonce, ...login };
  const expected = digestResponse({ ...input, qop: { cnonce: cnonce ?? '', nc: nc ?? '' } });
  const isNew = !counts.has(nc ?? '');
  counts.add(nc ?? '');
  return response === expected && uri === request.uri && isNew;
}

const challenge = (nonce: string, isStale = false): Header => ({
  name: 'WWW-Authenticate',
  value: formatChallenge({ realm: 'provider', nonce, algorithm: 'SHA-256', isStale }),
});

const accept = (provider: ScriptedPeer, transaction: ServerTransaction, more: readonly Header[] = []) =>
  transaction.respond(200, { headers: [provider.contact, ...more], ...(transaction.request.method === 'INVITE' ? { body } : {}) });

const lines = (provider: ScriptedPeer) => provider.requests.map(({ request }) => headerOf(request, 'CSeq'));

describe('a line with a password', () => {
  test('is proved to on the second try, and then without being asked, in every request of the call', async () => {
    const counts = new Set<string>();
    const { clock, provider, dial } = await createLegWorld((peer) => (transaction) => {
      if (isRight(transaction.request, 'n1', counts)) accept(peer, transaction);
      else transaction.respond(401, { headers: [challenge('n1')] });
    });
    const leg = dial(login);
    await clock.run(50);
    expect(await leg.outcome).toMatchObject({ ok: true });
    leg.sendInfo('text/plain', 'x');
    leg.hangUp();
    await clock.run(50);
    expect(lines(provider)).toEqual(['1 INVITE', '2 INVITE', '3 INFO', '4 BYE']);
    // RFC 3261 §22.1: the ACK repeats the credentials of its INVITE, and is not counted by itself.
    const [, invite] = provider.requests;
    expect(headerOf(provider.acks[0] ?? { headers: [] }, 'Authorization')).toBe(
      headerOf(invite?.request ?? { headers: [] }, 'Authorization'),
    );
    expect(new Set(provider.requests.map(({ request }) => request.callId)).size).toBe(1);
  });

  test('that has another nonce in the middle of a call is answered with that one', async () => {
    let nonce = 'n1';
    const counts = new Set<string>();
    const { clock, provider, dial } = await createLegWorld((peer) => (transaction) => {
      if (isRight(transaction.request, nonce, counts)) accept(peer, transaction);
      else transaction.respond(401, { headers: [challenge(nonce, headerOf(transaction.request, 'Authorization') !== undefined)] });
    });
    const leg = dial(login);
    await clock.run(50);
    nonce = 'n2';
    counts.clear();
    leg.hangUp();
    await clock.run(50);
    expect(lines(provider)).toEqual(['1 INVITE', '2 INVITE', '3 BYE', '4 BYE']);
    expect(provider.requests.at(-1)?.isAnswered).toBe(true);
  });

  test.each([
    ['refuses the password', false, 2],
    ['finds every nonce stale', true, 4],
  ])('that %s is left in peace', async (_, isStale, tries) => {
    let count = 0;
    const { clock, provider, dial } = await createLegWorld(
      () => (transaction) => transaction.respond(407, { headers: [{ ...challenge(`n${++count}`, isStale), name: 'Proxy-Authenticate' }] }),
    );
    const leg = dial(login);
    await clock.run(60_000);
    expect(await leg.outcome).toMatchObject({ ok: false, end: { cause: 'rejected', status: 407 } });
    expect(provider.requests).toHaveLength(tries);
    expect(headerOf(provider.requests.at(-1)?.request ?? { headers: [] }, 'Proxy-Authorization')).toContain('Digest');
  });

  test('asks in vain where we have no password', async () => {
    const { clock, provider, dial } = await createLegWorld(() => (transaction) => transaction.respond(401, { headers: [challenge('n')] }));
    const leg = dial(null);
    await clock.run(50);
    expect(await leg.outcome).toMatchObject({ ok: false, end: { status: 401 } });
    expect(provider.requests).toHaveLength(1);
  });

  test('a call given up while it is challenged is not tried again', async () => {
    const { clock, provider, dial } = await createLegWorld(() => (transaction) => transaction.respond(401, { headers: [challenge('n')] }));
    const leg = dial(login);
    leg.hangUp();
    await clock.run(60_000);
    expect(lines(provider)).toEqual(['1 INVITE']);
  });
});

describe('the session timer of a call of ours', () => {
  const expires = (value: string): Header => ({ name: 'Session-Expires', value });
  const updates: Header = { name: 'Allow', value: 'INVITE, ACK, BYE, UPDATE' };

  async function answered(
    inviteAnswer: readonly Header[],
    onRefresh: (peer: ScriptedPeer, transaction: ServerTransaction) => void = accept,
  ) {
    const world = await createLegWorld((peer) => (transaction) => {
      if (peer.requests.length === 1) accept(peer, transaction, inviteAnswer);
      else if (transaction.request.method === 'BYE') transaction.respond(200);
      else onRefresh(peer, transaction);
    });
    const leg = world.dial();
    let end: unknown = null;
    void leg.ended.then((how) => {
      end = how;
    });
    await world.clock.run(50);
    return { ...world, leg, ended: () => end };
  }
  const methods = (provider: ScriptedPeer) => provider.requests.map(({ request }) => request.method);

  test('is proposed in the INVITE', async () => {
    const { provider } = await answered([]);
    const invite = provider.requests[0]?.request ?? { headers: [] };
    expect(headerOf(invite, 'Session-Expires')).toBe('1800');
    expect(headerOf(invite, 'Min-SE')).toBe('90');
    expect(headerOf(invite, 'Supported')).toContain('timer');
  });

  test.each([
    ['by UPDATE where it is allowed', [updates], 'UPDATE'],
    ['by re-INVITE where it is not', [], 'INVITE'],
  ] as const)('is refreshed by us at half time, %s, again and again', async (_, allowed, method) => {
    const refreshed = (peer: ScriptedPeer, transaction: ServerTransaction) => accept(peer, transaction, [expires('200;refresher=uac')]);
    const { clock, provider, ended } = await answered([expires('200;refresher=uac'), ...allowed], refreshed);
    await clock.run(990_000);
    expect(methods(provider)).toEqual(['INVITE', ...Array(9).fill(method)]);
    expect(headerOf(provider.requests[1]?.request ?? { headers: [] }, 'Session-Expires')).toBe('200;refresher=uac');
    expect(ended()).toBeNull();
  });

  test('is watched where the far side refreshes, and ends the call when it does not', async () => {
    const { clock, provider, ended } = await answered([expires('200;refresher=uas')]);
    await clock.run(167_000);
    expect(ended()).toBeNull();
    await clock.run(2_000);
    expect(methods(provider)).toEqual(['INVITE', 'BYE']);
    expect(ended()).toMatchObject({ cause: 'timeout', by: 'network', text: 'session expired' });
  });

  test('is none where the far side says nothing of it', async () => {
    const { clock, provider, ended } = await answered([updates]);
    await clock.run(10_000_000);
    expect(methods(provider)).toEqual(['INVITE']);
    expect(ended()).toBeNull();
  });

  test('ends the call when nothing answers the refresh any more', async () => {
    const { clock, ended } = await answered([expires('200;refresher=uac'), updates], () => {});
    await clock.run(100_000 + 33_000);
    expect(ended()).toMatchObject({ cause: 'timeout', text: 'session expired' });
  });

  test('ends the call when the far side knows it no more', async () => {
    const { clock, ended } = await answered([expires('200;refresher=uac'), updates], (_, transaction) => transaction.respond(481));
    await clock.run(101_000);
    expect(ended()).toMatchObject({ cause: 'rejected', status: 481 });
  });

  test('survives a refresh that is refused, as long as a later one is taken', async () => {
    let refused = 0;
    const { clock, ended, provider } = await answered([expires('200;refresher=uac'), updates], (peer, transaction) => {
      if (refused++ < 2) transaction.respond(500);
      else accept(peer, transaction, [expires('200;refresher=uac')]);
    });
    await clock.run(180_000);
    expect(ended()).toBeNull();
    expect(methods(provider)).toEqual(['INVITE', 'UPDATE', 'UPDATE', 'UPDATE']);
  });

  test('is asked for again with a longer interval where a proxy insists (422), also when it is refreshed', async () => {
    const tooShort = (transaction: ServerTransaction, seconds: number) =>
      transaction.respond(422, { headers: [{ name: 'Min-SE', value: String(seconds) }] });
    const world = await createLegWorld((peer) => (transaction) => {
      const asked = Number.parseInt(headerOf(transaction.request, 'Session-Expires') ?? '', 10);
      if (transaction.request.method === 'INVITE') {
        if (asked < 2_000) tooShort(transaction, 2_000);
        else accept(peer, transaction, [expires('200;refresher=uac'), updates]);
      } else if (asked < 2_000) tooShort(transaction, 2_000);
      else accept(peer, transaction, [expires(`${asked};refresher=uac`)]);
    });
    const leg = world.dial();
    await world.clock.run(50);
    expect(await leg.outcome).toMatchObject({ ok: true });
    await world.clock.run(100_100);
    const asked = world.provider.requests.map(
      ({ request }) => `${request.method} ${headerOf(request, 'Session-Expires')} ${headerOf(request, 'Min-SE')}`,
    );
    expect(asked).toEqual(['INVITE 1800 90', 'INVITE 2000 2000', 'UPDATE 2000;refresher=uac 2000']);
  });

  test('a proxy that raises it for ever is given up', async () => {
    let seconds = 1_800;
    const world = await createLegWorld(
      () => (transaction) => transaction.respond(422, { headers: [{ name: 'Min-SE', value: String((seconds += 1_000)) }] }),
    );
    const leg = world.dial();
    await world.clock.run(50);
    expect(await leg.outcome).toMatchObject({ ok: false, end: { status: 422 } });
    expect(world.provider.requests).toHaveLength(3);
  });
});

describe('who is said to call', () => {
  const shown = async (more: Parameters<Awaited<ReturnType<typeof createLegWorld>>['dial']>[1]) => {
    const { clock, provider, dial } = await createLegWorld(() => () => {});
    dial(null, more);
    await clock.run(10);
    const request = provider.requests[0]?.request ?? { headers: [] };
    return (name: string) => headerLines(request, name).map((value) => value.replace(/;tag=.*/, ''));
  };
  const carried = {
    maxForwards: 41,
    divertedBy: '1000',
    diversion: [],
    referredBy: '"Lena" <sip:201@10.0.0.7:5071;transport=udp>;cid="a"',
    userToUser: '56a390f3;encoding=hex',
  };
  const number = '"Crosspoint" <sip:+1555@example.com>';
  const anonymous = '"Anonymous" <sip:anonymous@anonymous.invalid>';

  test.each([
    ['a line that is not trusted', {}, number, [], []],
    ['a trusted line', { isTrusted: true }, number, [number], []],
    ['a trusted line, number withheld', { isTrusted: true, isWithheld: true }, anonymous, [number], ['id']],
    ['another line, number withheld', { isWithheld: true }, anonymous, [], ['id']],
  ] as const)('%s', async (_, options, from, asserted, privacy) => {
    const header = await shown(options);
    expect(header('From')).toEqual([from]);
    expect(header('P-Asserted-Identity')).toEqual(asserted);
    expect(header('Privacy')).toEqual(privacy);
  });

  test('a provider that wants its own domain gets it', async () => {
    const header = await shown({ fromDomain: 'provider.example', toUri: 'sip:+4420@provider.example' });
    expect(header('From')).toEqual(['"Crosspoint" <sip:+1555@provider.example>']);
    expect(header('To')).toEqual(['<sip:+4420@provider.example>']);
  });

  test('a call that is sent on says who it was for before', async () => {
    const header = await shown({ carried: { ...carried, divertedBy: null, diversion: ['sip:second@x', 'sip:first@x'] } });
    expect(header('Diversion')).toEqual(['<sip:second@x>;reason=unconditional', '<sip:first@x>;reason=unconditional']);
    expect(header('History-Info')).toEqual(['<sip:first@x>;index=1, <sip:second@x>;index=1.1, <sip:+4420@192.0.2.10>;index=1.1.1']);
  });

  test('a call that we give away says so, who asked for it, what the callers say to each other, and comes no further than it had left', async () => {
    const header = await shown({ carried: { ...carried, diversion: ['sip:first@x'] } });
    expect(header('Max-Forwards')).toEqual(['41']);
    expect(header('Diversion')).toEqual(['<sip:1000@example.com>;reason=deflection', '<sip:first@x>;reason=unconditional']);
    expect(header('History-Info')).toEqual(['<sip:first@x>;index=1, <sip:1000@example.com>;index=1.1, <sip:+4420@192.0.2.10>;index=1.1.1']);
    expect(header('User-to-User')).toEqual(['56a390f3;encoding=hex']);
    // Where the phone that asked is in our house is told to nobody.
    expect(header('Referred-By')).toEqual(['<sip:201@example.com>']);
  });

  test.each([
    ['nothing of it, where the number is withheld from a line that is not trusted', {}, 0],
    ['all of it, where the line is trusted with the number', { isTrusted: true }, 1],
  ] as const)('a call that we give away says %s', async (_, trust, lines) => {
    const header = await shown({ ...trust, isWithheld: true, carried });
    for (const name of ['Diversion', 'History-Info', 'User-to-User', 'Referred-By']) expect(header(name)).toHaveLength(lines);
  });

  test.each([
    ['a line that is not trusted with the number', { isWithheld: true }],
    ['any other', {}],
  ] as const)('what the house itself says goes to %s, in place of what the caller said', async (_, options) => {
    const header = await shown({ ...options, carried: { ...carried, ownUserToUser: '04613d31;encoding=hex' } });
    expect(header('User-to-User')).toEqual(['04613d31;encoding=hex']);
  });

  test.each(['nonsense', '<sip:x>', '"A" <sip:201@x>\r\nX-Bad: 1'])(
    'who asked for it in words that cannot be read (%s) is not passed on',
    async (referredBy) => {
      const header = await shown({ carried: { ...carried, referredBy } });
      expect(header('Referred-By').filter((line) => line !== '<sip:201@example.com>')).toEqual([]);
      expect(header('X-Bad')).toEqual([]);
    },
  );
});
