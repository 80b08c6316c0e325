import type { OwnFigures } from '../../shared/contracts/own-figures.ts';
import type { AgentId, QueueId } from '../../shared/ids.ts';
import type { Numbering } from '../../shared/phone-number.ts';
import type { ContactRepository, InteractionRepository } from '../crm/index.ts';
import type { AgentPhones } from '../interactions/index.ts';
import type { FlowEntrance } from '../ivr/index.ts';
import type { Clock, IdSource, Log, Scope } from '../kernel/index.ts';
import type { Agents } from './agents.ts';
import type { Callbacks } from './callbacks.ts';
import type { DefaultOutcomes } from './default-outcomes.ts';
import type { IvrHouse } from './ivr/ivr-house.ts';
import type { LiveInteractions } from './live-interaction.ts';
import type { Desktops } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { RecordingContext } from './recording.ts';
import type { Routing } from './routing.ts';

/** What every story is given. Built once by compose; tests build it from fakes. */
export interface StoryContext {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly recorder: Recorder;
  readonly recording: RecordingContext;
  readonly routing: Routing;
  readonly agents: Agents;
  readonly phones: AgentPhones;
  readonly desktops: Desktops;
  readonly live: LiveInteractions;
  readonly callbacks: Callbacks;
  readonly contacts: ContactRepository;
  readonly interactions: InteractionRepository;
  readonly defaultOutcomes: DefaultOutcomes;
  /** What somebody has done today, and how the queues they serve stand. */
  readonly today: (agentId: AgentId) => OwnFigures;
  readonly ivr: IvrHouse;
  readonly organisation: Numbering & {
    /** Every queue, in the order in which people are shown them. */
    readonly queueIds: readonly QueueId[];
    /** The flow behind a dialled number. */
    flowFor(dialled: string): FlowEntrance | undefined;
  };
  /** Owns every story: ending it ends them all. */
  readonly scope: Scope;
}

/** The limits of the main path, in ms. Each is a promise to somebody who waits. */
export const limits = {
  /** How long the menu waits for the record, so that it may speak the caller's language. The call goes on without it. */
  identifyBeforeIvr: 250,
  /** After this the caller counts as unknown and only an update of the pop can still tell. */
  identify: 5_000,
  /** After this a caller knows nobody here: they are not kept from the queue to find out whom. */
  preferences: 100,
  /** When a wrap-up is over, how long an outcome that was chosen may still be on its way to the disk. */
  outcomeStored: 5_000,
  /** No acknowledgement of the pop within this: the desktop is not there. */
  popDelivery: 2_000,
  /** No 180 from the phone within this: the phone is not there. */
  phoneRinging: 3_000,
  /** How long a talking customer is kept on hold for an agent whose phone vanished, before going back to the front of the queue. */
  agentReturn: 45_000,
  /** After a crash: how long their agent has to be back at them before whoever is free may answer. */
  agentReturnAfterCrash: 20_000,
  /** How long somebody stays parked before they come back. */
  parked: 120_000,
  /** How long telling an agent the number of the place may take. */
  sayPlace: 3_000,
  /** How long the phone of somebody who wants to be in another's call rings. */
  superviseRing: 15_000,
  /** After a crash: how long a customer may take to answer the offer of new media. One who does not is no more there. */
  customerReturn: 8_000,
  /** After a crash: how long who waited longer, and is not back yet, keeps their place before the others. */
  turnAfterCrash: 1_000,
  /** How long somebody who pressed 1 hears music until we know that the promise is on disk; without it they go on waiting. */
  callbackPromise: 2_000,
  /** How long the phone of somebody who is called back rings. */
  callbackRing: 30_000,
  /** How often somebody is called back at most, and how long after one attempt the next. */
  callbackAttempts: 2,
  callbackRetry: 300_000,
  /** No media for the call: the next try. */
  callbackNoMedia: 10_000,
  /** How long a recording may be paused before it goes on by itself. */
  recordingPause: 300_000,
  /** Who has said nothing for so long, after it was found out, has left their message. A shorter one than this is none. */
  messageSilence: 3_000,
  shortestMessage: 1_000,
  /** How long after a start somebody may go on with a recording that a killed bridge left, before it is ended. */
  leftRecordings: 60_000,
} as const;
