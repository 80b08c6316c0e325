import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { appendOnly, runStatements } from './run-statements.ts';

/**
 * What an administrator sets up, as entries of one table, and the history of its changes. `login` keeps what signing in needs: it follows
 * the users' entries and alone has the hashes of passwords. What the tables before held becomes entries; they go.
 */
export const configuration: Migration = {
  up: async (db: Kysely<unknown>) => {
    await runStatements(db, [
      `create table configuration_entry (
        section text not null, entry_id text not null, position integer not null, body text not null, primary key (section, entry_id))`,
      `create table configuration_revision (
        revision integer primary key, at bigint not null, by_user_id text not null, by_name text not null, note text not null,
        changes text not null, order_before text not null)`,
    ]);
    await appendOnly(db, 'configuration_revision');
    for (const [section, entries] of Object.entries(await entriesOf(db))) {
      for (const [position, entry] of entries.entries()) {
        const id = String(Reflect.get(entry, 'id') ?? Reflect.get(entry, 'code') ?? section);
        await sql`insert into configuration_entry (section, entry_id, position, body)
          values (${section}, ${id}, ${position}, ${JSON.stringify(entry)})`.execute(db);
      }
    }
    await runStatements(db, [
      `create table login_by_entry (
        user_id text primary key, username text not null unique, name text not null, role text not null, locale text not null,
        agent_id text unique, extension text unique, password_hash text, is_demo integer not null)`,
      `insert into login_by_entry select user_id, username, name, role, locale, agent_id, extension, password_hash, is_demo from login`,
      'drop table login',
      'alter table login_by_entry rename to login',
      'drop table agent_skill',
      'drop table disposition',
      'drop table queue',
      'drop table org_unit',
      'drop table organisation',
    ]);
  },
};

interface QueueSettings {
  readonly needs: readonly { readonly skill: string; readonly minLevel: number }[];
  readonly ringTimeoutMs: number;
  readonly missesBeforeNotReady: number;
  readonly priority: number;
  readonly wrapUp: {
    readonly limitMs: number;
    readonly extendByMs: number;
    readonly maxExtensions: number;
    readonly defaultDisposition: string;
  };
}

const rows = async <Row>(db: Kysely<unknown>, query: string) => (await sql.raw<Row>(query).execute(db)).rows;
const named = (row: { readonly name_en: string; readonly name_zh: string }) => ({ en: row.name_en, zh: row.name_zh });

