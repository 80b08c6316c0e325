import { describe, expect, it } from 'vitest';
import { KeptLogIns, SessionRegistry, type StoredLogIn, type User } from '../../../cti-bridge/identity/index.ts';
import { countingIds, silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { hours, minutes } from '../../../shared/duration.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';

const lena: User = {
  ...{ userId: asId<UserId>('user-lena'), username: 'lena', name: 'Lena', role: 'agent', rights: rightsOfRole.agent, locale: 'en' },
  ...{ agentId: asId<AgentId>('agent-lena'), extension: '6012', skills: {}, isDemo: false },
};
const admin: User = {
  ...lena,
  userId: asId<UserId>('user-admin'),
  username: 'admin',
  role: 'administrator',
  agentId: null,
  extension: null,
};

/** A disk that outlives registries. */
function house() {
  const clock = new VirtualClock();
  const ids = countingIds('session');
  const rows = new Map<string, StoredLogIn>();
  const users = new Map([lena, admin].map((user) => [user.userId, user]));
  const repository = {
    save: async (logIn: StoredLogIn) => void rows.set(logIn.sessionId, logIn),
    seen: async (sessionId: string, seenAt: number) => {
      const row = rows.get(sessionId);
      if (row) rows.set(sessionId, { ...row, seenAt });
    },
    forget: async (sessionId: string) => void rows.delete(sessionId),
    readAll: async () => [...rows.values()].map((stored) => ({ stored, user: users.get(stored.userId) ?? null })),
  };
  async function start() {
    const kept = new KeptLogIns({ repository, clock, log: silentLog });
    await kept.load();
    return new SessionRegistry(clock, ids, kept);
  }
  return { clock, rows, users, start };
}

function created(registry: SessionRegistry, who: User) {
  const result = registry.create(who, { takeOver: false });
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe('after a restart', () => {
  it('a log-in goes on with its token, as the same session with a new secret for the phone, and nothing on disk is either', async () => {
    const { rows, start } = house();
    const { token, session } = created(await start(), lena);
    const written = JSON.stringify([...rows.values()]);
    expect([written.includes(token), written.includes(session.sip?.password ?? '')]).toEqual([false, false]);

    const registry = await start();
    expect([registry.list(), registry.byAgent(asId<AgentId>('agent-lena')), registry.bySipUsername('6012')]).toEqual([[], null, null]);
    const again = registry.find(token);
    expect(again).toMatchObject({ sessionId: session.sessionId, user: lena, createdAt: session.createdAt });
    expect(again?.sip?.username).toBe('6012');
    expect(again?.sip?.password).not.toBe(session.sip?.password);
    expect(registry.find(token)).toBe(again);
    expect(registry.bySipUsername('6012')).toBe(again);
    expect(registry.find(`${token}x`)).toBeNull();
  });

  it('it goes on after a stop as well as after a kill', async () => {
    const { start } = house();
    const before = await start();
    const { token } = created(before, lena);
    before.endAll('shutdown');
    expect((await start()).find(token)).not.toBeNull();
  });

  it.each<[string, (house: { registry: SessionRegistry; token: string }) => void]>([
    ['logged out', ({ registry, token }) => registry.end(registry.find(token) ?? fail(), 'loggedOut')],
    ['replaced', ({ registry }) => void registry.create(lena, { takeOver: true })],
    ['given a new password', ({ registry }) => registry.passwordSet(lena.userId, null)],
    ['removed', ({ registry }) => registry.follow(() => null)],
  ])('who was %s before is out', async (_how, leave) => {
    const { start } = house();
    const registry = await start();
    const { token } = created(registry, lena);
    leave({ registry, token });
    expect((await start()).find(token)).toBeNull();
  });

  it.each<[string, (registry: SessionRegistry) => void]>([
    ['is given a new password', (registry) => registry.passwordSet(lena.userId, null)],
    ['is removed', (registry) => registry.follow(() => null)],
    ['signs in anew, unasked whether to take over', (registry) => void created(registry, lena)],
  ])('who %s before their desktop is back is out, also after another restart', async (_how, change) => {
    const { start } = house();
    const { token } = created(await start(), lena);
    const registry = await start();
    change(registry);
    expect(registry.find(token)).toBeNull();
    expect((await start()).find(token)).toBeNull();
  });

  it('who is no user any more is out, and who has another role may do what that allows', async () => {
    const { rows, users, start } = house();
    const before = await start();
    const [lenas, admins] = [created(before, lena), created(before, admin)];
    users.delete(lena.userId);
    users.set(admin.userId, { ...admin, rights: ['session:own'] });
    const registry = await start();
    expect(registry.find(lenas.token)).toBeNull();
    expect([...(registry.find(admins.token)?.rights ?? [])]).toEqual(['session:own']);
    expect(rows.size).toBe(1);
  });

  it('the one log-in in which its password was set goes on', async () => {
    const { rows, start } = house();
    const registry = await start();
    const [own, other] = [created(registry, admin), created(registry, admin)];
    rows.clear();
    registry.passwordSet(admin.userId, registry.find(own.token));
    const later = await start();
    expect([later.find(own.token) !== null, later.find(other.token)]).toEqual([true, null]);
  });

  it('twelve hours without a sign of life end it, wherever the restart was', async () => {
    const { clock, rows, start } = house();
    const before = await start();
    const { token } = created(before, lena);
    clock.advance(hours(11));
    expect(before.find(token)).not.toBeNull();
    clock.advance(hours(11));
    const registry = await start();
    clock.advance(hours(1));
    expect(registry.find(token)).toBeNull();
    expect(rows.size).toBe(0);
  });

  it('signs of life are written every ten minutes and no oftener', async () => {
    const { clock, rows, start } = house();
    const registry = await start();
    const { token, session } = created(registry, lena);
    const seenAt = () => rows.get(session.sessionId)?.seenAt;
    clock.advance(minutes(9));
    registry.find(token);
    expect(seenAt()).toBe(session.createdAt);
    clock.advance(minutes(1));
    registry.find(token);
    expect(seenAt()).toBe(clock.now());
  });
});

function fail(): never {
  throw new Error('there is no such session');
}
