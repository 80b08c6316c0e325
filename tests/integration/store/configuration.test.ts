import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAdministration } from '../../../cti-bridge/flows/administration.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import { AttemptLimiter, hashPassword, verifyLogin } from '../../../cti-bridge/identity/index.ts';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { validateConfiguration } from '../../../cti-bridge/organisation/index.ts';
import type { Store } from '../../../cti-bridge/store/index.ts';
import { customerRecord } from '../../../cti-bridge/store/migrations/0001-customer-record.ts';
import { interactions } from '../../../cti-bridge/store/migrations/0002-interactions.ts';
import { organisation } from '../../../cti-bridge/store/migrations/0003-organisation.ts';
import { demoPassword } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { asId, type UserId } from '../../../shared/ids.ts';
import { giveDemoData } from '../../support/demo-data.ts';
import { builtPrograms, inspect, openDemo, openFor, temporaryFolder } from './store-under-test.ts';

const asker: Asker = { userId: asId<UserId>('user-admin'), name: 'Administrator', agentId: null, may: () => true };

async function openHouse(folder = temporaryFolder()) {
  const store = await openDemo(folder);
  const uses: { queues: Map<string, Set<string>>; hours: Map<string, Set<string>> } = { queues: new Map(), hours: new Map() };
  const administration = createAdministration({
    repository: store.configuration,
    flowUses: () => uses,
    flows: () => [{ flowId: 'survey', name: { en: 'Survey', zh: '满意度调查' } }],
    prompts: () => ['all-busy', 'call-recorded', 'queue-closed', 'queue-full', 'voicemail-greeting', 'waited-too-long'],
    clock: systemClock,
    log: silentLog,
  });
  const save = async (change: (configuration: Configuration) => void, note = '') => {
    const { revision, configuration } = await store.configuration.read();
    change(configuration);
    return administration.save(asker, { configuration, basedOn: revision, note });
  };
  return { folder, store, administration, save, uses };
}

const logIn = (store: Store, username: string, password: string) =>
  verifyLogin(store.users, new AttemptLimiter(), username, password, '127.0.0.1', 1);

