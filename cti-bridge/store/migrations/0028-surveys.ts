import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** Who is asked how a contact was, and every answer, however it was given: one table for key presses, texts, mails and the chat's widget. */
export const surveys: Migration = {
  up: (db) =>
    runStatements(db, [
      // State: due, sent, answered, dropped. `answered_by` names the message or the page that brought the answer.
      `create table survey (
        interaction_id text primary key, survey_id text not null, sent_by text not null, source_id text not null, address_key text not null,
        conversation_id text, contact_id text, queue_id text, agent_id text, locale text not null, due_at bigint not null, token text not null,
        state text not null, why text, sent_at bigint, answered_by text)`,
      "create index survey_due on survey (due_at) where state = 'due'",
      'create unique index survey_token on survey (token)',
      'create index survey_of_address on survey (address_key, due_at)',
      'create index survey_of_contact on survey (contact_id, due_at)',
      // `question` tells several of one contact apart: the attribute of a flow, else empty.
      `create table survey_answer (
        interaction_id text not null, question text not null, contact_id text, given_by text not null, score integer not null,
        highest integer not null, body text not null, at bigint not null, primary key (interaction_id, question))`,
      'create index survey_answer_of_contact on survey_answer (contact_id)',
      `insert into survey_answer (interaction_id, question, contact_id, given_by, score, highest, body, at)
        select contact_rating.interaction_id, '', conversation.contact_id, 'widget', score, 5, body, at
        from contact_rating inner join conversation on conversation.conversation_id = contact_rating.conversation_id`,
      'drop table contact_rating',
    ]),
};
