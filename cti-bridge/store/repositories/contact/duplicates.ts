import type { Duplicate, Identifier } from '../../../../shared/contracts/contact.ts';
import { type CustomerScope, likenessOf, type Portrait, worthAsking } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';
import { type CardRow, readCardsOfHeads } from './cards.ts';
import { companyOf, isInScope, summaryOf } from './summary.ts';

/** How far one lookup reaches: a name may be anybody's, a company may be large. Who is found is judged in full. */
const reach = { byName: 200, byIdentifier: 50, byCompany: 500, judged: 60 } as const;
const mostSuggested = 5;

/**
 * Who may be this same person, most likely first, as far as a screen pop can wait for it: an identifier or the exact name in common. The
 * record is made before it is known who will see it, so it names only who is of the same offices: whoever may see the one may see them.
 */
export function readLikelyDuplicates(
  db: ReadHandle,
  cards: readonly CardRow[],
  identifiers: readonly Identifier[],
): Promise<readonly Duplicate[]> {
  const units = cards.flatMap((card) => card.org_unit_id ?? []);
  return suggest(db, cards, identifiers, { withCompany: false, scope: { units } });
}

/** The same and also who is called alike in the same company or household, of those who may be seen. */
export async function readDuplicatesOf(db: ReadHandle, cards: readonly CardRow[], scope: CustomerScope): Promise<readonly Duplicate[]> {
  const identifiers = await db
    .selectFrom('identifier')
    .select(['kind', 'value', 'is_shared'])
    .where(
      'contact_id',
      'in',
      cards.map((card) => card.contact_id),
    )
    .execute();
  const known = identifiers.map((row) => ({ kind: row.kind, value: row.value, shared: row.is_shared === 1 }));
  return suggest(db, cards, known, { withCompany: true, scope });
}

async function suggest(
  db: ReadHandle,
  cards: readonly CardRow[],
  identifiers: readonly { readonly kind: string; readonly value: string; readonly shared: boolean }[],
  { withCompany, scope }: { readonly withCompany: boolean; readonly scope: CustomerScope },
): Promise<readonly Duplicate[]> {
  const own = cards[0]?.head_id ?? '';
  const found = new Set<string>();
  for (const headId of await headsByIdentifier(db, identifiers, withCompany)) found.add(headId);
  for (const headId of await headsByName(db, cards)) found.add(headId);
  if (withCompany) for (const headId of await headsByCompany(db, cards)) found.add(headId);
  found.delete(own);
  if (found.size === 0) return [];

  const people = await readCardsOfHeads(db, [...found].slice(0, withCompany ? found.size : reach.judged));
  const portraits = await readPortraits(db, [cards, ...people.values()]);
  const apart = await headsNotTheSame(db, cards, [...people.values()]);
  const self = portraits.get(own);
  const suggested: Duplicate[] = [];
  for (const [headId, theirCards] of people) {
    const portrait = portraits.get(headId);
    if (!self || !portrait || apart.has(headId) || !isInScope(theirCards, scope)) continue;
    const { confidence, reasons } = likenessOf(self, portrait);
    if (confidence >= worthAsking) suggested.push({ ...summaryOf(theirCards), confidence, reasons: [...reasons] });
  }
  return suggested
    .sort((one, other) => other.confidence - one.confidence || (one.contactId < other.contactId ? -1 : 1))
    .slice(0, mostSuggested);
}

/** How alike two people are, and whether somebody said that they are two. */
export async function readLikeness(db: ReadHandle, one: readonly CardRow[], other: readonly CardRow[]) {
  const portraits = await readPortraits(db, [one, other]);
  const [first, second] = [portraits.get(one[0]?.head_id ?? ''), portraits.get(other[0]?.head_id ?? '')];
  return first && second ? likenessOf(first, second) : { confidence: 0, reasons: [] };
}

async function headsByIdentifier(
  db: ReadHandle,
  identifiers: readonly { readonly value: string; readonly shared: boolean }[],
  withShared: boolean,
): Promise<string[]> {
  const values = identifiers.filter(({ shared }) => withShared || !shared).map(({ value }) => value);
  if (values.length === 0) return [];
  const rows = await db
    .selectFrom('identifier')
    .innerJoin('person', 'person.contact_id', 'identifier.contact_id')
    .select('person.head_id')
    .where('identifier.value', 'in', values.slice(0, 50))
    .limit(reach.byIdentifier * Math.min(values.length, 50))
    .execute();
  return rows.map((row) => row.head_id);
}

