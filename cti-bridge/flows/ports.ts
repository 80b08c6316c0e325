import type { Board } from '../../shared/contracts/board.ts';
import type {
  CommandAnswer,
  CommandName,
  CommandRequest,
  CustomerCommandName,
  PushName,
  PushPayload,
  Snapshot,
  UploadAnswer,
  UploadName,
  UploadRequest,
} from '../../shared/contracts/bridge-events.ts';
import type { CallFeatureCommandName } from '../../shared/contracts/call-features.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import type { HelpCall, HelpCommandName } from '../../shared/contracts/help.ts';
import type { FlowCommandName, FlowUploadName } from '../../shared/contracts/ivr/commands.ts';
import type { InboxCommandName } from '../../shared/contracts/messages/inbox.ts';
import type { OwnFigureCommandName, OwnFigures } from '../../shared/contracts/own-figures.ts';
import type { Attachment } from '../../shared/contracts/record.ts';
import type { Right } from '../../shared/contracts/rights.ts';
import type { AgentId, UserId } from '../../shared/ids.ts';
import type { Result } from '../kernel/index.ts';

/** How the stories speak to agents' desktops. Implemented by `api/publishers`. A push to an agent without a desktop goes nowhere. */
export interface Desktops {
  push<Name extends PushName>(agentId: AgentId, name: Name, payload: PushPayload<Name>): void;
  /** To every session that watches the queues or handles work. */
  broadcast<Name extends PushName>(name: Name, payload: PushPayload<Name>): void;
  isConnected(agentId: AgentId): boolean;
}

type Outcome<Name extends CommandName> = Promise<Result<CommandAnswer<Name>, WireError>>;
type UploadOutcome<Name extends UploadName> = Promise<Result<UploadAnswer<Name>, WireError>>;

/** What a desktop may ask of the stories. Implemented in `flows/desk.ts`, called by `api/commands/`, which has checked schema and rights. */
export interface Desk {
  /** All that the agent's screen should show now, but for what belongs to the session (`seq`, `user`, `serverTime`, `soundPath`). */
  snapshot(agentId: AgentId | null): Promise<Omit<Snapshot, 'seq' | 'user' | 'serverTime' | 'soundPath'>>;
  /**
   * The desktop's socket is up and has resumed, in a log-in of then (epoch ms); or is gone (heartbeat lost, closed, signed out, taken
   * over).
   */
  desktopConnected(agentId: AgentId, signedInAt: number): void;
  desktopGone(agentId: AgentId, why: 'loggedOut' | 'connectionLost' | 'replaced' | 'shutdown'): void;

  /** Also signs out, which a desktop does by `session:log-out`: for agents who work by telephone alone. */
  setPresence(
    agentId: AgentId,
    request: CommandRequest<'agent:set-presence'> | { readonly presence: 'loggedOut' },
  ): Outcome<'agent:set-presence'>;
  popDelivered(agentId: AgentId, request: CommandRequest<'pop:delivered'>): Outcome<'pop:delivered'>;
  popPainted(agentId: AgentId, request: CommandRequest<'pop:painted'>): Outcome<'pop:painted'>;
  rejectReservation(agentId: AgentId, request: CommandRequest<'reservation:reject'>): Outcome<'reservation:reject'>;
  holdCall(agentId: AgentId, request: CommandRequest<'call:hold'>): Outcome<'call:hold'>;
  resumeCall(agentId: AgentId, request: CommandRequest<'call:resume'>): Outcome<'call:resume'>;
  sendDigit(agentId: AgentId, request: CommandRequest<'call:send-digit'>): Outcome<'call:send-digit'>;
  endCall(agentId: AgentId, request: CommandRequest<'call:end'>): Outcome<'call:end'>;
  pauseRecording(agentId: AgentId, request: CommandRequest<'call:pause-recording'>): Outcome<'call:pause-recording'>;
  resumeRecording(agentId: AgentId, request: CommandRequest<'call:resume-recording'>): Outcome<'call:resume-recording'>;
  /** The agent's own phone rings first, then the number is called. */
  dialCall(agentId: AgentId, request: CommandRequest<'call:dial'>): Outcome<'call:dial'>;
  rejoinCall(agentId: AgentId, request: CommandRequest<'call:rejoin'>): Outcome<'call:rejoin'>;
  callMeasured(agentId: AgentId, request: CommandRequest<'call:measured'>): Outcome<'call:measured'>;
  saveDraft(agentId: AgentId, request: CommandRequest<'interaction:save-draft'>): Outcome<'interaction:save-draft'>;
  chooseContact(asker: Asker, request: CommandRequest<'interaction:choose-contact'>): Outcome<'interaction:choose-contact'>;
  extendWrapUp(agentId: AgentId, request: CommandRequest<'interaction:extend-wrap-up'>): Outcome<'interaction:extend-wrap-up'>;
  completeInteraction(agentId: AgentId, request: CommandRequest<'interaction:complete'>): Outcome<'interaction:complete'>;
  readContact(asker: Asker, request: CommandRequest<'contact:read'>): Outcome<'contact:read'>;
  readTimeline(asker: Asker, request: CommandRequest<'contact:timeline'>): Outcome<'contact:timeline'>;
}

/** Who asks, as far as it decides what they may see. */
export interface Asker {
  readonly userId: UserId;
  readonly name: string;
  readonly agentId: AgentId | null;
  may(right: Right): boolean;
}

