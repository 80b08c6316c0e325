import type { WriteHandle } from '../schema.ts';

/** Whose score: a person (any of their cards), a company or household, or both. */
export interface ScoreOwner {
  readonly contactId?: string | null;
  readonly accountId?: string | null;
}

/**
 * Something changed that a score is made of: it is computed again soon, in the background. Part of the unit of work that made the change, so
 * that neither is there without the other. Whom the score is of in the end (the head of merged cards, the company of a person) is found out
 * then.
 */
export async function markScoreDue(db: WriteHandle, owner: ScoreOwner, at: number): Promise<void> {
  const { contactId = null, accountId = null } = owner;
  if (contactId !== null) await mark(db, { owner_id: contactId, contact_id: contactId, account_id: null, since: at });
  if (accountId !== null) await mark(db, { owner_id: accountId, contact_id: null, account_id: accountId, since: at });
}

async function mark(
  db: WriteHandle,
  row: { readonly owner_id: string; readonly contact_id: string | null; readonly account_id: string | null; readonly since: number },
): Promise<void> {
  await db
    .insertInto('score_due')
    .values(row)
    .onConflict((conflict) => conflict.column('owner_id').doNothing())
    .execute();
}
