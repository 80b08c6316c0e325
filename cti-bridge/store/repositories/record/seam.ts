import type { ErrorCode } from '../../../../shared/contracts/errors.ts';
import type { StreamKind } from '../../../../shared/contracts/record.ts';
import type { Author } from '../../../crm/index.ts';
import { err } from '../../../kernel/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { markScoreDue } from '../score-due.ts';
import { reindex } from '../search-documents.ts';

/**
 * What every change of a record goes through: `keepChanges` says what stood there before, `addToTimeline` tells of what happened, and
 * `recordChanged` lets everything that follows from the record follow (score, search). All of it in the unit of work of the change itself.
 */
export interface ChangesMade {
  /** The same id again is the same change: rows that are there stay. */
  readonly changeId: string;
  readonly author: Author;
  readonly at: number;
  readonly owner: RowOwner;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly undoes?: string;
}

export type RowOwner =
  | { readonly contact_id: string; readonly account_id: null }
  | { readonly contact_id: null; readonly account_id: string };

export const ofContact = (contactId: string): RowOwner => ({ contact_id: contactId, account_id: null });
export const ofAccount = (accountId: string): RowOwner => ({ contact_id: null, account_id: accountId });

export interface FieldChange {
  readonly field: string;
  /** As JSON is made of it; undefined and null are nothing. */
  readonly before: unknown;
  readonly after: unknown;
}

export async function keepChanges(db: WriteHandle, made: ChangesMade, changes: readonly FieldChange[]): Promise<void> {
  if (changes.length === 0) return;
  const { changeId, author, at, owner, subjectKind, subjectId, undoes } = made;
  const rows = changes.map(({ field, before, after }, index) => ({
    change_id: index === 0 ? changeId : `${changeId}.${index}`,
    subject_kind: subjectKind,
    subject_id: subjectId,
    ...owner,
    field,
    before: jsonOf(before),
    after: jsonOf(after),
    at,
    author_id: author.userId,
    author: author.name,
    source: author.source,
    undoes: undoes ?? null,
  }));
  await db
    .insertInto('record_change')
    .values(rows)
    .onConflict((conflict) => conflict.column('change_id').doNothing())
    .execute();
}

/** A change that is kept already, because it is performed a second time. */
export async function isKept(db: WriteHandle, changeId: string): Promise<boolean> {
  return (await db.selectFrom('record_change').select('change_id').where('change_id', '=', changeId).executeTakeFirst()) !== undefined;
}

export const jsonOf = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));

export interface TimelineEvent {
  readonly entryId: string;
  readonly owner: RowOwner;
  readonly at: number;
  readonly kind: StreamKind;
  readonly title: string;
  readonly detail: string | null;
  readonly outcome: string | null;
  readonly interactionId?: string | null;
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly channel?: string;
}

export async function addToTimeline(db: WriteHandle, event: TimelineEvent): Promise<void> {
  await db
    .insertInto('timeline_entry')
    .values({
      entry_id: event.entryId,
      ...event.owner,
      at: event.at,
      kind: event.kind,
      title: event.title,
      detail: event.detail,
      outcome: event.outcome,
      interaction_id: event.interactionId ?? null,
      subject_kind: event.subject?.kind ?? null,
      subject_id: event.subject?.id ?? null,
      channel: event.channel ?? null,
    })
    .onConflict((conflict) => conflict.column('entry_id').doNothing())
    .execute();
}

/** Of these cards, companies and cases something has just been changed. */
export async function recordChanged(
  db: WriteHandle,
  changed: { readonly contactIds?: readonly string[]; readonly accountIds?: readonly string[]; readonly caseIds?: readonly string[] },
  at: number,
): Promise<void> {
  const { contactIds = [], accountIds = [] } = changed;
  if (contactIds.length > 0) await db.updateTable('person').set({ updated_at: at }).where('contact_id', 'in', contactIds).execute();
  if (accountIds.length > 0) await db.updateTable('account').set({ updated_at: at }).where('account_id', 'in', accountIds).execute();
  for (const contactId of contactIds) await markScoreDue(db, { contactId }, at);
  for (const accountId of accountIds) await markScoreDue(db, { accountId }, at);
  await reindex(db, changed);
}

/** A refusal whose words are shown as they are. Nothing has been written when it is made. */
export const refused = (code: ErrorCode, message: string) => err({ code, message });
export const noSuchPerson = refused('not_found', 'There is no such person, or they are not among those you may see.');
export const noSuchAccount = refused('not_found', 'There is no such company, or it is not among those you may see.');
export const changedMeanwhile = refused('conflict', 'Somebody else has changed this meanwhile. Look at it again, then change it.');
