/** The reader thread: lookups never wait for a commit, and a slow one never holds up signalling. */
import { join } from 'node:path';
import { databaseFile, openForReading } from '../database.ts';
import { readOperations } from '../repositories/read-operations.ts';
import type { ReadHandle } from '../schema.ts';
import { outcomeOf, serve } from './serve.ts';

type Operation = (db: ReadHandle, ...args: readonly unknown[]) => Promise<unknown>;

await serve(async ({ folder }) => {
  const { sqlite, db } = openForReading(join(folder, databaseFile));
  const operations = readOperations as unknown as Readonly<Record<string, Operation>>;
  return {
    perform: (calls) =>
      Promise.all(
        calls.map(({ name, args }) =>
          outcomeOf(async () => {
            const operation = operations[name];
            if (!operation) throw new Error(`There is no read operation ${name}`);
            return operation(db, ...args);
          }, folder),
        ),
      ),
    close: () => {
      sqlite.close();
    },
  };
});
