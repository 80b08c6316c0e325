import type { TmfType } from '../../../shared/contracts/tmf/index.ts';
import type { Author, CustomerScope } from '../customer-store.ts';
import type { ResourceRow } from './resource-row.ts';
import type { StoredResource } from './to-resource.ts';

/** What other systems told us of, row by row. */
export interface Taking {
  readonly author: Author;
  /** By which their ids are told from those of others. */
  readonly source: string;
  readonly scope: CustomerScope;
  /** Where people belong whom nobody put anywhere. */
  readonly orgUnitId: string | null;
  readonly at: number;
  /** An id for each row: of what is made of it, and of the change. The same again is the same taking. */
  readonly rows: readonly { readonly changeId: string; readonly row: ResourceRow }[];
}

export type TakenRow =
  | { readonly outcome: 'created' | 'updated'; readonly id: string }
  /** In words. Nothing of the row is stored. */
  | { readonly outcome: 'refused'; readonly why: 'notFound' | 'conflict'; readonly message: string };

export interface ResourceFilter {
  readonly offset: number;
  readonly limit: number;
  /** Theirs, of the source. */
  readonly externalId: string | null;
  /** Of one person or company: an id of ours, or of the source. */
  readonly owner: string | null;
}

/** The record as other systems see it. Every method may reject (disk). Whoever is out of the scope does not exist. */
export interface ExchangeRepository {
  /** In order, one outcome a row. On disk when it resolves. */
  take(taking: Taking): Promise<readonly TakenRow[]>;
  read(type: TmfType, id: string, source: string, scope: CustomerScope): Promise<StoredResource | null>;
  list(
    type: TmfType,
    source: string,
    scope: CustomerScope,
    filter: ResourceFilter,
  ): Promise<{ readonly rows: readonly StoredResource[]; readonly total: number }>;
}
