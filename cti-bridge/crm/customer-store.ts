import type { AccountRepository } from './accounts/ports.ts';
import type { ExchangeRepository } from './exchange/ports.ts';
import type { ImportRepository } from './import/ports.ts';
import type { IdentityRepository } from './merge/ports.ts';
import type { PrivacyRepository } from './privacy/ports.ts';
import type { AttachmentFiles, AttachmentRepository, CaseRepository, CommitmentRepository, RecordRepository } from './record/ports.ts';
import type { ScheduledCallbackRepository } from './record/scheduled-callbacks.ts';
import type { CustomerSearch } from './search/ports.ts';
import type { ScoreUpkeep } from './value/ports.ts';

/**
 * Everything the stories about customers ask of the store, one port an area. Implemented by `store/customer-store.ts`; every method may
 * reject (disk) and is called with a time limit.
 */
export interface CustomerStore {
  readonly exchange: ExchangeRepository;
  readonly privacy: PrivacyRepository;
  readonly imports: ImportRepository;
  readonly identity: IdentityRepository;
  readonly search: CustomerSearch;
  readonly records: RecordRepository;
  readonly commitments: CommitmentRepository;
  readonly cases: CaseRepository;
  readonly scheduledCallbacks: ScheduledCallbackRepository;
  readonly attachments: AttachmentRepository;
  readonly attachmentFiles: AttachmentFiles;
  readonly accounts: AccountRepository;
  readonly scores: ScoreUpkeep;
}

/** Whose customers somebody may see: those of these offices, and those who belong to none. `units` null is everybody. */
export interface CustomerScope {
  readonly units: readonly string[] | null;
}

/** Who changes a record, and by what: `screen`, `import:ID`, `api:NAME`. */
export interface Author {
  readonly userId: string | null;
  readonly name: string;
  readonly source: string;
}
