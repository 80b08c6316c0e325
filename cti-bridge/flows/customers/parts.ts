import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { Author, CustomerScope, CustomerStore } from '../../crm/index.ts';
import type { MessageFiles, RecordingFiles } from '../../interactions/index.ts';
import type { Clock, IdSource, Log } from '../../kernel/index.ts';
import type { Asker } from '../ports.ts';

/** What every story about customers is given. */
export interface CustomerParts {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly store: CustomerStore;
  readonly recordingFiles: Pick<RecordingFiles, 'remove'>;
  readonly messageFiles: Pick<MessageFiles, 'remove'>;
  readonly configuration: () => Configuration;
  readonly scopeOf: (asker: Asker) => CustomerScope;
  /** Whether this agent has the person in hand now: an offer, a call, a wrap-up. Then the record is theirs to read and to write. */
  readonly hasInHand: (asker: Asker, contactId: string) => boolean;
  /** Says who it is that this agent has in hand, as if they had chosen them. False: they do not have it (any more). */
  readonly isNowWith: (asker: Asker, interactionId: string, contactId: string) => Promise<boolean>;
  /** Of these people the record is another from now on: whoever has one of them in hand sees it. */
  readonly refreshPops: (contactIds: readonly string[]) => Promise<void>;
  /** What this agent has to do is another from now on. */
  readonly workChanged: (agentId: string) => void;
  /** A promise was marked as kept: a call that was agreed to keep it is not made any more. */
  readonly promiseKept: (promiseId: string, by: string) => void;
  /** Whether they wait for us, ring, speak to somebody or are being wrapped up now. */
  readonly isInContact: (contactId: string) => boolean;
}

export function authorOf(asker: Asker): Author {
  return { userId: asker.userId, name: asker.name, source: 'screen' };
}
