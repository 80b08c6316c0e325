import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { demoPassword } from '../../../cti-bridge/store/seed/demo-people.ts';
import { uploadLimitBytes } from '../../../shared/contracts/bridge-events.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { startBridge, type TestBridge } from '../../support/bridge.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';

let bridge: TestBridge;
let desktops: ScriptedDesktop[];

beforeEach(async () => {
  desktops = [];
  bridge = await startBridge();
});
afterEach(async () => {
  for (const desktop of desktops) desktop.disconnect();
  expect(bridge.bugs).toEqual([]);
  await bridge.dispose();
});

async function signIn(username: string): Promise<ScriptedDesktop> {
  const desktop = await ScriptedDesktop.logIn({ bridge: bridge.httpAddress, username, password: demoPassword, phoneMedia: null });
  desktops.push(desktop);
  return desktop;
}

async function save(admin: ScriptedDesktop, change: (configuration: Configuration) => void) {
  const read = await admin.command('configuration:read', {});
  if (!read.ok) throw new Error(read.error.message);
  change(read.value.configuration);
  return admin.upload('configuration:save', { configuration: read.value.configuration, basedOn: read.value.revision, note: 'a test' });
}

it('what an administrator saves holds for those who are signed in, from that moment', async () => {
  const [admin, lena, lin] = [await signIn('admin'), await signIn('lena.hartmann'), await signIn('lin.wei')];
  const ofAgents = [...rightsOfRole.agent];
  expect(lena.snapshot.user).toMatchObject({ role: 'agent', rights: ofAgents });
  expect(lena.snapshot.skills).toContainEqual({ id: 'billing', name: { en: 'Billing', zh: '账务' } });
  expect(lena.snapshot.reasons.map(({ id }) => id)).toEqual(['break', 'meal', 'meeting', 'training']);
  const coffee = { presence: 'notReady', reason: 'coffee' } as const;
  expect(await lena.command('agent:set-presence', coffee)).toMatchObject({ ok: false, error: { code: 'bad_request' } });
  expect(await lena.command('contact:read', { contactId: 'nobody' })).toMatchObject({ ok: false, error: { code: 'not_found' } });

  const saved = await save(admin, (configuration) => {
    configuration.reasons.push({ id: 'coffee', name: { en: 'Coffee', zh: '咖啡' } });
    const role = configuration.roles.find(({ id }) => id === 'agent');
    if (role) role.rights = ['session:own', 'work:handle', 'queue:watch'];
    configuration.users = configuration.users.filter(({ username }) => username !== 'lin.wei');
  });
  expect(saved).toMatchObject({ ok: true, value: { saved: true, revision: 1 } });

  expect(await lena.command('agent:set-presence', coffee)).toMatchObject({
    ok: true,
    value: { presence: 'notReady', notReadyReason: 'coffee' },
  });
  expect(await lena.command('contact:read', { contactId: 'nobody' })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  expect(await lena.command('board:watch', {})).toMatchObject({ ok: true });
  await lin.journal.wait(/^disconnected/, 5_000);
  await expect(signIn('lin.wei')).rejects.toThrow('401');

  expect(await admin.command('configuration:undo', { revision: 1 })).toMatchObject({ ok: true, value: { saved: true, revision: 2 } });
  expect(await lena.command('board:watch', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  // Taken back with their place, but not with the password: that was not configuration.
  await expect(signIn('lin.wei')).rejects.toThrow('401');
  expect(await admin.command('user:set-password', { userId: 'user-lin-wei', password: 'a new word of mine' })).toMatchObject({ ok: true });
  const back = await ScriptedDesktop.logIn({
    bridge: bridge.httpAddress,
    username: 'lin.wei',
    password: 'a new word of mine',
    phoneMedia: null,
  });
  desktops.push(back);
  expect(back.snapshot.agent?.extension).toBe('6013');

  // A new password puts out whoever is signed in with the old one, but not the administrator who sets their own.
  const elsewhere = await signIn('admin');
  for (const userId of ['user-lin-wei', 'user-admin'])
    expect(await admin.command('user:set-password', { userId, password: 'another word of mine' })).toMatchObject({ ok: true });
  await Promise.all([back, elsewhere].map(({ journal }) => journal.wait(/^disconnected/, 5_000)));
  expect(await admin.command('configuration:history', { before: null, limit: 1 })).toMatchObject({
    value: { revisions: [{ note: expect.stringMatching(/^password of .+ set$/), changes: [] }] },
  });
  expect(bridge.logged.join('\n')).not.toContain('another word of mine');
});

it('who may only read the configuration reads it, and nobody else does', async () => {
  const [dana, lena] = [await signIn('dana.whitlock'), await signIn('lena.hartmann')];
  expect(await dana.command('configuration:read', {})).toMatchObject({ ok: true, value: { revision: 0 } });
  expect(await dana.command('configuration:history', { before: null, limit: 5 })).toMatchObject({ ok: true, value: { revisions: [] } });
  expect(await save(dana, () => {})).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  expect(await dana.command('user:set-password', { userId: 'user-admin', password: 'mine from now on' })).toMatchObject({
    ok: false,
    error: { code: 'forbidden' },
  });
  for (const name of ['configuration:read', 'configuration:history'] as const)
    expect(await lena.command(name, { before: null, limit: 5 } as never)).toMatchObject({ ok: false });
  expect(bridge.logged.join('\n')).not.toContain('mine from now on');
});

it('takes in an organisation of five thousand people, which is more than one message of the socket may have', async () => {
  const admin = await signIn('admin');
  const { configuration, revision } = await admin.ask('configuration:read', {});
  const somebody = configuration.users.find(({ agent }) => agent !== null);
  if (!somebody?.agent) throw new Error('the demo organisation has agents');
  const { agent } = somebody;
  for (let n = configuration.users.length; n < 5_000; n++) {
    const extension = String(70_000 + n);
    configuration.users.push({
      ...somebody,
      id: `user-${n}`,
      username: `agent.${n}`,
      name: `Agent ${n}`,
      agent: { ...agent, id: `agent-${n}`, extension },
    });
  }
  const request = { configuration, basedOn: revision, note: 'everybody' };
  expect(Buffer.byteLength(JSON.stringify(request))).toBeGreaterThan(1024 * 1024);
  const checked = await admin.upload('configuration:check', { configuration });
  expect(checked).toMatchObject({ ok: true, value: { problems: [] } });
  const saved = await admin.upload('configuration:save', request);
  expect(saved).toMatchObject({ ok: true, value: { saved: true, revision: revision + 1 } });
  expect((await admin.ask('configuration:read', {})).configuration.users).toHaveLength(5_000);
}, 30_000);

/** The head of a request is sent and nothing of its body: what is answered now was judged by the head alone. */
async function answerToHead(
  path: string,
  token: string | null,
  bytes: number,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const { hostname, port, host } = new URL(bridge.httpAddress);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    const bearer = token === null ? [] : [`Authorization: Bearer ${token}`];
    const head = [`POST ${path} HTTP/1.1`, `Host: ${host}`, 'Content-Type: application/json', `Content-Length: ${bytes}`, ...bearer];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    const [data] = (await once(socket, 'data', { signal: AbortSignal.timeout(5_000) })) as [Buffer];
    const [answerHead = '', body = ''] = data.toString().split('\r\n\r\n');
    return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answerHead)?.[1]), body: JSON.parse(body) };
  } finally {
    socket.destroy();
  }
}

it.each(['check', 'save'])('POST %s is refused by its head alone: nobody, who may not, and what is too large', async (deed) => {
  const [admin, dana] = [await signIn('admin'), await signIn('dana.whitlock')];
  const path = `/api/configuration/${deed}`;
  const refused = (code: string) => ({ ok: false, error: { code } });
  const half = uploadLimitBytes / 2;
  expect(await answerToHead(path, null, half)).toMatchObject({ status: 401, body: refused('unauthorized') });
  expect(await answerToHead(path, dana.login.token, half)).toMatchObject({ status: 403, body: refused('forbidden') });
  expect(await answerToHead(path, admin.login.token, uploadLimitBytes + 1)).toMatchObject({
    status: 413,
    body: { ok: false, error: { code: 'too_large', message: 'More was sent than the 6 MB that this takes.' } },
  });
});
