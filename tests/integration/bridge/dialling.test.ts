import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseFile } from '../../../cti-bridge/store/database.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { BridgeStage } from './bridge-stage.ts';

/** A house in Ningbo that dials 9 for an outside line; its exchange hands numbers on as they were dialled. */
const dialling = { outsidePrefix: '9', areaCode: '0574' };
const stored = '+8657486001234';
const written = ['86001234', '8600 1234', '986001234', '9,86001234', '0574-8600 1234', '9057486001234'];

let stage: BridgeStage;
let lena: ScriptedDesktop;
let admin: ScriptedDesktop;
let contactId: string;
beforeAll(async () => {
  stage = await BridgeStage.open({
    setUp: (configuration) => ({ ...configuration, organisation: { ...configuration.organisation, dialling } }),
  });
  [lena, admin] = [await stage.signIn(), await stage.signIn('admin')];
  contactId = await create('Ningbo Reception', stored);
}, 120_000);
afterAll(async () => {
  await stage.close();
  expect(stage.bridge.bugs).toEqual([]);
});

const fieldsOf = (name: string) => ({ name, locale: 'en', title: null, accountId: null }) as const;
async function create(name: string, value: string): Promise<string> {
  const page = await lena.ask('contact:create', { fields: fieldsOf(name), identifiers: [{ kind: 'phone', value }], interactionId: null });
  return page.record.contactId;
}

describe('how telephones are dialled here', () => {
  it.each(['86001234', '986001234'])('knows who calls as %s', { timeout: 60_000 }, async (from) => {
    await lena.becomeAvailable();
    const before = lena.pushes.length;
    const call = await stage.callBilling(from);
    const { pop } = await lena.push('reservation:offered', () => true, 5_000, before);
    expect(pop.caller).toMatchObject({ number: stored, kind: 'fixed', region: { en: 'Ningbo, Zhejiang' } });
    expect(pop.match).toMatchObject({ kind: 'certain', contact: { contactId } });
    await call.hangUp();
    await lena.push('reservation:ended', () => true, 5_000, before);
    const db = new Sqlite(join(stage.bridge.folder, databaseFile), { readonly: true });
    const row = db.prepare('select number from interaction where interaction_id = ?').get(pop.interactionId);
    db.close();
    expect(row).toEqual({ number: stored });
  });

  it.each([...written, '8600', '860012'])('finds in the search what is typed as %s', async (text) => {
    const { hits } = await admin.ask('customer:search', { text, limit: 8 });
    expect(hits).toContainEqual(expect.objectContaining({ contactId, matched: 'number' }));
  });

  it.each(written)('knows in an edit whose number %s is', async (value) => {
    const taken = await lena.command('contact:create', {
      ...{ fields: fieldsOf('Somebody else'), identifiers: [{ kind: 'phone', value }], interactionId: null },
    });
    expect(taken).toMatchObject({ ok: false, error: { code: 'conflict', message: expect.stringContaining('Ningbo Reception') } });
  });

  it('keeps under one key what an edit adds', async () => {
    const other = await create('Ningbo Workshop', '86005555');
    const page = await lena.ask('contact:set-identifier', {
      ...{ contactId: other, identifierId: null, kind: 'phone', value: '9,8600 5556', label: null, verified: false, shared: false },
    });
    expect(page.identifiers.map(({ value }) => value).sort()).toEqual(['+8657486005555', '+8657486005556']);
  });

  it('takes rows of an import to whom they belong', { timeout: 60_000 }, async () => {
    const body = 'name,phone,title\r\nNingbo Reception,86001234,Front desk\r\nNingbo Warehouse,986002222,Keeper\r\n';
    const sent = await fetch(`${stage.bridge.httpAddress}/api/imports`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${admin.login.token}`,
        'content-type': 'application/octet-stream',
        'x-file-name': 'customers.csv',
      },
      body,
    });
    const { importId } = ((await sent.json()) as { value: { importId: string } }).value;
    const { guess } = await admin.ask('import:preview', { importId });
    expect(guess.columns).toEqual(['name', 'phone', 'title']);
    await admin.ask('import:start', { importId, mapping: { ...guess, whenKnown: 'fillEmpty', source: 'a list' } });
    const find = async () => (await admin.ask('import:list', {})).imports.find((each) => each.importId === importId);
    await expect.poll(async () => (await find())?.state, { timeout: 20_000 }).toBe('done');
    expect(await find()).toMatchObject({ created: 1, updated: 1, refused: 0 });
    expect((await admin.ask('contact:page', { contactId })).fields.title).toBe('Front desk');
    const { hits } = await admin.ask('customer:search', { text: '+86 574 8600 2222', limit: 8 });
    expect(hits).toMatchObject([{ title: 'Ningbo Warehouse' }]);
  });
});
