import type { MessagePort } from 'node:worker_threads';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { Disposition } from '../../shared/contracts/interaction.ts';
import type { AcceptanceLedger, DecisionLog, DecisionReader, PresenceHistory } from '../acd/index.ts';
import type {
  ArticleRepository,
  ContactRepository,
  CustomerStore,
  GuideRepository,
  InteractionRepository,
  MoneyRepository,
} from '../crm/index.ts';
import type { CallsOutHistory } from '../dialplan/index.ts';
import type { LogInRepository, UserRepository } from '../identity/index.ts';
import type {
  CallbackRepository,
  ConversationRepository,
  EventJournal,
  LiveCallRepository,
  MessageFiles,
  RecordingFiles,
  RecordingRepository,
  SurveyRepository,
} from '../interactions/index.ts';
import type { FlowRepository, PromptRepository, TraceRepository } from '../ivr/index.ts';
import type { ConfigurationRepository } from '../organisation/index.ts';
import type { ContactNames, EventHistory } from '../reporting/index.ts';

/** What an administrator set up. */
export interface Organisation {
  readonly revision: number;
  readonly configuration: Configuration;
  readonly name: { readonly en: string; readonly zh: string };
  /** ISO 3166 alpha-2: the country in which a number without a prefix is read. */
  readonly homeCountry: string;
  readonly queues: Configuration['queues'];
  readonly dispositions: readonly Disposition[];
}

/** The door of the store: every port it implements, and its life. */
export interface Store {
  readonly contacts: ContactRepository;
  readonly customers: CustomerStore;
  readonly interactions: InteractionRepository;
  readonly callbacks: CallbackRepository;
  readonly recordings: RecordingRepository;
  /** `folder`: where whoever records writes them. */
  readonly recordingFiles: RecordingFiles & { readonly folder: string };
  readonly liveCalls: LiveCallRepository;
  readonly conversations: ConversationRepository;
  readonly messageFiles: MessageFiles;
  readonly surveys: SurveyRepository;
  readonly money: MoneyRepository;
  readonly callsOut: CallsOutHistory;
  readonly presences: PresenceHistory;
  readonly users: UserRepository;
  readonly logIns: LogInRepository;
  readonly journal: EventJournal;
  readonly configuration: ConfigurationRepository;
  readonly flows: FlowRepository;
  readonly guides: GuideRepository;
  readonly prompts: PromptRepository;
  readonly traces: TraceRepository;
  readonly articles: ArticleRepository;
  readonly ledger: AcceptanceLedger;
  /** `drained` resolves when all that was appended is on disk. */
  readonly decisions: DecisionLog & DecisionReader & { drained(): Promise<void> };
  readonly reporting: EventHistory & ContactNames;
  /** Where the data lies; other files that belong to it may lie in folders of their own beside the database. */
  readonly folder: string;
  /** For mass work: a port to the writer thread, to be handed to the thread that does the rest of it. See `bulk/door.ts`. */
  openBulkDoor(): MessagePort;
  readOrganisation(): Promise<Organisation>;
  /** For metrics and the health page: queue of waiting commits, slowest recent commit (ms), backlog. */
  health(): { readonly pendingCommits: number; readonly lastCommitMs: number; readonly backlog: number; readonly isDegraded: boolean };
  /** Commits what waits, checkpoints, closes. */
  stop(): Promise<void>;
}
