import type { NotReadyReason, Presence } from '../../shared/contracts/agent.ts';
import type { AskFailure, CallEnd, Supervising } from '../../shared/contracts/call.ts';
import type { DialRefusal } from '../../shared/contracts/calling.ts';
import type { Channel } from '../../shared/contracts/contact.ts';
import type { ReservationCause } from '../../shared/contracts/interaction.ts';
import type { Reason } from '../../shared/contracts/queue.ts';
import type {
  AccountId,
  AgentId,
  ContactId,
  ConversationId,
  EventId,
  InteractionId,
  QueueId,
  ReservationId,
  TrunkId,
  UserId,
  WorkItemId,
} from '../../shared/ids.ts';

/**
 * Everything that can happen to an interaction, on one page. Store, reporting and publishers are listeners; live boards and history are
 * folds of these same events. Events carry ids only: names, numbers and text live in erasable tables, so that replay and audit survive
 * the erasure of a person. An event is committed before the outside world is told.
 */
export type InteractionFact =
  // 1 received
  | {
      readonly type: 'interaction:received';
      readonly channel: Channel;
      readonly direction: 'inbound' | 'outbound';
      /** The number of ours that was dialled; `unknown` when it is none of ours. */
      readonly dnis: string;
      readonly trunkId: TrunkId;
      /** The part of the same call before this one, which an agent had. Absent for what is new to the house. */
      readonly continues?: InteractionId;
      /** The conversation in writing from which an agent calls its customer. */
      readonly begunIn?: ConversationId;
    }
  // 2 identified
  | {
      readonly type: 'interaction:identified';
      readonly match: 'certain' | 'candidates' | 'unknown' | 'anonymous';
      readonly contactId: ContactId | null;
      readonly accountId: AccountId | null;
      readonly candidateIds: readonly ContactId[];
      readonly tookMs: number;
    }
  | { readonly type: 'interaction:contactChosen'; readonly contactId: ContactId; readonly agentId: AgentId }
  // 3 in IVR
  | { readonly type: 'ivr:entered'; readonly flowId: string; readonly version: number }
  | { readonly type: 'ivr:nodeLeft'; readonly nodeId: string; readonly exit: string }
  /** What they answered to a question of a survey: `score` of 1 to `highest`. */
  | {
      readonly type: 'ivr:surveyAnswered';
      readonly flowId: string;
      readonly nodeId: string;
      readonly attribute: string;
      readonly score: number;
      readonly highest: number;
    }
  | { readonly type: 'ivr:left'; readonly exit: 'queue' | 'voicemail' | 'transferred' | 'hungUp' | 'callerLeft' | 'fault' }
  // 4 queued
  | { readonly type: 'workItem:queued'; readonly workItemId: WorkItemId; readonly queueId: QueueId; readonly priority: number }
  /** While it waits: people further out are asked, it waits in another queue from now on, no queue keeps it. */
  | { readonly type: 'workItem:widened'; readonly workItemId: WorkItemId; readonly ring: number }
  | {
      readonly type: 'workItem:moved';
      readonly workItemId: WorkItemId;
      readonly from: QueueId;
      readonly to: QueueId;
      /** The code of the first reason: `overflowed`, `supervisorMoved`, `queueFull`. */
      readonly why: Reason['code'];
    }
  | {
      readonly type: 'workItem:diverted';
      readonly workItemId: WorkItemId;
      readonly queueId: QueueId;
      readonly why: 'closed' | 'full' | 'waitedTooLong';
    }
  /** The customer went home and keeps the place; the item is no longer this interaction's. */
  | { readonly type: 'workItem:callbackPromised'; readonly workItemId: WorkItemId; readonly queueId: QueueId }
  /** This interaction is the call that was promised, and the item is its own from now on. */
  | {
      readonly type: 'workItem:calledBack';
      readonly workItemId: WorkItemId;
      readonly queueId: QueueId;
      readonly promisedIn: InteractionId;
    }
  /** What was promised is not to be done any more, or could not be. */
  | {
      readonly type: 'workItem:canceled';
      readonly workItemId: WorkItemId;
      readonly queueId: QueueId;
      readonly why: 'calledAgain' | 'notReached' | 'canceled';
    }
  /** An agent had it and lost it through no doing of the customer's: it waits again, before all others. */
  | { readonly type: 'workItem:returned'; readonly workItemId: WorkItemId; readonly queueId: QueueId; readonly agentId: AgentId }
  /** A supervisor took it from whoever had it, gave it another place to wait, or gave it to somebody by name. */
  | { readonly type: 'supervisor:acted'; readonly what: 'released' | 'moved'; readonly workItemId: WorkItemId; readonly by: UserId }
  | {
      readonly type: 'supervisor:acted';
      readonly what: 'given';
      readonly workItemId: WorkItemId;
      readonly by: UserId;
      readonly to: AgentId;
    }
  // 5 reserved
  | {
      readonly type: 'reservation:offered';
      readonly reservationId: ReservationId;
      readonly workItemId: WorkItemId;
      readonly agentId: AgentId;
      readonly fencing: number;
      readonly leaseMs: number;
      readonly reasons: readonly Reason[];
    }
  // 6 popped
  | {
      readonly type: 'pop:delivered';
      readonly reservationId: ReservationId;
      readonly sinceReceivedMs: number;
      readonly sinceOfferMs: number;
    }
  | { readonly type: 'pop:painted'; readonly reservationId: ReservationId; readonly sinceReceivedMs: number; readonly sinceOfferMs: number }
  // 5-7: how a reservation ended. `answered` accepts it.
  | {
      readonly type: 'reservation:ended';
      readonly reservationId: ReservationId;
      readonly agentId: AgentId;
      readonly cause: ReservationCause;
      readonly countsAgainstAgent: boolean;
    }
  // 7 answered
  | {
      readonly type: 'interaction:answered';
      readonly reservationId: ReservationId;
      readonly agentId: AgentId;
      /** Since the work item was first queued, by a clock that nobody sets. */
      readonly waitedMs?: number;
    }
  /** A call of ours was taken by another trunk than the first that was tried, which `interaction:received` names. */
  | { readonly type: 'call:tookTrunk'; readonly trunkId: TrunkId }
  // 8 talking: sound has passed both ways; ms since the agent's 200 OK
  | { readonly type: 'call:audioFlowing'; readonly agentId: AgentId; readonly toAgentMs: number; readonly toCallerMs: number }
  | { readonly type: 'call:held'; readonly agentId: AgentId }
  | { readonly type: 'call:resumed'; readonly agentId: AgentId }
  | { readonly type: 'call:agentLost'; readonly agentId: AgentId }
  | { readonly type: 'call:agentRejoined'; readonly agentId: AgentId }
  /** The bridge was started anew in the middle of it, and goes on with it; `agentId` had it then. */
  | { readonly type: 'call:survivedRestart'; readonly agentId: AgentId | null }
  /** What carried the sound died, and something else carries it since `tookMs` later; 0 where somebody goes on on another phone. */
  | { readonly type: 'call:mediaMoved'; readonly tookMs: number }
  /** The agent gives the call to somebody or asks somebody in; `into` is the part of the call that is theirs when they have it. */
  | {
      readonly type: 'call:asked';
      readonly agentId: AgentId;
      readonly purpose: 'transfer' | 'consult';
      readonly to: AgentId | QueueId | 'outside';
      readonly into: InteractionId;
    }
  /** Why nothing came of it. */
  | { readonly type: 'call:askFailed'; readonly agentId: AgentId; readonly into: InteractionId; readonly cause: AskFailure }
  /** In the call with the agent, aside or with the customer. */
  | { readonly type: 'call:partyJoined'; readonly agentId: AgentId; readonly into: InteractionId }
  | { readonly type: 'call:partyLeft'; readonly agentId: AgentId; readonly into: InteractionId }
  /** The customer is theirs, and no longer this agent's. */
  | { readonly type: 'call:handedOn'; readonly agentId: AgentId; readonly into: InteractionId }
  /** In a numbered place, for anybody to pick up. */
  | { readonly type: 'call:parked'; readonly agentId: AgentId; readonly into: InteractionId }
  | { readonly type: 'call:supervised'; readonly by: AgentId; readonly how: Supervising | 'ended' | 'takenOver' }
  /** The agent asks their supervisors for help with it; one of them comes, or does not after all; it is needed no more. */
  | { readonly type: 'help:asked'; readonly agentId: AgentId }
  | { readonly type: 'help:taken'; readonly by: UserId }
  | { readonly type: 'help:returned'; readonly by: UserId }
  | { readonly type: 'help:withdrawn'; readonly agentId: AgentId }
  | { readonly type: 'recording:started'; readonly recordingId: string }
  /** It should have been and is not; the call goes on. */
  | {
      readonly type: 'recording:refused';
      readonly why: 'notAllowed' | 'notAnnounced' | 'notStored' | 'diskFull' | 'notWritable' | 'notHeard';
    }
  | { readonly type: 'recording:paused'; readonly recordingId: string; readonly agentId: AgentId }
  /** `agentId` null: the pause had lasted as long as one may. */
  | { readonly type: 'recording:resumed'; readonly recordingId: string; readonly agentId: AgentId | null }
  | {
      readonly type: 'recording:ended';
      readonly recordingId: string;
      readonly durationMs: number;
      readonly failure: 'diskFull' | 'notWritable' | null;
    }
  /** They do not allow it: what there was of it is gone. */
  | { readonly type: 'recording:discarded'; readonly recordingId: string }
  // 9 ended
  | {
      readonly type: 'interaction:ended';
      readonly end: CallEnd;
      /** If it ended while it waited for an agent: since it was first queued, by a clock that nobody sets. */
      readonly waitedMs?: number;
    }
  // 10 wrapped up
  /** `limitMs` null: an outcome ends it, and no timer. */
  | { readonly type: 'wrapUp:started'; readonly agentId: AgentId; readonly limitMs: number | null }
  | { readonly type: 'wrapUp:extended'; readonly agentId: AgentId; readonly byMs: number }
  /** What they answered when they were asked how it was, by link, text message or the chat's widget; told again, the last one counts. */
  | {
      readonly type: 'survey:answered';
      readonly by: 'email' | 'sms' | 'widget';
      readonly score: number;
      readonly highest: number;
      /** Where it was, and who had it. */
      readonly queueId: QueueId | null;
      readonly agentId: AgentId | null;
    }
  | {
      readonly type: 'interaction:completed';
      readonly agentId: AgentId | null;
      readonly dispositionCode: string;
      readonly isAutomatic: boolean;
      /** Of written work: how long it was in somebody's hands, without the time in which it waited for the customer. */
      readonly handlingMs?: number;
    };

