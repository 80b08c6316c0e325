import type { Attachment } from '../../../../shared/contracts/record.ts';
import type { AccountRepository, AttachmentRepository, Change, Changing, CustomerScope, NewAttachment } from '../../../crm/index.ts';
import { ok } from '../../../kernel/index.ts';
import type { ReadHandle, WriteHandle } from '../../schema.ts';
import { changeable } from '../account/account-writes.ts';
import { isAccountVisible, looking, readGroup } from './group.ts';
import { toAttachment } from './page-reads.ts';
import { keepChanges, noSuchPerson, ofAccount, ofContact, type RowOwner, recordChanged } from './seam.ts';

export const attachmentReads = {
  async readAttachment(db: ReadHandle, attachmentId: string, scope: CustomerScope): Promise<Attachment | null> {
    const row = await db.selectFrom('attachment').selectAll().where('attachment_id', '=', attachmentId).executeTakeFirst();
    if (!row) return null;
    const isSeen =
      row.contact_id === null
        ? row.account_id !== null && (await isAccountVisible(db, row.account_id, scope))
        : (await readGroup(db, row.contact_id, scope)) !== null;
    return isSeen ? toAttachment(row) : null;
  },

  /** Which of these have a row. */
  async knownAttachments(db: ReadHandle, attachmentIds: readonly string[]): Promise<readonly string[]> {
    if (attachmentIds.length === 0) return [];
    const rows = await db.selectFrom('attachment').select('attachment_id').where('attachment_id', 'in', attachmentIds).execute();
    return rows.map((row) => row.attachment_id);
  },
};

export const attachmentWrites = {
  async addAttachment(db: WriteHandle, attachment: Parameters<AttachmentRepository['add']>[0]): Change<Attachment> {
    const { contactId, scope, at } = attachment;
    const group = await readGroup(looking(db), contactId, scope);
    if (!group) return noSuchPerson;
    const added = await insertAttachment(db, ofContact(contactId), attachment);
    await recordChanged(db, { contactIds: [contactId] }, at);
    return ok(added);
  },

  async addAccountAttachment(db: WriteHandle, attachment: Parameters<AccountRepository['addFile']>[0]): Change<Attachment> {
    const { accountId, at } = attachment;
    const found = await changeable(db, attachment);
    if (!found.ok) return found;
    const added = await insertAttachment(db, ofAccount(accountId), attachment);
    await recordChanged(db, { accountIds: [accountId] }, at);
    return ok(added);
  },
};

async function insertAttachment(db: WriteHandle, owner: RowOwner, attachment: Changing & NewAttachment): Promise<Attachment> {
  const { changeId, name, mediaType, bytes, sha256, at, author } = attachment;
  await db
    .insertInto('attachment')
    .values({
      ...{ attachment_id: changeId, ...owner, case_id: null, name, media_type: mediaType, bytes, sha256 },
      ...{ added_at: at, added_by: author.name },
    })
    .onConflict((conflict) => conflict.column('attachment_id').doNothing())
    .execute();
  const made = { changeId, author, at, owner, subjectKind: 'attachment', subjectId: changeId };
  await keepChanges(db, made, [{ field: 'attachment', before: null, after: { name, mediaType, bytes } }]);
  return { attachmentId: changeId, name, mediaType, bytes, addedAt: at, addedBy: author.name };
}
