import type { ScheduledCallback } from '../../../shared/contracts/scheduled-callbacks.ts';
import type { PromisedCallback } from '../../interactions/index.ts';
import type { CustomerScope } from '../customer-store.ts';
import type { Change, Changing } from './ports.ts';

/** What is kept of a call that was agreed for a time, beside what is shown of it. Times are epoch ms. */
export interface AgreedCallback extends ScheduledCallback {
  readonly interactionId: string | null;
  readonly numberKey: string;
  /** Of the call in which it was agreed: where it came from, the trunk, our number they dialled. Null where it was agreed in none. */
  readonly peer: string | null;
  readonly trunkId: string | null;
  readonly dialled: string | null;
  readonly locale: 'en' | 'zh';
}

/** `inLine` when a bridge was stopped between two: how the call it became has ended since; null: it stands. */
export type StandingCallback = AgreedCallback & { readonly workItemId: string | null; readonly ended: CallbackOutcome | null };

/** `calledAgain`: the customer called us first. `canceled`: somebody took it back, or did what was promised by other means. */
export type CallbackOutcome = 'reached' | 'notReached' | 'calledAgain' | 'canceled';

/** Calls that were agreed for a time: what was said to a customer outlives the bridge. Every method may reject (disk). */
export interface ScheduledCallbackRepository {
  /**
   * On disk when it resolves, for somebody in the record as a promise too. `isNew` false: that customer is owed a call by that queue already,
   * and the one that stands is given back.
   */
  agree(
    agreed: Changing & { readonly callback: Omit<AgreedCallback, 'name' | 'ownerName' | 'state'> },
  ): Change<{ readonly isNew: boolean; readonly callback: StandingCallback }>;
  /** Refused once it stands in line. */
  move(moved: Changing & { readonly callbackId: string; readonly until: number; readonly to: number }): Change<StandingCallback>;
  /** Its time has come: both rows change in one unit of work, so that no crash makes two calls of one. False: it is over or was moved. */
  standInLine(callbackId: string, promised: PromisedCallback): Promise<boolean>;
  /** Once; false: it was over already. What was promised and not done stays owed. */
  end(ended: {
    readonly callbackId: string;
    readonly outcome: CallbackOutcome;
    readonly at: number;
    /** Who did it; null: it came about. */
    readonly by: string | null;
  }): Promise<boolean>;
  /** All that are owed, by when they are due. */
  standing(): Promise<readonly StandingCallback[]>;
  /** Null: there is no such person in that scope. */
  ofPerson(contactId: string, scope: CustomerScope): Promise<readonly ScheduledCallback[] | null>;
  ofAgent(agentId: string, scope: CustomerScope): Promise<readonly ScheduledCallback[]>;
  find(callbackId: string, scope: CustomerScope): Promise<StandingCallback | null>;
}
