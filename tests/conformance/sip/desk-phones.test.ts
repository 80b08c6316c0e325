import { expect, test } from 'vitest';
import type { Header, IncomingLeg, ReceivedResponse, SipConfig } from '../../../cti-bridge/sip/index.ts';
import { answerChallenge, headerLines } from '../../../cti-bridge/sip/index.ts';
import type { ScriptedPeer } from './scripted-peer.ts';
import { answer, createWorld, offer, stackHost, trunkHost } from './scripted-peer.ts';

/** Telephones of agents on UDP: registered, or at an address that never changes; and the codes dialled on them. */

const deskHost = '192.0.2.30';
const address = `sip:6012@${deskHost}`;

const start = async (config: Partial<SipConfig> = {}) => {
  const dialled: { readonly leg: IncomingLeg; readonly code: string; readonly phone: string | null; readonly trunk: string }[] = [];
  const world = await createWorld(
    (leg) => {
      dialled.push({ leg, code: leg.dialled, phone: leg.phone, trunk: leg.trunk });
      void leg.answer(answer);
    },
    {},
    config,
  );
  /** An INVITE; answers one challenge when there is a password to answer it with. */
  const dial = async (phone: ScriptedPeer, code: string, login?: { readonly username: string; readonly password: string }) => {
    const answers: ReceivedResponse[] = [];
    const uri = `sip:${code}@${stackHost}`;
    const send = (extra: readonly Header[]) =>
      phone.layer.send(phone.request('INVITE', uri, 'sip:6012@example.com', [phone.contact, ...extra], offer), phone.flow, {
        onResponse: (response) => void answers.push(response),
        onFailure() {},
      });
    send([]);
    await world.clock.run(20);
    const challenge = answers.at(-1);
    if (login && challenge?.status === 401) {
      const value = answerChallenge(headerLines(challenge, 'WWW-Authenticate')[0] ?? '', {
        method: 'INVITE',
        uri,
        ...login,
        cnonce: 'c',
        nonceCount: 1,
      });
      send([{ name: 'Authorization', value: value ?? '' }]);
      await world.clock.run(20);
    }
    return answers.map(({ status, reason }) => (status < 300 ? status : `${status} ${reason}`));
  };
  return { world, dialled, dial };
};

const owner = { username: '6012', password: 'secret-of-6012' };
const wrong = { username: '6012', password: 'guess' };

test('a code dialled on a registered phone is asked for the password, and then known by its extension', async () => {
  const { world, dialled, dial } = await start();
  const phone = world.peer(deskHost);
  void phone.register('6012');
  await world.clock.run(20);
  expect(await dial(phone, '*11', owner)).toEqual(['401 Unauthorized', 100, 200]);
  expect(dialled).toMatchObject([{ code: '*11', phone: '6012', trunk: '' }]);
});

test('a code is taken from a phone that never registered, if it knows the password', async () => {
  const { world, dialled, dial } = await start();
  expect(await dial(world.peer(deskHost), '*12', owner)).toEqual(['401 Unauthorized', 100, 200]);
  expect(dialled).toMatchObject([{ phone: '6012' }]);
});

test('wrong passwords start no call, and after ten of them none is looked at for half an hour', async () => {
  const { world, dialled, dial } = await start();
  const phone = world.peer(deskHost);
  for (let attempt = 0; attempt < 10; attempt++) expect(await dial(phone, '*12', wrong)).toEqual(['401 Unauthorized', '401 Unauthorized']);
  expect(await dial(phone, '*12', owner)).toEqual(['401 Unauthorized', '403 Too Many Attempts']);
  expect(dialled).toEqual([]);
  await world.clock.run(30 * 60_000);
  expect(await dial(phone, '*12', owner)).toContain(200);
});

test('a phone that has registered cannot guess the passwords of others without limit', async () => {
  const { world, dial } = await start();
  const phone = world.peer(deskHost);
  void phone.register('6012');
  await world.clock.run(20);
  const guess = { username: '6013', password: 'guess' };
  for (let attempt = 0; attempt < 10; attempt++) await dial(phone, '*12', guess);
  expect(await dial(phone, '*12', guess)).toEqual(['401 Unauthorized', '403 Too Many Attempts']);
  expect(await dial(phone, '*12', owner)).toContain(200);
});

test('a code that comes through the trunk is no caller', async () => {
  const { world, dialled, dial } = await start();
  expect(await dial(world.peer(trunkHost), '*12')).toEqual(['401 Unauthorized']);
  expect(dialled).toEqual([]);
});

test('whatever else a phone of ours dials is refused in words, also where its address is a trunk’s', async () => {
  const { world, dialled, dial } = await start();
  const phone = world.peer(trunkHost);
  void phone.register('6012');
  await world.clock.run(20);
  expect(await dial(phone, '1000')).toEqual(['403 Outbound Calls Not Available Yet']);
  expect(dialled).toEqual([]);
});

