import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { rightsOfRole } from '../../shared/contracts/rights.ts';
import { seconds } from '../../shared/duration.ts';
import type { ContactRepository, InteractionRepository } from '../crm/index.ts';
import type { UserRepository } from '../identity/index.ts';
import { type Clock, createIdSource, type Log, withTimeLimit } from '../kernel/index.ts';
import type { ConfigurationRepository } from '../organisation/index.ts';
import { createAcceptanceLedger } from './acceptance-ledger.ts';
import type { StoreAccess } from './access.ts';
import type { Organisation, Store } from './api.ts';
import { createArticleStore } from './article-store.ts';
import { removeOrphans } from './attachment-files.ts';
import { createCustomerStore } from './customer-store.ts';
import { StoredDecisions } from './decision-log.ts';
import { takeExclusiveLock } from './exclusive-lock.ts';
import { createFlowStore } from './flow-store.ts';
import { giveStoredRolesNewRights } from './give-stored-roles-new-rights.ts';
import { GroupCommit } from './group-commit.ts';
import { createGuideStore } from './guide-store.ts';
import { createMessageFiles, removeUnknownMessageFiles } from './message-files.ts';
import { createMessageStore } from './message-store.ts';
import { createRecordingFiles, removeUnknownRecordings } from './recording-files.ts';
import { entryRows, loginRow } from './repositories/configuration-rows.ts';
import { SearchUpkeep } from './search/upkeep.ts';
import { StoreError, toStoreError } from './store-error.ts';
import { createSurveyStore } from './survey-store.ts';
import { DatabaseWorker } from './workers/database-worker.ts';
import type { WorkerSetup } from './workers/protocol.ts';

export { StoreError } from './store-error.ts';

export interface StoreOptions {
  /** The data folder, made if absent. `':memory:'` is a new temporary folder that goes away at `stop`. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  /** What an empty database is given on its first start; later starts keep what they find. `demoAlone`: without a provider for calls out. */
  readonly seed: 'demo' | 'demoAlone' | 'none';
  /** With `demo`: this many people in all, for measuring (500 are the demo's own). */
  readonly people?: number;
  /** How long the router's decisions are kept; 30 days unless told otherwise. */
  readonly decisionsKeptMs?: number;
}

const stopLimitMs = seconds(10);

