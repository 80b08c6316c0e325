import type { Kysely } from 'kysely';
import type { ReadonlyKysely } from 'kysely/readonly';

/**
 * The tables as kysely sees them; `migrations/` is where they are made. Times are epoch ms, flags 0 or 1, money minor units.
 *
 * Two halves: `interaction_event` and `agent_event` are append-only and hold ids alone; everything that names a person or quotes them is
 * in tables of which a row can be erased.
 */
export interface Schema {
  // The customer record
  person: {
    contact_id: string;
    name: string;
    /** Lower case, without diacritics or doubled spaces: finds the same name written another way. */
    name_key: string;
    title: string | null;
    locale: string;
    tier: string;
    prefers_channel: string | null;
    allows_recording: number;
    allows_sms_offers: number;
    allows_email_offers: number;
    churn_risk: number | null;
  };
  account: {
    account_id: string;
    name: string;
    kind: 'company' | 'household';
    is_key_account: number;
    manager_name: string | null;
    /** Who looks after them at the desk. */
    manager_agent_id: string | null;
    org_unit_id: string | null;
  };
  person_account: { contact_id: string; account_id: string; role: string | null; is_primary: number };
  identifier: {
    identifier_id: string;
    contact_id: string;
    kind: string;
    value: string;
    label: string | null;
    is_verified: number;
    is_shared: number;
    last_used_at: number | null;
  };
  customer_case: {
    case_id: string;
    contact_id: string;
    number: string;
    kind: string;
    subject: string;
    opened_at: number;
    due_at: number | null;
    closed_at: number | null;
  };
  promise: { promise_id: string; contact_id: string; case_id: string | null; text: string; due_at: number; kept_at: number | null };
  /** Owned by a company (`account_id`) or by a person alone (`contact_id`). */
  product: {
    product_id: string;
    account_id: string | null;
    contact_id: string | null;
    name: string;
    detail: string | null;
    quantity: number;
    unused: number;
  };
  contract: { contract_id: string; account_id: string | null; contact_id: string | null; name: string; starts_at: number; ends_at: number };
  spend: {
    spend_id: string;
    account_id: string | null;
    contact_id: string | null;
    currency: string;
    monthly: number;
    change_percent: number | null;
    arrears: number;
  };
  /** The key-account file: days to remember and visits made or planned. */
  anniversary: { anniversary_id: string; account_id: string; label: string; day: string };
  visit: { visit_id: string; account_id: string; at: number; visitor: string; purpose: string };
  note: { note_id: string; contact_id: string; interaction_id: string | null; author: string; text: string; at: number };
  timeline_entry: {
    entry_id: string;
    contact_id: string;
    at: number;
    kind: string;
    title: string;
    detail: string | null;
    outcome: string | null;
    interaction_id: string | null;
  };

  // Interactions: the erasable half, the draft, the events and the fold that says which are open
  interaction: {
    interaction_id: string;
    contact_id: string | null;
    /** The key of the number, and the number as it came. */
    number: string | null;
    number_received: string | null;
    presented_name: string | null;
    dialled: string;
    received_at: number;
    agent_id: string | null;
    disposition_code: string | null;
    is_automatic: number | null;
    handling_ms: number | null;
    completed_at: number | null;
  };
  draft: { interaction_id: string; agent_id: string; text: string; revision: number; saved_at: number };
  interaction_event: { sequence: number; event_id: string; interaction_id: string; at: number; type: string; body: string };
  agent_event: { sequence: number; event_id: string; agent_id: string; at: number; type: string; body: string };
  interaction_progress: {
    interaction_id: string;
    agent_id: string | null;
    ended_at: number | null;
    wrap_up_ends_at: number | null;
    is_open: number;
  };

  // Routing: who holds which offer, and what the router decided (append-only but for what `routing_pruned` tells of)
  routing_offer: {
    fencing: number;
    reservation_id: string;
    work_item_id: string;
    state: 'standing' | 'accepted' | 'withdrawn' | 'released';
    offered_at: number;
    /** Who took it, by which of all attempts, and when. */
    agent_id: string | null;
    attempt: string | null;
    accepted_at: number | null;
  };
  routing_decision: { sequence: number; at: number; body: string };
  routing_subject: { sequence: number; subject_id: string };
  routing_pruned: { last_sequence: number; first_sequence: number; older_than: number; pruned_at: number };

  // Calls we promised
  callback: {
    work_item_id: string;
    interaction_id: string;
    queue_id: string;
    /** As received, its key, and the address it came from (`host:port`); gone when the promise is over. */
    number: string | null;
    number_key: string | null;
    peer: string | null;
    trunk_id: string;
    dialled: string;
    locale: 'en' | 'zh';
    priority: number;
    queued_at: number;
    promised_at: number;
    attempts: number;
    state: 'pending' | 'reached' | 'notReached' | 'calledAgain' | 'canceled';
  };

  // What an administrator set up
  /** One row an entry; `organisation` is an entry of its own section. The body is JSON of the contract's shape, checked when read. */
  configuration_entry: { section: string; entry_id: string; position: number; body: string };
  /** Append-only. `changes` and `order_before` are JSON. */
  configuration_revision: {
    revision: number;
    at: number;
    by_user_id: string;
    by_name: string;
    note: string;
    changes: string;
    order_before: string;
  };
  dnis_entry: { dnis: string; flow_id: string };
  flow: { flow_id: string; version: number; body: string };
  /** Follows the users' entries, so that names and numbers are found at once; it alone has the hash. Null: cannot sign in yet. */
  login: {
    user_id: string;
    username: string;
    name: string;
    role: string;
    locale: string;
    agent_id: string | null;
    extension: string | null;
    password_hash: string | null;
    is_demo: number;
  };

  /** Facts about this database itself: which seed it was given, and when. */
  store_fact: { key: string; value: string };
}

/** A handle that can only look: the compiler refuses everything else, and SQLite does too (`readonly` connection). */
export type ReadHandle = ReadonlyKysely<Schema>;
/** The one writer's handle, inside its unit of work. */
export type WriteHandle = Kysely<Schema>;
