import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseFile } from '../../../cti-bridge/store/database.ts';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { ImportMapping } from '../../../shared/contracts/imports.ts';
import { startBridge } from '../../support/bridge.ts';
import { bringMail } from '../../support/bring-mail.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { BridgeStage } from './bridge-stage.ts';

/** Nothing else in the world has this in it. */
const mark = 'Zq7xWv';
const number = '13900777123';
const email = `${mark.toLowerCase()}@example.com`;
const traces = [mark, mark.toLowerCase(), number];

let stage: BridgeStage;
beforeAll(async () => {
  stage = await BridgeStage.open({ config: { mail: { intake: { host: '127.0.0.1', port: 0 } } } });
}, 120_000);
afterAll(async () => {
  await stage.close();
  expect(stage.bridge.bugs).toEqual([]);
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

/** Every byte of every file of the data folder, however a text may be written there. */
function foundInFiles(): readonly string[] {
  return filesBelow(stage.bridge.folder).flatMap((file) => {
    const bytes = readFileSync(file);
    return traces.flatMap((trace) => {
      const written = [Buffer.from(trace), Buffer.from(trace, 'utf16le')].some((text) => bytes.includes(text));
      return written ? [`${file.slice(stage.bridge.folder.length)}: ${trace}`] : [];
    });
  });
}

/** Every value of every row of every table. */
function foundInTables(): readonly string[] {
  const db = new Sqlite(join(stage.bridge.folder, databaseFile), { readonly: true });
  try {
    const tables = db.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
    return tables.flatMap((table) => {
      const rows = db.prepare(`select * from "${table}"`).all();
      const text = JSON.stringify(rows);
      return traces.filter((trace) => text.includes(trace)).map((trace) => `${table}: ${trace}`);
    });
  } finally {
    db.close();
  }
}

function count(from: string): number {
  const db = new Sqlite(join(stage.bridge.folder, databaseFile), { readonly: true });
  try {
    return db.prepare(`select count(*) from ${from}`).pluck().get() as number;
  } finally {
    db.close();
  }
}
/** Documents of the search that are to be written anew. */
const countDue = () => count('search_due');
/** 1 while words that were crossed out are in the file of the search. */
const countToMerge = () => count("store_fact where key = 'searchToMerge'");

const say = (what: string) => `${mark} ${what}`;
const reply = async (desk: ScriptedDesktop, path: string, options: RequestInit = {}) =>
  fetch(stage.bridge.httpAddress + path, {
    ...options,
    headers: { authorization: `Bearer ${desk.login.token}`, ...(options.headers as Record<string, string> | undefined) },
  });

/** Somebody who is in every place where a customer can be. */
async function plant(lena: ScriptedDesktop, dana: ScriptedDesktop): Promise<{ readonly contactId: string; readonly twinId: string }> {
  const { accountId } = (await dana.ask('contact:read', { contactId: margaretOkafor.contactId })) as { accountId: string };
  const fields = { name: say('Person'), locale: 'en', title: say('title'), accountId } as const;
  const page = await dana.ask('contact:create', {
    fields,
    identifiers: [
      { kind: 'mobile', value: number },
      { kind: 'email', value: email },
      { kind: 'membership', value: say('member') },
    ],
    interactionId: null,
  });
  const { contactId } = page.record;
  await dana.ask('account:set-person', { accountId, contactId, role: say('role'), influence: 'decides', stance: 'forUs' });
  await dana.ask('contact:edit', {
    contactId,
    basedOn: (await dana.ask('contact:page', { contactId })).revision,
    fields: { segment: say('segment') },
  });
  const address = {
    addressId: null,
    kind: 'home',
    lines: say('street'),
    city: say('city'),
    region: null,
    postalCode: null,
    country: 'GB',
  } as const;
  await dana.ask('contact:set-address', { contactId, address });
  await dana.ask('contact:add-note', { contactId, text: say('note'), interactionId: null });
  await dana.ask('contact:make-promise', {
    contactId,
    text: say('promise'),
    dueAt: Date.now(),
    ownerAgentId: null,
    caseId: null,
    interactionId: null,
  });
  await dana.ask('contact:add-task', { contactId, title: say('task'), dueAt: null, ownerAgentId: null, caseId: null });
  await dana.ask('contact:record-offer', {
    contactId,
    offerId: null,
    name: say('offer'),
    channel: 'sms',
    answer: 'declined',
    remark: say('remark'),
  });
  const file = await dana.ask('case:open', {
    ...{ contactId, kind: 'complaint', subject: say('subject'), description: say('description'), priority: 1 },
    ...{ productId: null, ownerAgentId: null, interactionId: null },
  });
  await dana.ask('case:step', { caseId: file.caseId, basedOn: file.revision, text: say('step') });
  const sent = await reply(dana, `/api/contacts/${contactId}/attachments`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(say('contract.txt')) },
    body: say('what the file says'),
  });
  expect(sent.status).toBe(200);
  // In the file of their company, by id and by name.
  await dana.ask('account:set-visit', {
    ...{ accountId, visitId: null, contactId, at: Date.now(), purpose: `Lunch with ${say('Person')}`, state: 'done' },
    ...{ opinion: `${say('Person')} is content`, mood: 'good' },
  });
  await dana.ask('account:set-anniversary', {
    ...{ accountId, anniversaryId: null, contactId, kind: 'birthday', label: `Birthday of ${say('Person')}` },
    ...{ day: '03-28', year: 1984, plan: null, done: false },
  });
  await dana.ask('account:add-gift', {
    ...{ accountId, contactId, at: Date.now(), what: `Tea for ${say('Person')}`, occasion: null, amount: null, currency: null },
  });

  // Another card of the same person.
  const twin = await dana.ask('contact:create', { fields: { ...fields, name: say('Twin') }, identifiers: [], interactionId: null });
  await dana.ask('contact:merge', { keptId: contactId, absorbedId: twin.record.contactId, reason: say('reason') });

  // What production systems told of them.
  const tmf = async (path: string, body: object) => {
    const made = await reply(dana, `/tmf-api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ externalId: say(path), relatedParty: [{ id: contactId }], ...body }),
    });
    expect([path, made.status, made.status === 201 ? '' : await made.text()]).toEqual([path, 201, '']);
  };
  await tmf('productInventory/v4/product', { name: say('plan'), productSerialNumber: say('serial') });
  await tmf('agreementManagement/v4/agreement', {
    ...{ name: say('contract'), engagedParty: [{ id: contactId }] },
    agreementPeriod: { startDateTime: '2026-01-01', endDateTime: '2027-01-01' },
  });
  await tmf('customerBillManagement/v4/customerBill', {
    ...{
      billNo: say('bill'),
      billDate: '2026-10-01',
      taxIncludedAmount: { unit: 'GBP', value: 10 },
      remainingAmount: { unit: 'GBP', value: 0 },
    },
  });
  await tmf('usageManagement/v4/usage', { usageDate: '2026-10-01', usageType: say('use'), description: say('use') });
  await tmf('partyInteractionManagement/v4/partyInteraction', {
    ...{ description: say('shop'), interactionDate: { startDateTime: '2026-10-01' }, channel: [{ name: 'shop' }] },
  });

  // A call, with what was written during and after it.
  await lena.becomeAvailable();
  const call = await stage.callBilling(number, { displayName: say('Caller') });
  await lena.answer();
  const { interactionId } = await lena.push('interaction:assigned');
  await lena.ask('interaction:save-draft', { interactionId, text: say('draft'), revision: 1 });
  await call.hangUp();
  await lena.push('wrap-up:changed');
  const inAnHour = Date.now() + 3_600_000;
  const agreed = await lena.ask('callback:schedule', {
    ...{ contactId, number: null, interactionId, text: say('callback'), to: 'me' },
    ...{ at: inAnHour, until: inAnHour + 3_600_000, isSure: true },
  });
  expect(agreed).toMatchObject({ outcome: 'agreed' });
  await lena.ask('interaction:complete', { interactionId, dispositionCode: 'billExplained', note: say('wrap-up'), then: 'notReady' });

  // A mail with a file, answered.
  await lena.ask('agent:set-presence', { presence: 'available' });
  const part = (type: string, more: string, text: string) => `--b\r\nContent-Type: ${type}\r\n${more}\r\n${text}\r\n`;
  const named = `Content-Disposition: attachment; filename="${say('offer.txt')}"\r\n`;
  await bringMail(stage.bridge.mailAddress, {
    ...{ from: email, to: 'care@crosspoint.example' },
    head: [
      `From: ${say('Writer')} <${email}>`,
      'To: care@crosspoint.example',
      `Message-ID: <1@${mark}.example>`,
      `Subject: ${say('mail')}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
    ],
    text: `${part('text/plain', '', say('mail text'))}${part('application/octet-stream', named, say('mail file'))}--b--`,
  });
  const { reservationId } = await lena.push('reservation:offered', ({ channel }) => channel === 'email');
  const work = await lena.ask('reservation:accept', { reservationId });
  const composed = {
    ...{ kind: 'reply' as const, about: null, to: [{ address: email, name: null }], cc: [], bcc: [], subject: say('answer') },
    ...{ text: say('answer text'), html: null, fileIds: [] },
  };
  const mailWork = { interactionId: work.interactionId };
  await lena.ask('message:send', { ...mailWork, clientId: 'answer-1', composed });
  await lena.ask('message:save-draft', { ...mailWork, composed: { ...composed, text: say('unsent') }, revision: 1 });
  await lena.ask('message:write-note', { ...mailWork, clientId: 'note-1', text: say('inner note') });
  await lena.ask('inbox:close', { ...mailWork, dispositionCode: 'billExplained', note: say('mail closed') });
  return { contactId, twinId: twin.record.contactId };
}

