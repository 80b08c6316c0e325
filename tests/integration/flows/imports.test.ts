import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Imports } from '../../../cti-bridge/flows/customers/imports.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import { ImportIntake } from '../../../cti-bridge/intake/index.ts';
import { createIdSource, silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import type { Store } from '../../../cti-bridge/store/index.ts';
import type { CommandAnswer, CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { ImportMapping, ImportView, importCommands } from '../../../shared/contracts/imports.ts';
import { workbookParts, zipOf } from '../../support/xlsx-file.ts';
import { inspect, openFor, temporaryFolder } from '../store/store-under-test.ts';

const asker = (userId: string) => ({ userId, name: 'Ada Admin', agentId: null }) as unknown as Asker;
const ada = asker('user-ada');
/** Sees the customers of Shanghai alone. */
const cityAdmin = asker('user-city');
const configuration = {
  organisation: { name: { en: 'Demo', zh: '演示' }, homeCountry: 'CN', timeZone: 'Asia/Shanghai' },
  orgUnits: [
    { id: 'shanghai', parent: null, tier: 'city', name: { en: 'Shanghai', zh: '上海' } },
    { id: 'beijing', parent: null, tier: 'city', name: { en: 'Beijing', zh: '北京' } },
  ],
  customFields: [{ id: 'fleet', name: { en: 'Fleet', zh: '车队' }, on: 'person', kind: 'number', choices: [] }],
} as unknown as Configuration;

type Name = keyof typeof importCommands;

/** A store, the threads that read files, and the story between them. */
async function open(folder = temporaryFolder()) {
  const store: Store = await openFor(folder);
  const files = new ImportIntake({ folder: join(folder, 'imports'), log: silentLog, openDoor: () => store.openBulkDoor() });
  onTestFinished(() => files.stop());
  const listeners = new Set<(view: ImportView) => void>();
  const imports = new Imports({
    ...{ clock: systemClock, ids: createIdSource(systemClock), log: silentLog, store: store.customers, files },
    recordingFiles: store.recordingFiles,
    messageFiles: store.messageFiles,
    configuration: () => configuration,
    scopeOf: ({ userId }) => ({ units: userId === cityAdmin.userId ? ['shanghai'] : null }),
    ...{ hasInHand: () => false, isNowWith: async () => false, refreshPops: async () => {}, isInContact: () => false },
    ...{ workChanged: () => {}, promiseKept: () => {} },
    announce: (view) => {
      for (const listener of listeners) listener(view);
    },
  });
  await imports.recover();
  const commands = imports.commands();
  const ask = async <Asked extends Name>(name: Asked, request: CommandRequest<Asked>, who = ada) => {
    const command = commands[name] as (
      who: Asker,
      request: CommandRequest<Asked>,
    ) => Promise<{ ok: boolean; value?: unknown; error?: unknown }>;
    return command(who, request);
  };
  const value = async <Asked extends Name>(name: Asked, request: CommandRequest<Asked>, who = ada): Promise<CommandAnswer<Asked>> => {
    const outcome = await ask(name, request, who);
    if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`);
    return outcome.value as CommandAnswer<Asked>;
  };
  const upload = async (content: string | Buffer, fileName = 'list.csv', who = ada) =>
    imports.upload(who, {
      fileName,
      content: (async function* () {
        yield Buffer.from(content);
      })(),
    });
  /** Resolves with the first view for which it is so. */
  const until = (importId: string, isSo: (view: ImportView) => boolean) =>
    new Promise<ImportView>((resolve) => {
      const listener = (view: ImportView) => {
        if (view.importId !== importId || !isSo(view)) return;
        listeners.delete(listener);
        resolve(view);
      };
      listeners.add(listener);
      void value('import:list', {}).then(({ imports: all }) => all.forEach(listener));
    });
  const ended = (importId: string) => until(importId, ({ state }) => !['uploaded', 'waiting', 'running', 'undoing'].includes(state));
  const uploaded = async (content: string | Buffer, fileName = 'list.csv', who = ada) => {
    const received = await upload(content, fileName, who);
    if (!received.ok) throw new Error(received.error.message);
    return { importId: received.value.importId, ...(await value('import:preview', { importId: received.value.importId }, who)) };
  };
  /** Uploaded, mapped as guessed, run to its end. */
  const run = async (content: string | Buffer, change: Partial<ImportMapping> = {}, fileName = 'list.csv', who = ada) => {
    const { importId, guess } = await uploaded(content, fileName, who);
    await value('import:start', { importId, mapping: { ...guess, ...change } }, who);
    return ended(importId);
  };
  const filesLeft = () => readdirSync(join(folder, 'imports'));
  return { folder, store, files, filesLeft, imports, ask, value, upload, uploaded, until, ended, run, people: () => peopleOf(folder) };
}

function peopleOf(folder: string) {
  return inspect<{
    name: string;
    title: string | null;
    tier: string;
    numbers: string;
    company: string | null;
    custom: string;
    org: string | null;
  }>(
    folder,
    `select person.name, title, person.tier, person.custom, person.org_unit_id as org,
      (select group_concat(value, ' ') from (select value from identifier where identifier.contact_id = person.contact_id order by value)) as numbers,
      (select account.name from person_account join account using (account_id) where person_account.contact_id = person.contact_id) as company
     from person order by person.name`,
  );
}

const inlineRow = (...texts: string[]) => `<row>${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;

const listOf = (count: number, from = 0) =>
  `姓名,手机,邮箱,客户编号,单位\n${Array.from({ length: count }, (_, at) => `人${at + from},139${String(at + from).padStart(8, '0')},p${at + from}@example.com,C${at + from},单位${at % 7}`).join('\n')}\n`;

describe('files that wait', () => {
  it('are taken away when asked, which whoever uploaded them reads; the import can only be forgotten', async () => {
    const house = await open();
    const { importId } = (await house.uploaded(listOf(3))).view;
    const told = house.until(importId, ({ state }) => state === 'failed');
    expect(await house.imports.removeWaitingFiles()).toBe(1);
    expect(await told).toMatchObject({ failure: 'fileGone' });
    expect(house.filesLeft()).toEqual([]);
    expect(await house.imports.removeWaitingFiles()).toBe(0);
    expect(await house.ask('import:preview', { importId })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await house.ask('import:forget', { importId })).toMatchObject({ ok: true });
  });

  it('stay over a restart while they are known, and what a killed bridge left behind goes', async () => {
    const house = await open();
    const { importId } = (await house.uploaded(listOf(3))).view;
    for (const name of ['left-behind', `${importId}.part`]) writeFileSync(join(house.folder, 'imports', name), 'Adam Lowe');
    await house.imports.recover();
    expect(house.filesLeft()).toEqual([importId]);
  });
});

describe('an import', () => {
  it('goes from a file to people who are found, and leaves no file behind', async () => {
    const house = await open();
    const { importId, guess, header, sample, view } = await house.uploaded(
      '姓名,手机,单位,车队\n王小明,139 0000 4126,远大物流,12\n李雷,13800001111,远大物流,\n',
    );
    expect(view).toMatchObject({ state: 'uploaded', format: 'csv', encoding: 'utf-8', fileName: 'list.csv' });
    expect([header, sample[0]]).toEqual([
      ['姓名', '手机', '单位', '车队'],
      ['王小明', '139 0000 4126', '远大物流', '12'],
    ]);
    expect(guess.columns).toEqual(['name', 'mobile', 'company', 'custom:fleet']);
    const checked = await house.value('import:check', { importId, mapping: guess });
    expect(checked).toMatchObject({
      looked: 2,
      created: 2,
      updated: 0,
      problems: [],
      people: [{ row: 2, what: 'create', name: '王小明' }, { row: 3 }],
    });
    expect(house.people()).toEqual([]);

    await house.value('import:start', { importId, mapping: guess });
    expect(await house.ended(importId)).toMatchObject({ state: 'done', read: 2, created: 2, refused: 0, failure: null });
    expect(house.people()).toMatchObject([
      { name: '李雷', numbers: '+8613800001111', company: '远大物流', custom: '{}' },
      { name: '王小明', numbers: '+8613900004126', company: '远大物流', custom: '{"fleet":12}' },
    ]);
    expect(inspect(house.folder, 'select distinct source, import_id from person')).toEqual([{ source: 'list.csv', import_id: importId }]);
    expect(inspect(house.folder, 'select name from account')).toEqual([{ name: '远大物流' }]);
    expect(readdirSync(join(house.folder, 'imports'))).toEqual([]);
  });

  it('tells each bad row with its column and what stands there, and takes the good ones', async () => {
    const house = await open();
    const list =
      'name,email,mobile,tier\nA,a@example.com,1.39E+10,gold\nB,"b@example".com,,\nC,nonsense,,purple\n,d@example.com,,\nE,e@example.com,13900004126,silver\n#,f@example.com,x,\n';
    const view = await house.run(list);
    expect(view).toMatchObject({ state: 'done', read: 6, created: 1, refused: 5 });
    const { problems, next } = await house.value('import:problems', { importId: view.importId, after: 0, limit: 200 });
    expect(next).toBeNull();
    expect(problems.map(({ row, column, code, found }) => [row, column, code, found])).toEqual([
      [2, 'mobile', 'numberLostDigits', '1.39E+10'],
      [3, 'email', 'badQuoting', 'B,"b@example".com,,'],
      [4, 'email', 'badEmail', 'nonsense'],
      [4, 'tier', 'unknownValue', 'purple'],
      [5, 'name', 'noName', ''],
      [7, 'mobile', 'badNumber', 'x'],
    ]);
    expect(await house.value('import:problems', { importId: view.importId, after: 0, limit: 4 })).toMatchObject({ next: 4 });
    expect(house.people().map(({ name }) => name)).toEqual(['E']);
  });

  it.each(['skip', 'fillEmpty', 'overwrite'] as const)('of people who are known does what was chosen: %s', async (whenKnown) => {
    const house = await open();
    await house.run('name,id,title,tier,mobile\nWang,C1,Boss,gold,13900000001\nLi,C2,,silver,13900000002\n');
    const view = await house.run('name,id,title,tier,email\nWang Wei,C1,Chief,diamond,w@example.com\nLi,C2,Clerk,silver,\nNew,C3,,,\n', {
      whenKnown,
    });
    const expected = {
      skip: {
        updated: 0,
        skipped: 2,
        people: [
          ['Li', null, 'silver'],
          ['New', null, 'standard'],
          ['Wang', 'Boss', 'gold'],
        ],
      },
      fillEmpty: {
        updated: 2,
        skipped: 0,
        people: [
          ['Li', 'Clerk', 'silver'],
          ['New', null, 'standard'],
          ['Wang', 'Boss', 'gold'],
        ],
      },
      overwrite: {
        updated: 2,
        skipped: 0,
        people: [
          ['Li', 'Clerk', 'silver'],
          ['New', null, 'standard'],
          ['Wang Wei', 'Chief', 'diamond'],
        ],
      },
    }[whenKnown];
    expect(view).toMatchObject({ created: 1, updated: expected.updated, skipped: expected.skipped });
    expect(house.people().map(({ name, title, tier }) => [name, title, tier])).toEqual(expected.people);
  });

  it('overwrites nobody because of a mobile number under another name, and tells the row', async () => {
    const house = await open();
    await house.run('name,mobile,phone\nWang,13900000001,021-55551234\n');
    const view = await house.run('name,mobile,phone,title\nLi,13900000001,,Thief\nZhao,,021-55551234,Colleague\nWang,13900000001,,Boss\n', {
      whenKnown: 'overwrite',
    });
    expect(view).toMatchObject({ created: 1, updated: 1, refused: 1 });
    expect((await house.value('import:problems', { importId: view.importId, after: 0, limit: 9 })).problems).toMatchObject([
      { row: 2, code: 'ambiguous', found: 'Li' },
    ]);
    expect(house.people().map(({ name, title }) => [name, title])).toEqual([
      ['Wang', 'Boss'],
      ['Zhao', 'Colleague'],
    ]);
  });

  it('is taken back as a whole, but for what somebody worked with since', async () => {
    const house = await open();
    await house.run('name,id,title\nWang,C1,Boss\nLi,C2,Clerk\n');
    const before = house.people();
    const view = await house.run(
      'name,id,title,email,company\nWang,C1,Chief,w@example.com,Acme\nLi,C2,Head,,\nNew,C3,,n@example.com,Acme\nKept,C4,,,\n',
      { whenKnown: 'overwrite' },
    );
    expect(view).toMatchObject({ created: 2, updated: 2 });
    const [kept] = inspect<{ contact_id: string }>(house.folder, "select contact_id from person where name = 'Kept'");
    const [li] = inspect<{ contact_id: string }>(house.folder, "select contact_id from person where name = 'Li'");
    await house.store.contacts.addNote(kept?.contact_id as never, null, 'Lena', 'Called back', Date.now());
    const records = house.store.customers.records;
    expect(records).toBeDefined();
    await house.run('name,id,title\nLi,C2,Director\n', { whenKnown: 'overwrite' });

    await house.value('import:undo', { importId: view.importId });
    expect(await house.until(view.importId, ({ state }) => state === 'undone')).toMatchObject({ kept: 2 });
    expect(house.people().filter(({ name }) => name === 'Wang')).toEqual(before.filter(({ name }) => name === 'Wang'));
    expect(house.people().map(({ name, title }) => [name, title])).toEqual([
      ['Kept', null],
      ['Li', 'Director'],
      ['Wang', 'Boss'],
    ]);
    expect(inspect(house.folder, 'select name from account')).toEqual([]);
    expect((await house.value('import:kept', { importId: view.importId })).people).toEqual(
      [
        { contactId: li?.contact_id, name: 'Li', field: 'title' },
        { contactId: kept?.contact_id, name: 'Kept', field: null },
      ].toSorted((one, other) => ((one.contactId ?? '') < (other.contactId ?? '') ? -1 : 1)),
    );
  });

  it('waits in line while another one is read, and both are right', async () => {
    const house = await open();
    const one = await house.uploaded(listOf(3_000), 'one.csv');
    const other = await house.uploaded(listOf(3_000, 1_500), 'other.csv');
    await house.value('import:start', { importId: one.importId, mapping: one.guess });
    expect(await house.value('import:start', { importId: other.importId, mapping: other.guess })).toMatchObject({ state: 'waiting' });
    expect(await house.ended(one.importId)).toMatchObject({ state: 'done', created: 3_000 });
    expect(await house.ended(other.importId)).toMatchObject({ state: 'done', created: 1_500, updated: 1_500 });
    expect(inspect(house.folder, 'select count(*) as people, count(distinct name) as names from person')).toEqual([
      { people: 4_500, names: 4_500 },
    ]);
  });

  it('that is killed in the middle is whole as far as it got, and goes on behind the last row', async () => {
    const folder = temporaryFolder();
    const house = await open(folder);
    const { importId, guess } = await house.uploaded(listOf(6_000));
    await house.value('import:start', { importId, mapping: guess });
    await house.until(importId, ({ state, read }) => state === 'running' && read > 0);
    await house.files.stop();
    await house.store.stop();
    const halves = inspect<{ people: number; whole: number }>(
      folder,
      `select count(*) as people, sum((select count(*) from identifier where identifier.contact_id = person.contact_id) = 3
        and exists (select 1 from person_account where person_account.contact_id = person.contact_id)) as whole from person`,
    );
    expect(halves[0]?.people).toBeGreaterThan(0);
    expect(halves[0]?.people).toBeLessThan(6_000);
    expect(halves[0]?.whole).toBe(halves[0]?.people);

    const again = await open(folder);
    expect((await again.value('import:list', {})).imports).toMatchObject([{ state: 'interrupted', failure: 'stopped' }]);
    expect((await again.ask('import:start', { importId, mapping: guess })).ok).toBe(false);
    await again.value('import:continue', { importId });
    expect(await again.ended(importId)).toMatchObject({ state: 'done', read: 6_000, created: 6_000, updated: 0, refused: 0 });
    expect(inspect(folder, 'select count(*) as people, count(distinct name) as names from person')).toEqual([
      { people: 6_000, names: 6_000 },
    ]);
  });

  it('is canceled between two rows, and what was stored can be taken back', async () => {
    const house = await open();
    const { importId, guess } = await house.uploaded(listOf(6_000));
    await house.value('import:start', { importId, mapping: guess });
    await house.until(importId, ({ state, read }) => state === 'running' && read > 0);
    await house.value('import:cancel', { importId });
    const view = await house.until(importId, ({ state, rowsPerSecond }) => state === 'canceled' && rowsPerSecond !== null);
    expect(view.created).toBeLessThan(6_000);
    expect(inspect(house.folder, 'select count(*) as people from person')).toEqual([{ people: view.created }]);
    await house.value('import:undo', { importId });
    expect(await house.until(importId, ({ state }) => state === 'undone')).toMatchObject({ kept: 0 });
    expect(
      inspect(
        house.folder,
        'select (select count(*) from person) + (select count(*) from identifier) + (select count(*) from account) as left',
      ),
    ).toEqual([{ left: 0 }]);
  });

  it('fills and changes only customers whom its user may see', async () => {
    const house = await open();
    await house.run('name,id,office\nWang,C1,北京\nLi,C2,Shanghai\n');
    const list = 'name,id,title,office\nWang,C1,Thief,\nLi,C2,Clerk,\nNew,C3,,\nNo,C4,,Beijing\n';
    const { importId, guess } = await house.uploaded(list, 'city.csv', cityAdmin);
    const refused = await house.ask('import:start', { importId, mapping: { ...guess, orgUnitId: null } }, cityAdmin);
    expect(refused).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    await house.value('import:start', { importId, mapping: guess }, cityAdmin);
    expect(await house.ended(importId)).toMatchObject({ created: 1, updated: 1, refused: 2 });
    expect((await house.value('import:problems', { importId, after: 0, limit: 9 }, cityAdmin)).problems).toMatchObject([
      { row: 2, code: 'refused' },
      { row: 5, code: 'unknownOrgUnit' },
    ]);
    expect(house.people().map(({ name, title, org }) => [name, title, org])).toEqual([
      ['Li', 'Clerk', 'shanghai'],
      ['New', null, 'shanghai'],
      ['Wang', null, 'beijing'],
    ]);
    // Somebody else's list quotes people of another office.
    const own = await house.value('import:list', {}, cityAdmin);
    expect(own.imports.map((each) => each.importId)).toEqual([importId]);
    const others = (await house.value('import:list', {})).imports.find((each) => each.importId !== importId)?.importId ?? '';
    expect(await house.ask('import:problems', { importId: others, after: 0, limit: 9 }, cityAdmin)).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });

  it.each([
    ['a workbook', 'list.xlsx', 'xlsx', zipOf(workbookParts(`${inlineRow('姓名', '手机')}${inlineRow('王小明', '13900004126')}`))],
    ['cards', 'cards.vcf', 'vcard', 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:王小明\r\nTEL;TYPE=CELL:13900004126\r\nEND:VCARD\r\n'],
  ] as const)('of %s is the same', async (_, name, format, content) => {
    const house = await open();
    expect(await house.run(content, {}, name)).toMatchObject({ state: 'done', format, created: 1 });
    expect(house.people().map((person) => [person.name, person.numbers])).toEqual([['王小明', '+8613900004126']]);
  });

  it.each([
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old.xls', /old Excel/],
    ['nothing', Buffer.alloc(0), 'empty.csv', /empty/],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'me.csv', /no list/],
    ['half a workbook', zipOf(workbookParts('<row/>')).subarray(0, 500), 'half.xlsx', /damaged/],
  ])('of %s is refused at the door, and nothing is left of it', async (_, content, name, message) => {
    const house = await open();
    expect(await house.upload(content, name)).toMatchObject({
      ok: false,
      error: { code: 'bad_request', message: expect.stringMatching(message) },
    });
    expect(readdirSync(join(house.folder, 'imports'))).toEqual([]);
    expect((await house.value('import:list', {})).imports).toEqual([]);
  });

  it('keeps text as text, whatever it looks like', async () => {
    const house = await open();
    const names = ["'; drop table person; --", '" OR 1=1', 'NEAR(a b)*', '=cmd|calc', '王\u202e小\u200b明', '👩‍👩‍👧'];
    const view = await house.run(`name,id\n${names.map((name, at) => `"${name.replaceAll('"', '""')}",C${at}`).join('\n')}\n`);
    expect(view).toMatchObject({ created: names.length });
    expect(
      house
        .people()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(names.toSorted());
  });

  it('is forgotten with the rows it refused', async () => {
    const house = await open();
    const view = await house.run('name,email\nA,nonsense\n');
    await house.value('import:forget', { importId: view.importId });
    expect(inspect(house.folder, 'select (select count(*) from import_run) + (select count(*) from import_problem) as left')).toEqual([
      { left: 0 },
    ]);
  });
});
