import type { Generated, Kysely } from 'kysely';
import type { ReadonlyKysely } from 'kysely/readonly';
import type { MessageTables } from './message-tables.ts';

/**
 * The tables as kysely sees them; `migrations/` is where they are made. Times are epoch ms, flags 0 or 1, money minor units.
 *
 * Two halves: `interaction_event` and `agent_event` are append-only and hold ids alone; everything that names a person or quotes them is
 * in tables of which a row can be erased.
 */
/** A person's, or a company's or household's: exactly one of the two. */
interface Owned {
  contact_id: string | null;
  account_id: string | null;
}

/** Where a row that came from another system came from, and of when it is. */
interface Provenance {
  source: string | null;
  source_at: number | null;
}

export interface Schema extends MessageTables {
  // The customer record. A row of `person` is a card; cards with one `head_id` are one person. `custom` is JSON by the id of the field.
  person: {
    contact_id: string;
    head_id: string;
    name: string;
    /** Lower case, without diacritics or doubled spaces: finds the same name written another way. */
    name_key: string;
    title: string | null;
    locale: string;
    tier: string;
    segment: string | null;
    stage: string | null;
    birthday: string | null;
    org_unit_id: string | null;
    prefers_channel: string | null;
    prefers_from: string | null;
    prefers_until: string | null;
    allows_recording: number;
    allows_sms_offers: number;
    allows_email_offers: number;
    allows_call_offers: Generated<number>;
    custom: Generated<string>;
    import_id: string | null;
    created_at: Generated<number>;
    updated_at: Generated<number>;
    revision: Generated<number>;
  } & Provenance;
  account: {
    account_id: string;
    parent_id: string | null;
    name: string;
    name_key: string | null;
    kind: 'company' | 'household';
    is_key_account: number;
    tier: string | null;
    segment: string | null;
    stage: string | null;
    industry: string | null;
    customer_since: number | null;
    manager_name: string | null;
    /** Who looks after them at the desk. */
    manager_agent_id: string | null;
    org_unit_id: string | null;
    custom: Generated<string>;
    import_id: string | null;
    created_at: Generated<number>;
    updated_at: Generated<number>;
    revision: Generated<number>;
  } & Provenance;
  account_deputy: { account_id: string; agent_id: string };
  /** `influence`: decides, advises, uses. `stance`: forUs, neutral, critical. */
  person_account: {
    contact_id: string;
    account_id: string;
    role: string | null;
    is_primary: number;
    influence: string | null;
    stance: string | null;
    until: number | null;
  };
  identifier: {
    identifier_id: string;
    kind: string;
    value: string;
    label: string | null;
    extension: string | null;
    is_verified: number;
    is_shared: number;
    last_used_at: number | null;
    import_id: string | null;
    created_at: Generated<number>;
  } & Owned &
    Provenance;
  address: {
    address_id: string;
    kind: string;
    lines: string;
    city: string | null;
    region: string | null;
    postal_code: string | null;
    country: string | null;
  } & Owned &
    Provenance;
  // Imports of files. `mapping` and `scope` are JSON; `last_row` is the last row of the file that is stored.
  import_run: {
    import_id: string;
    file_name: string;
    format: string;
    encoding: string | null;
    state: string;
    bytes: number;
    bytes_read: Generated<number>;
    last_row: Generated<number>;
    read_rows: Generated<number>;
    created: Generated<number>;
    updated: Generated<number>;
    skipped: Generated<number>;
    refused: Generated<number>;
    kept: Generated<number>;
    worked_ms: Generated<number>;
    at: number;
    by_id: string | null;
    by_name: string;
    finished_at: number | null;
    failure: string | null;
    mapping: string | null;
    scope: string | null;
  };
  import_problem: {
    import_id: string;
    seq: number;
    row_number: number;
    column_name: string | null;
    code: string;
    found: string;
    expected: string;
  };
  /** What an undo left as it is. `field` empty: the person as a whole. */
  import_kept: { import_id: string; contact_id: string; field: string };
  customer_case: {
    case_id: string;
    contact_id: string;
    account_id: string | null;
    number: string;
    kind: string;
    status: Generated<string>;
    priority: Generated<number>;
    subject: string;
    description: Generated<string>;
    opened_at: number;
    owner_agent_id: string | null;
    contract_id: string | null;
    product_id: string | null;
    interaction_id: string | null;
    response_due_at: number | null;
    responded_at: number | null;
    due_at: number | null;
    closed_at: number | null;
    outcome: string | null;
    custom: Generated<string>;
    external_id: string | null;
    revision: Generated<number>;
  } & Provenance;
  case_step: { step_id: string; case_id: string; at: number; author_id: string | null; author: string; kind: string; text: string };
  promise: {
    promise_id: string;
    contact_id: string;
    case_id: string | null;
    interaction_id: string | null;
    text: string;
    due_at: number;
    owner_agent_id: string | null;
    made_at: number | null;
    made_by: string | null;
    kept_at: number | null;
    kept_by: string | null;
  };
  task: {
    task_id: string;
    case_id: string | null;
    title: string;
    due_at: number | null;
    owner_agent_id: string | null;
    made_at: number;
    made_by: string;
    done_at: number | null;
  } & Owned;
  product: {
    product_id: string;
    name: string;
    detail: string | null;
    quantity: number;
    unused: number;
    serial: string | null;
    line_number: string | null;
    starts_at: number | null;
    warranty_ends_at: number | null;
    status: Generated<string>;
    external_id: string | null;
  } & Owned &
    Provenance;
  contract: {
    contract_id: string;
    name: string;
    number: string | null;
    level: string | null;
    starts_at: number;
    ends_at: number;
    response_hours: number | null;
    resolution_hours: number | null;
    external_id: string | null;
  } & Owned &
    Provenance;
  consumption: {
    consumption_id: string;
    /** 2026-10 */
    month: string;
    kind: string;
    quantity: number;
    unit: string;
    amount: number;
    currency: string;
  } & Owned &
    Provenance;
  bill: {
    bill_id: string;
    number: string;
    month: string;
    issued_at: number;
    due_at: number;
    amount: number;
    paid: Generated<number>;
    currency: string;
    external_id: string | null;
  } & Owned &
    Provenance;
  payment: {
    payment_id: string;
    bill_id: string | null;
    at: number;
    amount: number;
    currency: string;
    method: string | null;
  } & Owned &
    Provenance;
  /** As computed; `owner_id` is the one of the two that is set. From `changes_at` on, time alone may have changed it. */
  score: {
    owner_id: string;
    value: number;
    growth: number;
    churn: number;
    /** JSON of the contract's lists of reasons, by the name of the score. */
    reasons: string;
    computed_at: number;
    changes_at: number | null;
  } & Owned;
  /** As it was when it was last computed in a month (2026-10). */
  score_history: { owner_id: string; month: string; value: number; growth: number; churn: number } & Owned;
  /** To be computed again, since when. */
  score_due: { owner_id: string; since: number } & Owned;
  /** The key-account file: days to remember, visits made or planned, gifts. `day` is MM-DD; `done_for` the year it was last seen to. */
  anniversary: {
    anniversary_id: string;
    account_id: string;
    contact_id: string | null;
    kind: Generated<string>;
    label: string;
    day: string;
    year: number | null;
    plan: string | null;
    done_for: number | null;
  };
  visit: {
    visit_id: string;
    account_id: string;
    contact_id: string | null;
    at: number;
    visitor: string;
    agent_id: string | null;
    purpose: string;
    state: Generated<string>;
    opinion: string | null;
    mood: string | null;
  };
  gift: {
    gift_id: string;
    account_id: string;
    contact_id: string | null;
    at: number;
    what: string;
    occasion: string | null;
    amount: number | null;
    currency: string | null;
    given_by: string;
  };
  offer_made: {
    offer_id: string;
    contact_id: string;
    name: string;
    channel: string;
    made_at: number;
    made_by: string;
    answer: string | null;
    answered_at: number | null;
    remark: string | null;
  };
  note: {
    note_id: string;
    case_id: string | null;
    interaction_id: string | null;
    author_id: string | null;
    author: string;
    text: string;
    at: number;
  } & Owned;
  /** The bytes are a file named by the id. */
  attachment: {
    attachment_id: string;
    case_id: string | null;
    name: string;
    media_type: string;
    bytes: number;
    sha256: string;
    added_at: number;
    added_by: string;
  } & Owned;
  timeline_entry: {
    entry_id: string;
    at: number;
    kind: string;
    title: string;
    detail: string | null;
    outcome: string | null;
    interaction_id: string | null;
    /** What the line opens. */
    subject_kind: string | null;
    subject_id: string | null;
    channel: string | null;
  } & Owned;
  /** `before` and `after` are JSON. `source`: screen, import:ID, api:NAME, merge. `undoes`: the change that this one takes back. */
  record_change: {
    change_id: string;
    subject_kind: string;
    subject_id: string;
    field: string;
    before: string | null;
    after: string | null;
    at: number;
    author_id: string | null;
    author: string;
    source: string;
    undoes: string | null;
  } & Owned;
  person_merge: {
    merge_id: string;
    kept_id: string;
    absorbed_id: string;
    at: number;
    by_id: string;
    by_name: string;
    reason: string;
    undone_at: number | null;
    undone_by_id: string | null;
    undone_by_name: string | null;
    undone_reason: string | null;
  };
  // What the law asks for, and what other systems told us
  legal_hold: {
    contact_id: string;
    name: string;
    reason: string;
    until: number | null;
    at: number;
    by_id: string;
    by_name: string;
  };
  /** Append-only. `counts` is JSON: how many of what. */
  record_audit: {
    entry_id: string;
    at: number;
    kind: string;
    by_id: string | null;
    by_name: string;
    subject_id: string | null;
    reason: string | null;
    counts: string;
  };
  exchange_id: { source: string; resource: string; external_id: string; subject_id: string; at: number };
  usage_told: {
    usage_id: string;
    at: number;
    month: string;
    kind: string;
    description: string | null;
    quantity: number;
    unit: string;
    amount: number;
    currency: string;
  } & Owned &
    Provenance;
  not_the_same: { one_id: string; other_id: string; at: number; by_id: string; by_name: string };

