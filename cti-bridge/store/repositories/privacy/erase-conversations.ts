import { sql } from 'kysely';
import type { ErasedFiles } from '../../../crm/index.ts';
import type { WriteHandle } from '../../schema.ts';

/**
 * What they wrote and what was written to them: conversations that are known to be theirs, and those of an address or a number that was nobody's
 * but theirs. With them go their messages, files, drafts and ratings, and what of theirs could not be read; the bytes are the caller's to remove.
 */
export async function eraseConversations(
  db: WriteHandle,
  contactIds: readonly string[],
  own: readonly string[],
  count: (what: string, rows: number | bigint) => void,
): Promise<ErasedFiles> {
  const theirs = await db
    .selectFrom('conversation')
    .select('conversation_id')
    .where((where) =>
      where.or([
        where('contact_id', 'in', [...contactIds]),
        ...(own.length === 0 ? [] : [where.and([where('contact_id', 'is', null), where('address_key', 'in', [...own])])]),
      ]),
    )
    .execute();
  const arrivals: string[] = [];
  const files: string[] = [];
  for (const { conversation_id: id } of theirs) {
    const messages = db.selectFrom('message').select('message_id').where('conversation_id', '=', id);
    const came = await db.deleteFrom('arrival').where('message_id', 'in', messages).returning('arrival_id').execute();
    arrivals.push(...came.map((row) => row.arrival_id));
    await db.deleteFrom('text_part').where('message_id', 'in', messages).execute();
    const interactions = db.selectFrom('message').select('interaction_id').where('conversation_id', '=', id);
    await db
      .deleteFrom('message_draft')
      .where('interaction_id', 'in', interactions as never)
      .execute();
    await db
      .deleteFrom('survey_answer')
      .where('interaction_id', 'in', interactions as never)
      .execute();
    await db.deleteFrom('survey').where('conversation_id', '=', id).execute();
    const kept = await db.selectFrom('message_file').select('file_id').where('conversation_id', '=', id).execute();
    files.push(...kept.map((row) => row.file_id));
    // All that hangs on it goes with it.
    await db.deleteFrom('conversation').where('conversation_id', '=', id).execute();
  }
  // What could not be read, or somebody put aside, is in no message: it is theirs where it says so, or whoever brought it in did.
  const saidToBe = contactIds.map((contactId) => `"contactId":${JSON.stringify(contactId)}`);
  for (const words of [...own.filter((each) => each.includes('@')), ...saidToBe]) {
    const says = `%${words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
    const aside = await db
      .deleteFrom('arrival')
      .where('state', 'in', ['quarantined', 'discarded'])
      .where(sql<boolean>`lower(envelope || ' ' || coalesce(body, '')) like ${says} escape '\\'`)
      .returning('arrival_id')
      .execute();
    arrivals.push(...aside.map((row) => row.arrival_id));
  }
  if (own.length > 0) {
    await db
      .deleteFrom('survey')
      .where('address_key', 'in', [...own])
      .execute();
    await db
      .deleteFrom('auto_reply')
      .where('address_key', 'in', [...own])
      .execute();
  }
  count('conversation', theirs.length);
  return { arrivals, files };
}
