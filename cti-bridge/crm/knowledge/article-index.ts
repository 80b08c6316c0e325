import type { ArticleContent } from '../../../shared/contracts/knowledge.ts';
import { nameKey } from '../names/name-key.ts';
import { searchTokens } from '../names/search-tokens.ts';
import { segments } from '../names/segments.ts';

/** An article that is live, as search and suggestions look at it. Made once for each version. */
export interface IndexedArticle {
  readonly number: string;
  readonly content: ArticleContent;
  readonly helped: number;
  readonly titles: { readonly en: string | null; readonly zh: string | null };
  readonly titleKeys: readonly string[];
  /** Tokens, a space before each and in one text: looking into one text is many times quicker than at each token. */
  readonly titleTokens: string;
  readonly tagTokens: string;
  /** How titles and tags are typed in pinyin. */
  readonly pinyinTokens: string;
  /** Words of both texts as `wordsOf` writes them, one language after the other. */
  readonly words: string;
  /** What somebody may say who means it: the tags, each as `wordsOf` writes it. */
  readonly sayings: readonly { readonly words: string; readonly shown: string }[];
}

export function indexArticle({
  number,
  content,
  helped,
}: {
  readonly number: string;
  readonly content: ArticleContent;
  readonly helped: number;
}): IndexedArticle {
  const { texts, tags } = content;
  const written = [texts.en, texts.zh].filter((text) => text !== null);
  const ofTitles = searchTokens({ titles: written.map(({ title }) => title) });
  const ofTags = searchTokens({ titles: tags });
  return {
    number,
    content,
    helped,
    titles: { en: texts.en?.title ?? null, zh: texts.zh?.title ?? null },
    titleKeys: written.map(({ title }) => nameKey(title)),
    titleTokens: inOne(ofTitles.names),
    tagTokens: inOne(ofTags.names),
    pinyinTokens: inOne([...ofTitles.pinyin, ...ofTags.pinyin]),
    words: written.map(({ title, body, answer }) => wordsOf(`${title}\n${body}\n${answer}`)).join(' '),
    sayings: tags.map((tag) => ({ words: wordsOf(tag), shown: tag })).filter(({ words }) => words.trim() !== ''),
  };
}

const inOne = (tokens: readonly string[]): string => [...new Set(tokens)].map((token) => ` ${token}`).join('');

const longestText = 30_000;

/**
 * A text as it is looked through: its words in lower case and without accents, a space before each, so that a word is found by its beginning;
 * a run of Chinese is found at any of its characters.
 */
export function wordsOf(text: string): string {
  return segments(text, longestText)
    .map((segment) => {
      if (segment.kind === 'sign') return ` ${segment.token}`;
      return ` ${segment.kind === 'word' ? segment.forms.join(' ') : segment.characters.join('')}`;
    })
    .join('');
}
