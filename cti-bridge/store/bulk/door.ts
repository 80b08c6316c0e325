import type { MessagePort } from 'node:worker_threads';
import type Sqlite from 'better-sqlite3';
import type { BulkReply, BulkRequest, ImportJob, RowOutcome } from '../../crm/index.ts';
import type { Checkpoints } from '../workers/checkpoints.ts';
import type { Turn } from '../workers/turns.ts';
import { ImportRows } from './import-rows.ts';
import { Lot } from './lot.ts';
import { isRefusal } from './refusal.ts';
import { Slices } from './slices.ts';
import { UndoImport } from './undo-import.ts';

type OtherRequest = Exclude<BulkRequest, { kind: 'store' }>;
type Refusal = Pick<Extract<BulkReply, { kind: 'refused' }>, 'why' | 'message'>;

/**
 * The writer's end of one bulk door. Requests are done one after the other, in slices; each slice is a unit of work, taken when the writer
 * has nothing else to do, and goes over as many lots of rows as there is time for. What cannot be stored ends the storing through this door:
 * nothing behind it is stored, so that what is stored is always the file up to some row.
 */
export function serveBulkDoor(port: MessagePort, sqlite: Sqlite.Database, turn: Turn, checkpoints: Checkpoints): void {
  const slices = new Slices(sqlite, turn, checkpoints);
  const rows = new ImportRows(sqlite);
  const waiting: (Lot | OtherRequest)[] = [];
  let refusal: Refusal | null = null;
  let isWorking = false;
  let isClosed = false;
  const reply = (message: BulkReply) => {
    if (!isClosed) port.postMessage(message);
  };
  port.on('close', () => {
    isClosed = true;
  });
  port.on('message', (request: BulkRequest) => {
    waiting.push(request.kind === 'store' ? new Lot(request) : request);
    if (!isWorking) void work();
  });

  async function work(): Promise<void> {
    isWorking = true;
    for (let request = waiting[0]; request && !isClosed; request = waiting[0]) {
      if (request instanceof Lot) await store(request.job);
      else {
        waiting.shift();
        await perform(request).then(reply, (error: unknown) =>
          reply({ kind: 'refused', id: request.id, why: 'storeFailed', message: String(error) }),
        );
      }
    }
    isWorking = false;
  }

  async function perform(request: OtherRequest): Promise<BulkReply> {
    switch (request.kind) {
      case 'look': {
        const outcomes: RowOutcome[] = [];
        const left = [...request.people];
        while (left.length > 0) {
          await slices.read((isOver) => {
            for (let person = left.shift(); person; person = isOver() ? undefined : left.shift())
              outcomes.push(rows.look(request.job, person));
          });
        }
        return { kind: 'looked', id: request.id, outcomes };
      }
      case 'undo': {
        const undo = new UndoImport(sqlite, request);
        while (!undo.isDone && !isClosed) {
          await slices.write((isOver) => undo.takeBack(isOver));
          reply({ kind: 'undoing', id: request.id, takenBack: undo.takenBack });
        }
        return { kind: 'undone', id: request.id, kept: undo.kept };
      }
    }
  }

  /** A slice of the rows that wait; the requests that it finished are answered. */
  async function store(job: ImportJob): Promise<void> {
    let lots: readonly Lot[] = [];
    const slice = (isOver: () => boolean, isCareful: boolean) => {
      lots = lotsInFront();
      return rows.store(job, lots, isOver, isCareful);
    };
    try {
      if (refusal === null) {
        const done = await slices
          .write((isOver) => slice(isOver, false))
          // A row that the database refuses takes its slice with it: the same rows again, each for itself.
          .catch((error: unknown) => {
            rows.doubt();
            return isRefusal(error) ? slices.write((isOver) => slice(isOver, true)) : Promise.reject(error);
          });
        if (done === 'stopped') refusal = { why: 'stopped', message: 'The import was stopped.' };
        else for (const [at, progress] of done.entries()) lots[at]?.advance(progress);
      }
    } catch (error) {
      rows.doubt();
      refusal = { why: 'storeFailed', message: String(error) };
    }
    for (const lot of lotsInFront()) {
      if (refusal !== null) reply({ kind: 'refused', id: lot.id, ...refusal });
      else if (lot.isStored) reply({ kind: 'stored', id: lot.id, counts: lot.counts });
      else break;
      waiting.shift();
    }
  }

  function lotsInFront(): readonly Lot[] {
    const other = waiting.findIndex((each) => !(each instanceof Lot));
    return waiting.slice(0, other === -1 ? waiting.length : other) as Lot[];
  }
}