/** Of the same name: those of the same company, or born on the same day. The name alone is not worth a question. */
async function headsByName(db: ReadHandle, cards: readonly CardRow[]): Promise<string[]> {
  const companies = new Set(cards.flatMap((card) => card.account_id ?? []));
  const days = new Set(cards.flatMap((card) => card.birthday?.slice(-5) ?? []));
  if (companies.size === 0 && days.size === 0) return [];
  const keys = [...new Set(cards.map((card) => card.name_key))];
  const rows = await db
    .selectFrom((from) =>
      from
        .selectFrom('person')
        .select(['contact_id', 'head_id', 'birthday'])
        .where('name_key', 'in', keys)
        .limit(reach.byName * keys.length)
        .as('namesake'),
    )
    .leftJoin('person_account', 'person_account.contact_id', 'namesake.contact_id')
    .select(['namesake.head_id', 'namesake.birthday', 'person_account.account_id'])
    .execute();
  return rows
    .filter(
      (row) => (row.account_id !== null && companies.has(row.account_id)) || (row.birthday !== null && days.has(row.birthday.slice(-5))),
    )
    .map((row) => row.head_id);
}

async function headsByCompany(db: ReadHandle, cards: readonly CardRow[]): Promise<string[]> {
  const accountId = companyOf(cards)?.account_id;
  if (accountId == null) return [];
  const rows = await db
    .selectFrom('person_account')
    .innerJoin('person', 'person.contact_id', 'person_account.contact_id')
    .select('person.head_id')
    .where('person_account.account_id', '=', accountId)
    .limit(reach.byCompany)
    .execute();
  return rows.map((row) => row.head_id);
}

async function readPortraits(db: ReadHandle, people: readonly (readonly CardRow[])[]): Promise<ReadonlyMap<string, Portrait>> {
  const cardIds = people.flatMap((cards) => cards.map((card) => card.contact_id));
  const identifiers = Map.groupBy(
    await db
      .selectFrom('identifier')
      .select(['contact_id', 'kind', 'value', 'label', 'source', 'is_shared'])
      .where('contact_id', 'in', cardIds)
      .execute(),
    (row) => row.contact_id,
  );
  const addresses = Map.groupBy(
    await db.selectFrom('address').select(['contact_id', 'lines', 'city']).where('contact_id', 'in', cardIds).execute(),
    (row) => row.contact_id,
  );
  return new Map(
    people.map((cards) => [
      cards[0]?.head_id ?? '',
      {
        names: cards.map((card) => card.name),
        birthdays: cards.flatMap((card) => card.birthday ?? []),
        companies: cards.flatMap((card) =>
          card.account_id === null ? [] : [{ accountId: card.account_id, name: card.account_name ?? '' }],
        ),
        identifiers: cards.flatMap((card) =>
          (identifiers.get(card.contact_id) ?? []).map((row) => ({
            kind: row.kind,
            value: row.value,
            label: row.label,
            source: row.source,
            shared: row.is_shared === 1,
          })),
        ),
        addresses: cards.flatMap((card) => (addresses.get(card.contact_id) ?? []).map((row) => `${row.lines} ${row.city ?? ''}`)),
      },
    ]),
  );
}

/** Heads of those of whom somebody said that they are somebody else, card by card: it outlives every merge and its undoing. */
async function headsNotTheSame(
  db: ReadHandle,
  cards: readonly CardRow[],
  others: readonly (readonly CardRow[])[],
): Promise<ReadonlySet<string>> {
  const own = new Set(cards.map((card) => card.contact_id));
  const headOf = new Map(others.flat().map((card) => [card.contact_id, card.head_id]));
  const all = [...own, ...headOf.keys()];
  const rows = await db
    .selectFrom('not_the_same')
    .select(['one_id', 'other_id'])
    .where('one_id', 'in', all)
    .where('other_id', 'in', all)
    .execute();
  const apart = new Set<string>();
  for (const { one_id, other_id } of rows) {
    if (own.has(one_id) === own.has(other_id)) continue;
    const headId = headOf.get(own.has(one_id) ? other_id : one_id);
    if (headId !== undefined) apart.add(headId);
  }
  return apart;
}