/** What a supervisor may see and do. Implemented in `flows/supervision.ts`, called by `api/commands/`. */
export interface Supervision {
  /** The board now, of the people the asker may see; `push` gets each later one until `unwatch` with the same watcher. Watching twice replaces. */
  watch(asker: Asker, watcher: string, push: (board: Board) => void): Board;
  unwatch(watcher: string): void;
  contacts(asker: Asker, request: CommandRequest<'board:contacts'>): Outcome<'board:contacts'>;
  whyItem(asker: Asker, request: CommandRequest<'why:item'>): Outcome<'why:item'>;
  whyAgent(asker: Asker, request: CommandRequest<'why:agent'>): Outcome<'why:agent'>;
  setPresence(asker: Asker, request: CommandRequest<'supervisor:set-presence'>): Outcome<'supervisor:set-presence'>;
  setSkills(asker: Asker, request: CommandRequest<'supervisor:set-skills'>): Outcome<'supervisor:set-skills'>;
  release(asker: Asker, request: CommandRequest<'supervisor:release'>): Outcome<'supervisor:release'>;
  giveWork(asker: Asker, request: CommandRequest<'supervisor:give-work'>): Outcome<'supervisor:give-work'>;
  moveItem(asker: Asker, request: CommandRequest<'supervisor:move-item'>): Outcome<'supervisor:move-item'>;
}

/** What is done with calls beside talking, one answer a command. Implemented in `flows/call-features.ts` and `flows/supervise-call.ts`. */
export type CallFeatures = {
  readonly [Name in CallFeatureCommandName]: (asker: Asker, request: CommandRequest<Name>) => Outcome<Name>;
};

/** Agents who ask for help, and supervisors who come. Implemented in `flows/ask-for-help.ts`. */
export type Help = {
  readonly [Name in HelpCommandName]: (asker: Asker, request: CommandRequest<Name>) => Outcome<Name>;
} & {
  /** What this user is to see of it now. */
  seenBy(asker: Asker): HelpCall[];
};

/** What an agent has done today, and the contacts behind it. Implemented in `flows/own-figures.ts`. */
export type Figures = {
  readonly [Name in OwnFigureCommandName]: (asker: Asker, request: CommandRequest<Name>) => Outcome<Name>;
} & {
  today(agentId: AgentId): OwnFigures;
};

/** One answer a command about customers. Implemented in `flows/customers/`, called by `api/commands/customers.ts`. */
export type CustomerCommands = {
  readonly [Name in CustomerCommandName]: (asker: Asker, request: CommandRequest<Name>) => Outcome<Name>;
};

/** Files of a customer, in and out as their bytes. Implemented in `flows/customers/attachments.ts`, called by `api/http/attachments.ts`. */
/** Whose a file is: of one person (any id of their cards), or of a company. */
export type AttachmentOwner = { readonly contactId: string } | { readonly accountId: string };

export interface Attachments {
  /** What was not taken leaves no file behind. */
  add(
    asker: Asker,
    file: { readonly owner: AttachmentOwner; readonly fileName: string; readonly content: AsyncIterable<Uint8Array> },
  ): Promise<Result<Attachment, WireError>>;
  read(
    asker: Asker,
    wanted: { readonly owner: AttachmentOwner; readonly attachmentId: string },
  ): Promise<Result<{ readonly attachment: Attachment; readonly bytes: number; readonly content: AsyncIterable<Uint8Array> }, WireError>>;
}

/** The sound of recordings. Implemented in `flows/listening.ts`, called by `api/http/recordings.ts`. */
export interface Listening {
  /** `read`: bytes from and to, both included. */
  open(
    asker: Asker,
    recordingId: string,
  ): Promise<Result<{ readonly bytes: number; read(from: number, to: number): AsyncIterable<Uint8Array> }, WireError>>;
  /** By a link that `recording:open` gave. */
  openLink(token: string): ReturnType<Listening['open']>;
}

/** Files of customers to be imported, as their bytes. Implemented in `flows/customers/imports.ts`, called by `api/http/imports.ts`. */
export interface ImportUploads {
  /** Received and looked at; what cannot be read is refused, and leaves no file behind. */
  upload(
    asker: Asker,
    file: { readonly fileName: string; readonly content: AsyncIterable<Uint8Array> },
  ): Promise<Result<{ readonly importId: string }, WireError>>;
}

/** What an administrator may do to the organisation. Implemented in `flows/administration.ts`, called by `api/commands/`. */
export interface Administration {
  read(asker: Asker): Outcome<'configuration:read'>;
  check(asker: Asker, request: UploadRequest<'configuration:check'>): UploadOutcome<'configuration:check'>;
  save(asker: Asker, request: UploadRequest<'configuration:save'>): UploadOutcome<'configuration:save'>;
  history(asker: Asker, request: CommandRequest<'configuration:history'>): Outcome<'configuration:history'>;
  undo(asker: Asker, request: CommandRequest<'configuration:undo'>): Outcome<'configuration:undo'>;
  setPassword(asker: Asker, request: CommandRequest<'user:set-password'>): Outcome<'user:set-password'>;
}

/** What is done with call flows, one answer a command or upload. Implemented in `flows/flow-studio/`. */
export type FlowCommands = {
  readonly [Name in FlowCommandName]: (asker: Asker, request: CommandRequest<Name>) => Outcome<Name>;
};
export type FlowUploads = {
  readonly [Name in FlowUploadName]: (asker: Asker, request: UploadRequest<Name>) => UploadOutcome<Name>;
};
export type FlowStudio = FlowCommands & FlowUploads;

/** What an agent does with written work, one answer a command. Implemented in `flows/messages/`. */
export type InboxCommands = {
  readonly [Name in InboxCommandName]: (asker: Asker, request: CommandRequest<Name>) => Outcome<Name>;
};