describe('saving a configuration', () => {
  it('stores it whole, with who changed what and why, and tells those who live by it', async () => {
    const { store, administration, save } = await openHouse();
    const told: string[] = [];
    administration.onSaved((before, after) => told.push(`${before.queues[0]?.ringSeconds} -> ${after.queues[0]?.ringSeconds}`));
    expect(await save((draft) => void Object.assign(draft.queues[0] ?? {}, { ringSeconds: 25 }), 'shorter is rude')).toEqual({
      ok: true,
      value: { saved: true, revision: 1 },
    });
    expect(told).toEqual(['20 -> 25']);
    expect((await store.configuration.read()).configuration.queues[0]?.ringSeconds).toBe(25);
    expect((await store.readOrganisation()).queues[0]?.ringSeconds).toBe(25);
    expect(await administration.history(asker, { before: null, limit: 10 })).toMatchObject({
      ok: true,
      value: {
        revisions: [
          {
            revision: 1,
            by: { userId: 'user-admin', name: 'Administrator' },
            note: 'shorter is rude',
            changes: [{ kind: 'changed', path: 'queues/billing/ringSeconds', before: '20', after: '25' }],
          },
        ],
      },
    });
  });

  it('with problems stores nothing and names them all', async () => {
    const { store, administration, save } = await openHouse();
    const before = await store.configuration.read();
    const outcome = await save((draft) => {
      Object.assign(draft.queues[0] ?? {}, { needs: 'magic', hours: 'never' });
    });
    expect(outcome).toMatchObject({
      ok: true,
      value: { saved: false, problems: [{ path: 'queues/billing/needs' }, { path: 'queues/billing/hours' }] },
    });
    expect(await store.configuration.read()).toEqual(before);
    expect(await administration.history(asker, { before: null, limit: 10 })).toMatchObject({ value: { revisions: [] } });
  });

  it('removes no queue and no hours that callers would miss in a flow that is live', async () => {
    const { store, administration, save, uses } = await openHouse();
    const withoutSales = (draft: Configuration) => void (draft.queues = draft.queues.filter(({ id }) => id !== 'sales'));
    uses.queues.set('sales', new Set(['hotline-en', 'hotline-zh']));
    const problem = { path: 'queues/sales', found: 'nothing', expected: 'to be there: call flows need it (hotline-en, hotline-zh)' };
    expect(await save(withoutSales)).toEqual({ ok: true, value: { saved: false, problems: [problem] } });
    const { configuration } = await store.configuration.read();
    withoutSales(configuration);
    expect(await administration.check(asker, { configuration })).toEqual({ ok: true, value: { problems: [problem], changes: [] } });
    uses.queues.clear();
    expect(await save(withoutSales)).toMatchObject({ value: { saved: true } });
    // What is gone already is nothing to be kept from going.
    uses.queues.set('sales', new Set(['hotline-en']));
    expect(await save((draft) => void Object.assign(draft.queues[0] ?? {}, { ringSeconds: 25 }))).toMatchObject({ value: { saved: true } });
  });

  it('has callers go on after the call in a flow that is live, and in no other', async () => {
    const { store, administration, save } = await openHouse();
    const setAfterCall = (flowId: string) =>
      save(({ queues: [first] }) => {
        if (first) first.afterCall = flowId;
      });
    expect(await setAfterCall('polling')).toMatchObject({
      value: {
        saved: false,
        problems: [{ path: expect.stringMatching(/^queues\/.*\/afterCall$/), expected: 'a flow that is live: survey' }],
      },
    });
    expect(await setAfterCall('survey')).toMatchObject({ value: { saved: true } });
    const told = await administration.read(asker);
    expect(told.ok && [told.value.configuration.queues[0]?.afterCall, told.value.flows.map(({ flowId }) => flowId)]).toEqual([
      'survey',
      ['survey'],
    ]);
    await store.stop();
  });

  it('that changes nothing makes no entry in the history', async () => {
    const { save } = await openHouse();
    expect(await save(() => {})).toEqual({ ok: true, value: { saved: true, revision: 0 } });
  });

  it('based on an older revision is a conflict; of two at once, one is taken', async () => {
    const { store, administration, save } = await openHouse();
    const { configuration } = await store.configuration.read();
    await save((draft) => void (draft.reasons = draft.reasons.slice(1)));
    expect(await administration.save(asker, { configuration, basedOn: 0, note: '' })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    const outcomes = await Promise.all(
      ['a', 'b', 'c', 'd'].map((id) => save((draft) => void draft.reasons.push({ id, name: { en: id, zh: id } }))),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await store.configuration.read()).configuration.reasons).toHaveLength(4);
  });

  it('checked beforehand tells changes and problems, and stores nothing', async () => {
    const { store, administration } = await openHouse();
    const { configuration } = await store.configuration.read();
    const wanted = { ...configuration, teams: [] };
    const problems = await administration.check(asker, { configuration: wanted });
    expect(problems).toMatchObject({ ok: true, value: { changes: [] } });
    expect(problems.ok && problems.value.problems.length).toBeGreaterThan(5);
    const free = { ...wanted, users: configuration.users.map((user) => ({ ...user, agent: user.agent && { ...user.agent, team: null } })) };
    const fine = await administration.check(asker, { configuration: free });
    expect(fine.ok && fine.value.changes.filter(({ path }) => path.startsWith('teams/'))).toHaveLength(3);
    expect(await store.configuration.read()).toEqual({ revision: 0, configuration });
  });

  it('keeps every entry and its history over a restart, and the history cannot be rewritten', async () => {
    const { folder, store, save } = await openHouse();
    await save((draft) => void draft.skills.push({ id: 'french', name: { en: 'French', zh: '法语' } }));
    const before = await store.configuration.read();
    await store.stop();
    const again = await openFor(folder);
    expect(await again.configuration.read()).toEqual(before);
    await again.stop();
    const sqlite = new Sqlite(join(folder, 'crosspoint.db'));
    onTestFinished(() => void sqlite.close());
    for (const statement of ["update configuration_revision set by_name = 'nobody'", 'delete from configuration_revision'])
      expect(() => sqlite.exec(statement)).toThrow('append-only');
  });
});