  // What people, companies and cases are found by: words in lower case, a space between them. Exactly one of the three ids is set.
  customer_search: {
    search_id: Generated<number>;
    contact_id: string | null;
    account_id: string | null;
    case_id: string | null;
    words: string;
  };
  search_due: { subject_kind: string; subject_id: string };

  // Interactions: the erasable half, the draft, the events and the fold that says which are open
  interaction: {
    interaction_id: string;
    contact_id: string | null;
    /** The key of the number, and the number as it came. */
    number: string | null;
    number_received: string | null;
    presented_name: string | null;
    dialled: string;
    /** Of a call out: the conversation in writing it was begun from. */
    begun_in: string | null;
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

  /** What was recorded of a call; `duration_ms` null while it runs. */
  recording: {
    recording_id: string;
    interaction_id: string;
    /** Null: a message, spoken to nobody. */
    agent_id: string | null;
    started_at: number;
    duration_ms: number | null;
    is_paused: number;
    /** JSON: [[from_ms, to_ms]], the last one open (null) while it is paused. */
    pauses: string;
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

  // Calls that live now
  live_call: {
    interaction_id: string;
    work_item_id: string;
    /** JSON of the voice channel: dialogs, and with them numbers and addresses. Gone when the call is over. */
    legs: string;
    agent_id: string | null;
    queue_id: string | null;
    priority: number;
    locale: 'en' | 'zh';
    queued_at: number | null;
    talking_since: number | null;
    is_held: 0 | 1;
    menu: string | null;
    /** Order among the rows. */
    first_saved: number;
  };

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
    /** The message they left; null: they were promised a call. */
    recording_id: string | null;
    /** JSON of what the menu found out; gone when the promise is over. */
    findings: string | null;
    /** Of one that was agreed for a time: with whom, and about what; gone when it is over. */
    contact_id: string | null;
    about: string | null;
    /** Who agreed to make it, and until when it is theirs alone (epoch ms); null: it is anybody's. */
    agent_id: string | null;
    theirs_until: number | null;
  };
  /** Agreed for a time. The number and what it is about are gone when it is over. */
  scheduled_callback: {
    callback_id: string;
    contact_id: string | null;
    interaction_id: string | null;
    number: string | null;
    number_key: string | null;
    peer: string | null;
    trunk_id: string | null;
    dialled: string | null;
    locale: 'en' | 'zh';
    queue_id: string;
    agent_id: string | null;
    about: string | null;
    due_at: number;
    until_at: number;
    made_at: number;
    made_by: string;
    /** Once it stands in line: the row of `callback`. */
    work_item_id: string | null;
    state: 'agreed' | 'inLine' | 'reached' | 'notReached' | 'calledAgain' | 'canceled';
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

  // Guides
  /** One row a guide for good. `draft` is JSON of a guide; `revision` counts its drafts; `live_version` null: it opens nowhere. */
  guide: {
    guide_id: string;
    revision: number;
    draft: string | null;
    draft_at: number | null;
    draft_by_id: string | null;
    draft_by_name: string | null;
    /** The hand that wrote the draft last. */
    draft_writing_id: Generated<string | null>;
    live_version: number | null;
  };
  /** Append-only. `body` is JSON of a guide. */
  guide_version: {
    guide_id: string;
    version: number;
    body: string;
    at: number;
    by_id: string | null;
    by_name: string;
    note: string;
    restores: number | null;
  };
  /** Where somebody is in a guide at a contact; `body` is JSON of the run. */
  guide_run: {
    interaction_id: string;
    guide_id: string;
    agent_id: string;
    body: string;
    revision: number;
    saved_at: number;
    finished_at: number | null;
    case_id: string | null;
    case_number: string | null;
  };

  // Call flows
  /** One row a flow for good. `draft` is JSON of a flow; `revision` counts whatever became of the draft. */
  flow: {
    flow_id: string;
    revision: number;
    draft: string | null;
    draft_at: number | null;
    draft_by_id: string | null;
    draft_by_name: string | null;
    /** The hand that wrote the draft last. */
    draft_writing_id: Generated<string | null>;
    live_version: number | null;
    is_removed: Generated<0 | 1>;
  };
  /** `draft` is JSON of an article's content. `is_live` 0 with a `last_version` was withdrawn. */
  article: {
    number: string;
    ordinal: number;
    revision: number;
    draft: string | null;
    draft_at: number | null;
    draft_by_id: string | null;
    draft_by_name: string | null;
    /** The hand that wrote the draft last. */
    draft_writing_id: string | null;
    last_version: number | null;
    is_live: Generated<0 | 1>;
    withdrawn_at: number | null;
    withdrawn_by_id: string | null;
    withdrawn_by_name: string | null;
    is_removed: Generated<0 | 1>;
  };
  /** Append-only. `body` is JSON of an article's content. */
  article_version: {
    number: string;
    version: number;
    body: string;
    at: number;
    by_id: string | null;
    by_name: string;
    note: string;
    restores: number | null;
  };
  article_judgement: { number: string; interaction_id: string; user_id: string; helped: number; at: number };
  /** Append-only. `body` is JSON of a flow. */
  flow_version: {
    flow_id: string;
    version: number;
    body: string;
    at: number;
    by_id: string | null;
    by_name: string;
    note: string;
    restores: number | null;
  };
  /** `body` is JSON of the contract's entry. */
  flow_entry: { dnis: string; position: number; body: string };
  /** One node that one caller passed; `exit_name` null where the run ended. `facts` is JSON, names to texts. */
  ivr_trace: {
    step_id: string;
    interaction_id: string;
    ordinal: number;
    at: number;
    flow_id: string;
    version: number;
    node_id: string;
    exit_name: string | null;
    took_ms: number;
    keys: string | null;
    facts: string;
  };
  /** Callers by exit and local day. Without a node the callers of the flow, without an exit those whose run ended at the node. */
  ivr_heat: { flow_id: string; version: number; day: number; node_id: string; exit_name: string; callers: number };
  /** What was made or changed of a prompt; its sounds in files named by `sound_id`. */
  prompt: { prompt_id: string; revision: number; text_en: string; text_zh: string };
  prompt_sound: {
    prompt_id: string;
    locale: 'en' | 'zh';
    sound_id: string;
    origin: 'uploaded' | 'recorded' | 'spoken';
    duration_ms: number;
    at: number;
    by_id: string;
    by_name: string;
  };

  /** Follows the users' entries, so that names and numbers are found at once; it alone has the hash. Null: cannot sign in yet. */
  /** `token_hash` is SHA-256 in hex. */
  user_session: { session_id: string; token_hash: string; user_id: string; created_at: number; seen_at: number };
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
