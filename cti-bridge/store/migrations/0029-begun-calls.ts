import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** From which conversation in writing an agent called its customer; and what came in writing opens its conversation from the timeline. */
export const begunCalls: Migration = {
  up: (db) =>
    runStatements(db, [
      'alter table interaction add column begun_in text',
      `update timeline_entry set subject_kind = 'conversation', subject_id = written.conversation_id
        from (select interaction_id, min(conversation_id) as conversation_id from message where interaction_id is not null group by interaction_id)
          as written
        where written.interaction_id = timeline_entry.interaction_id and timeline_entry.subject_kind is null
          and timeline_entry.kind in ('email', 'sms', 'chat', 'document')`,
    ]),
};