describe('undoing', () => {
  it('takes back one revision and leaves later ones, as a revision of its own', async () => {
    const { store, administration, save } = await openHouse();
    const { configuration: first } = await store.configuration.read();
    await save((draft) => void (draft.queues = draft.queues.filter(({ id }) => id !== 'technical' && id !== 'general')));
    await save((draft) => void Object.assign(draft.queues[0] ?? {}, { priority: 9 }));
    expect(await administration.undo(asker, { revision: 1 })).toEqual({ ok: true, value: { saved: true, revision: 3 } });
    const { configuration } = await store.configuration.read();
    expect(configuration.queues.map(({ id }) => id)).toEqual(first.queues.map(({ id }) => id));
    expect(configuration.queues[0]?.priority).toBe(9);
    expect(await administration.history(asker, { before: null, limit: 1 })).toMatchObject({
      value: { revisions: [{ revision: 3, note: 'undo of 1' }] },
    });
    expect(await administration.history(asker, { before: 3, limit: 10 })).toMatchObject({
      value: { revisions: [{ revision: 2 }, { revision: 1 }] },
    });
  });

  it('of what was changed again is refused, as is what would break others', async () => {
    const { administration, save } = await openHouse();
    await save((draft) => void draft.skills.push({ id: 'french', name: { en: 'French', zh: '法语' } }));
    await save((draft) => void Object.assign(draft.queues[0] ?? {}, { needs: 'french >= 4' }));
    expect(await administration.undo(asker, { revision: 1 })).toMatchObject({
      ok: true,
      value: { saved: false, problems: [{ path: 'queues/billing/needs', found: 'french' }] },
    });
    await save((draft) => void Object.assign(draft.queues[0] ?? {}, { needs: 'french >= 5' }));
    expect(await administration.undo(asker, { revision: 2 })).toMatchObject({
      ok: true,
      value: {
        saved: false,
        problems: [{ path: 'queues/billing/needs', found: '"french >= 5"', expected: '"french >= 4", as revision 2 left it' }],
      },
    });
    expect(await administration.undo(asker, { revision: 99 })).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});

describe('people of the configuration', () => {
  it('sign in by names and numbers as configured, with the rights of their role, and keep their passwords when these change', async () => {
    const { store, save } = await openHouse();
    const outcome = await save((draft) => {
      const [lena, lin] = draft.users;
      if (!lena?.agent || !lin?.agent) throw new Error('both take calls');
      [lena.username, lin.username] = [lin.username, lena.username];
      [lena.agent.extension, lin.agent.extension] = [lin.agent.extension, lena.agent.extension];
      draft.roles.push({ id: 'reader', name: { en: 'Reader', zh: '只读' }, rights: ['session:own', 'contact:read'] });
      lena.role = 'reader';
    });
    expect(outcome).toMatchObject({ value: { saved: true } });
    expect(await logIn(store, '6013', demoPassword)).toMatchObject({
      ok: true,
      value: { userId: 'user-lena-hartmann', username: 'lin.wei', role: 'reader', rights: ['session:own', 'contact:read'], isDemo: true },
    });
    expect(await logIn(store, 'lena.hartmann', demoPassword)).toMatchObject({ ok: true, value: { userId: 'user-lin-wei' } });
  });

  it('cannot sign in until somebody gives them a password, and not when they are removed', async () => {
    const { store, administration, save } = await openHouse();
    await save(
      (draft) =>
        void draft.users.push({ id: 'new', username: 'new.one', name: 'New', role: 'agent', locale: 'en', orgUnit: null, agent: null }),
    );
    expect(await store.configuration.usersWithoutPassword()).toEqual([{ userId: 'new', username: 'new.one' }]);
    for (const password of ['', 'null', demoPassword]) expect(await logIn(store, 'new.one', password)).toMatchObject({ ok: false });
    expect(await administration.setPassword(asker, { userId: 'new', password: 'a word of my own' })).toEqual({ ok: true, value: {} });
    expect(await logIn(store, 'new.one', 'a word of my own')).toMatchObject({ ok: true, value: { isDemo: false } });
    expect(await administration.setPassword(asker, { userId: 'nobody', password: 'a word of my own' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    await save((draft) => void (draft.users = draft.users.filter(({ id }) => id !== 'new')));
    expect(await logIn(store, 'new.one', 'a word of my own')).toMatchObject({ ok: false });
  });
});

describe('a new password', () => {
  it('stands in the history without what it is, cannot be taken back, and makes nobody else begin anew', async () => {
    const { folder, store, administration, save } = await openHouse();
    await save((draft) => void Object.assign(draft.queues[0] ?? {}, { ringSeconds: 25 }));
    const { revision, configuration } = await store.configuration.read();
    await administration.setPassword(asker, { userId: 'user-lin-wei', password: 'a word of my own' });
    const lin = configuration.users.find(({ id }) => id === 'user-lin-wei');
    expect(await administration.history(asker, { before: null, limit: 1 })).toMatchObject({
      value: { revisions: [{ revision: 2, by: { userId: 'user-admin' }, note: `password of ${lin?.name} set`, changes: [] }] },
    });
    const [row] = inspect<object>(folder, 'select * from configuration_revision where revision = 2');
    expect(JSON.stringify(row)).not.toMatch(/a word of my own|argon2/);
    expect(await administration.undo(asker, { revision: 2 })).toMatchObject({ ok: false, error: { code: 'bad_request' } });

    // What somebody was changing meanwhile is still made from the newest there is.
    expect((await store.configuration.read()).revision).toBe(revision);
    const mine = { ...configuration, reasons: configuration.reasons.slice(1) };
    expect(await administration.save(asker, { configuration: mine, basedOn: revision, note: '' })).toEqual({
      ok: true,
      value: { saved: true, revision: 3 },
    });
    expect((await store.configuration.read()).revision).toBe(3);
  });
});

describe('a bridge that is killed while it saves', () => {
  it.each([3, 8, 15])('has one configuration whole, the last of its history: after %i', async (count) => {
    const folder = temporaryFolder();
    await giveDemoData(folder);
    const program = fileURLToPath(new URL('./saving-bridge.ts', import.meta.url));
    const child = spawn(process.execPath, [...builtPrograms, program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(child, 'exit');
    const acknowledged: number[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(Number(line));
      if (acknowledged.length === count) child.kill('SIGKILL');
    }
    await gone;

    const store = await openFor(folder);
    const { revision, configuration } = await store.configuration.read();
    expect(revision).toBeGreaterThanOrEqual(Math.max(...acknowledged));
    const [last] = await store.configuration.history(null, 1);
    expect(last).toMatchObject({ revision, note: `number ${revision}` });
    const names = [
      configuration.organisation.name.en,
      ...configuration.queues.map(({ name }) => name.en),
      ...configuration.users.map(({ name }) => name),
    ];
    expect(new Set(names)).toEqual(new Set([`number ${revision}`]));
    const logins = inspect<{ user_id: string; username: string }>(folder, 'select user_id, username from login');
    expect(logins.map(({ username }) => username).toSorted()).toEqual(configuration.users.map(({ username }) => username).toSorted());
    expect(logins.every(({ username }) => username.endsWith(`-${revision}`))).toBe(true);
  });
});

describe('a database from before the configuration', () => {
  it('is read as entries that can work, with the same people and passwords', async () => {
    const folder = temporaryFolder();
    await oldDatabase(folder);
    const store = await openFor(folder);
    const { configuration } = await store.configuration.read();
    expect(validateConfiguration(configuration)).toEqual({ ok: true, configuration });
    expect(configuration).toMatchObject({
      organisation: { name: { en: 'Old', zh: '旧' }, homeCountry: 'GB' },
      orgUnits: [{ id: 'hq' }, { id: 'north' }],
      queues: [{ id: 'help', needs: 'help >= 2', ringSeconds: 15, wrapUp: { mode: 'timed', seconds: 60, defaultDisposition: 'done' } }],
      dispositions: [{ code: 'done', name: { en: 'Done', zh: '完成' }, parent: null }],
    });
    expect(await logIn(store, '7001', 'old but good')).toMatchObject({
      ok: true,
      value: { userId: 'u1', skills: { help: 3 }, isDemo: true, rights: expect.arrayContaining(['work:handle']) },
    });
    expect(await store.users.listAgents()).toMatchObject([{ userId: 'u1', agentId: 'a1', extension: '7001' }]);
    const tables = inspect<{ name: string }>(folder, "select name from sqlite_master where type = 'table'").map(({ name }) => name);
    for (const gone of ['queue', 'disposition', 'org_unit', 'agent_skill', 'organisation']) expect(tables).not.toContain(gone);
  });
});

describe('the built-in roles of a database from before there were some of their rights', () => {
  it('are given these once, as a revision of the history; what is taken away again stays away', async () => {
    const folder = temporaryFolder();
    await oldDatabase(folder);
    const first = await openFor(folder);
    const given = await first.configuration.read();
    const rightsIn = ({ roles }: Configuration, id: string) => new Set(roles.find((role) => role.id === id)?.rights);
    for (const role of ['agent', 'supervisor', 'administrator'] as const)
      expect(rightsIn(given.configuration, role)).toEqual(new Set(rightsOfRole[role]));
    const paths = ['roles/agent/rights', 'roles/supervisor/rights', 'roles/administrator/rights'];
    const told = [{ revision: 1, by: { name: 'Crosspoint' }, changes: paths.map((path) => ({ path })) }];
    expect(await first.configuration.history(null, 5)).toMatchObject(told);

    const roles = given.configuration.roles.map((role) => ({ ...role, rights: role.rights.filter((right) => right !== 'contact:merge') }));
    const saved = await first.configuration.save({
      ...{ basedOn: given.revision, configuration: { ...given.configuration, roles }, orderBefore: {}, at: 5, note: 'no merging here' },
      ...{ changes: [{ kind: 'changed', path: 'roles/agent/rights', before: null, after: null }], by: { userId: 'u2', name: 'Root' } },
    });
    expect(saved).toEqual({ saved: true, revision: 2 });
    await first.stop();

    const second = await openFor(folder);
    expect(rightsIn((await second.configuration.read()).configuration, 'agent')).not.toContain('contact:merge');
    expect(await second.configuration.history(null, 5)).toHaveLength(2);
  });
});

async function oldDatabase(folder: string): Promise<void> {
  const sqlite = new Sqlite(join(folder, 'crosspoint.db'));
  sqlite.pragma('foreign_keys = ON');
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) });
  const migrations = { '0001-customer-record': customerRecord, '0002-interactions': interactions, '0003-organisation': organisation };
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (error) throw error;
  const settings = {
    needs: [{ skill: 'help', minLevel: 2 }],
    strategy: 'longestIdle',
    ringTimeoutMs: 15_000,
    missesBeforeNotReady: 2,
    priority: 5,
    wrapUp: { limitMs: 60_000, extendByMs: 30_000, maxExtensions: 3, defaultDisposition: 'done' },
  };
  const insert = (table: string, ...values: unknown[]) =>
    sqlite.prepare(`insert into ${table} values (${values.map(() => '?').join()})`).run(...values);
  const hash = await hashPassword('old but good');
  insert('organisation', 1, 'Old', '旧', 'GB');
  insert('org_unit', 'hq', null, 'headquarters', 'HQ', '总部');
  insert('org_unit', 'north', 'hq', 'province', 'North', '北');
  insert('queue', 'help', 0, 'Help', '帮助', JSON.stringify(settings));
  insert('disposition', 'done', 0, 'Done', '完成', null);
  insert('login', 'u1', 'una', 'Una', 'agent', 'en', 'a1', '7001', hash, 1, 'north');
  insert('login', 'u2', 'root', 'Root', 'administrator', 'en', null, null, hash, 1, null);
  insert('agent_skill', 'a1', 'help', 3);
  insert('store_fact', 'seed', '{}');
  await db.destroy();
}