/** What happens to agents outside any one interaction. */
export type AgentFact =
  | {
      readonly type: 'agent:presenceChanged';
      readonly agentId: AgentId;
      readonly presence: Presence;
      readonly reason: NotReadyReason | null;
      /** The supervisor who chose it for them; absent when it was the agent, the router or the system. */
      readonly by?: UserId;
    }
  | { readonly type: 'agent:connected'; readonly agentId: AgentId }
  | {
      readonly type: 'agent:disconnected';
      readonly agentId: AgentId;
      readonly why: 'loggedOut' | 'connectionLost' | 'replaced' | 'shutdown';
    }
  /** They wanted to call a number and were not let. */
  | { readonly type: 'agent:callRefused'; readonly agentId: AgentId; readonly why: DialRefusal };

/** A fact with its envelope. `sequence` is given by the journal at commit and orders everything one bridge did. */
export type InteractionEvent = InteractionFact & { readonly id: EventId; readonly at: number; readonly interactionId: InteractionId };
export type AgentEvent = AgentFact & { readonly id: EventId; readonly at: number };
export type BusinessEvent = InteractionEvent | AgentEvent;

/** The ten steps of the main path: the names in the README, the log, the flow and the end-to-end test. */
export const mainPathSteps = [
  'received',
  'identified',
  'in IVR',
  'queued',
  'reserved',
  'popped',
  'answered',
  'talking',
  'ended',
  'wrapped up',
] as const;
export type MainPathStep = (typeof mainPathSteps)[number];
