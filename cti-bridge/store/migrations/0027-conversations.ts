import type { Migration } from 'kysely/migration';
import { runStatements } from './run-statements.ts';

/** Written contacts: what arrived, the conversations it belongs to, the work it makes, and what is to be sent. */
export const conversations: Migration = {
  up: (db) =>
    runStatements(db, [
      // Bytes that came in, each in a file named by its id. `envelope` is JSON. What was taken keeps its row and its bytes with its message.
      `create table arrival (
        arrival_id text primary key, channel text not null, source_id text not null, once_key text not null, received_at bigint not null,
        envelope text not null, bytes bigint not null, digest text not null, state text not null, why text, body text, message_id text)`,
      'create unique index arrival_once on arrival (channel, source_id, once_key)',
      "create index arrival_open on arrival (state, arrival_id) where state <> 'taken'",
      `create table text_part (
        part_id text primary key, source_id text not null, once_key text, received_at bigint not null, sender text not null,
        recipient text not null, body text not null, reference integer, total integer, part_index integer, message_id text)`,
      'create unique index text_part_once on text_part (source_id, once_key)',
      'create index text_part_open on text_part (part_id) where message_id is null',
      'create table mailbox_mark (mailbox_id text primary key, uid_validity text not null, last_uid bigint not null)',

      // Gone with the person, as all that has a `contact_id`, and all below goes with it.
      `create table conversation (
        conversation_id text primary key, contact_id text, channel text not null, source_id text not null, address_key text, address text,
        name text, subject text, locale text not null, started_at bigint not null, last_at bigint not null, last_seq integer not null,
        thread_token text, token_digest text, page text, visitor_seq integer not null, agent_seq integer not null)`,
      'create index conversation_of_contact on conversation (contact_id)',
      'create index conversation_of_address on conversation (channel, source_id, address_key, last_at)',
      'create index conversation_thread on conversation (thread_token)',
      'create unique index conversation_token on conversation (token_digest)',
      // `mail`, `sms`, `left_out` are JSON.
      `create table message (
        message_id text primary key, conversation_id text not null references conversation on delete cascade, interaction_id text,
        seq integer not null, kind text not null, at bigint not null, author_kind text not null, author_name text, agent_id text,
        state text, state_why text, state_at bigint, subject text, body text not null, quoted text not null, html text,
        has_remote integer not null, mail text, sms text, left_out text not null, internet_id text, client_id text,
        is_automatic integer not null)`,
      'create unique index message_in_order on message (conversation_id, seq)',
      'create unique index message_of_client on message (conversation_id, client_id)',
      'create index message_by_internet_id on message (internet_id)',
      "create index message_unreceived on message (state_at) where state = 'sent'",
      "create index message_incoming on message (at) where kind = 'in'",
      `create table message_file (
        file_id text primary key, message_id text, conversation_id text not null references conversation on delete cascade,
        name text not null, media_type text not null, bytes bigint not null, digest text not null, content_id text, pages integer,
        at bigint not null, position integer not null)`,
      'create index message_file_of_message on message_file (message_id)',
      'create index message_file_of_conversation on message_file (conversation_id)',
      `create table mail_reference (
        internet_id text not null, digest text not null, conversation_id text not null references conversation on delete cascade,
        primary key (internet_id, digest, conversation_id))`,
      'create index mail_reference_of_conversation on mail_reference (conversation_id)',

      // `recipients`, `refs`, `file_ids` are JSON. State: queued, sending; what is done is gone.
      `create table outbox (
        message_id text primary key references message on delete cascade, channel text not null, source_id text not null,
        recipients text not null, subject text not null, body text not null, html text, internet_id text, in_reply_to text,
        refs text not null, file_ids text not null, is_automatic integer not null, attempts integer not null, next_at bigint not null,
        state text not null)`,
      'create index outbox_due on outbox (state, next_at)',
      `create table provider_message (
        source_id text not null, provider_key text not null, part integer not null,
        message_id text not null references message on delete cascade, state text, primary key (source_id, provider_key))`,
      'create index provider_message_of on provider_message (message_id)',
      // Came before we were told the name of what it is about.
      `create table early_receipt (
        source_id text not null, provider_key text not null, state text not null, code text, at bigint not null,
        primary key (source_id, provider_key))`,

      // `guests`, `transfer` are JSON.
      `create table written_work (
        interaction_id text primary key, work_item_id text not null,
        conversation_id text not null references conversation on delete cascade, queue_id text not null, priority integer, needs text,
        tier text, state text not null, agent_id text, reservation_id text, queued_at bigint not null, taken_at bigint, answer_by bigint,
        waits_since bigint, snoozed_until bigint, guests text not null, transfer text, handled_ms bigint not null)`,
      'create index written_work_of_conversation on written_work (conversation_id)',
      `create table message_draft (
        interaction_id text primary key, agent_id text not null, composed text not null, revision integer not null, saved_at bigint not null)`,
      'create table auto_reply (source_id text not null, address_key text not null, at bigint not null, primary key (source_id, address_key))',
      `create table sms_stop (line_id text not null, address_key text not null, at bigint not null, primary key (line_id, address_key))`,
      `create table contact_rating (
        interaction_id text primary key, conversation_id text not null references conversation on delete cascade, score integer not null,
        body text not null, at bigint not null)`,
    ]),
};
