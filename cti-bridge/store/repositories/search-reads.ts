import { type RawBuilder, sql } from 'kysely';
import type { Tier } from '../../../shared/contracts/contact.ts';
import type { SearchHit } from '../../../shared/contracts/search.ts';
import type { Numbering } from '../../../shared/phone-number.ts';
import {
  type CustomerScope,
  type KnownNumber,
  matchesTerms,
  nameKey,
  numberSearch,
  rankCandidates,
  type SearchCandidate,
  type SearchQuery,
  searchQuery,
} from '../../crm/index.ts';
import { databaseKind } from '../dialect.ts';
import type { ReadHandle, Schema } from '../schema.ts';
import { keyAccountMark, tokensOf, unitMark } from '../search/documents.ts';
import { documentsWith, endingOfNumber, type WordsWanted } from '../search/full-text.ts';

/**
 * A search reads no more than a few hundred candidates, whatever was typed: the best of them are what fits on the screen. Those of one
 * letter are many thousand, so the promising ones are asked for first: by name, and of key accounts.
 */
const candidatesPerQuestion = 150;
const keyCandidates = 40;
/** Numbers are looked up before it is known whose they are: of these, some belong to the offices somebody may see. */
const mostOfAnyOffice = 1500;
/**
 * So many offices are asked of the index. It takes long over more; whoever sees more sees most of what is found anyhow, and the index is
 * asked for theirs only where that is too little. Who may be seen is asked of the record in any case.
 */
const fewUnits = 10;

export const searchReads = {
  async searchCustomers(
    db: ReadHandle,
    typed: string,
    scope: CustomerScope,
    limit: number,
    numbering: Numbering | string,
  ): Promise<readonly SearchHit[]> {
    const query = searchQuery(typed);
    const marks = scope.units === null ? [] : [[null, ...scope.units].map(unitMark)];
    const isWide = scope.units !== null && scope.units.length > fewUnits;
    const found = [
      ...(await byKeys(db, typed.trim(), query, numbering, scope.units === null ? candidatesPerQuestion : mostOfAnyOffice)),
      ...(await byName(db, query, scope)),
      ...(await byWords(db, query, isWide ? [] : marks)),
    ];
    const candidates = await withinScope(db, found, scope);
    const isEnough = !isWide || candidates.length >= limit;
    const others = isEnough ? [] : await withinScope(db, await byWords(db, query, marks), scope);
    return rankCandidates([...candidates, ...others], query, limit);
  },

  async numbersOf(db: ReadHandle, contactIds: readonly string[], accountIds: readonly string[]): Promise<readonly KnownNumber[]> {
    const numbers = () =>
      db
        .selectFrom('identifier')
        .select(['identifier.value', 'identifier.kind', 'identifier.label'])
        .where('identifier.kind', 'in', ['phone', 'mobile'])
        .orderBy('identifier.last_used_at', (by) => by.desc().nullsLast())
        .orderBy('identifier.value');
    const ofPeople =
      contactIds.length === 0
        ? []
        : await numbers()
            .innerJoin('person', 'person.contact_id', 'identifier.contact_id')
            .select('person.head_id as owner_id')
            .where('person.head_id', 'in', contactIds)
            .execute();
    const ofCompanies =
      accountIds.length === 0
        ? []
        : await numbers().select('identifier.account_id as owner_id').where('identifier.account_id', 'in', accountIds).execute();
    const known = new Map(
      [...ofPeople, ...ofCompanies].map(({ owner_id, value, kind, label }): readonly [string, KnownNumber] => [
        `${owner_id} ${value}`,
        { ownerId: owner_id ?? '', number: value, kind: kind === 'mobile' ? 'mobile' : 'phone', label },
      ]),
    );
    return [...known.values()];
  },
};

type Subject = { readonly kind: 'person' | 'account' | 'case'; readonly id: string };
type By = Extract<SearchCandidate['by'], { kind: 'number' | 'email' | 'id' }> | { readonly kind: 'words'; readonly document: DocumentRow };
type Found = Subject & { readonly by: By };
type DocumentRow = Pick<Schema['customer_search'], 'contact_id' | 'account_id' | 'case_id' | 'words'>;