describe('erasing a person', () => {
  it('leaves nothing of them in any table and in any byte of any file, and leaves history and reports as they were', {
    timeout: 120_000,
  }, async () => {
    const [lena, dana, admin] = [await stage.signIn(), await stage.signIn('dana.whitlock'), await stage.signIn('admin')];
    await giveRights(admin);
    const { contactId, twinId } = await plant(lena, dana);
    await importOf(admin, `name,mobile,email\r\n${say('Person')},${number},${email}\r\n${say('Person')},12,${email}\r\n`);
    // In a long list as well: what such work takes out of the search is only crossed out in its file at first.
    const rows = (column: (of: string) => string) =>
      ['Person', ...Array.from({ length: 60 }, (_, at) => `Other${at}`)].map((of, at) => {
        const who = of === 'Person' ? [say(of), number] : [of, `${13_900_888_000 + at}`];
        return [...who, column(of)].join();
      });
    const upkeep = { timeout: 20_000, interval: 5 };
    await importOf(admin, ['name,mobile', ...rows(() => ''), ''].join('\r\n'));
    // Behind the first list it is tidied up, and then not again for ten minutes.
    for (const list of ['club', 'shop']) {
      const addressOf = (of: string) => (of === 'Person' ? `${list}.${email}` : `${of}.${list}@example.com`);
      await importOf(admin, ['name,mobile,email', ...rows(addressOf), ''].join('\r\n'));
      await expect.poll(countDue, upkeep).toBe(0);
    }
    expect(countToMerge()).toBe(1);
    // And in lists that nobody has started, one of them named after them, and one of another system that cannot be read.
    const waiting = await uploadOf(admin, `name,mobile\r\n${say('Person')},${number}\r\n`, `${say('Person')}.csv`);
    writeFileSync(join(stage.bridge.folder, 'inbox', 'bills.csv.refused'), say('Person'));
    const planted = foundInTables();
    expect(new Set(planted.map((found) => found.split(':')[0])).size).toBeGreaterThan(20);
    const eventsBefore = stage.bridge.events.length;

    const dossier = await (await reply(dana, `/api/contacts/${contactId}/dossier`)).text();
    for (const part of ['note', 'promise', 'step', 'bill', 'wrap-up', 'street', 'reason']) expect(dossier).toContain(say(part));

    const confirmName = say('Person');
    const request = { contactId: twinId, confirmName, reason: `${say('Person')} asked for it` };
    expect(await dana.command('privacy:erase', request)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await admin.command('privacy:erase', { ...request, confirmName: 'Somebody' })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    await admin.ask('privacy:hold', { contactId, reason: 'A court asked.', until: null });
    expect(await admin.command('privacy:erase', request)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('legal hold') },
    });
    expect((await admin.ask('privacy:holds', {})).holds).toMatchObject([{ name: say('Person'), reason: 'A court asked.' }]);
    await admin.ask('privacy:hold', { contactId, reason: null, until: null });

    const erased = await admin.ask('privacy:erase', request);
    expect(erased.removed).toContainEqual({ what: 'file', count: 1 });
    expect(erased.removed).toContainEqual({ what: 'import_file', count: 2 });
    expect((await admin.ask('import:list', {})).imports.find(({ importId }) => importId === waiting)).toMatchObject({
      state: 'failed',
      failure: 'fileGone',
    });
    expect(foundInTables()).toEqual([]);
    expect(foundInFiles()).toEqual([]);
    expect(stage.bridge.logged.filter((line) => traces.some((trace) => line.includes(trace)))).toEqual([]);

    // What happened stays, by ids alone.
    expect(stage.bridge.events.length).toBeGreaterThanOrEqual(eventsBefore);
    expect(await dana.command('contact:page', { contactId })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await dana.command('board:watch', {})).toMatchObject({ ok: true });
    const db = new Sqlite(join(stage.bridge.folder, databaseFile), { readonly: true });
    const audit = db.prepare('select kind, reason, subject_id from record_audit order by at').all();
    db.close();
    expect(audit).toMatchObject([
      { kind: 'dossier' },
      { kind: 'hold' },
      { kind: 'holdLifted' },
      { kind: 'erasure', reason: '[…] asked for it' },
    ]);

    // A bridge that starts on these data replays the day, and still finds nothing.
    const folder = stage.bridge.folder;
    for (const desk of [lena, dana, admin]) desk.disconnect();
    await stage.bridge.stop();
    expect(foundInFiles()).toEqual([]);
    const again = await startBridge({ folder });
    expect(again.bugs).toEqual([]);
    await again.stop();
  });
});

