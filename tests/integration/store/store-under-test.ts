import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { BusinessEvent, InteractionFact } from '../../../cti-bridge/interactions/index.ts';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { databaseFile } from '../../../cti-bridge/store/database.ts';
import { openStore, type Store } from '../../../cti-bridge/store/index.ts';
import { asId, type EventId, type InteractionId } from '../../../shared/ids.ts';
import { giveDemoData, giveEmptyData } from '../../support/demo-data.ts';

/** A folder that goes away with the test; on the disk where a commit is to take the time it takes there. */
export function temporaryFolder(on: 'memory' | 'disk' = 'memory'): string {
  const disk = on === 'disk' ? process.env.CROSSPOINT_TEST_DISK : undefined;
  const folder = mkdtempSync(join(disk ?? tmpdir(), 'crosspoint-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function openFor(folder: string, seed: 'demo' | 'none' = 'none'): Promise<Store> {
  if (seed === 'none' && !existsSync(join(folder, databaseFile))) await giveEmptyData(folder);
  const store = await openStore({ path: folder, clock: systemClock, log: silentLog, seed });
  onTestFinished(() => store.stop());
  return store;
}

/** A store with the demo's data, copied rather than seeded. */
export async function openDemo(folder = temporaryFolder()): Promise<Store> {
  await giveDemoData(folder);
  return openFor(folder);
}

/** Arguments of Node for a program of the tests: its store has the threads of the built bridge. */
export const builtPrograms = ['--import', fileURLToPath(new URL('../../support/use-built-programs.ts', import.meta.url))];

/** Looks into a database from outside, as an auditor would. */
export function inspect<Row>(folder: string, query: string): Row[] {
  const sqlite = new Sqlite(join(folder, 'crosspoint.db'), { readonly: true });
  try {
    return sqlite.prepare(query).all() as Row[];
  } finally {
    sqlite.close();
  }
}

let made = 0;

export function event(interactionId: string, fact: InteractionFact, at = Date.now()): BusinessEvent {
  return {
    id: asId<EventId>(`event-${process.pid}-${++made}`),
    at,
    interactionId: asId<InteractionId>(interactionId),
    ...fact,
  } as BusinessEvent;
}
