import { sql } from 'kysely';
import type { TimelineItem, TimelinePage } from '../../../../shared/contracts/contact.ts';
import type { RecordChange, StreamKind } from '../../../../shared/contracts/record.ts';
import { type CustomerScope, plainText } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';
import { ratingsOf, recordingsOf } from '../contact/timeline.ts';
import { type Group, isOfGroup, readGroup } from './group.ts';

/** Looked through at a time when a text is sought. */
const chunk = 500;

export interface StreamWanted {
  readonly before: number | null;
  readonly limit: number;
  readonly kinds: readonly StreamKind[];
  readonly text: string;
}
type StreamOwner = Pick<Group, 'contactIds' | 'accountIds'>;

export const streamReads = {
  async readContactStream(db: ReadHandle, contactId: string, scope: CustomerScope, wanted: StreamWanted): Promise<TimelinePage | null> {
    const group = await readGroup(db, contactId, scope);
    return group && streamOf(db, group, wanted);
  },

  /** Latest first. Changes of one moment are never parted. */
  async readHistory(
    db: ReadHandle,
    contactId: string,
    scope: CustomerScope,
    before: number | null,
    limit: number,
  ): Promise<readonly RecordChange[] | null> {
    const group = await readGroup(db, contactId, scope);
    if (!group) return null;
    const changes = () => changesOf(db, group.contactIds);
    const rows = await changes()
      .$if(before !== null, (query) => query.where('at', '<', before))
      .limit(limit + 1)
      .execute();
    const whole = await wholeMoments(rows, limit, (at) => changes().where('at', '=', at).execute());
    return whole.rows.map((row) => ({
      changeId: row.change_id,
      subjectKind: row.subject_kind,
      subjectId: row.subject_id,
      field: row.field,
      before: row.before,
      after: row.after,
      at: row.at,
      author: row.author,
      source: row.source,
      undone: Boolean(row.undone),
    }));
  },
};

function changesOf(db: ReadHandle, contactIds: readonly string[]) {
  return db
    .selectFrom('record_change')
    .selectAll()
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('record_change as later')
          .select('later.change_id')
          .whereRef('later.undoes', '=', 'record_change.change_id')
          .where('later.contact_id', 'in', contactIds),
      ).as('undone'),
    )
    .where('contact_id', 'in', contactIds)
    .orderBy('at', 'desc')
    .orderBy('change_id', 'desc');
}

/** One stream of people and companies, latest first. `total` is of all pages. */
export async function streamOf(db: ReadHandle, owner: StreamOwner, wanted: StreamWanted): Promise<TimelinePage> {
  const text = plainText(wanted.text).trim();
  const { rows, total } = text === '' ? await readMoments(db, owner, wanted) : await lookThrough(db, owner, wanted, text);
  const whole = await wholeMoments(rows, wanted.limit, async (at) =>
    (await entriesOf(db, owner, wanted.kinds).where('at', '=', at).execute()).filter((row) => text === '' || says(row, text)),
  );
  const names = await namesOf(db, owner.accountIds);
  const calls = await callsOf(db, whole.rows);
  const recorded = await recordingsOf(db, [...calls.keys()]);
  const rated = await ratingsOf(db, whole.rows);
  const items = whole.rows.map((row) => {
    const recordings = row.kind === 'call' && row.interaction_id !== null ? recorded.get(row.interaction_id) : undefined;
    const rating = rated.get(row.interaction_id ?? '');
    return { ...toItem(row, names, calls), ...(recordings ? { recordings } : {}), ...(rating ? { rating } : {}) };
  });
  return { items, total, nextBefore: whole.nextBefore };
}

async function readMoments(db: ReadHandle, owner: StreamOwner, { before, limit, kinds }: StreamWanted) {
  const { total } = await db
    .selectFrom('timeline_entry')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where(isOfGroup(owner))
    .$if(kinds.length > 0, (query) => query.where('kind', 'in', kinds))
    .executeTakeFirstOrThrow();
  const rows = await entriesOf(db, owner, kinds)
    .$if(before !== null, (query) => query.where('at', '<', before))
    .limit(limit + 1)
    .execute();
  return { rows, total: Number(total) };
}

