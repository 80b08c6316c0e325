import type { TakeOverRule } from '../../../shared/contracts/ivr/take-over.ts';
import type { QueueId } from '../../../shared/ids.ts';
import type { MoneyRepository } from '../../crm/index.ts';
import type { LookUps, OutsideNumber, TextMessages, VoiceCall } from '../../interactions/index.ts';
import type { Flow, FlowEntrance, HouseFacts, IvrTraces } from '../../ivr/index.ts';
import type { Done } from './deed-run.ts';
import type { AwaitedDeed } from './do-deed.ts';

/** What flows need of the house beside the story of the call. Built once by compose. */
export interface IvrHouse {
  readonly lookUps: LookUps;
  readonly textMessages: TextMessages;
  readonly money: MoneyRepository;
  readonly traces: IvrTraces;
  /** As the house is at this moment. */
  readonly facts: HouseFacts;
  /** Of the organisation, as an IANA name: on whose clock a day is. */
  readonly timeZone: string;
  /** What calls of a trunk bring along. */
  takesOver(trunkId: string): readonly TakeOverRule[];
  /** How a deed went that is not done, since the flow is only tried; null: it is done. Absent where nothing is pretended. */
  pretends?(deed: AwaitedDeed): Done | null;
  /** A version that was live once; null: there was none. May reject (disk). */
  readFlow(flowId: string, version: number): Promise<Flow | null>;
  /** The flow in which a customer of that queue goes on when the agent has hung up; undefined: there is none. */
  flowAfterCall(queueId: QueueId): FlowEntrance | undefined;
  /** The way to a number that a flow calls, of a call that came in. Null: no trunk carries it. */
  wayTo(number: string, call: VoiceCall): Omit<OutsideNumber, 'partyId'> | null;
}
