import { Readable } from 'node:stream';
import type { Exchange } from '../../../cti-bridge/flows/customers/exchange.ts';
import type { Exports } from '../../../cti-bridge/flows/customers/exports.ts';
import type { MailPages } from '../../../cti-bridge/flows/messages/mail-pages.ts';
import type { MessageDownloads } from '../../../cti-bridge/flows/messages/message-downloads.ts';
import type {
  Administration,
  Asker,
  Attachments,
  CallFeatures,
  CustomerCommands,
  Desk,
  Figures,
  FlowStudio,
  Help,
  ImportUploads,
  InboxCommands,
  Listening,
  Supervision,
} from '../../../cti-bridge/flows/ports.ts';
import { err, ok } from '../../../cti-bridge/kernel/index.ts';
import type { Board } from '../../../shared/contracts/board.ts';
import { type CommandName, type CustomerCommandName, customerCommands, type UploadName } from '../../../shared/contracts/bridge-events.ts';
import { type CallFeatureCommandName, callFeatureCommands } from '../../../shared/contracts/call-features.ts';
import { type HelpCommandName, helpCommands } from '../../../shared/contracts/help.ts';
import { type FlowCommandName, type FlowUploadName, flowCommands, flowUploads } from '../../../shared/contracts/ivr/commands.ts';
import { type InboxCommandName, inboxCommands } from '../../../shared/contracts/messages/inbox.ts';
import type { AgentId } from '../../../shared/ids.ts';
import { commandExamples, uploadExamples } from '../../contract/wire-examples.ts';

type Snapshot = Awaited<ReturnType<Desk['snapshot']>>;

/** What was asked, of whichever fake; `agentId` of who asked where that was told. */
export interface Asked {
  readonly command: string;
  readonly agentId: AgentId | null;
  readonly request: unknown;
}

/** A desk that answers every question with the contract's example and remembers what it was asked. */
export class FakeDesk implements Desk {
  readonly asked: Asked[] = [];
  readonly presence: string[] = [];
  /** Replace to hold a snapshot back, to fail, or to count. */
  onSnapshot: (snapshot: Snapshot) => Promise<Snapshot> = async (snapshot) => snapshot;

  async snapshot(agentId: AgentId | null): Promise<Snapshot> {
    const { seq: _seq, user: _user, serverTime: _serverTime, ...screen } = commandExamples['session:resume'].answer;
    return this.onSnapshot({ ...screen, agent: agentId === null ? null : screen.agent });
  }

  desktopConnected(agentId: AgentId, _signedInAt: number): void {
    this.presence.push(`${agentId} connected`);
  }

  desktopGone(agentId: AgentId, why: string): void {
    this.presence.push(`${agentId} gone: ${why}`);
  }

  readonly setPresence = this.#agent('agent:set-presence');
  readonly popDelivered = this.#agent('pop:delivered');
  readonly popPainted = this.#agent('pop:painted');
  readonly rejectReservation = this.#agent('reservation:reject');
  readonly holdCall = this.#agent('call:hold');
  readonly resumeCall = this.#agent('call:resume');
  readonly sendDigit = this.#agent('call:send-digit');
  readonly endCall = this.#agent('call:end');
  readonly pauseRecording = this.#agent('call:pause-recording');
  readonly resumeRecording = this.#agent('call:resume-recording');
  readonly dialCall = this.#agent('call:dial');
  readonly rejoinCall = this.#agent('call:rejoin');
  readonly callMeasured = this.#agent('call:measured');
  readonly saveDraft = this.#agent('interaction:save-draft');
  readonly chooseContact = this.#asker('interaction:choose-contact');
  readonly extendWrapUp = this.#agent('interaction:extend-wrap-up');
  readonly completeInteraction = this.#agent('interaction:complete');
  readonly readContact = this.#asker('contact:read');
  readonly readTimeline = this.#asker('contact:timeline');