/** By a number, an address or an id: whole ones, beginnings, and endings of numbers. */
async function byKeys(
  db: ReadHandle,
  text: string,
  query: SearchQuery,
  numbering: Numbering | string,
  most: number,
): Promise<readonly Found[]> {
  const number = numberSearch(text, query.digits, numbering);
  const found: Found[] = [];
  const add = (rows: readonly IdentifierRow[], kind: 'number' | 'email' | 'id', isExact: boolean) => {
    for (const row of rows) {
      const by = { kind, value: row.value, isExact } as const;
      if (row.contact_id !== null) found.push({ kind: 'person', id: row.contact_id, by });
      if (row.account_id !== null) found.push({ kind: 'account', id: row.account_id, by });
    }
  };
  if (number.key !== null) add(await identifiers(db, most).where('value', '=', number.key).execute(), 'number', true);
  for (const beginning of number.beginnings) add(await beginningWith(db, most, beginning, beginning + '9'.repeat(24)), 'number', false);
  for (const ending of number.endings) add(await endingIn(db, most, ending), 'number', false);
  if (query.email !== null) {
    add(await identifiers(db, most).where('value', '=', query.email).execute(), 'email', true);
    add(await beginningWith(db, most, query.email, `${query.email}\u{10fffd}`), 'email', false);
  }
  if (query.code !== null) {
    const written = [...new Set([text, query.key, text.toUpperCase()])];
    add(
      await identifiers(db, most).where('value', 'in', written).where('kind', 'not in', ['phone', 'mobile', 'email']).execute(),
      'id',
      true,
    );
    for (const subject of subjects) found.push({ ...subject(text), by: { kind: 'id', value: text, isExact: true } });
  }
  for (const digits of query.digitWords.filter((word) => word.length >= 4)) found.push(...(await namedWithDigits(db, digits, query.terms)));
  return found;
}

/** An id may be anybody's; whose it is not, is left out with those who may not be seen. */
const subjects: readonly ((id: string) => Subject)[] = (['person', 'account', 'case'] as const).map((kind) => (id) => ({ kind, id }));

type IdentifierRow = Pick<Schema['identifier'], 'contact_id' | 'account_id' | 'value'>;

function identifiers(db: ReadHandle, most: number) {
  return db.selectFrom('identifier').select(['contact_id', 'account_id', 'value']).limit(most);
}

function beginningWith(db: ReadHandle, most: number, beginning: string, last: string): Promise<readonly IdentifierRow[]> {
  return identifiers(db, most)
    .where('value', '>=', beginning)
    .where('value', '<=', last)
    .where(sql<boolean>`value like ${`${likeText(beginning)}%`} escape '\\'`)
    .execute();
}

function endingIn(db: ReadHandle, most: number, digits: string): Promise<readonly IdentifierRow[]> {
  return (
    identifiers(db, most)
      // As the index says it: a parameter would not tell the database that the index has the answer.
      .where(sql<boolean>`kind in ('phone', 'mobile')`)
      .where(sql<boolean>`${sql.raw(endingOfNumber(databaseKind(db)))} = ${digits.slice(-4)}`)
      .where(sql<boolean>`value like ${`%${likeText(digits)}`} escape '\\'`)
      .execute()
  );
}

const likeText = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** `chen 4126`: whose number ends so and whose name has the other words. */
async function namedWithDigits(db: ReadHandle, digits: string, terms: SearchQuery['terms']): Promise<readonly Found[]> {
  const numbers = await endingIn(db, mostOfAnyOffice, digits);
  const names = terms.filter((forms) => !forms.includes(digits));
  const owners = numbers.flatMap((row) => row.contact_id ?? []);
  if (owners.length === 0) return [];
  const documents = await documentRows(db).where('contact_id', 'in', owners).execute();
  return documents.flatMap((document): Found[] => {
    const { names: own, pinyin, others } = tokensOf(document.words);
    const value = numbers.find((row) => row.contact_id === document.contact_id)?.value;
    if (document.contact_id === null || value === undefined || !matchesTerms([...own, ...pinyin, ...others], names)) return [];
    return [{ kind: 'person', id: document.contact_id, by: { kind: 'number', value, isExact: true } }];
  });
}

/** By the words of their documents. `marks`: of each list the document must have one. */
async function byWords(db: ReadHandle, query: SearchQuery, marks: readonly (readonly string[])[]): Promise<readonly Found[]> {
  if (query.terms.length === 0) return [];
  const found = new Set<number>();
  const ask = async (kinds: WordsWanted['kinds'], onlyKey: boolean) => {
    const wanted = { terms: query.terms, kinds, marks: onlyKey ? [...marks, [keyAccountMark]] : marks };
    const most = onlyKey ? keyCandidates : candidatesPerQuestion;
    const rows = db
      .selectFrom(documentsWith(databaseKind(db), wanted).as('wanted'))
      .select('wanted.search_id')
      .limit(most);
    for (const row of await rows.execute()) found.add(row.search_id);
  };
  await ask(['names'], true);
  await ask(['names'], false);
  await ask(everyKind, true);
  if (found.size < candidatesPerQuestion) await ask(everyKind, false);
  const documents =
    found.size === 0
      ? []
      : await documentRows(db)
          .where('search_id', 'in', [...found])
          .execute();
  return documents.flatMap(foundDocument);
}

const everyKind: WordsWanted['kinds'] = ['names', 'pinyin', 'others'];

/** Exactly this name: the index, which stops at some hundred names that begin so, may not have come to it. */
async function byName(db: ReadHandle, query: SearchQuery, scope: CustomerScope): Promise<readonly Found[]> {
  const documents = await documentRows(db)
    .innerJoin('person', 'person.contact_id', 'customer_search.contact_id')
    .innerJoin('person as head', 'head.contact_id', 'person.head_id')
    .where('person.name_key', '=', query.key)
    .where(isWithin('head.org_unit_id', scope))
    .limit(candidatesPerQuestion)
    .execute();
  return documents.flatMap(foundDocument);
}

