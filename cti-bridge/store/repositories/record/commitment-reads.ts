import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { OfferMade, PromiseMade, Task } from '../../../../shared/contracts/record.ts';
import { type CustomerScope, standsAgainst } from '../../../crm/index.ts';
import type { ReadHandle, Schema } from '../../schema.ts';
import { agentNames } from './case-reads.ts';
import { isVisiblePerson } from './visible-person.ts';

/** More open promises or tasks than anybody can have in mind. */
const mostShown = 500;

export const commitmentReads = {
  async readWorkOf(
    db: ReadHandle,
    agentId: string,
    scope: CustomerScope,
  ): Promise<{
    readonly promises: readonly (PromiseMade & { readonly contactName: string })[];
    readonly tasks: readonly (Task & { readonly customerName: string })[];
  }> {
    const promises = await promisesWhere(db, (where) =>
      where.and([
        where('promise.owner_agent_id', '=', agentId),
        where('promise.kept_at', 'is', null),
        // Told as what they are.
        sql<boolean>`scheduled_callback.callback_id is null`,
        isVisiblePerson(scope, sql.ref('promise.contact_id')),
      ]),
    );
    const { units } = scope;
    const tasks = await tasksWhere(db, (where) =>
      where.and([
        where('task.owner_agent_id', '=', agentId),
        where('task.done_at', 'is', null),
        where.or([
          where.and([where('task.contact_id', 'is not', null), isVisiblePerson(scope, sql.ref('task.contact_id'))]),
          where.and([
            where('task.account_id', 'is not', null),
            units === null
              ? sql<boolean>`1 = 1`
              : where.or([
                  where('account.org_unit_id', 'is', null),
                  ...(units.length > 0 ? [where('account.org_unit_id', 'in', units)] : []),
                ]),
          ]),
        ]),
      ]),
    );
    const names = await headNames(
      db,
      [...promises, ...tasks].flatMap((each) => each.contactId ?? []),
    );
    const accounts = await accountNames(
      db,
      tasks.flatMap((task) => task.accountId ?? []),
    );
    return {
      promises: promises.map((promise) => ({ ...promise, contactName: names.get(promise.contactId) ?? '' })),
      tasks: tasks.map((task) => ({ ...task, customerName: names.get(task.contactId ?? '') ?? accounts.get(task.accountId ?? '') ?? '' })),
    };
  },
};

type PromiseFilter = (where: ExpressionBuilder<Schema, 'promise'>) => Expression<SqlBool>;

/** Those still to be kept first, by when they are due. */
export async function promisesWhere(db: ReadHandle, filter: PromiseFilter): Promise<PromiseMade[]> {
  const rows = await db
    .selectFrom('promise')
    .leftJoin('customer_case', 'customer_case.case_id', 'promise.case_id')
    .leftJoin('scheduled_callback', (join) =>
      join.onRef('scheduled_callback.callback_id', '=', 'promise.promise_id').on('scheduled_callback.state', 'in', ['agreed', 'inLine']),
    )
    .selectAll('promise')
    .select(['customer_case.number as case_number', 'scheduled_callback.callback_id as callback_id'])
    .where((where) => filter(where as never))
    .orderBy(sql`promise.kept_at is not null`)
    .orderBy('promise.due_at')
    .orderBy('promise.promise_id')
    .limit(mostShown)
    .execute();
  const names = await agentNames(
    db,
    rows.flatMap((row) => row.owner_agent_id ?? []),
  );
  return rows.map((row) => ({
    promiseId: row.promise_id,
    contactId: row.contact_id,
    caseNumber: row.case_number,
    text: row.text,
    dueAt: row.due_at,
    ownerAgentId: row.owner_agent_id,
    ownerName: names.get(row.owner_agent_id ?? '') ?? null,
    madeAt: row.made_at,
    madeBy: row.made_by,
    keptAt: row.kept_at,
    ...(row.callback_id === null ? {} : { isCallback: true }),
  }));
}

type TaskFilter = (where: ExpressionBuilder<Schema, 'task' | 'account'>) => Expression<SqlBool>;

/** Those still to be done first, by when they are due. */
export async function tasksWhere(db: ReadHandle, filter: TaskFilter): Promise<Task[]> {
  const rows = await db
    .selectFrom('task')
    .leftJoin('account', 'account.account_id', 'task.account_id')
    .selectAll('task')
    .where((where) => filter(where as never))
    .orderBy(sql`task.done_at is not null`)
    .orderBy(sql`task.due_at is null`)
    .orderBy('task.due_at')
    .orderBy('task.task_id')
    .limit(mostShown)
    .execute();
  const names = await agentNames(
    db,
    rows.flatMap((row) => row.owner_agent_id ?? []),
  );
  return rows.map((row) => ({
    taskId: row.task_id,
    contactId: row.contact_id,
    accountId: row.account_id,
    title: row.title,
    dueAt: row.due_at,
    ownerAgentId: row.owner_agent_id,
    ownerName: names.get(row.owner_agent_id ?? '') ?? null,
    madeBy: row.made_by,
    doneAt: row.done_at,
  }));
}

/** Latest first, each with whether it may be made again. */
export async function offersOf(db: ReadHandle, contactIds: readonly string[]): Promise<OfferMade[]> {
  const rows = await db
    .selectFrom('offer_made')
    .selectAll()
    .where('contact_id', 'in', contactIds)
    .orderBy('made_at', 'desc')
    .orderBy('offer_id')
    .limit(mostShown)
    .execute();
  const made = rows.map((row) => ({
    offerId: row.offer_id,
    name: row.name,
    channel: row.channel as OfferMade['channel'],
    madeAt: row.made_at,
    madeBy: row.made_by,
    answer: row.answer as OfferMade['answer'],
    answeredAt: row.answered_at,
    remark: row.remark,
    notAgain: null,
  }));
  return made.map((offer) => {
    const obstacle = standsAgainst(offer.name, made);
    return { ...offer, notAgain: obstacle === null ? null : obstacle.answer === null ? 'awaitingAnswer' : 'answered' };
  });
}

async function headNames(db: ReadHandle, contactIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (contactIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('person as own')
    .innerJoin('person as head', 'head.contact_id', 'own.head_id')
    .select(['own.contact_id', 'head.name'])
    .where('own.contact_id', 'in', [...new Set(contactIds)])
    .execute();
  return new Map(rows.map((row) => [row.contact_id, row.name]));
}

async function accountNames(db: ReadHandle, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (accountIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('account')
    .select(['account_id', 'name'])
    .where('account_id', 'in', [...new Set(accountIds)])
    .execute();
  return new Map(rows.map((row) => [row.account_id, row.name]));
}