  #agent<Name extends CommandName>(command: Name) {
    return async (agentId: AgentId, request: unknown) => {
      this.asked.push({ command, agentId, request });
      return ok(commandExamples[command].answer);
    };
  }

  #asker<Name extends CommandName>(command: Name) {
    return async ({ agentId }: Asker, request: unknown) => {
      this.asked.push({ command, agentId, request });
      return ok(commandExamples[command].answer);
    };
  }
}

/** An answer by the contract's example, noted in `asked`. */
const answering =
  (asked: Asked[]) =>
  <Name extends CommandName>(command: Name) =>
  async (asker: Asker, request: unknown = {}) => {
    asked.push({ command, agentId: asker.agentId, request });
    return ok(commandExamples[command].answer);
  };

/** A supervision that answers with the contract's examples; `push` gives a board to every watcher. */
export class FakeSupervision implements Supervision {
  readonly watchers = new Map<string, (board: Board) => void>();
  readonly #asked: Asked[];
  readonly contacts: Supervision['contacts'];
  readonly whyItem: Supervision['whyItem'];
  readonly whyAgent: Supervision['whyAgent'];
  readonly setPresence: Supervision['setPresence'];
  readonly setSkills: Supervision['setSkills'];
  readonly release: Supervision['release'];
  readonly moveItem: Supervision['moveItem'];
  readonly giveWork: Supervision['giveWork'];

  constructor(asked: Asked[] = []) {
    const answer = answering(asked);
    this.#asked = asked;
    this.contacts = answer('board:contacts');
    this.whyItem = answer('why:item');
    this.whyAgent = answer('why:agent');
    this.setPresence = answer('supervisor:set-presence');
    this.setSkills = answer('supervisor:set-skills');
    this.release = answer('supervisor:release');
    this.moveItem = answer('supervisor:move-item');
    this.giveWork = answer('supervisor:give-work');
  }

  watch(asker: Asker, watcher: string, push: (board: Board) => void): Board {
    this.#asked.push({ command: 'board:watch', agentId: asker.agentId, request: {} });
    this.watchers.set(watcher, push);
    return commandExamples['board:watch'].answer;
  }

  unwatch(watcher: string): void {
    this.watchers.delete(watcher);
  }

  push(board: Board): void {
    for (const push of this.watchers.values()) push(board);
  }
}

/** An administration that answers with the contract's examples. */
export class FakeAdministration implements Administration {
  readonly read: Administration['read'];
  readonly check: Administration['check'];
  readonly save: Administration['save'];
  readonly history: Administration['history'];
  readonly undo: Administration['undo'];
  readonly setPassword: Administration['setPassword'];

  constructor(asked: Asked[] = []) {
    const answer = answering(asked);
    this.read = answer('configuration:read');
    this.check = this.#upload(asked, 'configuration:check');
    this.save = this.#upload(asked, 'configuration:save');
    this.history = answer('configuration:history');
    this.undo = answer('configuration:undo');
    this.setPassword = answer('user:set-password');
  }

  #upload<Name extends UploadName>(asked: Asked[], upload: Name) {
    return async (asker: Asker, request: unknown) => {
      asked.push({ command: upload, agentId: asker.agentId, request });
      return ok(uploadExamples[upload].answer);
    };
  }
}

/** Attachments that are read to their end and forgotten. */
const nothingKept = async () => err({ code: 'not_found', message: 'Nothing is kept here.' }) as never;
/** Nothing to exchange and to export: for tests that are about something else. */
export const fakeExchange: Exchange = {
  senderOf: (asker) => ({
    author: { userId: asker.userId, name: asker.name, source: 'api:test' },
    source: 'api:test',
    scope: { units: null },
    orgUnitId: null,
  }),
  takeAll: async () => [],
  create: nothingKept,
  patch: nothingKept,
  read: nothingKept,
  list: async () => ok({ resources: [], total: 0 }),
};
export const fakeExports: Exports = {
  customers: async () => ok(Readable.from(['name\r\n'])),
  openLink: async () => ok({ path: '/api/exports/files/none' }),
  takeLink: () => null,
  dossier: nothingKept,
};
export const noClients = { find: () => null };

