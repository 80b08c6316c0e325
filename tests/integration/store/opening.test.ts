import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { arrivalByPhone } from '../../../cti-bridge/crm/index.ts';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { openStore } from '../../../cti-bridge/store/index.ts';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { asId, type ContactId } from '../../../shared/ids.ts';
import { inspect, openFor, temporaryFolder } from './store-under-test.ts';

const aCall = arrivalByPhone({ number: margaretOkafor.number, presentedName: null }, 'CN');
const options = { clock: systemClock, log: silentLog, seed: 'none' } as const;

describe('opening the store', () => {
  it('makes its folder and an empty database from nothing', async () => {
    const folder = join(temporaryFolder(), 'data', 'deep');
    const store = await openStore({ ...options, path: folder });
    onTestFinished(() => store.stop());
    expect(await store.readOrganisation()).toMatchObject({ queues: [], homeCountry: 'CN' });
    expect(await store.contacts.identify(aCall, 1)).toEqual({ kind: 'unknown' });
    await store.stop();
    const applied = inspect<{ name: string }>(folder, 'select name from kysely_migration order by name').map(({ name }) => name);
    expect(applied.map((name) => Number(name.slice(0, 4)))).toEqual(applied.map((_, index) => index + 1));
    expect(applied.length).toBeGreaterThanOrEqual(4);
  });

  it('keeps everything at the second start and does not seed again', async () => {
    const folder = temporaryFolder();
    const first = await openFor(folder, 'demo');
    const contactId = asId<ContactId>(margaretOkafor.contactId);
    await first.contacts.addNote(contactId, null, 'Lena Hartmann', 'kept over the night', 1);
    await first.stop();
    const [seededFirst] = inspect<{ value: string }>(folder, "select value from store_fact where key = 'seed'");

    const second = await openFor(folder, 'demo');
    const record = await second.contacts.readRecord(contactId, Date.now(), { units: null });
    expect(record?.notes.map((note) => note.text)).toContain('kept over the night');
    expect(await second.contacts.identify(aCall, Date.now())).toMatchObject({ kind: 'certain', record: { contactId } });
    expect(inspect(folder, "select value from store_fact where key = 'seed'")).toEqual([seededFirst]);
  });

  it('gives a demo that has never had a flow the flows of the demo, and none again to who removed them all', async () => {
    const folder = temporaryFolder();
    const first = await openFor(folder, 'demo');
    const [flows, { entries }] = [await first.flows.readAll(), await first.flows.readEntries()];
    expect([flows.length > 0, entries.length > 0]).toEqual([true, true]);
    await first.stop();
    const database = new Sqlite(join(folder, 'crosspoint.db'));
    database.exec(`drop trigger flow_version_no_delete; delete from flow_version; delete from flow; delete from flow_entry;
      delete from store_fact where key = 'flowEntriesRevision'`);
    database.close();
    const second = await openFor(folder, 'none');
    expect((await second.flows.readAll()).map(({ live }) => live?.flow)).toEqual(flows.map(({ live }) => live?.flow));
    expect(await second.flows.readEntries()).toEqual({ entries, revision: 1 });
    const doing = { at: 1, by: { userId: 'adam', name: 'Adam' }, note: 'gone' };
    for (const { flowId } of flows) await second.flows.remove({ ...doing, flowId });
    await second.stop();
    const third = await openFor(folder, 'demo');
    expect(await third.flows.readAll()).toEqual([]);
  });

  it('refuses a second bridge on the same folder, in plain words, and lets it in when the first has stopped', async () => {
    const folder = temporaryFolder();
    const first = await openFor(folder);
    await expect(openStore({ ...options, path: folder })).rejects.toMatchObject({
      code: 'inUse',
      message: expect.stringContaining(`Another bridge is running on the data folder ${folder}`),
    });
    expect(await first.contacts.identify(aCall, 1)).toEqual({ kind: 'unknown' });
    await first.stop();
    await openFor(folder);
  });

  it('says which folder cannot be written', async () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    await expect(openStore({ ...options, path: file })).rejects.toMatchObject({
      code: 'unwritableFolder',
      message: expect.stringContaining(file),
    });
    await expect(openStore({ ...options, path: join(file, 'below') })).rejects.toMatchObject({ code: 'unwritableFolder' });
    await expect(openStore({ ...options, path: '/proc/crosspoint' })).rejects.toMatchObject({ code: 'unwritableFolder' });
  });

  it('leaves alone what a newer version has written', async () => {
    const folder = temporaryFolder();
    await (await openFor(folder)).stop();
    change(folder, "insert into kysely_migration (name, timestamp) values ('0099-from-the-future', '2030')");
    await expect(openStore({ ...options, path: folder })).rejects.toMatchObject({
      code: 'newerSchema',
      message: expect.stringContaining('0099-from-the-future'),
    });
  });

  it('says that a file is no database, and does not touch it', async () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'crosspoint.db');
    writeFileSync(file, 'These are not the pages of a database. '.repeat(300));
    const before = readFileSync(file);
    await expect(openStore({ ...options, path: folder })).rejects.toMatchObject({ code: 'corrupt' });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('finds a damaged page before anything is written', async () => {
    const folder = temporaryFolder();
    await (await openFor(folder, 'demo')).stop();
    const file = join(folder, 'crosspoint.db');
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 40 * 4_096, 60 * 4_096);
    writeFileSync(file, bytes);
    await expect(openStore({ ...options, path: folder })).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('takes its temporary folder away when it stops', async () => {
    const home = temporaryFolder();
    vi.stubEnv('TMPDIR', home);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const store = await openStore({ ...options, path: ':memory:' });
    expect(readdirSync(home)).toHaveLength(1);
    await store.stop();
    await store.stop();
    expect(readdirSync(home)).toEqual([]);
    await expect(store.contacts.identify(aCall, 1)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

function change(folder: string, statement: string): void {
  const sqlite = new Sqlite(join(folder, 'crosspoint.db'));
  sqlite.exec(statement);
  sqlite.close();
}