function foundDocument(document: DocumentRow): readonly Found[] {
  const by = { kind: 'words', document } as const;
  if (document.contact_id !== null) return [{ kind: 'person', id: document.contact_id, by }];
  if (document.account_id !== null) return [{ kind: 'account', id: document.account_id, by }];
  return document.case_id === null ? [] : [{ kind: 'case', id: document.case_id, by }];
}

function documentRows(db: ReadHandle) {
  return db
    .selectFrom('customer_search')
    .select(['customer_search.contact_id', 'customer_search.account_id', 'customer_search.case_id', 'customer_search.words']);
}

type Line = Omit<SearchCandidate, 'by'>;

/** Whose office is none of anybody's, is everybody's. */
function isWithin(unit: string, { units }: CustomerScope): RawBuilder<boolean> {
  if (units === null) return sql<boolean>`true`;
  if (units.length === 0) return sql<boolean>`${sql.ref(unit)} is null`;
  return sql<boolean>`(${sql.ref(unit)} is null or ${sql.ref(unit)} in (${sql.join(units)}))`;
}

/** What is shown of each, asked together with whether it may be seen. */
async function withinScope(db: ReadHandle, found: readonly Found[], scope: CustomerScope): Promise<readonly SearchCandidate[]> {
  const ids = (kind: Subject['kind']) => [...new Set(found.filter((each) => each.kind === kind).map((each) => each.id))];
  const lines = {
    person: await personLines(db, ids('person'), scope),
    account: await accountLines(db, ids('account'), scope),
    case: await caseLines(db, ids('case'), scope),
  };
  return found.flatMap(({ kind, id, by }): SearchCandidate[] => {
    const line = lines[kind].get(id);
    if (!line) return [];
    return [{ ...line, by: by.kind === 'words' ? { kind: 'words', tokens: tokensOf(by.document.words) } : by }];
  });
}

async function personLines(db: ReadHandle, ids: readonly string[], scope: CustomerScope): Promise<ReadonlyMap<string, Line>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('person')
    .innerJoin('person as head', 'head.contact_id', 'person.head_id')
    .leftJoin('person_account', (join) =>
      join.onRef('person_account.contact_id', '=', 'head.contact_id').on('person_account.is_primary', '=', 1),
    )
    .leftJoin('account', 'account.account_id', 'person_account.account_id')
    .select((select) => [
      'person.contact_id',
      'person.head_id',
      'person.name_key',
      'head.name',
      'head.tier',
      'account.name as company',
      'account.is_key_account',
      select
        .selectFrom('identifier')
        .select(({ fn }) => fn.max('identifier.last_used_at').as('at'))
        .whereRef('identifier.contact_id', '=', 'person.contact_id')
        .as('last_used_at'),
    ])
    .where('person.contact_id', 'in', ids)
    .where(isWithin('head.org_unit_id', scope))
    .execute();
  return new Map(
    rows.map((row) => [
      row.contact_id,
      {
        ...{ kind: 'person', id: row.head_id, contactId: row.head_id, groupId: row.head_id },
        ...{ title: row.name, nameKey: row.name_key, subtitle: row.company, tier: row.tier as Tier },
        ...{ isKeyAccount: row.is_key_account === 1, lastUsedAt: row.last_used_at },
      },
    ]),
  );
}

async function accountLines(db: ReadHandle, ids: readonly string[], scope: CustomerScope): Promise<ReadonlyMap<string, Line>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('account')
    .select(['account_id', 'name', 'name_key', 'tier', 'is_key_account', 'industry'])
    .where('account_id', 'in', ids)
    .where(isWithin('org_unit_id', scope))
    .execute();
  return new Map(
    rows.map((row) => [
      row.account_id,
      {
        ...{ kind: 'account', id: row.account_id, contactId: null, groupId: row.account_id },
        ...{ title: row.name, nameKey: row.name_key ?? '', subtitle: row.industry, tier: row.tier as Tier | null },
        ...{ isKeyAccount: row.is_key_account === 1, lastUsedAt: null },
      },
    ]),
  );
}

async function caseLines(db: ReadHandle, ids: readonly string[], scope: CustomerScope): Promise<ReadonlyMap<string, Line>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('customer_case')
    .innerJoin('person', 'person.contact_id', 'customer_case.contact_id')
    .innerJoin('person as head', 'head.contact_id', 'person.head_id')
    .select(['case_id', 'number', 'subject', 'opened_at', 'head.contact_id'])
    .where('case_id', 'in', ids)
    .where(isWithin('head.org_unit_id', scope))
    .execute();
  return new Map(
    rows.map((row) => [
      row.case_id,
      {
        ...{ kind: 'case', id: row.case_id, contactId: row.contact_id, groupId: row.case_id },
        ...{ title: row.number, nameKey: nameKey(row.number), subtitle: row.subject, tier: null },
        ...{ isKeyAccount: false, lastUsedAt: row.opened_at },
      },
    ]),
  );
}
