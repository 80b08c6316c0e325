import { sql } from 'kysely';
import { databaseKind } from '../dialect.ts';
import type { WriteHandle } from '../schema.ts';
import { accountDocument, caseDocument, type PersonToIndex, personDocument, type SearchRow } from '../search/documents.ts';
import { forgetting, markToMerge } from '../search/full-text.ts';

/** What was changed, so that it is found by what it says now. */
export interface Reindexed {
  readonly contactIds?: readonly string[];
  readonly accountIds?: readonly string[];
  readonly caseIds?: readonly string[];
}

/** Part of the unit of work that made the change. The people of a company, who are found by its name too, follow when there is time. */
export async function reindex(db: WriteHandle, { contactIds = [], accountIds = [], caseIds = [] }: Reindexed): Promise<void> {
  await indexPeople(db, contactIds);
  await indexAccounts(db, accountIds);
  await indexCases(db, caseIds);
}

/** For work on many documents at once. What it takes out of the index is gone for good when the upkeep has merged it. */
export async function forgettingQuickly(db: WriteHandle, work: () => Promise<void>): Promise<void> {
  if (databaseKind(db) !== 'sqlite') return work();
  await sql.raw(forgetting.quickly).execute(db);
  await sql.raw(markToMerge).execute(db);
  await work();
}

/** Whoever changes many at once leaves them to be indexed when there is time. */
export async function markSearchDue(db: WriteHandle, kind: 'person' | 'account' | 'case', ids: readonly string[]): Promise<void> {
  for (const few of inChunks(ids, 1000)) {
    await db
      .insertInto('search_due')
      .values(few.map((id) => ({ subject_kind: kind, subject_id: id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Documents that are made already, as an import makes them. */
export async function insertPersonDocuments(db: WriteHandle, documents: readonly SearchRow[]): Promise<void> {
  for (const rows of inChunks(documents, rowsPerStatement)) {
    await db
      .insertInto('customer_search')
      .values(rows)
      .onConflict((conflict) => conflict.column('contact_id').where('contact_id', 'is not', null).doUpdateSet(replaced))
      .execute();
  }
}

async function indexPeople(db: WriteHandle, contactIds: readonly string[]): Promise<void> {
  for (const ids of inChunks(contactIds, rowsPerStatement))
    await insertPersonDocuments(db, (await readPeople(db, ids)).map(personDocument));
}

async function indexAccounts(db: WriteHandle, accountIds: readonly string[]): Promise<void> {
  for (const ids of inChunks(accountIds, rowsPerStatement)) {
    const accounts = await db
      .selectFrom('account')
      .select(['account_id', 'name', 'org_unit_id', 'is_key_account'])
      .where('account_id', 'in', ids)
      .execute();
    const identifiers = await db
      .selectFrom('identifier')
      .select(['account_id', 'value'])
      .where('account_id', 'in', ids)
      .where('kind', 'not in', numberKinds)
      .execute();
    const documents = accounts.map((account) =>
      accountDocument({
        accountId: account.account_id,
        name: account.name,
        orgUnitId: account.org_unit_id,
        isKeyAccount: account.is_key_account === 1,
        externalIds: identifiers.filter((each) => each.account_id === account.account_id).map((each) => each.value),
      }),
    );
    if (documents.length === 0) continue;
    await db
      .insertInto('customer_search')
      .values(documents)
      .onConflict((conflict) => conflict.column('account_id').where('account_id', 'is not', null).doUpdateSet(replaced))
      .execute();
    await db
      .insertInto('search_due')
      .columns(['subject_kind', 'subject_id'])
      .expression((expression) =>
        expression
          .selectFrom('person_account')
          .innerJoin('customer_search', 'customer_search.contact_id', 'person_account.contact_id')
          .select((select) => [select.val('person').as('subject_kind'), 'person_account.contact_id'])
          .where('person_account.account_id', 'in', ids),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function indexCases(db: WriteHandle, caseIds: readonly string[]): Promise<void> {
  for (const ids of inChunks(caseIds, rowsPerStatement)) {
    const cases = await db
      .selectFrom('customer_case')
      .innerJoin('person', 'person.contact_id', 'customer_case.contact_id')
      .innerJoin('person as head', 'head.contact_id', 'person.head_id')
      .select(['case_id', 'number', 'subject', 'head.org_unit_id'])
      .where('case_id', 'in', ids)
      .execute();
    if (cases.length === 0) continue;
    await db
      .insertInto('customer_search')
      .values(
        cases.map((each) =>
          caseDocument({ caseId: each.case_id, number: each.number, subject: each.subject, orgUnitId: each.org_unit_id }),
        ),
      )
      .onConflict((conflict) => conflict.column('case_id').where('case_id', 'is not', null).doUpdateSet(replaced))
      .execute();
  }
}

/** One text of a statement for most of the work: it is prepared once. */
const rowsPerStatement = 100;
const numberKinds = ['phone', 'mobile'];
const replaced = { words: sql<string>`excluded.words` };

async function readPeople(db: WriteHandle, ids: readonly string[]): Promise<readonly PersonToIndex[]> {
  const people = await db
    .selectFrom('person')
    .innerJoin('person as head', 'head.contact_id', 'person.head_id')
    .select(['person.contact_id', 'person.name', 'head.org_unit_id'])
    .where('person.contact_id', 'in', ids)
    .execute();
  const companies = await db
    .selectFrom('person_account')
    .innerJoin('account', 'account.account_id', 'person_account.account_id')
    .select(['person_account.contact_id', 'account.name', 'account.is_key_account'])
    .where('person_account.contact_id', 'in', ids)
    .orderBy('person_account.is_primary', 'desc')
    .execute();
  const identifiers = await db
    .selectFrom('identifier')
    .select(['contact_id', 'kind', 'value'])
    .where('contact_id', 'in', ids)
    .where('kind', 'not in', numberKinds)
    .execute();
  return people.map((person) => {
    const theirs = companies.filter((each) => each.contact_id === person.contact_id);
    const written = identifiers.filter((each) => each.contact_id === person.contact_id);
    return {
      contactId: person.contact_id,
      name: person.name,
      orgUnitId: person.org_unit_id,
      isKeyAccount: theirs.some((each) => each.is_key_account === 1),
      companies: theirs.map((each) => each.name),
      emails: written.filter((each) => each.kind === 'email').map((each) => each.value),
      externalIds: written.filter((each) => each.kind !== 'email').map((each) => each.value),
    };
  });
}

function* inChunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
