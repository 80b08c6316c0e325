import { describe, expect, it } from 'vitest';
import { loginAnswerSchema } from '../../../shared/contracts/bridge-events.ts';
import { wireErrorSchema } from '../../../shared/contracts/errors.ts';
import { openApi, password } from './api-house.ts';

const good = { username: 'ana', password, takeOver: false, contractMajor: 1 };

describe('POST /api/login', () => {
  it('gives an agent a session and the credentials of a phone', async () => {
    const house = await openApi();
    const answer = await house.logIn('ana');
    expect(loginAnswerSchema.safeParse(answer).success).toBe(true);
    expect(answer).toMatchObject({
      user: { userId: 'user-ana', role: 'agent' },
      phone: { webSocketPath: '/sip', uri: 'sip:103@crosspoint.invalid', username: '103', realm: 'crosspoint.invalid' },
    });
    expect(answer.token.length).toBeGreaterThan(40);
    expect(await house.logIn('sora')).toMatchObject({ phone: null });
  });

  it.each([
    ['a wrong password', { ...good, password: 'wrong' }, 401, 'login_failed'],
    ['an unknown user', { ...good, username: 'nobody' }, 401, 'login_failed'],
    ['another version of the contract', { ...good, contractMajor: 2 }, 426, 'version_mismatch'],
    ['a missing field', { username: 'ana', password }, 400, 'bad_request'],
    ['wrong types', { ...good, username: ['ana'], password: { $ne: '' } }, 400, 'bad_request'],
    ['a password too long to hash', { ...good, password: 'x'.repeat(201) }, 400, 'bad_request'],
    ['a list', [good], 400, 'bad_request'],
    ['nothing', null, 400, 'bad_request'],
    ['too much', { ...good, username: 'x'.repeat(100_000) }, 413, 'too_large'],
  ])('refuses %s', async (_what, body, status, code) => {
    const house = await openApi();
    const reply = await house.post('/api/login', body);
    expect(reply.status).toBe(status);
    const error: unknown = await reply.json();
    expect(wireErrorSchema.safeParse(error).success).toBe(true);
    expect(error).toMatchObject({ code });
  });

  it('says the same of a wrong password and of an unknown user', async () => {
    const house = await openApi();
    const wrong = await house.post('/api/login', { ...good, password: 'wrong' });
    const unknown = await house.post('/api/login', { ...good, username: 'nobody', password: 'wrong' });
    expect(await wrong.text()).toBe(await unknown.text());
  });

  it('refuses text that is no JSON, poisoned JSON and other media types', async () => {
    const house = await openApi();
    const send = (body: string, type: string) =>
      fetch(`${house.url}/api/login`, { method: 'POST', headers: { 'content-type': type }, body });
    expect((await send('{', 'application/json')).status).toBe(400);
    expect((await send('{"__proto__":{"polluted":1}}', 'application/json')).status).toBe(400);
    expect((await send('{"constructor":{"prototype":{"polluted":1}}}', 'application/json')).status).toBe(400);
    expect((await send('username=ana', 'application/x-www-form-urlencoded')).status).toBe(415);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('asks before it takes over from another desktop', async () => {
    const house = await openApi();
    const first = await house.logIn('ana');
    const second = await house.post('/api/login', good);
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({ code: 'conflict' });
    const third = await house.logIn('ana', true);
    expect(house.sessions.find(first.token)).toBeNull();
    expect(house.sessions.find(third.token)?.user.username).toBe('ana');
  });

  it('locks an account after ten failures, right password included, and no other account', async () => {
    const house = await openApi();
    for (let attempt = 0; attempt < 10; attempt++)
      expect((await house.post('/api/login', { ...good, password: 'wrong' })).status).toBe(401);
    const locked = await house.post('/api/login', good);
    expect(locked.status).toBe(429);
    expect(await locked.json()).toMatchObject({ code: 'too_many_requests' });
    expect((await house.post('/api/login', { ...good, username: 'bo' })).status).toBe(200);
  });

  it('limits how fast one address may try', async () => {
    const house = await openApi({ limits: { loginsPerMinute: 3 } });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 5; attempt++)
      statuses.push((await house.post('/api/login', { ...good, username: `nobody${attempt}` })).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    const refused = await house.post('/api/login', good);
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests' });
    expect((await fetch(`${house.url}/health`)).status).toBe(200);
  });
});

describe('POST /api/logout', () => {
  it('ends the session of its token and nothing else', async () => {
    const house = await openApi();
    const { token } = await house.logIn('ana');
    const other = await house.logIn('bo');
    const reply = await house.post('/api/logout', {}, { authorization: `Bearer ${token}` });
    expect(reply.status).toBe(204);
    expect(house.sessions.find(token)).toBeNull();
    expect(house.sessions.find(other.token)).not.toBeNull();
    expect((await house.post('/api/logout', {}, { authorization: `Bearer ${token}` })).status).toBe(401);
  });
});
