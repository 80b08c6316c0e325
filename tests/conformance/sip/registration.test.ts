import { describe, expect, test } from 'vitest';
import type { Header } from '../../../cti-bridge/sip/index.ts';
import { answerChallenge, headerLines, headerOf } from '../../../cti-bridge/sip/index.ts';
import type { ScriptedPeer } from './scripted-peer.ts';
import { createWorld, offer } from './scripted-peer.ts';

/** RFC 3261 §10.3, RFC 7616, RFC 8760. */

const phoneHost = '192.0.2.20';
const start = async () => {
  const world = await createWorld(() => {});
  const phone = world.peer(phoneHost);
  const register = async (...args: Parameters<typeof phone.register>) => {
    const answer = phone.register(...args);
    await world.clock.run(20);
    return answer;
  };
  return { world, phone, register };
};

test('a phone on UDP is offered SHA-256 first, then MD5', async () => {
  const { world, phone } = await start();
  const answers: string[] = [];
  phone.layer.send(phone.request('REGISTER', 'sip:example.com', 'sip:1001@example.com', [], null, 'sip:1001@example.com'), phone.flow, {
    onResponse: (response) => answers.push(...headerLines(response, 'WWW-Authenticate')),
    onFailure() {},
  });
  await world.clock.run(20);
  expect(answers.map((value) => /algorithm=([\w-]+)/.exec(value)?.[1])).toEqual(['SHA-256', 'MD5']);
});

test('a phone that gives up at SHA-256 is offered MD5 alone when it begins again, and one known for it at once', async () => {
  const { world, phone } = await start();
  const offered = async (host: ScriptedPeer, headers: readonly Header[] = []) => {
    const answers: string[] = [];
    host.layer.send(host.request('REGISTER', 'sip:example.com', 'sip:1001@example.com', headers, null, 'sip:1001@example.com'), host.flow, {
      onResponse: (response) => answers.push(...headerLines(response, 'WWW-Authenticate')),
      onFailure() {},
    });
    await world.clock.run(20);
    return answers.map((value) => /algorithm=([\w-]+)/.exec(value)?.[1]);
  };
  expect(await offered(phone)).toEqual(['SHA-256', 'MD5']);
  expect(await offered(phone)).toEqual(['MD5']);
  expect(await offered(world.peer('192.0.2.21'), [{ name: 'User-Agent', value: 'baresip v1.0.0 (x86_64/linux)' }])).toEqual(['MD5']);

  // Who answered with SHA-256 is offered it again.
  const able = world.peer('192.0.2.22');
  void able.register('1001');
  await world.clock.run(20);
  expect(world.stack.isRegistered('1001')).toBe(true);
  expect(await offered(able)).toEqual(['SHA-256', 'MD5']);
});

test('a binding lives as long as it was granted, and is told when it comes and goes', async () => {
  const { world, register } = await start();
  const heard: string[] = [];
  world.stack.onRegistration((extension, isRegistered) => heard.push(`${extension} ${isRegistered}`));
  const answer = await register('1001', { expires: '120' });
  expect(headerOf(answer, 'Contact')).toBe(`<sip:1001@${phoneHost}:5060>;expires=120`);
  expect(world.stack.isRegistered('1001')).toBe(true);
  await world.clock.run(119_000);
  expect(world.stack.isRegistered('1001')).toBe(true);
  await world.clock.run(2_000);
  expect(world.stack.isRegistered('1001')).toBe(false);
  expect(world.stack.invite({ extension: '1001', from: { user: 'x', displayName: 'x' }, offer })).toBeNull();
  expect(heard).toEqual(['1001 true', '1001 false']);
});

test.each([
  ['too short an interval', { expires: '30' }, 423],
  ['a star with a time to live', { contact: '*', expires: '60' }, 400],
  ['a Contact that needs brackets', { contact: 'sip:a@b?Route=x' }, 400],
  ['a Contact of another world', { contact: '<name:John>' }, 400],
])('%s is refused', async (_, options, status) => {
  const { register, world } = await start();
  const answer = await register('1001', options);
  expect(answer.status).toBe(status);
  if (status === 423) expect(headerOf(answer, 'Min-Expires')).toBe('60');
  expect(world.stack.isRegistered('1001')).toBe(false);
});

test('a star with zero, and a Contact with zero, remove the binding', async () => {
  const { register, world } = await start();
  for (const options of [{ contact: '*', expires: '0' }, { expires: '0' }]) {
    await register('1001');
    expect(world.stack.isRegistered('1001')).toBe(true);
    expect((await register('1001', options)).status).toBe(200);
    expect(world.stack.isRegistered('1001')).toBe(false);
  }
});

test('a second phone of the same extension takes its place', async () => {
  const { world, register } = await start();
  await register('1001');
  const other = world.peer('192.0.2.21');
  void other.register('1001');
  await world.clock.run(20);
  other.onRequest = () => {};
  world.stack.invite({ extension: '1001', from: { user: 'x', displayName: 'x' }, offer });
  await world.clock.run(20);
  expect(other.requests.map((each) => each.request.method)).toEqual(['INVITE']);
  expect(world.stack.counters().bindings).toBe(1);
});

