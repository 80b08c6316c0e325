import { sql } from 'kysely';
import type { WriteHandle } from '../schema.ts';
import { accountDocument, caseDocument, type PersonToIndex, personDocument, type SearchRow } from '../search/documents.ts';

/** How far the index has come with what was there before it; kept, so that a restart goes on. */
const progressFact = 'searchIndexedTo';
const finished = 'all';

export const searchWrites = {
  /** Writes the documents of people anew. To be called in the unit of work that changed them. */
  indexPeople,
  /** Of companies and households; their people, who are found by the company's name too, follow when there is time. */
  indexAccounts,
  indexCases,

  /** What is to be written anew, a few at a time. True when there is more. */
  async indexDue(db: WriteHandle, limit: number): Promise<boolean> {
    const due = await db.selectFrom('search_due').selectAll().orderBy('subject_kind').orderBy('subject_id').limit(limit).execute();
    for (const [kind, index] of Object.entries(indexers)) {
      const ids = due.filter((each) => each.subject_kind === kind).map((each) => each.subject_id);
      if (ids.length === 0) continue;
      await db.deleteFrom('search_due').where('subject_kind', '=', kind).where('subject_id', 'in', ids).execute();
      await index(db, ids);
    }
    return due.length === limit;
  },

  /** Documents for everybody who was there before the index was, a few at a time. True when there is more. */
  async indexEverything(db: WriteHandle, limit: number): Promise<boolean> {
    const fact = await db.selectFrom('store_fact').select('value').where('key', '=', progressFact).executeTakeFirst();
    if (fact?.value === finished) return false;
    const [kind, after] = (fact?.value ?? 'person:').split(/:(.*)/s) as [keyof typeof indexers, string];
    const ids = await idsAfter(db, kind, after, limit);
    await indexers[kind](db, ids);
    const next = { person: 'account:', account: 'case:', case: finished }[kind];
    const value = ids.length === limit ? `${kind}:${ids.at(-1)}` : next;
    await db
      .insertInto('store_fact')
      .values({ key: progressFact, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
    return value !== finished;
  },
};

const indexers = { person: indexPeople, account: indexAccounts, case: indexCases };

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

export async function indexPeople(db: WriteHandle, contactIds: readonly string[]): Promise<void> {
  for (const ids of inChunks(contactIds, rowsPerStatement))
    await insertPersonDocuments(db, (await readPeople(db, ids)).map(personDocument));
}

export async function indexAccounts(db: WriteHandle, accountIds: readonly string[]): Promise<void> {
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

export async function indexCases(db: WriteHandle, caseIds: readonly string[]): Promise<void> {
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
const replaced = {
  names: sql<string>`excluded.names`,
  pinyin: sql<string>`excluded.pinyin`,
  others: sql<string>`excluded.others`,
  marks: sql<string>`excluded.marks`,
};

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

async function idsAfter(db: WriteHandle, kind: keyof typeof indexers, after: string, limit: number): Promise<readonly string[]> {
  const rows =
    kind === 'person'
      ? await db
          .selectFrom('person')
          .select('contact_id as id')
          .where('contact_id', '>', after)
          .orderBy('contact_id')
          .limit(limit)
          .execute()
      : kind === 'account'
        ? await db
            .selectFrom('account')
            .select('account_id as id')
            .where('account_id', '>', after)
            .orderBy('account_id')
            .limit(limit)
            .execute()
        : await db
            .selectFrom('customer_case')
            .select('case_id as id')
            .where('case_id', '>', after)
            .orderBy('case_id')
            .limit(limit)
            .execute();
  return rows.map(({ id }) => id);
}

function* inChunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