/** Opens, migrates and, on the first start, seeds the database. Rejects with a `StoreError` that says in plain words what is wrong. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { clock, log } = options;
  const isTemporary = options.path === ':memory:';
  const folder = isTemporary ? mkdtempSync(join(tmpdir(), 'crosspoint-')) : options.path;
  const opened: { dispose(): void | Promise<void> }[] = [];
  if (isTemporary) opened.push({ dispose: () => rmSync(folder, { recursive: true, force: true }) });
  const close = async () => {
    for (const part of opened.splice(0).reverse()) await part.dispose();
  };

  try {
    prepareFolder(folder);
    opened.push(takeExclusiveLock(folder));
    const setup: WorkerSetup = { folder, seed: options.seed, people: options.people ?? 0, now: clock.now() };
    const writer = await DatabaseWorker.start('writer', setup, clock, log);
    opened.push({ dispose: () => writer.stop() });
    const reader = await DatabaseWorker.start('reader', setup, clock, log);
    opened.push({ dispose: () => reader.stop() });
    // Costs memory, so it starts when somebody first searches or turns a page; what they do never holds up a pop.
    let starting: Promise<DatabaseWorker> | undefined;
    const browser = () => (starting ??= DatabaseWorker.start('browser', setup, clock, log));
    opened.push({ dispose: async () => (await starting)?.stop() });
    return await assemble({ writer, reader, browser, folder }, options, close);
  } catch (error) {
    await close();
    throw toStoreError(error, folder);
  }
}

function prepareFolder(folder: string): void {
  makeFolder(resolve(folder));
  accessSync(folder, constants.W_OK | constants.X_OK);
}

/** Not `mkdirSync` with `recursive`: that never returns where a file system answers ENOENT for its own root, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

interface Workers {
  readonly writer: DatabaseWorker;
  readonly reader: DatabaseWorker;
  browser(): Promise<DatabaseWorker>;
  readonly folder: string;
}

async function assemble({ writer, reader, browser, folder }: Workers, options: StoreOptions, close: () => Promise<void>): Promise<Store> {
  const { clock, log, decisionsKeptMs } = options;
  const journal = new GroupCommit(clock, log, (calls) => writer.request(calls));
  const ids = createIdSource(clock);

  async function ask(worker: DatabaseWorker, name: string, args: readonly unknown[]): Promise<unknown> {
    const [outcome] = await worker.request([{ name, args }]);
    if (!outcome?.ok) throw new StoreError(outcome?.code ?? 'unavailable', outcome?.message ?? 'The reader gave no outcome.');
    return outcome.value;
  }
  const read: StoreAccess['read'] = async (name, ...args) => (await ask(reader, name, args)) as never;
  const browse: StoreAccess['read'] = async (name, ...args) => (await ask(await browser(), name, args)) as never;
  const write: StoreAccess['write'] = async (name, ...args) => (await journal.write(name, args)) as never;
  const keep: StoreAccess['keep'] = async (name, ...args) => {
    await journal.keep(name, args);
  };
  const keepLater: StoreAccess['keep'] = async (name, ...args) => {
    await journal.keep(name, args, 'later');
  };

  const ledger = createAcceptanceLedger({ journal, clock, log, readHighest: () => read('highestFencing') });
  const decisions = new StoredDecisions({
    write: (name, args) => journal.write(name, args),
    reads: {
      about: (subjectId, before, limit) => read('decisionsAbout', subjectId, before, limit),
      since: (at, after, limit) => read('decisionsSince', at, after, limit),
      agentNames: (agentIds) => read('agentNames', agentIds),
    },
    clock,
    log,
    lastSequence: await read('lastDecision'),
    ...(decisionsKeptMs === undefined ? {} : { keptMs: decisionsKeptMs }),
  });
  const searchUpkeep = new SearchUpkeep({
    write: (name, atOnce) => write(name, atOnce),
    isBusy: () => writer.hasOpenDoor,
    quietMs: () => journal.quietMs,
    clock,
    log,
  });

  const contacts: ContactRepository = {
    identify: (arrival, at) => read('identifyArrival', arrival, at),
    readRecord: (contactId, at, scope) => read('readRecord', contactId, at, scope),
    readPerson: (contactId, at) => read('readPerson', contactId, at),
    readTimeline: (contactId, before, limit, filter, scope) => read('readTimeline', contactId, before, limit, filter, scope),
    callsSince: (normalised, since, before) => read('callsSince', normalised, since, before),
    linkInteraction: (link) => write('linkInteraction', link),
    preferredAgents: (contactId) => read('preferredAgents', contactId),
    addNote: (contactId, interactionId, author, text, at) => write('addNote', ids.next(), contactId, interactionId, author, text, at),
  };
  const interactions: InteractionRepository = {
    // The call goes on without the disk, so its record waits for it.
    recordCaller: (interactionId, caller) => keep('recordCaller', interactionId, caller),
    saveDraft: (interactionId, agentId, text, revision, at) => write('saveDraft', interactionId, agentId, text, revision, at),
    readDraft: (interactionId) => read('readDraft', interactionId),
    // An agent's own outcome must not be acknowledged from memory; the default one acknowledges nothing to anybody.
    complete: (closing) => (closing.isAutomatic ? keepLater('complete', closing) : write('complete', closing)),
    readOpen: () => read('readOpen'),
  };
  const callbacks: Store['callbacks'] = {
    promise: (promised) => write('promiseCallback', promised),
    countAttempt: (workItemId, attempt) => write('countCallbackAttempt', workItemId, attempt),
    end: (workItemId, ending) => keep('endCallback', workItemId, ending),
    readPending: () => read('readPendingCallbacks'),
  };
  const recordingFiles = createRecordingFiles(folder);
  const recordings: Store['recordings'] = {
    begin: (recording) => write('beginRecording', recording),
    setPaused: (recordingId, isPaused, atMs) => write('setRecordingPaused', recordingId, isPaused, atMs),
    end: (recordingId, durationMs) => keep('endRecording', recordingId, durationMs),
    belongTo: (recordingId, interactionId) => write('moveRecording', recordingId, interactionId),
    discard: (recordingId) => write('discardRecording', recordingId),
    readOpen: () => read('readOpenRecordings'),
    find: (recordingId, scope) => browse('findRecording', recordingId, scope),
  };
  const money: Store['money'] = { owedBy: (contactIds, accountId, at) => read('readOwed', { contactIds, accountId }, at) };
  const liveCalls: Store['liveCalls'] = {
    // Asked for in the turn of the event they belong to: whoever waits for that one waits for them.
    save: (call) => keepLater('saveLiveCall', call),
    forget: (interactionId) => keepLater('forgetLiveCall', interactionId),
    readAll: () => read('readLiveCalls'),
  };
  const reporting: Store['reporting'] = {
    readEventsSince: (since, from, limit) => read('readEventsSince', since, from, limit),
    namesOf: (interactionIds) => read('namesOf', interactionIds),
  };
  const callsOut: Store['callsOut'] = {
    readCallsOutSince: (since) => read('readCallsOutSince', since),
    readCallsOutAmong: (interactionIds) => read('readCallsOutAmong', interactionIds),
  };
  const presences: Store['presences'] = { readLastPresences: (agentIds) => read('readLastPresences', agentIds) };
  const users: UserRepository = {
    findByUsername: (username) => read('findByUsername', username),
    listAgents: () => read('listAgents'),
  };
  const logIns: Store['logIns'] = {
    save: (logIn) => keepLater('saveLogIn', logIn),
    seen: (sessionId, at) => keepLater('logInSeen', sessionId, at),
    forget: (sessionId) => keep('forgetLogIn', sessionId),
    readAll: () => read('readLogIns'),
  };

  const configuration: ConfigurationRepository = {
    read: () => read('readConfiguration'),
    save: ({ configuration: given, ...saving }) =>
      write('saveConfiguration', {
        ...saving,
        entries: entryRows(given),
        logins: given.users.map(loginRow),
        builtInRights: JSON.stringify(rightsOfRole),
      }),
    history: (before, limit) => read('readConfigurationHistory', before, limit),
    readRevision: (revision) => read('readConfigurationRevision', revision),
    setPassword: (setting) => write('setPassword', setting),
    usersWithoutPassword: () => read('usersWithoutPassword'),
  };

  await giveStoredRolesNewRights(configuration, await read('readBuiltInRights'), clock, log);
  const removed = await removeOrphans(folder, (attachmentIds) => read('knownAttachments', attachmentIds));
  if (removed > 0) log.info('store:orphanedFilesRemoved', { removed });
  const unknown = await removeUnknownRecordings(folder, (recordingIds) => read('knownRecordings', recordingIds));
  if (unknown > 0) log.info('store:unknownRecordingsRemoved', { removed: unknown });
  const loose = await removeUnknownMessageFiles(folder, {
    arrivals: (ids) => read('knownArrivals', ids),
    files: (ids) => read('knownMessageFiles', ids),
  });
  if (loose > 0) log.info('store:looseMessageFilesRemoved', { removed: loose });

  let stopping: Promise<void> | undefined;
  return {
    contacts,
    customers: createCustomerStore({ read, browse, write, keep, purge: () => writer.purge(), ids, folder }),
    interactions,
    callbacks,
    recordings,
    recordingFiles,
    liveCalls,
    money,
    callsOut,
    presences,
    users,
    logIns,
    journal,
    configuration,
    ...createFlowStore({ read, browse, write, keepLater, ids }),
    guides: createGuideStore({ read, browse, write }),
    articles: createArticleStore({ read, write }),
    conversations: createMessageStore({ read, browse, write }),
    messageFiles: createMessageFiles(folder),
    surveys: createSurveyStore({ read, browse, write }),
    ledger,
    decisions,
    reporting,
    folder,
    openBulkDoor: () => writer.openDoor(),
    readOrganisation: (): Promise<Organisation> => read('readOrganisation'),
    health: () => journal.health,
    stop: () => {
      searchUpkeep.stop();
      stopping ??= withTimeLimit(
        clock,
        stopLimitMs,
        'writing what waits',
        decisions.drained().then(() => journal.drained()),
      )
        .catch((error: unknown) => log.error('store:stoppedUnwritten', { ...journal.health, error: String(error) }))
        .then(() => decisions.stop())
        .then(close);
      return stopping;
    },
  };
}
