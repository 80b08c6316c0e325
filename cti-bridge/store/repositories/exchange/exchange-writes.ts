import { sql } from 'kysely';
import type { ResourceRow, TakenRow, Taking } from '../../../crm/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { looking } from '../record/group.ts';
import { findParty } from './parties.ts';
import { isOwned } from './resource-tables.ts';
import { takeOwned } from './take-owned.ts';
import { takeParty } from './take-party.ts';

/** One row on its way in. */
export interface Incoming extends Omit<Taking, 'rows'> {
  readonly changeId: string;
  readonly row: ResourceRow;
  /** Of ours, where the source has told of it before. */
  readonly knownId: string | null;
}

export const exchangeWrites = {
  /** Row by row; one that is refused, or that the database refuses, is as if it had never come. */
  async takeResources(db: WriteHandle, { rows, ...taking }: Taking): Promise<readonly TakenRow[]> {
    const taken: TakenRow[] = [];
    for (const { changeId, row } of rows) {
      await sql`savepoint resource`.execute(db);
      const outcome = await takeOne(db, { ...taking, changeId, row, knownId: null }).catch((error: unknown): TakenRow => {
        // A disk that is full or gone is nobody's row: the whole unit of work is given up.
        if (!isRefusedByDatabase(error)) throw error;
        return { outcome: 'refused', why: 'conflict', message: 'It contradicts what is stored already.' };
      });
      if (outcome.outcome === 'refused') await sql`rollback to savepoint resource`.execute(db);
      await sql`release savepoint resource`.execute(db);
      taken.push(outcome);
    }
    return taken;
  },
};

async function takeOne(db: WriteHandle, incoming: Incoming): Promise<TakenRow> {
  const { row, source, scope } = incoming;
  const known = await knownAs(db, incoming);
  // Messages overtake each other; the later word stands.
  if (known && known.at > row.at)
    return { outcome: 'refused', why: 'conflict', message: 'What this source told of it before is newer than this lastUpdate.' };
  const knownId = row.id ?? known?.subject_id ?? null;
  const owner = row.owner === null ? null : await findParty(looking(db), row.owner, source, scope);
  if (row.owner !== null && owner === null)
    return { outcome: 'refused', why: 'notFound', message: `There is nobody known as "${row.owner.slice(0, 60)}" whom you may see.` };
  const outcome = isOwned(row.type)
    ? await takeOwned(db, { ...incoming, knownId }, owner)
    : await takeParty(db, { ...incoming, knownId }, owner);
  if (outcome.outcome !== 'refused' && row.externalId !== null) await remember(db, incoming, outcome.id);
  return outcome;
}

async function knownAs(
  db: WriteHandle,
  { row, source }: Incoming,
): Promise<{ readonly subject_id: string; readonly at: number } | undefined> {
  if (row.externalId === null) return undefined;
  return db
    .selectFrom('exchange_id')
    .select(['subject_id', 'at'])
    .where('source', '=', source)
    .where('resource', '=', row.type)
    .where('external_id', '=', row.externalId)
    .executeTakeFirst();
}

async function remember(db: WriteHandle, { row, source }: Incoming, subjectId: string): Promise<void> {
  const subject = { subject_id: subjectId, at: row.at };
  await db
    .insertInto('exchange_id')
    .values({ source, resource: row.type, external_id: row.externalId ?? '', ...subject })
    .onConflict((conflict) => conflict.columns(['source', 'resource', 'external_id']).doUpdateSet(subject))
    .execute();
}

function isRefusedByDatabase(error: unknown): boolean {
  const code = String((error as { code?: unknown }).code ?? '');
  return code.startsWith('SQLITE_CONSTRAINT') || code.startsWith('23');
}
