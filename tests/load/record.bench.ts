import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { arrivalByPhone } from '../../cti-bridge/crm/index.ts';
import { silentLog, systemClock } from '../../cti-bridge/kernel/index.ts';
import { databaseFile, openForWriting } from '../../cti-bridge/store/database.ts';
import { openStore, type Store } from '../../cti-bridge/store/index.ts';
import { migrate } from '../../cti-bridge/store/migrations/index.ts';
import { searchWrites } from '../../cti-bridge/store/repositories/search-writes.ts';
import { seedDatabase } from '../../cti-bridge/store/seed/index.ts';
import { demoSize } from '../../cti-bridge/store/seed/ordinary-people.ts';
import { numberOfSeededPerson } from '../../cti-bridge/store/seed/people.ts';
import { SeededRandom } from '../../cti-bridge/store/seed/random.ts';
import type { Bench, Figure } from '../../tools/figures.ts';
import { figure, percentiles, progress } from '../support/bridge-under-load.ts';
import { importBesideCalls } from './import-beside-calls.ts';

/**
 * What it costs to know who is calling, at 10,000, 100,000 and a million people, each with three identifiers and twenty entries of history.
 * A pop is what a call asks for: the number resolved and the whole record built, from the bridge's main thread to the reader's and back. Beside
 * it a bare indexed read of the same database by prepared SQL, the least that could be. Then searches as somebody types them, key by key.
 * At the end calls at ten a second, alone, beside searches, beside an import and after it, and the import of a million rows.
 *
 * Aims: the pop p95 <= 5 ms and p99 <= 20 ms at a million, as flat as the bare read; a search p95 <= 50 ms; import >= 20,000 rows/s in steady
 * memory, and neither import nor search moves the calls' p95.
 */
const sizes = (process.env.RECORD_BENCH_SIZES ?? '10000,100000,1000000').split(',').map(Number);
const pops = 3_000;
const searches = 600;
const everybody = { units: null };

export const bench: Bench = {
  name: 'record',
  async run() {
    const figures: Figure[] = [];
    for (const people of sizes) {
      const folder = mkdtempSync(join(tmpdir(), 'crosspoint-bench-'));
      try {
        figures.push(...(await seeded(folder, people)));
        const store = await openStore({ path: folder, clock: systemClock, log: silentLog, seed: 'demo' });
        try {
          figures.push(...(await popFigures(store, people)), ...(await searchFigures(store, people)));
        } finally {
          await store.stop();
        }
        figures.push(...bareFigures(folder, people));
        if (people === sizes.at(-1)) if (!process.env.RECORD_BENCH_NO_IMPORT) figures.push(...(await importBesideCalls(folder, people)));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
    return figures;
  },
};

const thousands = (count: number) => count.toLocaleString('en');

/** Without waiting for the disk: what is measured is the reading. */
async function seeded(folder: string, people: number): Promise<Figure[]> {
  progress(`making ${thousands(people)} people`);
  const file = join(folder, databaseFile);
  const { sqlite, db } = openForWriting(file);
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'cache_size = -2000000']) sqlite.pragma(pragma);
  const startedAt = performance.now();
  await migrate(db);
  await seedDatabase(sqlite, { seed: 'demo', people, now: Date.now() });
  const madeMs = performance.now() - startedAt;
  progress(`writing the words of ${thousands(people)} people`);
  while (await db.transaction().execute((unitOfWork) => searchWrites.indexEverything(unitOfWork, 5_000)));
  sqlite.pragma('optimize');
  sqlite.close();
  onDisk(file);
  const at = `${thousands(people)} people, 3 identifiers and 20 entries each`;
  return [
    figure('making the people', madeMs / 1_000, 's', at),
    figure('writing the words they are searched by', (performance.now() - startedAt - madeMs) / 1_000, 's', at),
    figure('database', statSync(file).size / 1_000_000, 'MB', at),
  ];
}

/** What the system still has to bring to the disk would be in the way of every commit that is measured afterwards. */
function onDisk(file: string): void {
  const opened = openSync(file, 'r+');
  fsyncSync(opened);
  closeSync(opened);
}

/** Somebody of the made people, anywhere in the file. */
const anybody = (random: SeededRandom, people: number) => random.between(demoSize.people, people - 1);

async function popFigures(store: Store, people: number): Promise<Figure[]> {
  progress(`${thousands(pops)} pops at ${thousands(people)}`);
  const random = new SeededRandom(7);
  const costs: number[] = [];
  for (let index = -300; index < pops; index++) {
    const number = numberOfSeededPerson(anybody(random, people));
    const startedAt = performance.now();
    const found = await store.contacts.identify(arrivalByPhone({ number, presentedName: null }, 'CN'), Date.now());
    if (found.kind === 'unknown') throw new Error(`nobody has ${number}`);
    if (index >= 0) costs.push(performance.now() - startedAt);
  }
  return percentiles('number to the whole pop', costs, `${thousands(people)} people, aim p95 <= 5, p99 <= 20`);
}

function bareFigures(folder: string, people: number): Figure[] {
  const sqlite = new Sqlite(join(folder, databaseFile), { readonly: true });
  const read = sqlite.prepare('select p.* from identifier i join person p on p.contact_id = i.contact_id where i.value = ?');
  const random = new SeededRandom(8);
  const costs: number[] = [];
  for (let index = -300; index < pops; index++) {
    const number = numberOfSeededPerson(anybody(random, people));
    const startedAt = performance.now();
    if (read.all(number).length === 0) throw new Error(`nobody has ${number}`);
    if (index >= 0) costs.push(performance.now() - startedAt);
  }
  sqlite.close();
  return percentiles('bare indexed read', costs, `${thousands(people)} people, prepared SQL in one thread`);
}

/** As they are typed: every beginning of each. */
async function searchFigures(store: Store, people: number): Promise<Figure[]> {
  progress(`searches at ${thousands(people)}`);
  const random = new SeededRandom(9);
  const costs: number[] = [];
  const firstAt = performance.now();
  await store.customers.search.find('zhang', everybody, 12, 'CN');
  const firstMs = performance.now() - firstAt;
  const slowest = new Map<string, number>();
  const typed = [
    'zhang wei',
    'chen',
    '李',
    '王芳',
    '陈志远',
    'czy',
    'lw',
    'smith',
    'emma',
    'Zielinski',
    'harbour',
    '东禾',
    'customer12',
    'C-3',
    '1390',
    '0044',
  ];
  while (costs.length < searches) {
    const index = anybody(random, people);
    const number = numberOfSeededPerson(index);
    typed.push(number, number.slice(-4), number.slice(3), `customer${index}@example.com`);
    const text = typed[costs.length % typed.length] ?? '';
    for (let length = 1; length <= text.length; length++) {
      const beginning = text.slice(0, length);
      const startedAt = performance.now();
      await store.customers.search.find(beginning, everybody, 12, 'CN');
      const cost = performance.now() - startedAt;
      costs.push(cost);
      slowest.set(beginning, Math.max(cost, slowest.get(beginning) ?? 0));
    }
  }
  const worst = [...slowest].sort((one, other) => other[1] - one[1]).slice(0, 3);
  return [
    ...percentiles('search as it is typed', costs, `${thousands(people)} people, aim p95 <= 50`),
    figure('first search after a start', firstMs, 'ms', `${thousands(people)} people, its reader starts`),
    ...worst.map(([text, cost]) => figure(`slowest search: ${text}`, cost, 'ms', `${thousands(people)} people`)),
  ];
}
