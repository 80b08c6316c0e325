import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock } from '../../cti-bridge/kernel/index.ts';
import { databaseFile, openForWriting } from '../../cti-bridge/store/database.ts';
import { openStore, type StoreOptions } from '../../cti-bridge/store/open-store.ts';
import { searchWrites } from '../../cti-bridge/store/repositories/search-writes.ts';

/**
 * Gives a folder the demo database, without the provider that `npm start` brings. Seeding takes seconds and a copy none, so it is seeded once per
 * run of the tests, and again only for another number of people.
 */
export async function giveDemoData(folder: string, people?: number): Promise<void> {
  await cp(await seededFolder(`demo-${people ?? 'all'}`, { seed: 'demoAlone', ...(people === undefined ? {} : { people }) }), folder, {
    recursive: true,
  });
}

/** Gives a folder a database in which nobody is. */
export async function giveEmptyData(folder: string): Promise<void> {
  await cp(await seededFolder('empty', { seed: 'none' }), folder, { recursive: true });
}

type Seeding = Pick<StoreOptions, 'seed' | 'people'>;
const seeded = new Map<string, Promise<string>>();

function seededFolder(name: string, seeding: Seeding): Promise<string> {
  let template = seeded.get(name);
  if (!template) {
    template = seedOnce(name, seeding);
    seeded.set(name, template);
  }
  return template;
}

async function seedOnce(name: string, seeding: Seeding): Promise<string> {
  const target = join(await folderOfRun(), name);
  if (await exists(target)) return target;
  const own = `${target}.${process.pid}`;
  const store = await openStore({ path: own, clock: systemClock, log: silentLog, ...seeding });
  await store.stop();
  await index(own);
  try {
    await rename(own, target);
  } catch (error) {
    // Another test file seeded it meanwhile.
    if (!(await exists(target))) throw error;
    await rm(own, { recursive: true });
  }
  return target;
}

/** Has everybody found by the search: else each copy of the folder would begin with that. */
async function index(folder: string): Promise<void> {
  const { sqlite, db } = openForWriting(join(folder, databaseFile));
  const all = 100_000;
  while (await searchWrites.indexEverything(db, all)) {}
  while (await searchWrites.indexDue(db, all)) {}
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}

/** Where the files of this run of the tests share what they prepare. A program that is no test has a folder for itself. */
async function folderOfRun(): Promise<string> {
  const given = process.env.CROSSPOINT_TEST_RUN;
  if (given) {
    await mkdir(given, { recursive: true });
    return given;
  }
  const own = await mkdtemp(join(tmpdir(), 'crosspoint-run-'));
  process.once('exit', () => rmSync(own, { recursive: true, force: true }));
  return own;
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
