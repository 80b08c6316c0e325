import type { Selectable } from 'kysely';
import { type SearchTokens, searchTokens } from '../../crm/index.ts';
import type { Schema } from '../schema.ts';

/** What a person is found by, as it stands in the tables. */
export interface PersonToIndex {
  readonly contactId: string;
  readonly name: string;
  /** Of the head of the group: where the whole record is at home. */
  readonly orgUnitId: string | null;
  readonly isKeyAccount: boolean;
  readonly companies: readonly string[];
  readonly emails: readonly string[];
  /** Numbers of contracts, memberships and other systems. */
  readonly externalIds: readonly string[];
}

export type SearchRow = Omit<Selectable<Schema['customer_search']>, 'search_id'>;

/** Pure, so that an import can make documents of its rows beside the writer thread. */
export function personDocument(person: PersonToIndex): SearchRow & { readonly contact_id: string } {
  const tokens = searchTokens({
    personNames: [person.name],
    companies: person.companies,
    emails: person.emails,
    texts: person.externalIds,
  });
  return { contact_id: person.contactId, account_id: null, case_id: null, ...columns(tokens), marks: marksOf(person) };
}

export function accountDocument(account: {
  readonly accountId: string;
  readonly name: string;
  readonly orgUnitId: string | null;
  readonly isKeyAccount: boolean;
  readonly externalIds: readonly string[];
}): SearchRow & { readonly account_id: string } {
  const tokens = searchTokens({ titles: [account.name], texts: account.externalIds });
  return { contact_id: null, account_id: account.accountId, case_id: null, ...columns(tokens), marks: marksOf(account) };
}

/** The number is the name of a case. */
export function caseDocument(found: {
  readonly caseId: string;
  readonly number: string;
  readonly subject: string;
  readonly orgUnitId: string | null;
}): SearchRow & { readonly case_id: string } {
  const tokens = searchTokens({ titles: [found.number], texts: [found.subject] });
  return {
    ...{ contact_id: null, account_id: null, case_id: found.caseId },
    ...columns(tokens),
    marks: marksOf({ orgUnitId: found.orgUnitId, isKeyAccount: false }),
  };
}

/** Narrows a search to some offices. Two offices may share a mark: who may be seen is asked of the record itself. */
export function unitMark(orgUnitId: string | null): string {
  return orgUnitId === null ? 'unitless' : `unit${Buffer.from(orgUnitId).toString('hex')}`;
}

export const keyAccountMark = 'key';

/** The tokens of a stored document again. */
export function tokensOf({ names, pinyin, others }: Pick<SearchRow, 'names' | 'pinyin' | 'others'>): SearchTokens {
  return { names: words(names), pinyin: words(pinyin), others: words(others) };
}

const words = (column: string): readonly string[] => (column === '' ? [] : column.split(' '));

function columns({ names, pinyin, others }: SearchTokens) {
  return { names: names.join(' '), pinyin: pinyin.join(' '), others: others.join(' ') };
}

function marksOf({ orgUnitId, isKeyAccount }: { readonly orgUnitId: string | null; readonly isKeyAccount: boolean }): string {
  return isKeyAccount ? `${unitMark(orgUnitId)} ${keyAccountMark}` : unitMark(orgUnitId);
}
