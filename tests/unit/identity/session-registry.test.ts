import { describe, expect, it } from 'vitest';
import { SessionRegistry, type User } from '../../../cti-bridge/identity/index.ts';
import { countingIds, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { hours } from '../../../shared/duration.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';

const lena = user('lena', '6012');
const admin = user('admin', null);

describe('a session', () => {
  it('is found by its token, its phone and its agent', () => {
    const { registry } = start();
    const { token, session } = created(registry, lena);
    expect(registry.find(token)).toBe(session);
    expect(registry.bySipUsername('6012')).toBe(session);
    expect(registry.byAgent(asId<AgentId>('agent-lena'))).toBe(session);
    expect(registry.find(`${token}x`)).toBeNull();
    expect(registry.bySipUsername('6013')).toBeNull();
  });

  it('has a token of 256 bits and a phone password of at least 24 characters, both new each time', () => {
    const { registry } = start();
    const [one, other] = [created(registry, lena), created(registry, user('lin', '6013'))];
    expect(Buffer.from(one.token, 'base64url')).toHaveLength(32);
    expect(one.session.sip?.password.length).toBeGreaterThanOrEqual(24);
    expect(new Set([one.token, other.token, one.session.sip?.password, other.session.sip?.password]).size).toBe(4);
  });

  it('does not hold its token', () => {
    const { registry } = start();
    const { token, session } = created(registry, lena);
    expect(JSON.stringify(session)).not.toContain(token);
  });

  it('has no phone for a user who takes no calls and writes no call flows', () => {
    const { registry } = start();
    const reader = { ...admin, rights: ['configuration:read' as const] };
    expect(created(registry, reader).session.sip).toBeNull();
    expect(created(registry, reader).session.sip).toBeNull();
    expect(registry.list()).toHaveLength(2);
  });

  it('has a phone that no extension leads to, another one each time, for a user who takes no calls and may write call flows', () => {
    const { registry } = start();
    const [one, other] = [created(registry, admin).session, created(registry, admin).session];
    expect([one.sip?.use, created(registry, lena).session.sip?.use]).toEqual(['drafts', 'calls']);
    expect(one.sip?.username).toMatch(/^draft-[0-9a-f]{24}$/);
    expect(other.sip?.username).not.toBe(one.sip?.username);
    expect(registry.bySipUsername(one.sip?.username ?? '')).toBe(one);
    registry.end(one, 'loggedOut');
    expect(registry.bySipUsername(one.sip?.username ?? '')).toBeNull();
  });

  it('is refused to a second log-in of the same agent, who may take over and ends the first before', () => {
    const { registry, ended } = start();
    const first = created(registry, lena);
    expect(registry.create(lena, { takeOver: false })).toEqual({ ok: false, error: 'conflict' });
    expect(registry.find(first.token)).toBe(first.session);

    const second = created(registry, lena, true);
    expect(ended).toEqual([[first.session.sessionId, 'replaced']]);
    expect(registry.find(first.token)).toBeNull();
    expect(registry.bySipUsername('6012')).toBe(second.session);
    expect(second.session.sip?.password).not.toBe(first.session.sip?.password);
  });

  it('ends once, for every way of finding it', () => {
    const { registry, ended, clock } = start();
    const { token, session } = created(registry, lena);
    registry.end(session, 'loggedOut');
    registry.end(session, 'expired');
    expect(ended).toEqual([[session.sessionId, 'loggedOut']]);
    expect([registry.find(token), registry.bySipUsername('6012'), registry.byAgent(asId<AgentId>('agent-lena'))]).toEqual([
      null,
      null,
      null,
    ]);
    expect(clock.pending).toBe(0);
  });

  it('expires after twelve hours without a sign of life, counted from the last one', () => {
    const { registry, ended, clock } = start();
    const { token, session } = created(registry, lena);
    clock.advance(hours(11));
    expect(registry.find(token)).toBe(session);
    clock.advance(hours(11));
    expect(registry.bySipUsername('6012')).toBe(session);
    clock.advance(hours(12) - 1);
    expect(ended).toEqual([]);
    clock.advance(1);
    expect(ended).toEqual([[session.sessionId, 'expired']]);
    expect(registry.find(token)).toBeNull();
  });

  it('ends when the user is given a new password, but for the one in which that was done; others stay', () => {
    const { registry, ended } = start();
    const [own, other, lenas] = [created(registry, admin), created(registry, admin), created(registry, lena)];
    registry.passwordSet(admin.userId, own.session);
    expect(ended).toEqual([[other.session.sessionId, 'loggedOut']]);
    expect([registry.find(own.token), registry.find(other.token), registry.find(lenas.token)]).toEqual([own.session, null, lenas.session]);
  });

  it('does not begin with a password that was replaced while it was looked at', () => {
    const { registry } = start();
    const { passwordsSet } = registry;
    registry.passwordSet(lena.userId, null);
    expect(registry.create(lena, { takeOver: true, passwordsSet })).toEqual({ ok: false, error: 'outdated' });
    expect(registry.create(admin, { takeOver: false, passwordsSet }).ok).toBe(true);
    expect(registry.create(lena, { takeOver: false, passwordsSet: registry.passwordsSet }).ok).toBe(true);
  });

  it('ends for all when the bridge stops', () => {
    const { registry, ended } = start();
    created(registry, lena);
    created(registry, admin);
    registry.endAll('shutdown');
    expect(ended.map(([, why]) => why)).toEqual(['shutdown', 'shutdown']);
    expect(registry.list()).toEqual([]);
  });
});

describe('when the configuration changes', () => {
  it('those signed in may do at once what it now allows, and who is no user any more is signed out', () => {
    const { registry, ended } = start();
    const { token, session } = created(registry, lena);
    const other = created(registry, admin);
    expect([...session.rights]).toEqual(rightsOfRole.agent);
    registry.follow((userId) => (userId === lena.userId ? ['session:own', 'queue:watch'] : null));
    expect([...session.rights]).toEqual(['session:own', 'queue:watch']);
    expect(registry.find(token)).toBe(session);
    expect(registry.find(other.token)).toBeNull();
    expect(ended).toEqual([[other.session.sessionId, 'loggedOut']]);
    // Who gave the right password a moment before may do no more than anybody.
    expect([...created(registry, admin).session.rights]).toEqual([]);
    expect([...created(registry, lena, true).session.rights]).toEqual(['session:own', 'queue:watch']);
  });
});

function start() {
  const clock = new VirtualClock();
  const registry = new SessionRegistry(clock, countingIds('session'));
  const ended: [string, string][] = [];
  registry.ended.on('ended', ({ session, why }) => ended.push([session.sessionId, why]));
  return { clock, registry, ended };
}

function created(registry: SessionRegistry, who: User, takeOver = false) {
  const result = registry.create(who, { takeOver });
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

function user(username: string, extension: string | null): User {
  return {
    ...{ userId: asId<UserId>(`user-${username}`), username, name: username, role: extension ? 'agent' : 'administrator', locale: 'en' },
    rights: rightsOfRole[extension ? 'agent' : 'administrator'],
    ...{ agentId: extension === null ? null : asId<AgentId>(`agent-${username}`), extension, skills: {}, isDemo: true },
  };
}
