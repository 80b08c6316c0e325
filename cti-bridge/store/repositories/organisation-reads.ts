import type { Role } from '../../../shared/contracts/agent.ts';
import type { Locale } from '../../../shared/contracts/contact.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';
import type { QueueConfiguration } from '../../../shared/contracts/configuration.ts';
import type { User } from '../../identity/index.ts';
import type { Flow } from '../../ivr/index.ts';
import type { Organisation } from '../api.ts';
import type { ReadHandle, Schema } from '../schema.ts';

/** What of a queue is kept as one JSON value, because nothing is ever asked about its parts. */
export type QueueSettings = Omit<QueueConfiguration, 'id' | 'name'>;

export const organisationReads = {
  async readOrganisation(db: ReadHandle): Promise<Organisation> {
    const organisation = await db.selectFrom('organisation').selectAll().executeTakeFirst();
    const queues = await db.selectFrom('queue').selectAll().orderBy('position').execute();
    const entries = await db.selectFrom('dnis_entry').selectAll().orderBy('dnis').execute();
    const flows = await db.selectFrom('flow').selectAll().orderBy('version').execute();
    const dispositions = await db.selectFrom('disposition').selectAll().orderBy('position').execute();
    return {
      name: { en: organisation?.name_en ?? '', zh: organisation?.name_zh ?? '' },
      homeCountry: organisation?.home_country ?? 'CN',
      queues: queues.map((row) => ({
        id: row.queue_id,
        name: { en: row.name_en, zh: row.name_zh },
        ...(JSON.parse(row.settings) as QueueSettings),
      })),
      entries: entries.map((row) => ({ dnis: row.dnis, flowId: row.flow_id })),
      // Of each flow its latest version: the map keeps the last one it was given.
      flows: [...new Map(flows.map((row) => [row.flow_id, JSON.parse(row.body) as Flow])).values()],
      dispositions: dispositions.map((row) => ({ code: row.code, label: { en: row.label_en, zh: row.label_zh }, parent: row.parent })),
    };
  },

  /** By user name or, as agents often do, by agent number, which is the extension. */
  async findByUsername(db: ReadHandle, username: string): Promise<{ readonly user: User; readonly passwordHash: string } | null> {
    const row = await db
      .selectFrom('login')
      .selectAll()
      .where((login) => login.or([login('username', '=', username), login('extension', '=', username)]))
      // A user name that happens to be somebody's number stays its owner's.
      .orderBy((login) => login('username', '=', username), 'desc')
      .executeTakeFirst();
    if (!row) return null;
    const skills = await db
      .selectFrom('agent_skill')
      .selectAll()
      .where('agent_id', '=', row.agent_id ?? '')
      .execute();
    return { user: toUser(row, skills), passwordHash: row.password_hash };
  },

  async listAgents(db: ReadHandle): Promise<readonly User[]> {
    const rows = await db.selectFrom('login').selectAll().where('agent_id', 'is not', null).orderBy('extension').execute();
    const skills = await db.selectFrom('agent_skill').selectAll().execute();
    return rows.map((row) => toUser(row, skills));
  },
};

function toUser(row: Schema['login'], skills: readonly Schema['agent_skill'][]): User {
  return {
    userId: asId<UserId>(row.user_id),
    username: row.username,
    name: row.name,
    role: row.role as Role,
    locale: row.locale as Locale,
    agentId: row.agent_id === null ? null : asId<AgentId>(row.agent_id),
    extension: row.extension,
    skills: Object.fromEntries(skills.filter((each) => each.agent_id === row.agent_id).map((each) => [each.skill, each.level])),
    isDemo: row.is_demo === 1,
  };
}