/** Databases fold the letters of few languages when they compare: what is sought is compared here. */
async function lookThrough(db: ReadHandle, owner: StreamOwner, { before, limit, kinds }: StreamWanted, text: string) {
  const rows: EntryRow[] = [];
  let total = 0;
  let last: EntryRow | undefined;
  for (;;) {
    const few = await entriesOf(db, owner, kinds)
      .$if(last !== undefined, (query) =>
        query.where(sql<boolean>`(at < ${last?.at ?? 0} or (at = ${last?.at ?? 0} and entry_id < ${last?.entry_id ?? ''}))`),
      )
      .limit(chunk)
      .execute();
    for (const row of few) {
      if (!says(row, text)) continue;
      total++;
      if (rows.length <= limit && (before === null || row.at < before)) rows.push(row);
    }
    last = few.at(-1);
    if (few.length < chunk) return { rows, total };
  }
}

function entriesOf(db: ReadHandle, owner: StreamOwner, kinds: readonly StreamKind[]) {
  return db
    .selectFrom('timeline_entry')
    .selectAll()
    .where(isOfGroup(owner))
    .$if(kinds.length > 0, (query) => query.where('kind', 'in', kinds))
    .orderBy('at', 'desc')
    .orderBy('entry_id', 'desc');
}
type EntryRow = Awaited<ReturnType<ReturnType<typeof entriesOf>['execute']>>[number];

function says(row: EntryRow, text: string): boolean {
  return [row.title, row.detail, row.outcome].some((each) => each !== null && plainText(each).includes(text));
}

/**
 * A page of at most `limit` rows that parts no moment, so that the time of its last row is all that the next page must know. Where one moment
 * alone has more than a page, the page is that moment.
 */
async function wholeMoments<Row extends { readonly at: number }>(
  rows: readonly Row[],
  limit: number,
  ofMoment: (at: number) => Promise<readonly Row[]>,
): Promise<{ readonly rows: readonly Row[]; readonly nextBefore: number | null }> {
  const next = rows[limit];
  if (!next) return { rows, nextBefore: null };
  const page = rows.slice(0, limit).filter((row) => row.at !== next.at);
  const shown = page.length > 0 ? page : await ofMoment(next.at);
  return { rows: shown, nextBefore: shown.at(-1)?.at ?? null };
}

async function namesOf(db: ReadHandle, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (accountIds.length === 0) return new Map();
  const rows = await db.selectFrom('account').select(['account_id', 'name']).where('account_id', 'in', accountIds).execute();
  return new Map(rows.map((row) => [row.account_id, row.name]));
}

type Call = NonNullable<TimelineItem['call']>;

async function callsOf(db: ReadHandle, entries: readonly EntryRow[]): Promise<ReadonlyMap<string, Call>> {
  const ids = entries.flatMap((row) => (row.kind === 'call' && row.interaction_id !== null ? [row.interaction_id] : []));
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('interaction')
    .select(['interaction_id', 'number', 'number_received', 'disposition_code', 'is_automatic', 'handling_ms'])
    .where('interaction_id', 'in', ids)
    .execute();
  return new Map(
    rows.map((row) => [
      row.interaction_id,
      {
        number: row.number ?? row.number_received,
        disposition: row.disposition_code,
        isAutomatic: row.is_automatic === 1,
        handlingMs: row.handling_ms,
      },
    ]),
  );
}

function toItem(row: EntryRow, accounts: ReadonlyMap<string, string>, calls: ReadonlyMap<string, Call>): TimelineItem {
  return {
    id: row.entry_id,
    at: row.at,
    kind: row.kind as TimelineItem['kind'],
    title: row.title,
    detail: row.detail,
    outcome: row.outcome,
    interactionId: row.interaction_id,
    subject: row.subject_kind === null || row.subject_id === null ? null : { kind: row.subject_kind, id: row.subject_id },
    accountName: row.account_id === null ? null : (accounts.get(row.account_id) ?? null),
    call: row.kind !== 'call' || row.interaction_id === null ? null : (calls.get(row.interaction_id) ?? null),
  };
}