/** Takes every list of customers, and reads none. */
/** One recording of ten bytes. */
export const fakeListening: Listening = {
  openLink: (token) => fakeListening.open({} as never, token === 'token-1' ? 'recording-1' : token),
  open: async (_asker, recordingId) =>
    recordingId === 'recording-1'
      ? ok({
          bytes: 10,
          async *read(from: number, to: number) {
            yield Buffer.from('0123456789').subarray(from, to + 1);
          },
        })
      : err({ code: 'not_found', message: 'There is no such recording.' }),
};

export const fakeImports: ImportUploads = {
  async upload(_asker, { content }) {
    for await (const _ of content);
    return { ok: true, value: { importId: 'import-1' } };
  },
};

export const fakeAttachments: Attachments = {
  async add(_asker, { fileName, content }) {
    let bytes = 0;
    for await (const chunk of content) bytes += chunk.byteLength;
    return ok({ attachmentId: 'attachment-1', name: fileName, mediaType: 'text/plain', bytes, addedAt: 0, addedBy: 'ana' });
  },
  read: async () => err({ code: 'not_found', message: 'Nothing is kept here.' }),
};

/** Stories about calls that answer with the contract's examples. */
export function fakeCalls(asked: Asked[] = []): CallFeatures {
  const answer = answering(asked);
  return Object.fromEntries(
    (Object.keys(callFeatureCommands) as CallFeatureCommandName[]).map((name) => [name, answer(name)]),
  ) as unknown as CallFeatures;
}

/** Stories about customers that answer with the contract's examples. */
export function fakeCustomers(asked: Asked[] = []): CustomerCommands {
  const answer = answering(asked);
  return Object.fromEntries(
    (Object.keys(customerCommands) as CustomerCommandName[]).map((name) => [name, answer(name)]),
  ) as unknown as CustomerCommands;
}

const nothingThere = async () => err({ code: 'not_found' as const, message: 'There is nothing here.' });
/** No files of messages. */
export const fakeMessages: MessageDownloads & MailPages = {
  mayOpen: nothingThere,
  add: nothingThere,
  openFile: nothingThere,
  html: nothingThere,
  raw: nothingThere,
  openArrival: nothingThere,
  openMailPage: nothingThere,
  openMailPicture: nothingThere,
};

export const fakePages = { sizes: nothingThere, draw: nothingThere };
export const fakeDocuments = { sources: () => [], upload: nothingThere };

/** Stories about written work that answer with the contract's examples. */
export function fakeInbox(asked: Asked[] = []): InboxCommands {
  const answer = answering(asked);
  return Object.fromEntries(
    (Object.keys(inboxCommands) as InboxCommandName[]).map((name) => [name, answer(name)]),
  ) as unknown as InboxCommands;
}

/** Calls for help that answer with the contract's examples; nobody sees any. */
export function fakeHelp(asked: Asked[] = []): Help {
  const answer = answering(asked);
  const stories = (Object.keys(helpCommands) as HelpCommandName[]).map((name) => [name, answer(name)] as const);
  return { ...Object.fromEntries(stories), seenBy: () => [] } as unknown as Help;
}

export function fakeFigures(asked: Asked[] = []): Figures {
  return { 'figures:contacts': answering(asked)('figures:contacts'), today: () => commandExamples['session:resume'].answer.today };
}

/** Stories about call flows that answer with the contract's examples. */
export function fakeFlows(asked: Asked[] = []): FlowStudio {
  const answer = answering(asked);
  const uploaded = (upload: FlowUploadName) => async (asker: Asker, request: unknown) => {
    asked.push({ command: upload, agentId: asker.agentId, request });
    return ok(uploadExamples[upload].answer);
  };
  return Object.fromEntries([
    ...(Object.keys(flowCommands) as FlowCommandName[]).map((name) => [name, answer(name)]),
    ...(Object.keys(flowUploads) as FlowUploadName[]).map((name) => [name, uploaded(name)]),
  ]) as unknown as FlowStudio;
}
