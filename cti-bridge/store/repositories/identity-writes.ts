import type { WireError } from '../../../shared/contracts/errors.ts';
import type { Merge } from '../../../shared/contracts/identity.ts';
import { headsOf, type IdentityRepository } from '../../crm/index.ts';
import { ok, type Result } from '../../kernel/index.ts';
import { oneAtATime } from '../dialect.ts';
import type { WriteHandle } from '../schema.ts';
import { type CardRow, readCards } from './contact/cards.ts';
import { readMerges } from './contact/merges.ts';
import { isInScope } from './contact/summary.ts';
import { oneAlready } from './identity-reads.ts';
import { looking } from './record/group.ts';
import { addToTimeline, noSuchPerson, ofContact, refused } from './record/seam.ts';
import { markScoreDue } from './score-due.ts';
import { reindex } from './search-documents.ts';

type Merging = Parameters<IdentityRepository['merge']>[0];
type Unmerging = Parameters<IdentityRepository['unmerge']>[0];
type NotTheSame = Parameters<IdentityRepository['notTheSame']>[0];
type Outcome<Value> = Promise<Result<Value, WireError>>;

/** What is read whenever one of them calls has to stay small. */
const mostCards = 50;

/**
 * Who is who, changed. A merge is one row that says so; no row of either card is touched but for the name of the head, so that its undoing
 * has nothing to restore. One at a time, so that two merges at once see each other and never make a loop.
 */
export const identityWrites = {
  async mergePeople(db: WriteHandle, { mergeId, kept, absorbed, reason, author, at }: Merging): Outcome<Merge> {
    await oneAtATime(db, 'merge');
    const [done] = await readMerges(looking(db), 'mergeId', [mergeId]);
    if (done) return ok(done);
    const [keptCards, absorbedCards] = [await readCards(looking(db), kept.contactId), await readCards(looking(db), absorbed.contactId)];
    const [head, other] = [keptCards[0], absorbedCards[0]];
    if (!head || !other || !isInScope(keptCards, kept.scope) || !isInScope(absorbedCards, absorbed.scope)) return noSuchPerson;
    if (head.head_id === other.head_id) return oneAlready;
    if (keptCards.length + absorbedCards.length > mostCards)
      return refused('conflict', `A person can have ${mostCards} records at most. Look whether some of them were merged by mistake.`);

    const row = { merge_id: mergeId, kept_id: head.head_id, absorbed_id: other.head_id, at, reason };
    await db
      .insertInto('person_merge')
      .values({ ...row, by_id: author.userId ?? author.source, by_name: author.name })
      .execute();
    await nameHeads(db, [...keptCards, ...absorbedCards], at);
    const told = { mergeId, at, reason, by: author.name, what: 'merged' } as const;
    await tell(db, head, told);
    await tell(db, other, told);
    return outcomeOf(db, mergeId);
  },

  async unmergePeople(db: WriteHandle, { mergeId, scope, reason, author, at }: Unmerging): Outcome<Merge> {
    await oneAtATime(db, 'merge');
    const merge = await db.selectFrom('person_merge').selectAll().where('merge_id', '=', mergeId).executeTakeFirst();
    if (!merge) return noSuchMerge;
    const cards = await readCards(looking(db), merge.absorbed_id);
    if (merge.undone_at !== null) {
      const isSame = merge.undone_at === at && merge.undone_by_name === author.name;
      return isSame ? outcomeOf(db, mergeId) : refused('conflict', 'This merge was undone already.');
    }
    const heads = await headsWithout(db, cards, mergeId);
    const sides = [...Map.groupBy(cards, (card) => heads.get(card.contact_id)).values()];
    if (sides.some((side) => !isInScope(side, scope))) return noSuchMerge;

    await db
      .updateTable('person_merge')
      .set({ undone_at: at, undone_by_id: author.userId ?? author.source, undone_by_name: author.name, undone_reason: reason })
      .where('merge_id', '=', mergeId)
      .execute();
    await nameHeads(db, cards, at);
    const told = { mergeId, at, reason, by: author.name, what: 'unmerged' } as const;
    for (const card of cards) if (card.contact_id === merge.kept_id || card.contact_id === merge.absorbed_id) await tell(db, card, told);
    return outcomeOf(db, mergeId);
  },

  async markNotTheSame(db: WriteHandle, { one, other, author, at }: NotTheSame): Outcome<null> {
    const [cards, others] = [await readCards(looking(db), one.contactId), await readCards(looking(db), other.contactId)];
    const [head, otherHead] = [cards[0]?.head_id, others[0]?.head_id];
    if (head === undefined || otherHead === undefined || !isInScope(cards, one.scope) || !isInScope(others, other.scope))
      return noSuchPerson;
    if (head === otherHead) return refused('conflict', 'They are one record. Undo the merge first.');
    const [lesser = '', greater = ''] = [head, otherHead].sort();
    await db
      .insertInto('not_the_same')
      .values({ one_id: lesser, other_id: greater, at, by_id: author.userId ?? author.source, by_name: author.name })
      .onConflict((conflict) => conflict.columns(['one_id', 'other_id']).doNothing())
      .execute();
    return ok(null);
  },
};

