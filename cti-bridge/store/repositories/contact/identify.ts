import type { Candidate } from '../../../../shared/contracts/screen-pop.ts';
import { type Arrival, type Claim, type Identified, type KnownCards, resolve } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';
import { type CardRow, readCards, readCardsOfHeads } from './cards.ts';
import { readRecordOf } from './record.ts';
import { summaryOf } from './summary.ts';

/** How far a line that very many have is read: those who used it last, and so many people of a company it belongs to. */
const reach = { holders: 60, accounts: 5, people: 500 } as const;

const kindsOf: Readonly<Record<Arrival['kind'], readonly string[]>> = {
  phone: ['phone', 'mobile'],
  email: ['email'],
  chatVisitor: ['chatVisitor'],
};

/** Who it is, with the record where that is certain. */
export async function identifyArrival(db: ReadHandle, arrival: Arrival, at: number): Promise<Identified> {
  const claims = [
    ...(arrival.key === null ? [] : await readClaims(db, 'arrival', [arrival.key], kindsOf[arrival.kind])),
    ...(arrival.entered.length === 0 ? [] : await readClaims(db, 'entered', arrival.entered, ['externalId', 'membership'])),
  ];
  const resolution = resolve(arrival, claims, at);
  switch (resolution.kind) {
    case 'unknown':
      return resolution;
    case 'certain': {
      const cards = await readCards(db, resolution.headId);
      if (cards.length === 0) return { kind: 'unknown' };
      const record = await readRecordOf(db, cards, at);
      return { kind: 'certain', reason: resolution.reason, record, cards: known(cards, resolution.cardId) };
    }
    case 'candidates': {
      const people = await readCardsOfHeads(
        db,
        resolution.candidates.map(({ headId }) => headId),
      );
      const candidates: Candidate[] = [];
      const cards: Record<string, KnownCards> = {};
      for (const { headId, cardId, lastUsedAt, confidence, reasons } of resolution.candidates) {
        const own = people.get(headId);
        if (!own) continue;
        candidates.push({ ...summaryOf(own), lastUsedAt, confidence, reasons: [...reasons] });
        cards[headId] = known(own, cardId);
      }
      return { kind: 'candidates', candidates, cards, suggestShared: resolution.suggestShared };
    }
  }
}

function known(cards: readonly CardRow[], cardId: string | null): KnownCards {
  return { cardId, cardIds: cards.map((card) => card.contact_id) };
}

async function readClaims(db: ReadHandle, by: Claim['by'], values: readonly string[], kinds: readonly string[]): Promise<Claim[]> {
  const rows = await db
    .selectFrom('identifier')
    .leftJoin('person', 'person.contact_id', 'identifier.contact_id')
    .leftJoin('account', 'account.account_id', 'identifier.account_id')
    .select([
      'identifier.is_verified',
      'identifier.is_shared',
      'identifier.last_used_at',
      'person.contact_id',
      'person.head_id',
      'person.name',
      'account.account_id',
      'account.name as account_name',
      'account.kind as account_kind',
    ])
    .where('identifier.value', 'in', values)
    .where('identifier.kind', 'in', kinds)
    .orderBy('identifier.last_used_at', (order) => order.desc().nullsLast())
    .orderBy('identifier.identifier_id')
    .limit(reach.holders)
    .execute();

  const claims: Claim[] = [];
  let accounts = 0;
  for (const row of rows) {
    const found = { by, isVerified: row.is_verified === 1, isShared: row.is_shared === 1, lastUsedAt: row.last_used_at };
    if (row.contact_id !== null && row.head_id !== null)
      claims.push({ ...found, headId: row.head_id, cardId: row.contact_id, name: row.name ?? '', throughAccount: null });
    if (row.account_id !== null && accounts++ < reach.accounts) {
      const throughAccount = { name: row.account_name ?? '', kind: row.account_kind ?? 'company' };
      for (const person of await readPeopleOf(db, row.account_id)) claims.push({ ...found, ...person, throughAccount });
    }
  }
  return claims;
}

/** Everybody of a company or household, with when they last got in touch by anything of theirs. */
async function readPeopleOf(db: ReadHandle, accountId: string) {
  const rows = await db
    .selectFrom((from) =>
      from
        .selectFrom('person_account')
        .select('contact_id')
        .where('account_id', '=', accountId)
        .where('until', 'is', null)
        .limit(reach.people)
        .as('member'),
    )
    .innerJoin('person', 'person.contact_id', 'member.contact_id')
    .leftJoin('identifier', 'identifier.contact_id', 'member.contact_id')
    .select(['person.contact_id', 'person.head_id', 'person.name'])
    .select(({ fn }) => fn.max('identifier.last_used_at').as('last_used_at'))
    .groupBy(['person.contact_id', 'person.head_id', 'person.name'])
    .execute();
  return rows.map((row) => ({
    headId: row.head_id,
    cardId: row.contact_id,
    name: row.name,
    lastUsedAt: row.last_used_at === null ? null : Number(row.last_used_at),
  }));
}
