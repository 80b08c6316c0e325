import type { TimelineItem, TimelinePage } from '../../../../shared/contracts/contact.ts';
import type { Recorded } from '../../../../shared/contracts/recording.ts';
import type { TimelineFilter } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';
import { pausesOf } from '../recording-writes.ts';

/** Of all cards of a person, latest first. `nextBefore` goes into the next request; entries of one and the same moment stay on one page. */
export async function readTimelineOf(
  db: ReadHandle,
  cardIds: readonly string[],
  before: number | null,
  limit: number,
  filter: TimelineFilter,
): Promise<TimelinePage> {
  const entries = db
    .selectFrom('timeline_entry')
    .where('contact_id', 'in', cardIds)
    .$if(filter !== 'all', (query) => query.where('kind', 'in', kindsOf[filter as Exclude<TimelineFilter, 'all'>]));
  const rows = await entries
    .select(['entry_id', 'at', 'kind', 'title', 'detail', 'outcome', 'interaction_id', 'subject_kind', 'subject_id'])
    .$if(before !== null, (query) => query.where('at', '<', before))
    .orderBy('at', 'desc')
    .orderBy('entry_id', 'desc')
    .limit(limit + 1)
    .execute();

  const next = rows[limit];
  // A first page that holds everything has counted it already.
  const isAll = before === null && next === undefined;
  const total = isAll ? rows.length : (await entries.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()).total;
  const page = rows.slice(0, limit);
  const whole = next ? page.filter((row) => row.at !== next.at) : page;
  const shown = whole.length > 0 ? whole : page;
  const recorded = await recordingsOf(
    db,
    shown.flatMap((row) => (row.kind === 'call' && row.interaction_id !== null ? [row.interaction_id] : [])),
  );
  const rated = await ratingsOf(db, shown);
  const items = shown.map((row) => {
    const recordings = row.interaction_id === null ? undefined : recorded.get(row.interaction_id);
    const rating = rated.get(row.interaction_id ?? '');
    return { ...toTimelineItem(row), ...(recordings && row.kind === 'call' ? { recordings } : {}), ...(rating ? { rating } : {}) };
  });
  return { items, total: Number(total), nextBefore: next ? (shown.at(-1)?.at ?? null) : null };
}

/** What was answered about each contact of these lines; of several questions the last one asked. */
export async function ratingsOf(
  db: ReadHandle,
  lines: readonly { readonly kind: string; readonly interaction_id: string | null }[],
): Promise<ReadonlyMap<string, NonNullable<TimelineItem['rating']>>> {
  const ids = lines.flatMap(({ kind, interaction_id: id }) => (id !== null && contactKinds.has(kind) ? [id] : []));
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('survey_answer').selectAll().where('interaction_id', 'in', ids).orderBy('at').execute();
  return new Map(rows.map((row) => [row.interaction_id, { score: row.score, highest: row.highest, text: row.body }]));
}

const contactKinds: ReadonlySet<string> = new Set(['call', 'email', 'sms', 'chat', 'document']);

/** What was recorded of each of these interactions, in the order in which it was. */
export async function recordingsOf(db: ReadHandle, interactionIds: readonly string[]): Promise<ReadonlyMap<string, Recorded[]>> {
  const found = new Map<string, Recorded[]>();
  if (interactionIds.length === 0) return found;
  const rows = await db
    .selectFrom('recording')
    .selectAll()
    .where('interaction_id', 'in', [...interactionIds])
    .orderBy('started_at')
    .execute();
  for (const { interaction_id, recording_id, started_at, duration_ms, agent_id, pauses } of rows) {
    const durationMs = duration_ms === null ? null : Number(duration_ms);
    const silent = pausesOf(pauses).map(([fromMs, toMs]) => ({ fromMs, toMs: toMs ?? durationMs }));
    const recorded = {
      recordingId: recording_id,
      startedAt: Number(started_at),
      durationMs,
      ...(agent_id === null ? { isMessage: true } : {}),
      ...(silent.length > 0 ? { pauses: silent } : {}),
    };
    found.set(interaction_id, [...(found.get(interaction_id) ?? []), recorded]);
  }
  return found;
}

/** When they called within these days, latest first; read from the newest page where that reaches far enough. */
export async function readRecentCalls(
  db: ReadHandle,
  cardIds: readonly string[],
  since: number,
  newest: TimelinePage,
): Promise<readonly number[]> {
  const reachesFarEnough = newest.nextBefore === null || newest.nextBefore <= since;
  if (reachesFarEnough) return newest.items.filter((item) => item.kind === 'call' && item.at > since).map((item) => item.at);
  const rows = await db
    .selectFrom('timeline_entry')
    .select('at')
    .where('contact_id', 'in', cardIds)
    .where('at', '>', since)
    .where('kind', '=', 'call')
    .orderBy('at', 'desc')
    .limit(50)
    .execute();
  return rows.map((row) => row.at);
}

const kindsOf: Readonly<Record<Exclude<TimelineFilter, 'all'>, TimelineItem['kind'][]>> = {
  calls: ['call'],
  written: ['email', 'sms', 'chat', 'document'],
  work: ['case', 'visit', 'bill', 'note', 'promise'],
};

function toTimelineItem(row: {
  entry_id: string;
  at: number;
  kind: string;
  title: string;
  detail: string | null;
  outcome: string | null;
  interaction_id: string | null;
  subject_kind: string | null;
  subject_id: string | null;
}): TimelineItem {
  return {
    id: row.entry_id,
    at: row.at,
    kind: row.kind as TimelineItem['kind'],
    title: row.title,
    detail: row.detail,
    outcome: row.outcome,
    interactionId: row.interaction_id,
    ...(row.subject_kind === null || row.subject_id === null ? {} : { subject: { kind: row.subject_kind, id: row.subject_id } }),
  };
}