async function giveRights(admin: ScriptedDesktop): Promise<void> {
  const { configuration, revision } = await admin.ask('configuration:read', {});
  for (const role of configuration.roles)
    if (role.id === 'supervisor')
      role.rights = [...new Set([...role.rights, 'record:exchange', 'account:write', 'contact:write'] as const)];
  const saved = await admin.upload('configuration:save', { configuration, basedOn: revision, note: 'a test' });
  expect(saved).toMatchObject({ ok: true });
}

async function uploadOf(admin: ScriptedDesktop, body: string, fileName: string): Promise<string> {
  const sent = await reply(admin, '/api/imports', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(fileName) },
    body,
  });
  const answer = (await sent.json()) as { value: { importId: string } };
  return answer.value.importId;
}

/** A list from elsewhere; a row of it that is refused is quoted. */
async function importOf(admin: ScriptedDesktop, body: string, whenKnown: ImportMapping['whenKnown'] = 'fillEmpty'): Promise<void> {
  const importId = await uploadOf(admin, body, 'customers.csv');
  const preview = await admin.ask('import:preview', { importId });
  const mapping: ImportMapping = { ...preview.guess, whenKnown, source: 'a list' };
  await admin.ask('import:start', { importId, mapping });
  await expect
    .poll(async () => (await admin.ask('import:list', {})).imports.find((each) => each.importId === importId)?.state, { timeout: 20_000 })
    .toBe('done');
}
