import type { SearchHit } from '../../../shared/contracts/search.ts';
import type { Numbering } from '../../../shared/phone-number.ts';
import type { CustomerScope } from '../customer-store.ts';

export interface KnownNumber {
  /** The person's or the company's id. */
  readonly ownerId: string;
  /** E.164, or an extension as it is dialled. */
  readonly number: string;
  readonly kind: 'phone' | 'mobile';
  readonly label: string | null;
}

/** Full-text and number search over people, companies and cases. */
export interface CustomerSearch {
  /**
   * What somebody typed into the one box, so far: the best few, exact ones first, nobody outside the scope. `detail` of a
   * number is its key, not yet made for the eye.
   */
  find(text: string, scope: CustomerScope, limit: number, numbering: Numbering | string): Promise<readonly SearchHit[]>;
  /** The telephone numbers of people (ids of heads) and companies, the one used last first; each number of somebody once. */
  numbersOf(contactIds: readonly string[], accountIds: readonly string[]): Promise<readonly KnownNumber[]>;
}
