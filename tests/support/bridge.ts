import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bridge, compose } from '../../cti-bridge/compose.ts';
import { type Config, defaults } from '../../cti-bridge/config/index.ts';
import type { BusinessEvent } from '../../cti-bridge/interactions/index.ts';
import { createLog, type Log, silentLog } from '../../cti-bridge/kernel/index.ts';
import { diffConfigurations, orderBeforeRemoval } from '../../cti-bridge/organisation/index.ts';
import { databaseFile, openForReading, openForWriting } from '../../cti-bridge/store/database.ts';
import { entryRows, loginRow } from '../../cti-bridge/store/repositories/configuration-rows.ts';
import { readOperations } from '../../cti-bridge/store/repositories/read-operations.ts';
import { writeOperations } from '../../cti-bridge/store/repositories/write-operations.ts';
import type { AgentPhone, Configuration } from '../../shared/contracts/configuration.ts';
import { rightsOfRole } from '../../shared/contracts/rights.ts';
import { giveDemoData } from './demo-data.ts';

export interface TestBridge extends Bridge {
  readonly sip: { readonly host: string; readonly port: number };
  readonly folder: string;
  /** Everything that was recorded, in order. */
  readonly events: readonly BusinessEvent[];
  /** Resolves with the first event, past or to come, that fits; fails with all that was seen. */
  event<Type extends BusinessEvent['type']>(
    type: Type,
    fits?: (event: Extract<BusinessEvent, { type: Type }>) => boolean,
    limitMs?: number,
  ): Promise<Extract<BusinessEvent, { type: Type }>>;
  /** What went wrong inside, by name: must be empty at the end of a test. */
  readonly bugs: readonly string[];
  /** Every line of its log, of every level. */
  readonly logged: readonly string[];
  /** Stops and removes its folder. */
  dispose(): Promise<void>;
}

/** A whole bridge from `compose`, on free loopback ports with a fresh demo database in a temporary folder. */
export async function startBridge(
  change: {
    readonly config?: Partial<Config>;
    readonly people?: number;
    readonly folder?: string;
    /** What an administrator changed before the start. */
    readonly setUp?: (configuration: Configuration) => Configuration;
  } = {},
): Promise<TestBridge> {
  const folder = change.folder ?? (await demoFolder(change.people));
  if (change.setUp) await changeConfiguration(folder, change.setUp);
  const events: BusinessEvent[] = [];
  const bugs: string[] = [];
  const logged: string[] = [];
  const waiting = new Set<(event: BusinessEvent) => void>();
  const listener = (event: BusinessEvent) => {
    events.push(event);
    for (const waiter of [...waiting]) waiter(event);
  };
  const config: Config = {
    ...defaults,
    http: { ...defaults.http, port: 0 },
    sip: { ...defaults.sip, port: 0 },
    data: { folder },
    renderer: { folder: fileURLToPath(new URL('../../dist/renderer', import.meta.url)) },
    ...change.config,
  };
  const bridge = await compose(config, {
    log: bugLog(bugs, logged),
    listeners: [listener],
    ...(change.people === undefined ? {} : { people: change.people }),
  });
  const [host = '', port = ''] = bridge.sipAddress.split(':');
  return {
    ...bridge,
    sip: { host, port: Number(port) },
    folder,
    events,
    bugs,
    logged,
    event(type, fits = () => true, limitMs = 5_000) {
      type Wanted = Extract<BusinessEvent, { type: typeof type }>;
      const isIt = (event: BusinessEvent): event is Wanted => event.type === type && fits(event as Wanted);
      const past = events.find(isIt);
      if (past) return Promise.resolve(past);
      return new Promise((resolve, reject) => {
        const waiter = (event: BusinessEvent) => {
          if (!isIt(event)) return;
          clearTimeout(limit);
          waiting.delete(waiter);
          resolve(event);
        };
        const limit = setTimeout(() => {
          waiting.delete(waiter);
          reject(new Error(`No ${type} within ${limitMs} ms. Seen:\n${events.map((event) => JSON.stringify(event)).join('\n')}`));
        }, limitMs);
        waiting.add(waiter);
      });
    },
    async dispose() {
      await bridge.stop();
      if (!change.folder) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A folder with the demo database. */
async function demoFolder(people: number | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crosspoint-'));
  await giveDemoData(folder, people);
  return folder;
}

/** Saves what an administrator changed while no bridge runs on that folder: what the store does, without its threads. */
export async function changeConfiguration(folder: string, change: (configuration: Configuration) => Configuration): Promise<void> {
  const file = join(folder, databaseFile);
  const { db: reading } = openForReading(file);
  const { revision: basedOn, configuration: before } = await readOperations.readConfiguration(reading).finally(() => reading.destroy());
  const { db } = openForWriting(file);
  try {
    const configuration = change(structuredClone(before));
    const { saved } = await writeOperations.saveConfiguration(db, {
      ...{ basedOn, at: 0, by: { userId: 'user-admin', name: 'Administrator' }, note: 'test' },
      entries: entryRows(configuration),
      logins: configuration.users.map(loginRow),
      builtInRights: JSON.stringify(rightsOfRole),
      changes: diffConfigurations(before, configuration),
      orderBefore: orderBeforeRemoval(before, configuration),
    });
    if (!saved) throw new Error('The configuration was not saved: it was made from an older one.');
  } finally {
    await db.destroy();
  }
}

/** A configuration in which the agent of this extension has that phone. */
export const withPhone =
  (extension: string, phone: AgentPhone) =>
  (configuration: Configuration): Configuration => ({
    ...configuration,
    users: configuration.users.map((user) => (user.agent?.extension === extension ? { ...user, agent: { ...user.agent, phone } } : user)),
  });

/** Keeps what the log calls a bug; `CROSSPOINT_TEST_LOG=debug` shows everything while a test is being written. */
function bugLog(bugs: string[], logged: string[]): Log {
  const level = process.env.CROSSPOINT_TEST_LOG;
  const out = level ? createLog(level) : silentLog;
  const all = createLog('debug', { write: (line) => void logged.push(line) });
  const wrap = (log: Log, kept: Log): Log => ({
    debug: (event, fields) => {
      kept.debug(event, fields);
      log.debug(event, fields);
    },
    info: (event, fields) => {
      kept.info(event, fields);
      log.info(event, fields);
    },
    warn: (event, fields) => {
      kept.warn(event, fields);
      log.warn(event, fields);
    },
    error: (event, fields) => {
      kept.error(event, fields);
      // A disk that stalls on a busy machine is no bug of ours; how the store bears it has its own tests.
      if (event !== 'store:stalled') bugs.push(`${event} ${JSON.stringify(fields)}`);
      log.error(event, fields);
    },
    child: (fields) => wrap(log.child(fields), kept.child(fields)),
  });
  return wrap(out, all);
}
