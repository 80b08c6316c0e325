import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { demoPassword } from '../../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../../support/bridge.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';

let bridge: TestBridge;
let admin: ScriptedDesktop;
let lena: ScriptedDesktop;

beforeAll(async () => {
  bridge = await startBridge();
  const logIn = (username: string) =>
    ScriptedDesktop.logIn({ bridge: bridge.httpAddress, username, password: demoPassword, phoneMedia: null });
  [admin, lena] = await Promise.all([logIn('admin'), logIn('lena.hartmann')]);
});
afterAll(async () => {
  admin.disconnect();
  lena.disconnect();
  expect(bridge.bugs).toEqual([]);
  await bridge.dispose();
});

const upload = (desktop: ScriptedDesktop, body: string, name: string) =>
  fetch(`${bridge.httpAddress}/api/imports`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${desktop.login.token}`,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
    },
    body,
  });

it('takes a list from an administrator over HTTP, and finds its people', async () => {
  const list = '姓名,手机,单位\n欧阳测试,13912340987,测试单位\n';
  expect((await upload(lena, list, '名单.csv')).status).toBe(403);
  const received = (await (await upload(admin, list, '名单.csv')).json()) as { ok: boolean; value: { importId: string } };
  const { importId } = received.value;
  const { guess, view } = await admin.ask('import:preview', { importId });
  expect(view.fileName).toBe('名单.csv');
  await admin.ask('import:start', { importId, mapping: guess });
  await vi.waitFor(async () => expect((await admin.ask('import:list', {})).imports[0]).toMatchObject({ state: 'done', created: 1 }), {
    timeout: 30_000,
    interval: 200,
  });
  const { hits } = await admin.ask('customer:search', { text: '139 1234 0987', limit: 5 });
  expect(hits.map(({ title }) => title)).toContain('欧阳测试');
});

it('takes production data from the folder beside the database', async () => {
  const file = join(bridge.folder, 'inbox', 'people.json');
  writeFileSync(file, JSON.stringify([{ '@type': 'Individual', externalId: 'X-1', fullName: 'Inbox Person' }]));
  await vi.waitFor(() => expect(existsSync(file)).toBe(false), { timeout: 30_000, interval: 200 });
});
