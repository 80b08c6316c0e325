import type { SearchHit } from '../../../shared/contracts/search.ts';
import type { CustomerScope } from '../customer-store.ts';

/** Full-text and number search over people, companies and cases. */
export interface CustomerSearch {
  /**
   * What somebody typed into the one box, so far: the best few, exact ones first, nobody outside the scope. `homeCountry` (ISO 3166
   * alpha-2) is where a number without a prefix is at home. `detail` of a number is its key, not yet made for the eye.
   */
  find(text: string, scope: CustomerScope, limit: number, homeCountry: string): Promise<readonly SearchHit[]>;
}
