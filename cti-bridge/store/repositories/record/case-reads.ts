import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { ContactSummary } from '../../../../shared/contracts/contact.ts';
import type { CaseFile } from '../../../../shared/contracts/record.ts';
import type { CustomerScope } from '../../../crm/index.ts';
import type { ReadHandle, Schema } from '../../schema.ts';
import { provenanceOf } from './group.ts';
import { customOf } from './person-columns.ts';
import { isVisiblePerson } from './visible-person.ts';

type CaseFilter = (where: ExpressionBuilder<Schema, 'customer_case'>) => Expression<SqlBool>;
/** More than anybody reads through; a number that took seconds to count would help nobody. */
const mostCounted = 10_000;

type ListWanted = {
  readonly ownerAgentId: string | null;
  readonly state: 'open' | 'overdue' | 'closed';
  readonly limit: number;
  readonly at: number;
};

export const caseReads = {
  async readCase(db: ReadHandle, caseId: string, scope: CustomerScope): Promise<CaseFile | null> {
    const [found] = await caseFilesWhere(
      db,
      (where) => where.and([where('case_id', '=', caseId), isVisiblePerson(scope, sql.ref('customer_case.contact_id'))]),
      { limit: 1 },
    );
    return found ?? null;
  },

  /** Open ones by deadline, so that the overdue come first and those without one last; closed ones latest first. */
  async listCases(
    db: ReadHandle,
    scope: CustomerScope,
    { ownerAgentId, state, limit, at }: ListWanted,
  ): Promise<{ readonly cases: readonly CaseFile[]; readonly total: number }> {
    const filter: CaseFilter = (where) =>
      where.and([
        isVisiblePerson(scope, sql.ref('customer_case.contact_id')),
        state === 'closed' ? where('closed_at', 'is not', null) : where('closed_at', 'is', null),
        ...(state === 'overdue' ? [where('due_at', '<', at)] : []),
        ...(ownerAgentId === null ? [] : [where('owner_agent_id', '=', ownerAgentId)]),
      ]);
    const { total } = await db
      .selectFrom((from) =>
        from
          .selectFrom('customer_case')
          .select('case_id')
          .where((where) => filter(where))
          .limit(mostCounted)
          .as('counted'),
      )
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    return { cases: await caseFilesWhere(db, filter, { limit, order: state === 'closed' ? 'closed' : 'due' }), total: Number(total) };
  },
};

/** Cases with their steps; on a page the open ones first, then the latest. */
export async function caseFilesWhere(
  db: ReadHandle,
  filter: CaseFilter,
  { limit, order = 'page' }: { readonly limit: number; readonly order?: 'page' | 'due' | 'closed' },
): Promise<CaseFile[]> {
  const rows = await db
    .selectFrom('customer_case')
    .selectAll()
    .where((where) => filter(where))
    .$if(order === 'page', (query) => query.orderBy(sql`closed_at is not null`).orderBy('opened_at', 'desc'))
    .$if(order === 'due', (query) => query.orderBy(sql`due_at is null`).orderBy('due_at').orderBy('opened_at'))
    .$if(order === 'closed', (query) => query.orderBy('closed_at', 'desc'))
    .orderBy('case_id')
    .limit(limit)
    .execute();
  if (rows.length === 0) return [];
  const steps = await stepsOf(
    db,
    rows.map((row) => row.case_id),
  );
  const contacts = await contactsOf(db, [...new Set(rows.map((row) => row.contact_id))]);
  const names = await agentNames(
    db,
    rows.flatMap((row) => row.owner_agent_id ?? []),
  );
  const contracts = await namesIn(
    db,
    'contract',
    rows.flatMap((row) => row.contract_id ?? []),
  );
  const products = await namesIn(
    db,
    'product',
    rows.flatMap((row) => row.product_id ?? []),
  );
  return rows.flatMap((row) => {
    const contact = contacts.get(row.contact_id);
    if (!contact) return [];
    return {
      caseId: row.case_id,
      number: row.number,
      kind: row.kind as CaseFile['kind'],
      status: row.status as CaseFile['status'],
      priority: row.priority,
      subject: row.subject,
      description: row.description,
      contact,
      ownerAgentId: row.owner_agent_id,
      ownerName: names.get(row.owner_agent_id ?? '') ?? null,
      openedAt: row.opened_at,
      responseDueAt: row.response_due_at,
      respondedAt: row.responded_at,
      dueAt: row.due_at,
      closedAt: row.closed_at,
      contractName: contracts.get(row.contract_id ?? '') ?? null,
      productName: products.get(row.product_id ?? '') ?? null,
      outcome: row.outcome,
      custom: customOf(row.custom),
      steps: steps.get(row.case_id) ?? [],
      provenance: provenanceOf(row),
      revision: row.revision,
    };
  });
}

async function stepsOf(db: ReadHandle, caseIds: readonly string[]): Promise<ReadonlyMap<string, CaseFile['steps']>> {
  const rows = await db.selectFrom('case_step').selectAll().where('case_id', 'in', caseIds).orderBy('at').orderBy('step_id').execute();
  const byCase = Map.groupBy(rows, (row) => row.case_id);
  return new Map(
    [...byCase].map(([caseId, steps]) => [
      caseId,
      steps.map((row) => ({
        stepId: row.step_id,
        at: row.at,
        author: row.author,
        kind: row.kind as CaseFile['steps'][number]['kind'],
        text: row.text,
      })),
    ]),
  );
}

/** The person of a card in one line; the id is the head's. */
async function contactsOf(db: ReadHandle, contactIds: readonly string[]): Promise<ReadonlyMap<string, ContactSummary>> {
  const rows = await db
    .selectFrom('person as own')
    .innerJoin('person', 'person.contact_id', 'own.head_id')
    .leftJoin('person_account', (join) =>
      join.onRef('person_account.contact_id', '=', 'person.contact_id').on('person_account.is_primary', '=', 1),
    )
    .leftJoin('account', 'account.account_id', 'person_account.account_id')
    .select(['own.contact_id as card_id', 'person.contact_id', 'person.name', 'person.title', 'person.tier', 'person.locale'])
    .select(['account.account_id', 'account.name as account_name', 'account.is_key_account'])
    .where('own.contact_id', 'in', contactIds)
    .execute();
  return new Map(
    rows.map((row) => [
      row.card_id,
      {
        contactId: row.contact_id,
        name: row.name,
        title: row.title,
        accountId: row.account_id,
        accountName: row.account_name,
        isKeyAccount: row.is_key_account === 1,
        tier: row.tier as ContactSummary['tier'],
        locale: row.locale as ContactSummary['locale'],
      },
    ]),
  );
}

export async function agentNames(db: ReadHandle, agentIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (agentIds.length === 0) return new Map();
  const rows = await db.selectFrom('login').select(['agent_id', 'name']).where('agent_id', 'in', agentIds).execute();
  return new Map(rows.map((row) => [row.agent_id ?? '', row.name]));
}

async function namesIn(db: ReadHandle, table: 'contract' | 'product', ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows =
    table === 'contract'
      ? await db.selectFrom('contract').select(['contract_id as id', 'name']).where('contract_id', 'in', ids).execute()
      : await db.selectFrom('product').select(['product_id as id', 'name']).where('product_id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