/** Nothing for a database that was only just made: what it is given comes later. */
async function entriesOf(db: Kysely<unknown>): Promise<Readonly<Record<string, readonly object[]>>> {
  const [organisation] = await rows<{ name_en: string; name_zh: string; home_country: string }>(db, 'select * from organisation');
  if (!organisation) return {};
  const queues = await rows<{ queue_id: string; name_en: string; name_zh: string; settings: string }>(
    db,
    'select * from queue order by position',
  );
  const skills = await rows<{ agent_id: string; skill: string; level: number }>(db, 'select * from agent_skill');
  const queueNames = new Map(queues.map((row) => [row.queue_id, named(row)]));
  const settings = new Map(queues.map((row) => [row.queue_id, JSON.parse(row.settings) as QueueSettings]));
  const skillIds = new Set([
    ...skills.map(({ skill }) => skill),
    ...[...settings.values()].flatMap(({ needs }) => needs.map(({ skill }) => skill)),
  ]);

  return {
    organisation: [{ name: named(organisation), homeCountry: organisation.home_country, timeZone: 'Asia/Shanghai' }],
    orgUnits: (
      await rows<{ org_unit_id: string; parent_id: string | null; level: string; name_en: string; name_zh: string }>(
        db,
        "select * from org_unit order by case level when 'headquarters' then 0 when 'province' then 1 else 2 end, rowid",
      )
    ).map((row) => ({ id: row.org_unit_id, parent: row.parent_id, tier: row.level, name: named(row) })),
    skills: [...skillIds].map((id) => ({ id, name: queueNames.get(id) ?? { en: id, zh: id } })),
    capacities: [{ id: 'standard', name: { en: 'Standard', zh: '标准' }, channels: { voice: { max: 1, weight: 100, interrupts: [] } } }],
    queues: [...settings].map(([id, set]) => ({
      id,
      name: queueNames.get(id),
      channel: 'voice',
      needs: set.needs.map(({ skill, minLevel }) => `${skill} >= ${minLevel}`).join(' and '),
      rings: [],
      strategy: 'longestIdle',
      ringSeconds: Math.round(set.ringTimeoutMs / 1_000),
      missesBeforeNotReady: set.missesBeforeNotReady,
      priority: set.priority,
      ageingSecondsPerPoint: null,
      serviceLevel: { targetPercent: 80, thresholdSeconds: 20 },
      hours: null,
      maxWaiting: null,
      maxWaitSeconds: null,
      overflow: null,
      whenClosed: { to: 'announce', prompt: 'queue-closed' },
      whenFull: { to: 'announce', prompt: 'all-busy' },
      whenWaitedTooLong: { to: 'announce', prompt: 'all-busy' },
      announcements: { everySeconds: null, position: false, expectedWait: false },
      callbackAfterSeconds: null,
      lastAgent: null,
      accountManager: null,
      bypassTiers: [],
      wrapUp: {
        mode: 'timed',
        seconds: Math.round(set.wrapUp.limitMs / 1_000),
        extendBySeconds: Math.round(set.wrapUp.extendByMs / 1_000),
        maxExtensions: set.wrapUp.maxExtensions,
        defaultDisposition: set.wrapUp.defaultDisposition,
      },
      alerts: { waitingAbove: null, longestWaitAboveSeconds: null, serviceLevelBelowPercent: null },
    })),
    reasons: [
      { id: 'break', name: { en: 'Break', zh: '小休' } },
      { id: 'meal', name: { en: 'Meal', zh: '用餐' } },
      { id: 'meeting', name: { en: 'Meeting', zh: '会议' } },
      { id: 'training', name: { en: 'Training', zh: '培训' } },
    ],
    dispositions: (
      await rows<{ code: string; label_en: string; label_zh: string; parent: string | null }>(
        db,
        'select * from disposition order by position',
      )
    ).map(({ code, label_en, label_zh, parent }) => ({ code, name: { en: label_en, zh: label_zh }, parent })),
    roles: [
      {
        id: 'agent',
        name: { en: 'Agent', zh: '坐席' },
        rights: ['session:own', 'work:handle', 'contact:read', 'contact:write'],
      },
      {
        id: 'supervisor',
        name: { en: 'Supervisor', zh: '班长' },
        rights: ['session:own', 'work:handle', 'contact:read', 'contact:write', 'queue:watch', 'agent:supervise', 'configuration:read'],
      },
      {
        id: 'administrator',
        name: { en: 'Administrator', zh: '管理员' },
        rights: ['session:own', 'queue:watch', 'agent:supervise', 'configuration:read', 'configuration:write', 'system:observe'],
      },
    ],
    users: (
      await rows<{
        user_id: string;
        username: string;
        name: string;
        role: string;
        locale: string;
        agent_id: string | null;
        extension: string | null;
        org_unit_id: string | null;
      }>(db, 'select * from login order by rowid')
    ).map((row) => ({
      id: row.user_id,
      username: row.username,
      name: row.name,
      role: row.role,
      locale: row.locale,
      orgUnit: row.org_unit_id,
      agent:
        row.agent_id === null || row.extension === null
          ? null
          : {
              id: row.agent_id,
              extension: row.extension,
              team: null,
              capacity: 'standard',
              skills: Object.fromEntries(
                skills.filter(({ agent_id }) => agent_id === row.agent_id).map(({ skill, level }) => [skill, level]),
              ),
              leftQueues: [],
              weight: 1,
              phone: { kind: 'desktop' },
            },
    })),
  };
}