test('a phone with two lines registers both over one flow, and each comes and goes alone', async () => {
  const { world, register } = await start();
  await register('1001', { expires: '120' });
  await register('1002', { expires: '600' });
  const registered = () => ['1001', '1002'].filter((extension) => world.stack.isRegistered(extension));
  expect(registered()).toEqual(['1001', '1002']);
  await world.clock.run(60_000);
  await register('1001', { expires: '120' });
  await world.clock.run(100_000);
  expect(registered()).toEqual(['1001', '1002']);
  await world.clock.run(60_000);
  expect(registered()).toEqual(['1002']);
});

test('unknown names and wrong passwords get the same answer, and after ten of them none is looked at', async () => {
  const { register, world } = await start();
  for (const extension of ['nobody-1', '1001']) {
    for (let attempt = 0; attempt < 10; attempt++) expect((await register(extension, { password: 'guess' })).status).toBe(401);
    expect((await register(extension, { password: 'guess' })).status).toBe(403);
    expect((await register(extension)).status).toBe(403);
  }
  await world.clock.run(30 * 60_000 - 10_000);
  expect((await register('1001')).status).toBe(403);
  await world.clock.run(10_000);
  expect((await register('1001')).status).toBe(200);
});

test('an address that guesses at many names is locked after a hundred wrong passwords, known or not; users elsewhere are not', async () => {
  const { register, world } = await start();
  for (let guess = 0; guess < 100; guess++) {
    const status = (await register(`${guess % 2 ? 'nobody-' : ''}${2_000 + guess}`, { password: 'guess' })).status;
    expect(status).toBe(401);
    await world.clock.run(100);
  }
  for (const extension of ['1001', 'nobody-7']) expect((await register(extension)).status).toBe(403);
  const owner = world.peer('192.0.2.21').register('1001');
  await world.clock.run(20);
  expect((await owner).status).toBe(200);
});

test('a phone that is registered may refresh, whatever others tried from its address', async () => {
  const { register, world } = await start();
  await register('1001');
  for (let attempt = 0; attempt < 12; attempt++) await register('1001', { password: 'guess' });
  expect((await register('1001')).status).toBe(200);
  expect(world.stack.isRegistered('1001')).toBe(true);
});

test('another address is not locked out by the guesser', async () => {
  const { register, world } = await start();
  for (let attempt = 0; attempt < 11; attempt++) await register('1001', { password: 'guess' });
  const owner = world.peer('192.0.2.21').register('1001');
  await world.clock.run(20);
  expect((await owner).status).toBe(200);
});

describe('a name that is guessed at from everywhere', () => {
  /** 30 wrong passwords, six from each of five addresses. */
  async function guessed(extension: string) {
    const { world, register } = await start();
    const at = async (host: string, password?: string) => {
      const answer = world.peer(host).register(extension, password === undefined ? {} : { password });
      await world.clock.run(20);
      return (await answer).status;
    };
    if (!extension.startsWith('nobody')) await at('192.0.2.90');
    const statuses: number[] = [];
    for (let guess = 0; guess < 30; guess++) statuses.push(await at(`192.0.2.${100 + (guess % 5)}`, 'guess'));
    return { world, register, at, statuses };
  }

  test.each(['1001', 'nobody-1', 'desktop-1'])('is tried no more from there or elsewhere, be it known or not: %s', async (extension) => {
    const { at, statuses } = await guessed(extension);
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect([await at('192.0.2.100', 'guess'), await at('192.0.2.120', 'guess')]).toEqual([403, 403]);
  });

  test('is not even let in with the right password from a place it never was at, for half an hour', async () => {
    const { world, at } = await guessed('1001');
    expect(await at('192.0.2.121')).toBe(403);
    await world.clock.run(31 * 60_000);
    expect(await at('192.0.2.121')).toBe(200);
  });

  test('goes on to register where it did before, and that gives nobody more tries', async () => {
    const { at } = await guessed('1001');
    expect(await at('192.0.2.90')).toBe(200);
    expect(await at('192.0.2.122', 'guess')).toBe(403);
  });

  test('whose secret nobody can guess registers wherever it is', async () => {
    const { at } = await guessed('desktop-1');
    expect(await at('192.0.2.123')).toBe(200);
  });
});

