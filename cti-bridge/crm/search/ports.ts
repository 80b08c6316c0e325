import type { SearchHit } from '../../../shared/contracts/search.ts';
import type { Numbering } from '../../../shared/phone-number.ts';
import type { CustomerScope } from '../customer-store.ts';

/** Full-text and number search over people, companies and cases. */
export interface CustomerSearch {
  /**
   * What somebody typed into the one box, so far: the best few, exact ones first, nobody outside the scope. `detail` of a
   * number is its key, not yet made for the eye.
   */
  find(text: string, scope: CustomerScope, limit: number, numbering: Numbering | string): Promise<readonly SearchHit[]>;
}
