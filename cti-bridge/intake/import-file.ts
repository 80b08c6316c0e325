import type { MessagePort } from 'node:worker_threads';
import { columnLetter } from '../../shared/column-letter.ts';
import { type CheckOutcome, compileMapping, type ImportCounts, type RowEntry, type RunSetting, TwiceInFile } from '../crm/index.ts';
import { decodeFile, type FileReading } from './decoders/decode-file.ts';
import type { DecodedBatch, RowFault } from './decoders/decoded.ts';
import { DoorClient } from './door-client.ts';
import { problemOf } from './look-at-file.ts';
import { StoppedByStore } from './stopped-by-store.ts';
import type { RunProgress } from './thread-protocol.ts';

const rowsChecked = 1_000;
/** Rows of a batch, and batches under way: a slice never waits for rows, and what is read is never far ahead of what is stored. */
const batchRows = 100;
const batchesUnderWay = 40;
const progressEveryMs = 250;

export async function checkRows(file: string, setting: RunSetting, door: MessagePort): Promise<CheckOutcome> {
  const entries: RowEntry[] = [];
  for await (const { entries: more } of readEntries(file, setting)) {
    entries.push(...more);
    if (entries.length >= rowsChecked) break;
  }
  const looked = entries.slice(0, rowsChecked);
  const people = looked.flatMap((entry) => ('person' in entry ? [entry.person] : []));
  const client = new DoorClient(door);
  const reply = await client.ask({ kind: 'look', job: setting.job, people });
  if (reply.kind !== 'looked') throw new StoppedByStore('storeFailed', 'The store gave another answer than was asked.');
  const outcomes = people.map((person, at) => ({ person, outcome: reply.outcomes[at] ?? ('skip' as const) }));
  const problems = looked.flatMap((entry) => {
    if ('problems' in entry) return entry.problems;
    const outcome = outcomes.find(({ person }) => person === entry.person)?.outcome;
    return typeof outcome === 'object' ? [outcome.problem] : [];
  });
  return { looked: looked.length, people: outcomes, problems };
}

/** Resolves when the last row is stored. */
export async function runImport(
  file: string,
  setting: RunSetting,
  door: MessagePort,
  onProgress: (progress: RunProgress) => void,
): Promise<void> {
  const client = new DoorClient(door);
  const total = { read: 0, created: 0, updated: 0, skipped: 0, refused: 0, bytesRead: 0 };
  let toldAt = performance.now();
  const underWay: Promise<void>[] = [];
  const send = async (entries: readonly RowEntry[], bytesRead: number) => {
    const reply = await client.ask({ kind: 'store', job: setting.job, entries: JSON.stringify(entries), bytesRead });
    if (reply.kind === 'stored') add(total, reply.counts, bytesRead);
    if (performance.now() - toldAt < progressEveryMs) return;
    toldAt = performance.now();
    onProgress({ ...total });
  };
  let waiting: RowEntry[] = [];
  const flush = async (bytesRead: number) => {
    if (waiting.length === 0) return;
    const sent = send(waiting, bytesRead);
    // Whoever waits for it hears of a failure; here it only must not be nobody's.
    sent.catch(() => {});
    underWay.push(sent);
    waiting = [];
    if (underWay.length >= batchesUnderWay) await underWay.shift();
  };
  for await (const { entries, bytesRead } of readEntries(file, setting)) {
    for (const entry of entries) {
      if (entry.row <= setting.behindRow) continue;
      waiting.push(entry);
      if (waiting.length >= batchRows) await flush(bytesRead);
    }
  }
  await flush(total.bytesRead);
  await Promise.all(underWay);
  onProgress({ ...total });
}

function add(total: { -readonly [Key in keyof RunProgress]: number }, counts: ImportCounts, bytesRead: number): void {
  for (const key of ['read', 'created', 'updated', 'skipped', 'refused'] as const) total[key] += counts[key];
  total.bytesRead = Math.max(total.bytesRead, bytesRead);
}

/** The file as people and problems, in the order of its rows. */
async function* readEntries(
  file: string,
  { mapping, context }: RunSetting,
): AsyncGenerator<{ entries: readonly RowEntry[]; bytesRead: number }> {
  const { hasHeader, ...reading } = mapping.reading;
  const seen = new TwiceInFile();
  let head: readonly string[] | null = hasHeader ? null : [];
  let header: readonly string[] = mapping.columns.map((_, at) => columnLetter(at));
  let read = compileMapping(mapping, { ...context, header });
  for await (const batch of decodeFile(file, reading satisfies FileReading)) {
    const entries: RowEntry[] = [];
    for (const one of inRowOrder(batch)) {
      if ('code' in one) {
        entries.push({ row: one.row, problems: [problemOf(one, header)] });
        continue;
      }
      if (head === null) {
        head = one.cells;
        header = header.map((letter, at) => head?.[at]?.trim() || letter);
        read = compileMapping(mapping, { ...context, header });
        continue;
      }
      const outcome = read(one.row, one.cells);
      if (!('name' in outcome)) entries.push({ row: one.row, problems: outcome });
      else {
        const twice = seen.see(outcome);
        entries.push(twice ? { row: one.row, problems: [twice] } : { row: one.row, person: outcome });
      }
    }
    yield { entries, bytesRead: batch.bytesRead };
  }
}

function inRowOrder({ rows, faults }: DecodedBatch): readonly (DecodedBatch['rows'][number] | RowFault)[] {
  return faults.length === 0 ? rows : [...rows, ...faults].sort((one, other) => one.row - other.row);
}
