/** The writer thread: the only one that changes the database. Migrates and seeds before it says it is ready. */
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { BulkDoors } from '../bulk/doors.ts';
import { checkIntegrity, databaseFile, openForWriting } from '../database.ts';
import { migrate } from '../migrations/index.ts';
import { purge, purgeWhatIsDue } from '../purge.ts';
import { isUpkeep } from '../repositories/upkeep.ts';
import { writeOperations } from '../repositories/write-operations.ts';
import type { WriteHandle } from '../schema.ts';
import { toStoreError } from '../store-error.ts';
import { Checkpoints } from './checkpoints.ts';
import { condense } from './condense.ts';
import type { OperationCall, OperationOutcome, WorkerSetup } from './protocol.ts';
import { serve } from './serve.ts';

type Operation = (db: WriteHandle, ...args: readonly unknown[]) => Promise<unknown>;
const operations = writeOperations as unknown as Readonly<Record<string, Operation>>;

await serve(async (setup) => {
  const file = join(setup.folder, databaseFile);
  const { sqlite, db } = openForWriting(file);
  checkIntegrity(sqlite);
  await migrate(db);
  purgeWhatIsDue(sqlite);
  await seedOnce(sqlite, db, setup);
  const checkpoints = new Checkpoints(sqlite, file);
  const doors = new BulkDoors(sqlite, checkpoints);

  return {
    isUpkeep,
    /**
     * All calls in one transaction, so that they share one flush to the disk; a call that fails is undone alone. Nearly always none does: only
     * then is each given a way back of its own.
     */
    perform: async (calls) => {
      try {
        return await inOneUnit(db, (unitOfWork) => performTogether(unitOfWork, calls));
      } catch (error) {
        if (toStoreError(error, setup.folder).code !== 'rejected') throw error;
        return await inOneUnit(db, async (unitOfWork) => {
          const outcomes: OperationOutcome[] = [];
          for (const call of calls) outcomes.push(await performOne(unitOfWork, call, setup.folder));
          return outcomes;
        });
      }
    },
    purge: () => purge(sqlite),
    serveDoor: (port, turn) => doors.serve(port, turn),
    close: async () => {
      await checkpoints.stop();
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
      sqlite.close();
    },
  };
});

/** What seeding needs is loaded only for a database that is still empty. */
async function seedOnce(sqlite: Sqlite.Database, db: WriteHandle, setup: WorkerSetup): Promise<void> {
  const fact = sqlite.prepare("select value from store_fact where key = 'seed'").get() as { readonly value: string } | undefined;
  if (fact) {
    const { seed } = JSON.parse(fact.value) as Pick<WorkerSetup, 'seed'>;
    if (seed === 'none') return;
    const lacks = (table: 'flow' | 'article' | 'guide') => sqlite.prepare(`select 1 from ${table}`).get() === undefined;
    if (lacks('flow')) (await import('../seed/index.ts')).seedFlows(sqlite, setup.now);
    if (lacks('article')) (await import('../seed/index.ts')).seedArticles(sqlite, setup.now);
    if (lacks('guide')) (await import('../seed/index.ts')).seedGuides(sqlite, setup.now);
    return;
  }
  const { scoreSeededCompanies, seedDatabase } = await import('../seed/index.ts');
  await seedDatabase(sqlite, setup);
  await db.transaction().execute((unitOfWork) => scoreSeededCompanies(unitOfWork, setup.now));
}

async function inOneUnit<Value>(db: WriteHandle, work: (unitOfWork: WriteHandle) => Promise<Value>): Promise<Value> {
  let first: { readonly error: unknown } | undefined;
  try {
    return await db.transaction().execute((unitOfWork) =>
      work(unitOfWork).catch((error: unknown) => {
        first = { error };
        throw error;
      }),
    );
  } catch (error) {
    // A full disk has ended the transaction already: that there is none to roll back is not what went wrong.
    throw first ? first.error : error;
  }
}

async function performTogether(db: WriteHandle, calls: readonly OperationCall[]): Promise<readonly OperationOutcome[]> {
  const outcomes: OperationOutcome[] = calls.map(() => ({ ok: true, value: undefined }));
  for (const { call, index } of condense(calls)) outcomes[index] = { ok: true, value: await operationOf(call)(db, ...call.args) };
  return outcomes;
}

function operationOf({ name }: OperationCall): Operation {
  const operation = operations[name];
  if (!operation) throw new TypeError(`There is no write operation ${name}`);
  return operation;
}

async function performOne(db: WriteHandle, call: OperationCall, folder: string): Promise<OperationOutcome> {
  await sql`savepoint one`.execute(db);
  try {
    const value = await operationOf(call)(db, ...call.args);
    await sql`release one`.execute(db);
    return { ok: true, value };
  } catch (error) {
    const { code, message } = toStoreError(error, folder);
    // Only a refused statement is this call's own fault. A full or failing disk is everybody's: the whole unit of work is given up.
    if (code !== 'rejected') throw error;
    await sql`rollback to one`.execute(db);
    await sql`release one`.execute(db);
    return { ok: false, code, message };
  }
}
