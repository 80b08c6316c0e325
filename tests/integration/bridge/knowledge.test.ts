import { afterEach, expect, it } from 'vitest';
import { demoPassword } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { Push } from '../../../shared/contracts/bridge-events.ts';
import { startBridge, type TestBridge } from '../../support/bridge.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';

let bridge: TestBridge;
const desktops: ScriptedDesktop[] = [];

async function signIn(username: string): Promise<ScriptedDesktop> {
  const desktop = await ScriptedDesktop.logIn({ bridge: bridge.httpAddress, username, password: demoPassword, phoneMedia: null });
  desktops.push(desktop);
  return desktop;
}

afterEach(async () => {
  for (const desktop of desktops.splice(0)) desktop.disconnect();
  expect(bridge.bugs).toEqual([]);
  await bridge.dispose();
});

it('an article is written by a supervisor, found by agents from the moment it is published, and by nobody when it is withdrawn', async () => {
  bridge = await startBridge();
  const [dana, lena] = [await signIn('dana.whitlock'), await signIn('lena.hartmann')];
  const told: Push[] = [];
  lena.onPush((push) => told.push(push));
  const find = async (text: string) => (await lena.ask('knowledge:search', { text, queueId: null, limit: 5 })).hits;
  expect((await find('manyou')).map(({ number }) => number)).toEqual(['KB-311', 'KB-318']);

  const content = {
    texts: { en: { title: 'Fibre in old houses', body: 'See KB-207.', answer: '' }, zh: null },
    ...{ tags: ['fibre'], queueIds: ['technical'] },
  };
  const begun = { number: null, content, basedOn: null, writingId: 'hand-1' };
  await dana.ask('knowledge:save-draft', begun);
  const draft = await dana.ask('knowledge:save-draft', begun);
  const { number } = draft.summary;
  expect(draft).toMatchObject({ summary: { number: 'KB-319', state: 'draft' }, problems: [{ code: 'oneLanguage', locale: 'zh' }] });
  expect(await find('fibre')).toEqual([]);
  const change = { number, content, basedOn: 2, writingId: 'hand-2' };
  expect(await lena.command('knowledge:save-draft', change)).toMatchObject({ ok: false, error: { code: 'forbidden' } });

  await dana.ask('knowledge:publish', { number, draftRevision: 2, note: 'asked for often' });
  expect(await find('fibre')).toMatchObject([{ number, titles: { en: 'Fibre in old houses', zh: null }, matched: 'title' }]);
  expect(told).toContainEqual(expect.objectContaining({ name: 'knowledge:changed', payload: { number, version: 1 } }));
  expect(await lena.ask('knowledge:read', { number })).toMatchObject({
    version: 1,
    by: { name: 'Dana Whitlock' },
    refersTo: [{ number: 'KB-207' }],
  });
  const need = { queueId: 'technical', menu: {}, said: 'they want fibre', cases: [], guide: [] };
  expect((await lena.ask('knowledge:suggest', need)).suggestions[0]).toMatchObject({
    number,
    reasons: [{ code: 'said' }, { code: 'queue' }],
  });
  expect(await lena.ask('knowledge:judge', { number, interactionId: 'i-1', helped: true })).toEqual({ helped: 1, notHelped: 0 });

  await dana.ask('knowledge:withdraw', { number, note: '' });
  expect(await lena.command('knowledge:read', { number })).toMatchObject({ ok: false, error: { code: 'not_found' } });
  expect((await dana.ask('knowledge:open', { number })).versions).toMatchObject([{ version: 1, note: 'asked for often', isLive: false }]);
  expect((await dana.ask('configuration:history', { before: null, limit: 1 })).revisions[0]?.note).toBe(`the article ${number} withdrawn`);
});