/** The head of each of these cards, by the merges that stand. */
async function headsWithout(db: WriteHandle, cards: readonly CardRow[], undone: string | null): Promise<ReadonlyMap<string, string>> {
  const cardIds = cards.map((card) => card.contact_id);
  const edges = await db
    .selectFrom('person_merge')
    .select(['merge_id', 'kept_id', 'absorbed_id'])
    .where('absorbed_id', 'in', cardIds)
    .where('undone_at', 'is', null)
    .execute();
  const standing = edges.filter((edge) => edge.merge_id !== undone);
  return headsOf(
    cardIds,
    standing.map((edge) => ({ keptId: edge.kept_id, absorbedId: edge.absorbed_id })),
  );
}

/** Writes down who is the head of whom, and lets follow what is made of a whole person: their score, the words they are found by. */
async function nameHeads(db: WriteHandle, cards: readonly CardRow[], at: number): Promise<void> {
  const heads = await headsWithout(db, cards, null);
  for (const card of cards) {
    const headId = heads.get(card.contact_id) ?? card.contact_id;
    if (headId !== card.head_id)
      await db.updateTable('person').set({ head_id: headId }).where('contact_id', '=', card.contact_id).execute();
  }
  for (const headId of new Set(heads.values())) await markScoreDue(db, { contactId: headId }, at);
  await reindex(db, { contactIds: cards.map((card) => card.contact_id) });
}

/** On the timeline of either card. The words name nobody: who is erased later is not named in the history of another. */
async function tell(
  db: WriteHandle,
  card: CardRow,
  { mergeId, at, by, what }: { readonly mergeId: string; readonly at: number; readonly by: string; readonly what: keyof typeof titles },
): Promise<void> {
  const side = card.contact_id;
  await addToTimeline(db, {
    entryId: `${mergeId}/${what}/${side}`,
    owner: ofContact(side),
    at,
    kind: 'merge',
    title: titles[what][card.locale === 'zh' ? 'zh' : 'en'],
    detail: null,
    outcome: by,
    subject: { kind: 'merge', id: mergeId },
  });
}

const titles = {
  merged: { en: 'Merged with another record', zh: '与另一份档案合并' },
  unmerged: { en: 'Merge undone', zh: '合并已撤销' },
} as const;

async function outcomeOf(db: WriteHandle, mergeId: string): Outcome<Merge> {
  const [merge] = await readMerges(looking(db), 'mergeId', [mergeId]);
  return merge ? ok(merge) : noSuchMerge;
}

const noSuchMerge = refused('not_found', 'There is no such merge, or it is of people you may not see.');
