import type { Selectable } from 'kysely';
import { type SearchTokens, searchTokens } from '../../crm/index.ts';
import type { Schema } from '../schema.ts';
import { signs } from './full-text.ts';

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
  return { contact_id: person.contactId, account_id: null, case_id: null, words: wordsOf(tokens, person) };
}

export function accountDocument(account: {
  readonly accountId: string;
  readonly name: string;
  readonly orgUnitId: string | null;
  readonly isKeyAccount: boolean;
  readonly externalIds: readonly string[];
}): SearchRow & { readonly account_id: string } {
  const tokens = searchTokens({ titles: [account.name], texts: account.externalIds });
  return { contact_id: null, account_id: account.accountId, case_id: null, words: wordsOf(tokens, account) };
}

/** The number is the name of a case. */
export function caseDocument(found: {
  readonly caseId: string;
  readonly number: string;
  readonly subject: string;
  readonly orgUnitId: string | null;
}): SearchRow & { readonly case_id: string } {
  const tokens = searchTokens({ titles: [found.number], texts: [found.subject] });
  const words = wordsOf(tokens, { orgUnitId: found.orgUnitId, isKeyAccount: false });
  return { contact_id: null, account_id: null, case_id: found.caseId, words };
}

/** Narrows a search to some offices. Two offices may share a mark: who may be seen is asked of the record itself. */
export function unitMark(orgUnitId: string | null): string {
  return orgUnitId === null ? 'unitless' : `unit${Buffer.from(orgUnitId).toString('hex')}`;
}

export const keyAccountMark = 'key';

/** The tokens of a stored document again. */
export function tokensOf(words: string): SearchTokens {
  const tokens = { names: [] as string[], pinyin: [] as string[], others: [] as string[] };
  for (const word of words.split(' ')) {
    if (word.startsWith(signs.pinyin)) tokens.pinyin.push(word.slice(1));
    else if (word.startsWith(signs.others)) tokens.others.push(word.slice(1));
    else if (word !== '' && !word.startsWith(signs.marks)) tokens.names.push(word);
  }
  return tokens;
}

function wordsOf(
  { names, pinyin, others }: SearchTokens,
  { orgUnitId, isKeyAccount }: { readonly orgUnitId: string | null; readonly isKeyAccount: boolean },
): string {
  return [
    ...names,
    ...pinyin.map((word) => signs.pinyin + word),
    ...others.map((word) => signs.others + word),
    signs.marks + unitMark(orgUnitId),
    ...(isKeyAccount ? [signs.marks + keyAccountMark] : []),
  ].join(' ');
}
