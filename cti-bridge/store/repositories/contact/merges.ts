import type { Merge, MergePreview } from '../../../../shared/contracts/identity.ts';
import { personFieldNames } from '../../../../shared/contracts/record.ts';
import { type Card, shownFields } from '../../../crm/index.ts';
import type { ReadHandle, Schema } from '../../schema.ts';
import type { Group } from '../record/group.ts';
import { readCards } from './cards.ts';
import { readLikeness } from './duplicates.ts';
import { summaryOf } from './summary.ts';

/** Merges with the cards as they read by themselves, the newest first. */
export async function readMerges(db: ReadHandle, which: 'mergeId' | 'cards', ids: readonly string[]): Promise<readonly Merge[]> {
  const rows = await db
    .selectFrom('person_merge')
    .selectAll()
    .where((where) =>
      which === 'mergeId' ? where('merge_id', 'in', ids) : where.or([where('kept_id', 'in', ids), where('absorbed_id', 'in', ids)]),
    )
    .orderBy('at', 'desc')
    .orderBy('merge_id', 'desc')
    .execute();
  const summaries = new Map<string, Merge['kept']>();
  for (const cardId of new Set(rows.flatMap((row) => [row.kept_id, row.absorbed_id]))) {
    const card = (await readCards(db, cardId)).find((each) => each.contact_id === cardId);
    if (card) summaries.set(cardId, { ...summaryOf([card]), contactId: cardId });
  }
  return rows.flatMap((row) => {
    const [kept, absorbed] = [summaries.get(row.kept_id), summaries.get(row.absorbed_id)];
    return kept && absorbed
      ? [{ mergeId: row.merge_id, kept, absorbed, at: row.at, by: row.by_name, reason: row.reason, undone: undoneOf(row) }]
      : [];
  });
}

function undoneOf(row: Schema['person_merge']): Merge['undone'] {
  return row.undone_at === null ? null : { at: row.undone_at, by: row.undone_by_name ?? '', reason: row.undone_reason ?? '' };
}

/** What both have and what would be shown: fields that neither has are left out. */
export async function previewOf(db: ReadHandle, kept: Group, absorbed: Group): Promise<MergePreview> {
  const [keptCards, absorbedCards] = [await readCards(db, kept.headId), await readCards(db, absorbed.headId)];
  const together = [...kept.cards, ...absorbed.cards].map((card) => ({ ...card, headId: kept.headId }));
  const [mine, theirs, shown] = [textsOf(kept.cards), textsOf(absorbed.cards), textsOf(together)];
  const likeness = await readLikeness(db, keptCards, absorbedCards);
  return {
    kept: summaryOf(keptCards),
    absorbed: summaryOf(absorbedCards),
    likeness: { confidence: likeness.confidence, reasons: [...likeness.reasons] },
    fields: [...shown.keys()].map((field) => ({
      field,
      kept: mine.get(field) ?? null,
      absorbed: theirs.get(field) ?? null,
      shown: shown.get(field) ?? null,
    })),
    counts: await countsOf(db, kept.contactIds, absorbed.contactIds),
  };
}

/** Fields that have a value, as text; custom ones as `custom.ID`. */
function textsOf(cards: readonly Card[]): ReadonlyMap<string, string> {
  const { custom, ...fields } = shownFields(cards);
  const texts = new Map<string, string>();
  for (const field of personFieldNames) {
    if (field === 'custom') continue;
    const value = fields[field];
    if (value !== null && value !== '') texts.set(field, String(value));
  }
  for (const id of Object.keys(custom).sort()) texts.set(`custom.${id}`, String(custom[id]));
  return texts;
}

async function countsOf(db: ReadHandle, kept: readonly string[], absorbed: readonly string[]): Promise<MergePreview['counts']> {
  const counted = {
    identifiers: 'identifier',
    contacts: 'timeline_entry',
    cases: 'customer_case',
    products: 'product',
    notes: 'note',
  } as const;
  const counts: MergePreview['counts'] = [];
  for (const what of Object.keys(counted) as (keyof typeof counted)[]) {
    const of = async (cardIds: readonly string[]) => {
      const { count } = await db
        .selectFrom(counted[what])
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('contact_id', 'in', cardIds)
        .executeTakeFirstOrThrow();
      return Number(count);
    };
    counts.push({ what, kept: await of(kept), absorbed: await of(absorbed) });
  }
  return counts;
}
