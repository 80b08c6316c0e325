import { answersIn } from '../../../shared/article-answers.ts';
import type { ArticleNeed, Suggestion, SuggestionReason } from '../../../shared/contracts/knowledge.ts';
import { type IndexedArticle, wordsOf } from './article-index.ts';

/** Nobody reads four while they talk. */
export const mostSuggestions = 3;

/** What each reason adds; more words of theirs add more, up to three. */
const weights = { guide: 1_000, menu: 60, saidWord: 40, caseWord: 20, queue: 10 } as const;
const mostWords = 3;

/**
 * Articles that may be what this contact needs, the likeliest first, each with all its reasons: named by the step of the guide, what the menu
 * found out, the customer's own words, what their open cases are about, and whose callers it is usual for. The last says little alone: it
 * only orders what the others leave equal, unless nothing else is known. Among equals what helped most often.
 */
export function suggestArticles(articles: Iterable<IndexedArticle>, need: ArticleNeed): readonly Suggestion[] {
  const said = ear(wordsOf(need.said));
  const cases = ear(wordsOf(need.cases.join('\n')));
  const menu = Object.values(need.menu)
    .map((value) => ({ value, words: wordsOf(value) }))
    .filter(({ words }) => words !== '')
    .map(({ value, words }) => ({ value, said: ear(words) }));
  const judged = [...articles].flatMap((article) => {
    const reasons = reasonsFor(article, { need, said, cases, menu });
    return reasons.length > 0 ? [{ article, reasons, points: reasons.reduce((sum, reason) => sum + pointsOf(reason), 0) }] : [];
  });
  const isMeant = judged.some(({ points }) => points > weights.queue);
  return judged
    .filter(({ points }) => !isMeant || points > weights.queue)
    .toSorted(
      (one, other) =>
        other.points - one.points || other.article.helped - one.article.helped || (one.article.number < other.article.number ? -1 : 1),
    )
    .slice(0, mostSuggestions)
    .map(({ article: { number, titles, content }, reasons }) => ({ number, titles, answers: answersIn(content), reasons }));
}

type Ear = (saying: string) => boolean;

interface Heard {
  readonly need: ArticleNeed;
  readonly said: Ear;
  readonly cases: Ear;
  readonly menu: readonly { readonly value: string; readonly said: Ear }[];
}

/** Whether something is said in a text; what many articles have in common is looked for once. */
function ear(words: string): Ear {
  const known = new Map<string, boolean>();
  return (saying) => {
    const before = known.get(saying);
    if (before !== undefined) return before;
    const isSaid = isSaidIn(saying, words);
    known.set(saying, isSaid);
    return isSaid;
  };
}

function reasonsFor({ number, content, sayings }: IndexedArticle, { need, said, cases, menu }: Heard): SuggestionReason[] {
  const within = (isSaid: Ear) => sayings.filter(({ words }) => isSaid(words)).map(({ shown }) => shown);
  const inMenu = menu.find((found) => sayings.some(({ words }) => found.said(words)));
  const [inSaid, inCases] = [within(said), within(cases)];
  return [
    ...(need.guide.includes(number) ? [{ code: 'guide' } as const] : []),
    ...(inMenu ? [{ code: 'menu', value: inMenu.value } as const] : []),
    ...(inSaid.length > 0 ? [{ code: 'said', words: inSaid.slice(0, mostWords) } as const] : []),
    ...(inCases.length > 0 ? [{ code: 'case', words: inCases.slice(0, mostWords) } as const] : []),
    ...(need.queueId !== null && content.queueIds.includes(need.queueId) ? [{ code: 'queue' } as const] : []),
  ];
}

function pointsOf(reason: SuggestionReason): number {
  switch (reason.code) {
    case 'guide':
      return weights.guide;
    case 'menu':
      return weights.menu;
    case 'said':
      return weights.saidWord * reason.words.length;
    case 'case':
      return weights.caseWord * reason.words.length;
    case 'queue':
      return weights.queue;
  }
}

/** Chinese anywhere; of other languages whole words and what they end in otherwise: `bill` is said in `bills`, not in `billiards`. */
function isSaidIn(saying: string, words: string): boolean {
  if (words === '') return false;
  if (/[\p{Script=Han}]$/u.test(saying)) return words.includes(saying.trimStart());
  for (let at = words.indexOf(saying); at >= 0; at = words.indexOf(saying, at + 1)) {
    const rest = /^\p{L}*/u.exec(words.slice(at + saying.length))?.[0] ?? '';
    if (isEnding(rest)) return true;
  }
  return false;
}

const isEnding = (rest: string): boolean => /^(?:|s|es|d|ed|ing|er|ers)$/.test(rest);
