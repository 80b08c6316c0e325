import type { Change, HandOver } from '../../../crm/index.ts';
import { ok } from '../../../kernel/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { isKept, jsonOf, noSuchAccount, ofAccount, refused } from '../record/seam.ts';
import { notTheirs } from './account-writes.ts';
import { isVisibleAccount } from './company.ts';

export const handOverWrites = {
  /**
   * Another manager for all of these customers, or for none. Nothing of their history moves; what the old manager still owes them moves
   * along: open promises and tasks, planned visits. Each customer's timeline and changes say so. A handful of statements, however many they are.
   */
  async handOverAccounts(db: WriteHandle, handOver: HandOver): Change<{ readonly handedOver: number }> {
    const { changeId, accountIds, from, to, toScope, scope, at } = handOver;
    const ids = [...new Set(accountIds)];
    const accounts = await db
      .selectFrom('account')
      .select(['account_id', 'name', 'manager_agent_id', 'manager_name', 'org_unit_id'])
      .where('account_id', 'in', ids)
      .where(isVisibleAccount(scope))
      .orderBy('account_id')
      .execute();
    if (accounts.length < ids.length) return noSuchAccount;
    if (await isKept(db, changeId)) return ok({ handedOver: ids.length });
    if (from !== null && accounts.some((account) => account.manager_agent_id !== from)) return notTheirs;
    const unseen = accounts.find(({ org_unit_id: unit }) => unit !== null && toScope.units !== null && !toScope.units.includes(unit));
    if (unseen) return refused('bad_request', `${to.name} may not see ${unseen.name}: it belongs to another office.`);
    const moving = accounts.filter((account) => account.manager_agent_id !== to.agentId);
    if (moving.length === 0) return ok({ handedOver: 0 });

    await moveWhatIsOwed(db, moving, to);
    const movingIds = moving.map((account) => account.account_id);
    await db
      .updateTable('account')
      .set(({ eb }) => ({
        ...{ manager_agent_id: to.agentId, manager_name: to.name, updated_at: at },
        revision: eb('revision', '+', 1),
      }))
      .where('account_id', 'in', movingIds)
      .execute();
    await db.deleteFrom('account_deputy').where('account_id', 'in', movingIds).where('agent_id', '=', to.agentId).execute();
    await tell(db, handOver, moving);
    return ok({ handedOver: moving.length });
  },
};

interface Moving {
  readonly account_id: string;
  readonly name: string;
  readonly manager_agent_id: string | null;
  readonly manager_name: string | null;
}

async function moveWhatIsOwed(db: WriteHandle, moving: readonly Moving[], to: HandOver['to']): Promise<void> {
  const byManager = Map.groupBy(moving, (account) => account.manager_agent_id);
  for (const [manager, accounts] of byManager) {
    if (manager === null) continue;
    const ids = accounts.map((account) => account.account_id);
    const people = db.selectFrom('person_account').select('contact_id').where('account_id', 'in', ids);
    const owner = { owner_agent_id: to.agentId };
    await db
      .updateTable('task')
      .set(owner)
      .where('owner_agent_id', '=', manager)
      .where('done_at', 'is', null)
      .where((where) => where.or([where('account_id', 'in', ids), where('contact_id', 'in', people)]))
      .execute();
    await db
      .updateTable('promise')
      .set(owner)
      .where('owner_agent_id', '=', manager)
      .where('kept_at', 'is', null)
      .where('contact_id', 'in', people)
      .execute();
    await db
      .updateTable('visit')
      .set({ agent_id: to.agentId, visitor: to.name })
      .where('agent_id', '=', manager)
      .where('state', '=', 'planned')
      .where('account_id', 'in', ids)
      .execute();
  }
}

/** Written in one piece: five hundred customers are two statements. */
async function tell(db: WriteHandle, { changeId, to, remark, author, at }: HandOver, moving: readonly Moving[]): Promise<void> {
  await db
    .insertInto('record_change')
    .values(
      moving.map((account, index) => ({
        ...{ change_id: index === 0 ? changeId : `${changeId}.${index}`, subject_kind: 'account', subject_id: account.account_id },
        ...{ ...ofAccount(account.account_id), field: 'manager', at, author_id: author.userId, author: author.name, source: author.source },
        before: jsonOf(account.manager_name ?? account.manager_agent_id),
        after: jsonOf(to.name),
        undoes: null,
      })),
    )
    .execute();
  await db
    .insertInto('timeline_entry')
    .values(
      moving.map((account, index) => ({
        ...{ entry_id: `handover:${changeId}.${index}`, ...ofAccount(account.account_id), at, kind: 'note', outcome: author.name },
        ...handOverWords(account, to.name),
        detail: remark.trim() || null,
        interaction_id: null,
        subject_kind: 'account',
        subject_id: account.account_id,
      })),
    )
    .execute();
}

/** In the language of the customer's name, as all that is written on a timeline. */
function handOverWords({ name, manager_name: from }: Moving, to: string): { readonly title: string } {
  if (/\p{Script=Han}/u.test(name)) return { title: from === null ? `客户经理：${to}` : `客户交接：${from} → ${to}` };
  return { title: from === null ? `Account manager: ${to}` : `Handed over: ${from} → ${to}` };
}
