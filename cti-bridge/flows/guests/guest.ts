import type { AgentId } from '../../../shared/ids.ts';
import type { Reservation } from '../../acd/index.ts';
import type { AgentLeg, CallParty, OutsideLeg, VoiceCall } from '../../interactions/index.ts';
import type { LiveInteraction } from '../live-interaction.ts';

export type Purpose = 'transfer' | 'consult';

/** A colleague, found and allowed. */
export interface AskedAgent {
  readonly kind: 'agent';
  readonly agentId: AgentId;
  readonly name: string;
  /** Whom to ask when they do not take it; null: nobody else. Without it they are meant and nobody else. */
  readonly next?: () => AskedAgent | null;
}

export interface AskedOutside {
  readonly kind: 'outside';
  readonly name: string;
  /** Calls them into the call, or brings them from another. */
  readonly call: (into: VoiceCall, partyId: string) => OutsideLeg;
}

/** Whom to ask, found and allowed. */
export type Asked = AskedAgent | AskedOutside;

/** What the one who asks writes to the one who is asked. */
export interface Words {
  readonly reason: string;
  readonly note: string;
}

/** Of agents, from the answer on. */
export interface AnsweredByAgent {
  readonly leg: AgentLeg;
  readonly reservation: Reservation;
}

/** Somebody who is asked into a call, from the question to the end. */
export interface Guest {
  readonly partyId: string;
  /** Their part of the call, if it becomes theirs. */
  readonly part: LiveInteraction;
  /** Of several colleagues, the one who is asked now. */
  asked: Asked;
  purpose: Purpose;
  /** Null while it rings. */
  party: CallParty | null;
  answered: AnsweredByAgent | null;
  /** Gives up ringing. */
  cancel: (cause: 'canceled' | 'callerLeft') => void;
  isOver: boolean;
  /** Told whether they have the call, or are beside the agent; while the agent's phone is still there. */
  readonly onOutcome: (isThere: boolean) => void;
}

export function newGuest(
  part: LiveInteraction,
  asked: Asked,
  purpose: Purpose,
  more: { readonly answered?: AnsweredByAgent; readonly onOutcome?: Guest['onOutcome'] } = {},
): Guest {
  const { answered = null, onOutcome = () => {} } = more;
  return {
    partyId: part.popId,
    part,
    asked,
    purpose,
    party: answered?.leg ?? null,
    answered,
    cancel: () => {},
    isOver: false,
    onOutcome,
  };
}
