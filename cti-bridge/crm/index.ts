/**
 * Who a customer is and what is known of them. Only this module says who it is: `identify` turns what somebody arrives with, on whatever
 * channel, into one person, several candidates, unknown or anonymous.
 *
 * Two things to know: numbers are compared only in normalised form (`shared/phone-number.ts`), on write and on lookup; and the call never
 * waits for the record: a slow or failing store means "unknown" now and an update later.
 */

export * from './accounts/days-to-remember.ts';
export * from './accounts/ports.ts';
export * from './accounts/pressing.ts';
export { callerFacts } from './caller-facts/caller-facts.ts';
export * from './customer-store.ts';
export * from './exchange/ports.ts';
export * from './exchange/resource-row.ts';
export * from './exchange/to-resource.ts';
export { type Reading, toRow } from './exchange/to-row.ts';
export { byteOrderMark, csvLine } from './export/csv-lines.ts';
export { type GuideHouse, judgeGuide } from './guides/judge-guide.ts';
export * from './guides/ports.ts';
export { type CustomField, type GuessedColumns, guessColumns } from './import/guess-mapping.ts';
export { type FoundPerson, type KnownFacts, type Match, matchKnown } from './import/match-known.ts';
export * from './import/ports.ts';
export * from './import/read-row.ts';
export { TwiceInFile } from './import/twice-in-file.ts';
export { type IndexedArticle, indexArticle } from './knowledge/article-index.ts';
export { type ArticleSurroundings, judgeArticle } from './knowledge/judge-article.ts';
export * from './knowledge/ports.ts';
export { searchArticles } from './knowledge/search-articles.ts';
export { suggestArticles } from './knowledge/suggest-articles.ts';
export * from './merge/groups.ts';
export { type Likelihood, likenessOf, type Portrait, worthAsking } from './merge/likeness.ts';
export * from './merge/ports.ts';
export * from './merge/shown-fields.ts';
export type * from './money.ts';
export { nameKey, plainText } from './names/name-key.ts';
export { textReading } from './names/pinyin.ts';
export { matchesTerms, type SearchQuery, type SearchTerm, searchQuery } from './names/search-query.ts';
export { type SearchableText, type SearchTokens, searchTokens } from './names/search-tokens.ts';
export { areNamesSimilar, doesNameFit } from './names/similar-names.ts';
export * from './ports.ts';
export * from './privacy/ports.ts';
export { checkCustomValues } from './record/custom-fields.ts';
export * from './record/deadlines.ts';
export * from './record/identifiers.ts';
export * from './record/media-type.ts';
export { standsAgainst } from './record/offers.ts';
export * from './record/ports.ts';
export * from './record/scheduled-callbacks.ts';
export * from './resolve/arrival.ts';
export * from './resolve/identification.ts';
export * from './resolve/resolve.ts';
export { type NumberSearch, numberSearch } from './search/number-search.ts';
export type { CustomerSearch, KnownNumber } from './search/ports.ts';
export { rankCandidates, type SearchCandidate } from './search/rank.ts';
export type { RecordFacts } from './things-to-know.ts';
export { thingsToKnow } from './things-to-know.ts';
export * from './value/consumption.ts';
export * from './value/months.ts';
export * from './value/ports.ts';
export * from './value/score.ts';