test('a recorded REGISTER cannot be played again', async () => {
  const { world, phone } = await start();
  const { flow } = phone;
  const challenge = await new Promise<string>((resolve) => {
    phone.layer.send(phone.request('REGISTER', 'sip:example.com', 'sip:1001@example.com', [], null, 'sip:1001@example.com'), flow, {
      onResponse: (response) => resolve(headerOf(response, 'WWW-Authenticate') ?? ''),
      onFailure() {},
    });
    world.clock.advance(20);
  });
  const value =
    answerChallenge(challenge, {
      method: 'REGISTER',
      uri: 'sip:example.com',
      username: '1001',
      password: 'secret-of-1001',
      cnonce: 'c',
      nonceCount: 1,
    }) ?? '';
  const statuses: number[] = [];
  const stale: boolean[] = [];
  for (let play = 0; play < 2; play++) {
    phone.layer.send(
      phone.request(
        'REGISTER',
        'sip:example.com',
        'sip:1001@example.com',
        [{ name: 'Authorization', value }],
        null,
        'sip:1001@example.com',
      ),
      flow,
      {
        onResponse: (response) => {
          statuses.push(response.status);
          stale.push(/stale=true/.test(headerOf(response, 'WWW-Authenticate') ?? ''));
        },
        onFailure() {},
      },
    );
    await world.clock.run(20);
  }
  expect(statuses).toEqual([200, 401]);
  expect(stale).toEqual([false, true]);
});

test('one may not change the address of another', async () => {
  const { world, phone } = await start();
  const statuses: number[] = [];
  let challenge = '';
  const send = (headers: { name: string; value: string }[]) =>
    phone.layer.send(
      phone.request('REGISTER', 'sip:example.com', 'sip:1001@example.com', [phone.contact, ...headers], null, 'sip:1002@example.com'),
      phone.flow,
      {
        onResponse: (response) => {
          statuses.push(response.status);
          challenge = headerOf(response, 'WWW-Authenticate') ?? '';
        },
        onFailure() {},
      },
    );
  send([]);
  await world.clock.run(20);
  send([
    {
      name: 'Authorization',
      value:
        answerChallenge(challenge, {
          method: 'REGISTER',
          uri: 'sip:example.com',
          username: '1001',
          password: 'secret-of-1001',
          cnonce: 'c',
          nonceCount: 1,
        }) ?? '',
    },
  ]);
  await world.clock.run(20);
  expect(statuses).toEqual([401, 403]);
  expect(world.stack.isRegistered('1002')).toBe(false);
});

describe('after the bridge was started anew', () => {
  /** REGISTER with what was answered to a challenge of before; how it is answered now. */
  async function refreshed(phone: ScriptedPeer, challenge: string, run: () => Promise<void>, password = 'secret-of-1001') {
    const digest = { method: 'REGISTER', uri: 'sip:example.com', username: '1001', password, cnonce: 'c', nonceCount: 1 };
    const value = answerChallenge(challenge, digest) ?? '';
    const aor = 'sip:1001@example.com';
    const answers: { status: number; challenge: string }[] = [];
    const headers = [{ name: 'Authorization', value }, phone.contact];
    phone.layer.send(phone.request('REGISTER', 'sip:example.com', aor, headers, null, aor), phone.flow, {
      onResponse: (response) => answers.push({ status: response.status, challenge: headerOf(response, 'WWW-Authenticate') ?? '' }),
      onFailure() {},
    });
    await run();
    return answers.at(-1) ?? { status: 0, challenge: '' };
  }
  const ofBefore = 'Digest realm="example.com", nonce="1s2k.bm90IG9mIHRoaXMgcnVu.AAAAAAAAAAAAAAAAAAAAAA", algorithm=SHA-256, qop="auth"';

  test('whoever answers the nonce of before is told that it is stale, however often, and not that they guessed', async () => {
    const { world, phone, register } = await start();
    const run = () => world.clock.run(20);
    for (let time = 0; time < 12; time++) {
      const { status, challenge } = await refreshed(phone, ofBefore, run, time % 2 ? 'of another time' : undefined);
      expect([status, /stale=true/.test(challenge)]).toEqual([401, true]);
    }
    const told = await refreshed(phone, ofBefore, run);
    expect((await refreshed(phone, told.challenge, run)).status).toBe(200);
    for (let guess = 0; guess < 10; guess++) expect((await register('1002', { password: 'guess' })).status).toBe(401);
    expect((await register('1002')).status).toBe(403);
  });

  test('an office of desktops that still try the secrets of before is let in with the new ones, and so is its desk phone', async () => {
    const { world, register } = await start();
    const desktops = Array.from({ length: 120 }, (_, index) => `desktop-${index}`);
    for (const desktop of desktops) {
      await register(desktop, { password: 'of a log-in before' });
      await world.clock.run(100);
    }
    expect((await register('1001')).status).toBe(403);
    for (const desktop of desktops) {
      expect((await register(desktop)).status).toBe(200);
      await world.clock.run(100);
    }
    expect((await register('1001')).status).toBe(200);
  });

  test('nobody gets more tries at a password by a desktop that registers at the same address', async () => {
    const { register } = await start();
    for (let guess = 0; guess < 10; guess++) await register('1001', { password: 'guess' });
    await register('desktop-1', { password: 'of a log-in before' });
    expect((await register('desktop-1')).status).toBe(200);
    expect((await register('1001')).status).toBe(403);
  });
});