test('codes have a limit of their own, so that guessers do not take the callers’ place', async () => {
  const { world, dial } = await start({ inviteRateLimit: 5 });
  const guessers = ['192.0.2.41', '192.0.2.42', '192.0.2.43'].map((host) => world.peer(host));
  const answers = await Promise.all(Array.from({ length: 45 }, (_, at) => dial(guessers[at % 3] ?? world.peer('192.0.2.44'), '*12')));
  expect(answers.filter(([status]) => status === '503 Service Unavailable').length).toBe(25);
  const call = world.peer(trunkHost).call();
  await world.clock.run(20);
  expect(call.final).toBe(200);
});

test('an address that never changes counts while it answers OPTIONS, is called there, and its codes need no password', async () => {
  const { world, dialled, dial } = await start();
  const heard: string[] = [];
  world.stack.onRegistration((extension, isThere) => heard.push(`${extension} ${isThere}`));
  const phone = world.peer(deskHost);
  expect(world.stack.setAddress('6012', address)).toBe(true);
  expect(world.stack.isRegistered('6012')).toBe(false);
  await world.clock.run(20);
  expect([world.stack.isRegistered('6012'), world.stack.transportOf('6012')]).toEqual([true, 'UDP']);

  world.stack.invite({ extension: '6012', from: { user: '+1', displayName: 'M' }, offer });
  await world.clock.run(20);
  expect(phone.requests.map(({ request }) => `${request.method} ${request.uri}`)).toEqual([
    `OPTIONS ${address}`,
    `INVITE ${address}`,
    `BYE ${address}`,
  ]);

  expect(await dial(phone, '*11')).toEqual([100, 200]);
  expect(await dial(phone, '1000')).toEqual(['403 Outbound Calls Not Available Yet']);
  expect(dialled).toMatchObject([{ code: '*11', phone: '6012', trunk: '' }]);
  expect(heard).toEqual(['6012 true']);
});

test('a name, or no SIP address, is not taken for an address', async () => {
  const { world } = await start();
  for (const uri of ['sip:6012@phone.example', 'sips:6012@192.0.2.30', 'tel:+1', 'nonsense'])
    expect(world.stack.setAddress('6012', uri)).toBe(false);
  expect(world.stack.counters().bindings).toBe(0);
});

test.each(['registered', 'at an address'])(
  'a phone %s whose plug is pulled is gone within 35 s, and back when it answers again',
  async (kind) => {
    const { world } = await start();
    const heard: boolean[] = [];
    world.stack.onRegistration((_, isThere) => heard.push(isThere));
    const phone = world.peer(deskHost);
    if (kind === 'registered') void phone.register('6012', { expires: '7200' });
    else world.stack.setAddress('6012', address);
    await world.clock.run(60_000);
    expect(world.stack.isRegistered('6012')).toBe(true);
    const asked = phone.requests.length;
    world.network.faults = { loss: 1 };
    await world.clock.run(35_000);
    expect(world.stack.isRegistered('6012')).toBe(false);
    expect(world.stack.invite({ extension: '6012', from: { user: 'x', displayName: 'x' }, offer })).toBeNull();
    world.network.faults = {};
    await world.clock.run(35_000);
    expect(world.stack.isRegistered('6012')).toBe(true);
    expect(heard).toEqual([true, false, true]);
    expect(phone.requests.length - asked).toBeLessThan(4);
  },
);

test('a silent phone that registers again is there at once', async () => {
  const { world } = await start();
  const phone = world.peer(deskHost);
  void phone.register('6012');
  await world.clock.run(20);
  world.network.faults = { loss: 1 };
  await world.clock.run(35_000);
  expect(world.stack.isRegistered('6012')).toBe(false);
  world.network.faults = {};
  void phone.register('6012');
  await world.clock.run(20);
  expect(world.stack.isRegistered('6012')).toBe(true);
});

test('an offer that nobody answers makes us ask at once whether the phone is there', async () => {
  const { world } = await start();
  const phone = world.peer(deskHost);
  void phone.register('6012');
  await world.clock.run(20);
  world.network.faults = { loss: 1 };
  const leg = world.stack.invite({ extension: '6012', from: { user: 'x', displayName: 'x' }, offer });
  await world.clock.run(3_000);
  leg?.hangUp();
  await world.clock.run(4_100);
  expect(world.stack.isRegistered('6012')).toBe(false);
});

test('an address taken away is asked no more, and no call from it is its own', async () => {
  const { world, dial } = await start();
  const phone = world.peer(deskHost);
  world.stack.setAddress('6012', address);
  await world.clock.run(20);
  expect(world.stack.setAddress('6012', null)).toBe(true);
  expect(world.stack.isRegistered('6012')).toBe(false);
  const asked = phone.requests.length;
  await world.clock.run(120_000);
  expect(phone.requests.length).toBe(asked);
  expect(await dial(phone, '*11')).toEqual(['401 Unauthorized']);
});
