import type { UserConfiguration } from '../../../shared/contracts/configuration.ts';
import type { Right } from '../../../shared/contracts/rights.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';
import type { StoredLogIn, User } from '../../identity/index.ts';
import type { Organisation } from '../api.ts';
import type { ReadHandle } from '../schema.ts';
import { configurationReads } from './configuration-reads.ts';
import { entryOf } from './configuration-rows.ts';

export const organisationReads = {
  async readOrganisation(db: ReadHandle): Promise<Organisation> {
    const { revision, configuration } = await configurationReads.readConfiguration(db);
    return {
      revision,
      configuration,
      name: configuration.organisation.name,
      homeCountry: configuration.organisation.homeCountry,
      queues: configuration.queues,
      dispositions: configuration.dispositions.map(({ code, name, parent }) => ({ code, label: name, parent })),
    };
  },

  /** By user name or, as agents often do, by agent number, which is the extension. */
  async findByUsername(db: ReadHandle, username: string): Promise<{ readonly user: User; readonly passwordHash: string | null } | null> {
    const row = await db
      .selectFrom('login')
      .innerJoin('configuration_entry', (join) =>
        join.onRef('configuration_entry.entry_id', '=', 'login.user_id').on('configuration_entry.section', '=', 'users'),
      )
      .selectAll()
      .where((login) => login.or([login('username', '=', username), login('extension', '=', username)]))
      // A user name that happens to be somebody's number stays its owner's.
      .orderBy((login) => login('username', '=', username), 'desc')
      .executeTakeFirst();
    if (!row) return null;
    const user = entryOf('users', row);
    const role = await db
      .selectFrom('configuration_entry')
      .selectAll()
      .where('section', '=', 'roles')
      .where('entry_id', '=', user.role)
      .executeTakeFirst();
    return { user: toUser(user, role ? entryOf('roles', role).rights : [], row.is_demo === 1), passwordHash: row.password_hash };
  },

  async listAgents(db: ReadHandle): Promise<readonly User[]> {
    return (await readUsers(db))
      .filter(({ agentId }) => agentId !== null)
      .sort((one, other) => ((one.extension ?? '') < (other.extension ?? '') ? -1 : 1));
  },

  async readLogIns(db: ReadHandle): Promise<readonly { readonly stored: StoredLogIn; readonly user: User | null }[]> {
    const rows = await db.selectFrom('user_session').selectAll().orderBy('created_at').execute();
    if (rows.length === 0) return [];
    const users = new Map((await readUsers(db)).map((user) => [user.userId, user]));
    return rows.map((row) => {
      const userId = asId<UserId>(row.user_id);
      const [createdAt, seenAt] = [row.created_at, row.seen_at];
      return {
        stored: { sessionId: row.session_id, tokenHash: row.token_hash, userId, createdAt, seenAt },
        user: users.get(userId) ?? null,
      };
    });
  },
};

/** Everybody who may sign in. */
async function readUsers(db: ReadHandle): Promise<User[]> {
  const { configuration } = await configurationReads.readConfiguration(db);
  const rights = new Map(configuration.roles.map((role) => [role.id, role.rights]));
  const demo = new Set((await db.selectFrom('login').select('user_id').where('is_demo', '=', 1).execute()).map((row) => row.user_id));
  return configuration.users.map((user) => toUser(user, rights.get(user.role) ?? [], demo.has(user.id)));
}

function toUser(user: UserConfiguration, rights: readonly Right[], isDemo: boolean): User {
  return {
    userId: asId<UserId>(user.id),
    username: user.username,
    name: user.name,
    role: user.role,
    rights,
    locale: user.locale,
    agentId: user.agent ? asId<AgentId>(user.agent.id) : null,
    extension: user.agent?.extension ?? null,
    ...(user.agent ? { phone: user.agent.phone } : {}),
    skills: user.agent?.skills ?? {},
    isDemo,
  };
}
