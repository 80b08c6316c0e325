import type { SearchHit } from '../../../shared/contracts/search.ts';
import type { RecentCustomer } from '../../stores/index.ts';

export interface SearchDeeds {
  /** The best few, the exact ones first; null when the bridge cannot be asked. */
  find(text: string, limit: number): Promise<readonly SearchHit[] | null>;
  /** Opens the page of a person, of a company, or of the person whose case it is. */
  open(customer: SearchHit | RecentCustomer): void;
  /** A form for somebody who is not on file yet. */
  create(name: string): void;
  /** Kept while one looks at somebody, so that coming back shows the same list. */
  remember(text: string): void;
}
