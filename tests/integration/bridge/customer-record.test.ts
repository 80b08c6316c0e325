import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { demoPassword, juliaBrandt, margaretOkafor, zhouHousehold } from '../../../cti-bridge/store/seed/demo-people.ts';
import { commands } from '../../../shared/contracts/bridge-events.ts';
import type { ContactPage } from '../../../shared/contracts/record.ts';
import { startBridge, type TestBridge } from '../../support/bridge.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';

let bridge: TestBridge;
let lena: ScriptedDesktop;
let linWei: ScriptedDesktop;
/** Of another office, and with nobody in hand. */
let owen: ScriptedDesktop;

beforeAll(async () => {
  bridge = await startBridge();
  [lena, linWei, owen] = await Promise.all(
    (['lena.hartmann', 'lin.wei', 'owen.carter'] as const).map((username) =>
      ScriptedDesktop.logIn({ bridge: bridge.httpAddress, username, password: demoPassword, phoneMedia: null }),
    ) as [Promise<ScriptedDesktop>, Promise<ScriptedDesktop>, Promise<ScriptedDesktop>],
  );
});
afterAll(async () => {
  for (const desktop of [lena, linWei, owen]) desktop.disconnect();
  expect(bridge.bugs).toEqual([]);
  await bridge.dispose();
});

const page = (contactId: string, desktop = lena) => desktop.ask('contact:page', { contactId });
const bearer = (desktop: ScriptedDesktop) => ({ authorization: `Bearer ${desktop.login.token}` });
const create = (name: string, desktop = lena): Promise<ContactPage> =>
  desktop.ask('contact:create', { fields: { name, locale: 'en', title: null, accountId: null }, identifiers: [], interactionId: null });

