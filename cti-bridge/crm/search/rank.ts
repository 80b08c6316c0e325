import type { Tier } from '../../../shared/contracts/contact.ts';
import type { SearchHit } from '../../../shared/contracts/search.ts';
import { matchesTerms, type SearchQuery } from '../names/search-query.ts';
import { type SearchTokens, searchTokens } from '../names/search-tokens.ts';

/** Something that may be what was searched for. One person may come several times: by a number and by the name. */
export interface SearchCandidate {
  readonly kind: 'person' | 'account' | 'case';
  readonly id: string;
  readonly contactId: string | null;
  /** What is one line on the screen: cards of one person share it. */
  readonly groupId: string;
  /** As it is shown, and how the name that was found is compared: a merged card may have another one. */
  readonly title: string;
  readonly nameKey: string;
  readonly subtitle: string | null;
  readonly tier: Tier | null;
  readonly isKeyAccount: boolean;
  readonly lastUsedAt: number | null;
  /** How it was found: by a key, in which case `isExact` tells a whole number from a part of one; or by the words of its document. */
  readonly by:
    | { readonly kind: 'number' | 'email' | 'id'; readonly value: string; readonly isExact: boolean }
    | { readonly kind: 'words'; readonly tokens: SearchTokens };
}

/**
 * The best few of the candidates, each thing once. A whole number, address, id or case number comes first, then exactly this name, then a
 * name that begins so, then words of a name, its pinyin, parts of numbers, and what else was found; among equals key accounts, then who
 * was in touch last. The order of the candidates does not matter.
 */
export function rankCandidates(candidates: readonly SearchCandidate[], query: SearchQuery, limit: number): readonly SearchHit[] {
  const judged = candidates.flatMap((candidate) => judge(candidate, query) ?? []).sort(compare);
  const shown = new Set<string>();
  const hits: SearchHit[] = [];
  for (const { candidate, matched, detail } of judged) {
    if (hits.length === limit) break;
    if (shown.has(candidate.groupId)) continue;
    shown.add(candidate.groupId);
    const { kind, id, contactId, title, subtitle, tier, isKeyAccount } = candidate;
    const said = matched === 'other' && isByCompany(candidate, query) ? 'company' : matched;
    hits.push({ kind, id, contactId, title, subtitle, tier, isKeyAccount, matched: said, detail });
  }
  return hits;
}

interface Judged {
  readonly candidate: SearchCandidate;
  readonly rank: number;
  readonly matched: SearchHit['matched'];
  readonly detail: string | null;
}

const ranks = { key: 0, exactName: 1, nameBegins: 2, name: 3, pinyin: 4, partOfKey: 5, other: 6 } as const;

/** Null: the index found words that are not where they seemed to be. */
function judge(candidate: SearchCandidate, query: SearchQuery): Judged | null {
  const { by } = candidate;
  if (by.kind !== 'words') return { candidate, rank: by.isExact ? ranks.key : ranks.partOfKey, matched: by.kind, detail: by.value };

  const { names, pinyin, others } = by.tokens;
  const isCase = candidate.kind === 'case';
  const found = { candidate, matched: isCase ? 'caseNumber' : 'name', detail: isCase ? candidate.title : null } as const;
  if (candidate.nameKey === query.key) return { ...found, rank: isCase ? ranks.key : ranks.exactName };
  if (candidate.nameKey.startsWith(query.key)) return { ...found, rank: ranks.nameBegins };
  if (matchesTerms(names, query.terms)) return { ...found, rank: ranks.name };
  if (matchesTerms([...names, ...pinyin], query.terms)) return { candidate, rank: ranks.pinyin, matched: 'pinyin', detail: null };
  if (!matchesTerms([...names, ...pinyin, ...others], query.terms)) return null;
  return { candidate, rank: ranks.other, matched: 'other', detail: null };
}

/** Whether the company that is shown beside the name has the words that the name has not. */
function isByCompany({ kind, subtitle, by }: SearchCandidate, { terms }: SearchQuery): boolean {
  if (kind !== 'person' || subtitle === null || by.kind !== 'words') return false;
  const { others } = searchTokens({ companies: [subtitle] });
  return matchesTerms([...by.tokens.names, ...by.tokens.pinyin, ...others], terms);
}

function compare(one: Judged, other: Judged): number {
  return (
    one.rank - other.rank ||
    Number(other.candidate.isKeyAccount) - Number(one.candidate.isKeyAccount) ||
    (other.candidate.lastUsedAt ?? 0) - (one.candidate.lastUsedAt ?? 0) ||
    compareText(one.candidate.title, other.candidate.title) ||
    compareText(one.candidate.id, other.candidate.id)
  );
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
