import type { AskTarget, Colleague } from '../../../shared/contracts/call-features.ts';
import type { Reachable } from '../../../shared/contracts/search.ts';
import type { Refusal } from '../../bridge/index.ts';

/** What is written to whoever takes the call, or is asked. */
export interface Words {
  readonly reason: string;
  readonly note: string;
}

/** What an agent does with their calls beside talking. How it goes is told by what the bridge says of the call. */
export interface CallDeeds {
  /** Null when it cannot be asked. The same function from one drawing to the next. */
  findColleagues(text: string): Promise<readonly Colleague[] | null>;
  /** Customers with their numbers, for who may call out; the same function, too. */
  findCustomers(text: string): Promise<readonly Reachable[] | null>;
  /** Null: they are being rung, or the queue has the call. */
  transfer(interactionId: string, to: AskTarget, words: Words): Promise<Refusal | null>;
  consult(interactionId: string, to: AskTarget, words: Words): Promise<Refusal | null>;
  swap(interactionId: string): void;
  completeTransfer(interactionId: string): void;
  cancelConsult(interactionId: string): void;
  conference(interactionId: string): void;
  dropParty(interactionId: string, partyId: string): void;
  park(interactionId: string): void;
  /** The own phone rings for whoever is parked there, and is answered by itself. */
  pickUp(slot: string): void;
  pauseRecording(interactionId: string): void;
  resumeRecording(interactionId: string): void;
}