describe('the record of a customer, from the desktop to the disk and back', () => {
  it('is one page with everything that is known', async () => {
    const margaret = await page(margaretOkafor.contactId);
    expect(commands['contact:page'].answer.safeParse(margaret)).toMatchObject({ success: true });
    expect(margaret).toMatchObject({
      fields: { name: 'Margaret Okafor', tier: 'diamond' },
      cards: [{ contactId: margaretOkafor.contactId }],
      accounts: [{ isPrimary: true }],
    });
    expect(margaret.identifiers.map(({ value }) => value)).toContain(margaretOkafor.number);
    expect(margaret.cases.map(({ number }) => number)).toContain('C-20418');
    expect(margaret.products.length).toBeGreaterThan(0);
    expect(margaret.contracts.length).toBeGreaterThan(0);
    expect(margaret.consumption?.months).toHaveLength(12);
    const stream = await lena.ask('contact:stream', {
      contactId: margaretOkafor.contactId,
      ...{ before: null, limit: 10, kinds: [], text: 'c-20418' },
    });
    expect(stream.items.length).toBeGreaterThan(0);
  });

  it('is edited by two at the same time, and neither overwrites what they have not seen', async () => {
    const before = await page(juliaBrandt.contactId);
    const edits = await Promise.all(
      [lena, linWei].map((desktop, index) =>
        desktop.command('contact:edit', {
          ...{ contactId: juliaBrandt.contactId, basedOn: before.revision },
          fields: { title: `Title ${index}` },
        }),
      ),
    );
    expect(edits.map((edit) => (edit.ok ? 'taken' : edit.error.code)).sort()).toEqual(['conflict', 'taken']);
    const { changes } = await lena.ask('contact:history', { contactId: juliaBrandt.contactId, before: null, limit: 10 });
    expect(changes).toMatchObject([{ field: 'title', source: 'screen' }]);
    const undone = await lena.ask('contact:undo-change', { contactId: juliaBrandt.contactId, changeId: changes[0]?.changeId ?? '' });
    expect(undone.fields).toEqual(before.fields);
  });

  it('takes values of the organisation’s own fields, and says what a field takes', async () => {
    expect(lena.snapshot.customFields.map(({ id }) => id)).toEqual(['contactWindow', 'newsletter']);
    const { revision } = await page(juliaBrandt.contactId);
    const wrong = await lena.command('contact:edit', {
      ...{ contactId: juliaBrandt.contactId, basedOn: revision },
      fields: { custom: { contactWindow: 'midnight' } },
    });
    expect(wrong).toMatchObject({ ok: false, error: { code: 'bad_request', message: expect.stringContaining('In the morning') } });
    const right = await lena.ask('contact:edit', {
      ...{ contactId: juliaBrandt.contactId, basedOn: revision },
      fields: { custom: { contactWindow: 'morning', newsletter: true } },
    });
    expect(right.fields.custom).toEqual({ contactWindow: 'morning', newsletter: true });
  });

  it('knows a number in whatever form it is typed, and whose it is', async () => {
    const number = '0044 (7700) 900-142';
    const taken = await lena.command('contact:create', {
      fields: { name: 'Somebody', locale: 'en', title: null, accountId: null },
      ...{ identifiers: [{ kind: 'mobile', value: number }], interactionId: null },
    });
    expect(taken).toMatchObject({ ok: false, error: { code: 'conflict', message: expect.stringContaining('Margaret Okafor') } });
    const created = await create('New Customer');
    const with_ = await lena.ask('contact:set-identifier', {
      ...{ contactId: created.record.contactId, identifierId: null, kind: 'phone', value: '+44 7700 900 987', label: null },
      ...{ verified: true, shared: false },
    });
    expect(with_.identifiers).toMatchObject([{ kind: 'mobile', value: '+447700900987', verified: true }]);
    const none = await lena.command('contact:set-identifier', {
      ...{ contactId: created.record.contactId, identifierId: null, kind: 'email', value: 'not an address', label: null },
      ...{ verified: true, shared: false },
    });
    expect(none).toMatchObject({ ok: false, error: { code: 'bad_request' } });
  });

  it('makes the line of a household its own, where there is a household', async () => {
    const [zhou] = zhouHousehold.people;
    const { identifiers } = await page(zhou.contactId);
    const line = identifiers.find(({ value }) => value === zhouHousehold.number);
    expect(line).toMatchObject({ shared: true });
  });

  it('gives every case a number of its own, however many are opened at the same time', async () => {
    const contactId = (await create('Many Cases')).record.contactId;
    const opened = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 ? lena : linWei).ask('case:open', {
          ...{ contactId, kind: 'repair', subject: `Case ${index}`, description: '', priority: 0 },
          ...{ productId: null, ownerAgentId: lena.agentId, interactionId: null },
        }),
      ),
    );
    expect(new Set(opened.map(({ number }) => number)).size).toBe(40);
    const mine = await lena.ask('case:list', { whose: 'mine', state: 'open', limit: 200 });
    expect(mine.total).toBeGreaterThanOrEqual(40);
    expect(mine.cases.find(({ caseId }) => caseId === opened[0]?.caseId)).toMatchObject({ ownerName: 'Lena Hartmann' });
    const steps = await Promise.all(
      [lena, linWei].map((desktop) =>
        desktop.command('case:step', { caseId: opened[0]?.caseId ?? '', basedOn: 1, text: 'Looked', status: 'inProgress' }),
      ),
    );
    expect(steps.map((step) => (step.ok ? 'taken' : step.error.code)).sort()).toEqual(['conflict', 'taken']);
  });

  it('reminds whoever promised', async () => {
    const contactId = (await create('Promised')).record.contactId;
    const dueAt = Date.now() + 60_000;
    const promise = await lena.ask('contact:make-promise', {
      ...{ contactId, text: 'Call back on Friday', dueAt, ownerAgentId: lena.agentId, caseId: null, interactionId: null },
    });
    expect((await lena.ask('work:mine', {})).promises).toContainEqual(expect.objectContaining({ text: 'Call back on Friday' }));
    expect((await page(contactId)).record.thingsToKnow).toMatchObject([{ code: 'promiseDue' }]);
    await lena.ask('contact:keep-promise', { promiseId: promise.promiseId });
    expect((await lena.ask('work:mine', {})).promises).not.toContainEqual(expect.objectContaining({ promiseId: promise.promiseId }));
    const nobody = await lena.command('contact:make-promise', {
      ...{ contactId, text: 'x', dueAt, ownerAgentId: 'agent-nobody', caseId: null, interactionId: null },
    });
    expect(nobody).toMatchObject({ ok: false, error: { code: 'bad_request' } });
  });

  it('does not exist for an agent of another office: not to read, not to change, not by the id of what belongs to it', async () => {
    const contactId = (await create('Of Ningbo')).record.contactId;
    const file = await lena.ask('case:open', {
      ...{ contactId, kind: 'complaint', subject: 'Secret', description: '', priority: 0 },
      ...{ productId: null, ownerAgentId: null, interactionId: null },
    });
    const { revision } = await page(contactId);
    const refusals = await Promise.all([
      owen.command('contact:page', { contactId }),
      owen.command('contact:stream', { contactId, before: null, limit: 10, kinds: [], text: '' }),
      owen.command('contact:history', { contactId, before: null, limit: 10 }),
      owen.command('contact:edit', { contactId, basedOn: revision, fields: { name: 'X' } }),
      owen.command('contact:add-note', { contactId, text: 'X', interactionId: null }),
      owen.command('case:read', { caseId: file.caseId }),
      owen.command('case:step', { caseId: file.caseId, basedOn: 1, text: 'X' }),
    ]);
    expect(refusals.map((refusal) => !refusal.ok && refusal.error.code)).toEqual(Array(refusals.length).fill('not_found'));
    const all = await owen.ask('case:list', { whose: 'all', state: 'open', limit: 200 });
    expect(all.cases.map(({ caseId }) => caseId)).not.toContain(file.caseId);
  });
});

