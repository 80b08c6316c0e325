import { normaliseNumber } from '../../../../shared/phone-number.ts';
import type { Arrival, InteractionLink } from '../../../crm/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { keepChanges, ofContact } from '../record/seam.ts';
import { reindex } from '../search-documents.ts';

/**
 * What somebody arrived with is theirs from now on, or was used again. Whether it is verified is not ours to change here. A line that is
 * known to be shared stays shared: that they used it is remembered, and proves nothing. Told twice in one contact of two people, only the
 * second has it: a slip of the finger leaves no trace in anybody's record.
 */
export async function teachIdentifier(db: WriteHandle, cardId: string, link: InteractionLink): Promise<void> {
  const { taught, interactionId, author, at } = link;
  if (taught === null) return;
  const identifierId = `taught:${interactionId}`;
  await forget(db, identifierId, cardId);
  const own = await db
    .updateTable('identifier')
    .set({ last_used_at: at })
    .where('contact_id', '=', cardId)
    .where('value', '=', taught.key)
    .executeTakeFirst();
  const isShared = await isKnownAsShared(db, taught, at);
  if (own.numUpdatedRows > 0n) return;

  await db
    .insertInto('identifier')
    .values({
      identifier_id: identifierId,
      contact_id: cardId,
      kind: kindOf(taught),
      value: taught.key,
      is_verified: 0,
      is_shared: Number(isShared),
      last_used_at: at,
      created_at: at,
    })
    .onConflict((conflict) => conflict.column('identifier_id').doNothing())
    .execute();
  const made = { changeId: identifierId, author, at, owner: ofContact(cardId), subjectKind: 'identifier', subjectId: identifierId };
  await keepChanges(db, made, [{ field: 'identifier', before: null, after: { kind: kindOf(taught), value: taught.key } }]);
  await reindex(db, { contactIds: [cardId] });
}

async function forget(db: WriteHandle, identifierId: string, keptBy: string): Promise<void> {
  const [first] = await db.selectFrom('identifier').select('contact_id').where('identifier_id', '=', identifierId).execute();
  if (!first?.contact_id || first.contact_id === keptBy) return;
  await db.deleteFrom('identifier').where('identifier_id', '=', identifierId).execute();
  await db.deleteFrom('record_change').where('change_id', '=', identifierId).execute();
  await reindex(db, { contactIds: [first.contact_id] });
}

/** True when a company or household has it, or it is marked as shared; then its own last use is now, too. */
async function isKnownAsShared(db: WriteHandle, { key, kind }: NonNullable<InteractionLink['taught']>, at: number): Promise<boolean> {
  const ofAccount = await db
    .updateTable('identifier')
    .set({ last_used_at: at })
    .where('value', '=', key)
    .where('account_id', 'is not', null)
    .executeTakeFirst();
  if (ofAccount.numUpdatedRows > 0n) return true;
  const shared = await db
    .selectFrom('identifier')
    .select('identifier_id')
    .where('value', '=', key)
    .where('kind', 'in', kindsLike(kind))
    .where('is_shared', '=', 1)
    .limit(1)
    .executeTakeFirst();
  return shared !== undefined;
}

function kindsLike(kind: Arrival['kind']): string[] {
  return kind === 'phone' ? ['phone', 'mobile'] : [kind];
}

function kindOf({ kind, key }: NonNullable<InteractionLink['taught']>): string {
  if (kind !== 'phone') return kind;
  // A key reads the same from every country.
  const number = normaliseNumber(key, 'CN');
  return number.kind === 'e164' && number.type === 'mobile' ? 'mobile' : 'phone';
}
