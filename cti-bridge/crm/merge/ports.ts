import type { Duplicate } from '../../../shared/contracts/contact.ts';
import type { WireError } from '../../../shared/contracts/errors.ts';
import type { Merge, MergePreview } from '../../../shared/contracts/identity.ts';
import type { Result } from '../../kernel/index.ts';
import type { Author, CustomerScope } from '../customer-store.ts';

/** Somebody as the asker names and may see them: any id of the person. */
export interface SoughtPerson {
  readonly contactId: string;
  readonly scope: CustomerScope;
}

type Outcome<Value> = Promise<Result<Value, WireError>>;

/** Who is who, and who said so. Whoever is out of the scope does not exist. Every method may reject (disk). */
export interface IdentityRepository {
  /** Who may be this same person, the most likely first, of those in `scope`. Null: nobody of this id. */
  duplicates(person: SoughtPerson, scope: CustomerScope): Promise<readonly Duplicate[] | null>;
  previewMerge(kept: SoughtPerson, absorbed: SoughtPerson): Outcome<MergePreview>;
  /** The same `mergeId` again is the same merge. */
  merge(merging: {
    readonly mergeId: string;
    readonly kept: SoughtPerson;
    readonly absorbed: SoughtPerson;
    readonly reason: string;
    readonly author: Author;
    readonly at: number;
  }): Outcome<Merge>;
  /** At any time and in any order. Both sides must be in scope, as for the merge. */
  unmerge(undoing: {
    readonly mergeId: string;
    readonly scope: CustomerScope;
    readonly reason: string;
    readonly author: Author;
    readonly at: number;
  }): Outcome<Merge>;
  /** Every merge this person is in, the undone ones too, newest first. Null: nobody of this id. */
  merges(person: SoughtPerson): Promise<readonly Merge[] | null>;
  notTheSame(saying: {
    readonly one: SoughtPerson;
    readonly other: SoughtPerson;
    readonly author: Author;
    readonly at: number;
  }): Outcome<null>;
}