describe('files of a customer', () => {
  const send = (contactId: string, name: string, body: BodyInit, desktop = lena) =>
    fetch(`${bridge.httpAddress}/api/contacts/${contactId}/attachments`, {
      method: 'POST',
      headers: { ...bearer(desktop), 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) },
      body,
    });
  const fetchFile = (contactId: string, attachmentId: string, desktop = lena) =>
    fetch(`${bridge.httpAddress}/api/contacts/${contactId}/attachments/${attachmentId}`, { headers: bearer(desktop) });
  const stored = () => readdirSync(join(bridge.folder, 'attachments')).sort();

  it('come back byte by byte under their name, as downloads, whatever they are called and whatever they say', async () => {
    const contactId = (await create('With Files')).record.contactId;
    const content = '<html><script>alert(1)</script></html>';
    const sent = await send(contactId, '../../etc/合同 "1".html', content);
    expect(sent.status).toBe(200);
    const { value } = (await sent.json()) as { value: { attachmentId: string } };
    expect(value).toMatchObject({ name: '合同 "1".html', mediaType: 'text/plain', bytes: content.length, addedBy: 'Lena Hartmann' });
    expect(stored()).toContain(value.attachmentId);
    expect((await page(contactId)).attachments).toMatchObject([{ attachmentId: value.attachmentId }]);
    const reply = await fetchFile(contactId, value.attachmentId);
    expect(await reply.text()).toBe(content);
    const headers = Object.fromEntries(reply.headers);
    expect(headers).toMatchObject({
      'content-type': expect.stringContaining('text/plain'),
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="__ _1_.html"; filename*=UTF-8''%E5%90%88%E5%90%8C%20%221%22.html`,
      'cache-control': 'no-store',
    });
    expect(headers['content-security-policy']).toContain('sandbox');
  });

  it('are out of reach for another office, by another person’s id, and without a right', async () => {
    const contactId = (await create('With Secrets')).record.contactId;
    const { value } = (await (await send(contactId, 'a.txt', 'secret')).json()) as { value: { attachmentId: string } };
    expect((await fetchFile(contactId, value.attachmentId, owen)).status).toBe(404);
    expect((await fetchFile(juliaBrandt.contactId, value.attachmentId)).status).toBe(404);
    expect((await fetchFile(contactId, '..%2f..%2fcrosspoint.db')).status).toBe(404);
    expect((await send(contactId, 'b.txt', 'x', owen)).status).toBe(404);
    expect((await send('nobody', 'b.txt', 'x')).status).toBe(404);
    const before = stored().length;
    const unsigned = await fetch(`${bridge.httpAddress}/api/contacts/${contactId}/attachments`, { method: 'POST', body: 'x' });
    expect(unsigned.status).toBe(401);
    const unnamed = await fetch(`${bridge.httpAddress}/api/contacts/${contactId}/attachments`, {
      ...{ method: 'POST', body: 'x', headers: bearer(lena) },
    });
    expect(unnamed.status).toBe(400);
    expect(stored()).toHaveLength(before);
  });

  it('of more than 25 MB are refused, and leave nothing behind', async () => {
    const contactId = (await create('With Too Much')).record.contactId;
    const before = stored();
    const refused = await send(contactId, 'film.mp4', Buffer.alloc(26 * 1024 * 1024));
    expect([refused.status, await refused.json()]).toMatchObject([413, { ok: false, error: { code: 'too_large' } }]);
    expect(stored()).toEqual(before);
    const largest = await send(contactId, 'film.mp4', Buffer.alloc(25 * 1024 * 1024, 7));
    expect(largest.status).toBe(200);
  });

  it('without a row are taken away at the start, and those with one stay', async () => {
    const own = await startBridge();
    onTestFinished(() => own.dispose());
    const admin = await ScriptedDesktop.logIn({
      bridge: own.httpAddress,
      username: 'lena.hartmann',
      password: demoPassword,
      phoneMedia: null,
    });
    const sent = await fetch(`${own.httpAddress}/api/contacts/${margaretOkafor.contactId}/attachments`, {
      method: 'POST',
      headers: { ...bearer(admin), 'content-type': 'application/octet-stream', 'x-file-name': 'kept.txt' },
      body: 'kept',
    });
    const { value } = (await sent.json()) as { value: { attachmentId: string } };
    admin.disconnect();
    await own.stop();
    const folder = join(own.folder, 'attachments');
    writeFileSync(join(folder, 'orphan'), 'x');
    writeFileSync(join(folder, 'half.part'), 'x');
    const again = await startBridge({ folder: own.folder });
    expect(readdirSync(folder)).toEqual([value.attachmentId]);
    expect(readFileSync(join(folder, value.attachmentId), 'utf8')).toBe('kept');
    await again.stop();
  });
});
