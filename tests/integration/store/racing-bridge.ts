/**
 * A bridge reduced to its acceptances, with its own connection to a database that another one uses too: the folder's lock, which would
 * forbid that, is left out on purpose. Told of an acceptance, it makes it as its own unit of work at once.
 */
import { join } from 'node:path';
import { databaseFile, openForWriting } from '../../../cti-bridge/store/database.ts';
import { writeOperations } from '../../../cti-bridge/store/repositories/write-operations.ts';

export type Acceptance = Parameters<typeof writeOperations.acceptOffer>[1];
/** What it was told, and when it asked and knew (epoch ms, fractional). */
export interface Said {
  readonly answer: 'won' | 'lost' | `failed: ${string}`;
  readonly from: number;
  readonly until: number;
}

const { sqlite, db } = openForWriting(join(process.argv[2] ?? '', databaseFile));
let attempts = 0;

const now = () => performance.timeOrigin + performance.now();

async function accept(acceptance: Acceptance): Promise<Said> {
  const from = now();
  const answer = await askDatabase(acceptance).catch((error: unknown) => `failed: ${String(error)}` as const);
  return { answer, from, until: now() };
}

function askDatabase(acceptance: Acceptance): Promise<'won' | 'lost'> {
  const attempt = `${process.pid}-${++attempts}`;
  return db.transaction().execute((unitOfWork) => writeOperations.acceptOffer(unitOfWork, acceptance, attempt));
}

process.on('message', async (acceptance: Acceptance) => process.send?.(await accept(acceptance)));
process.once('disconnect', () => sqlite.close());
process.send?.('ready');
