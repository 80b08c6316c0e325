import { answersIn } from '../../shared/article-answers.ts';
import {
  type Article,
  type ArticleContent,
  type ArticleNeed,
  articleNumberSchema,
  type Suggestion,
} from '../../shared/contracts/knowledge.ts';
import type { WrittenWork } from '../../shared/contracts/messages/inbox.ts';
import type { ScreenPop } from '../../shared/contracts/screen-pop.ts';
import type { Asked } from './account-state.ts';
import type { Thread } from './inbox-state.ts';

/** What is read of the knowledge base beside the work. */
export interface KnowledgeState {
  /** Null: nothing is open. An article by its number, or the list to find one. */
  readonly pane: { readonly shows: 'find' } | { readonly shows: 'article'; readonly number: string } | null;
  /** The articles that led to this one, the last at the end. */
  readonly before: readonly string[];
  /** It takes the keyboard when it opens, unless somebody goes on writing beside it. */
  readonly takesKeyboard: boolean;
  readonly asked: Asked;
  /** The one that was read last; of the pane only where the number is the same. */
  readonly article: Article | null;
  /** Another version is live since it was read, or none. */
  readonly isOutdated: boolean;
  /** The language that was chosen for this article; null: that of the screen. */
  readonly language: 'en' | 'zh' | null;
  readonly typed: string;
  /** What may be meant, by the contact. */
  readonly suggestions: Readonly<Record<string, readonly Suggestion[]>>;
  /** Contacts of which none is to be shown where one writes. */
  readonly dismissed: readonly string[];
  /** What this agent said of an article for a contact, by `judgementKey`. */
  readonly judged: Readonly<Record<string, boolean>>;
}

export const noKnowledge: KnowledgeState = {
  pane: null,
  before: [],
  takesKeyboard: true,
  asked: { phase: 'none' },
  article: null,
  isOutdated: false,
  language: null,
  typed: '',
  suggestions: {},
  dismissed: [],
  judged: {},
};

export const judgementKey = (number: string, interactionId: string) => `${number} ${interactionId}`;

/** The article on the screen; null while it is fetched and where none is open. */
export function articleShown({ pane, article }: KnowledgeState): Article | null {
  return pane?.shows === 'article' && article?.number === pane.number ? article : null;
}

/** A text in that language, or in the other where it is not written in that one. Null: in neither. */
export function writtenIn<Text>(
  texts: { readonly en: Text | null; readonly zh: Text | null },
  language: 'en' | 'zh',
): { readonly text: Text; readonly language: 'en' | 'zh' } | null {
  const other = language === 'en' ? 'zh' : 'en';
  for (const each of [language, other] as const) {
    const text = texts[each];
    if (text !== null) return { text, language: each };
  }
  return null;
}

/** What may be written to a customer of that language; in the other one where it has none for that. Null: nothing is meant for them. */
export function answerFor(content: Pick<ArticleContent, 'texts'>, language: 'en' | 'zh'): ReturnType<typeof writtenIn<string>> {
  return writtenIn(answersIn(content), language);
}

/** What the customer wrote last in a conversation. */
export function lastWordsIn(thread: Thread | undefined): string {
  const theirs = thread?.messages.filter(({ kind }) => kind === 'in') ?? [];
  return theirs
    .slice(-3)
    .map(({ subject, text }) => [subject, text].filter((each) => each).join('\n'))
    .join('\n');
}

/** An answer that fits what the customer wrote, ready to be put into one's own. */
export interface AnswerAtHand {
  readonly number: string;
  readonly title: string;
  readonly text: string;
  readonly language: 'en' | 'zh';
}

/** In the customer's language where there is one in it: of what was said, or is meant by the guide. The rest answers nothing they asked now. */
export function answersAtHand(
  { suggestions, dismissed }: Pick<KnowledgeState, 'suggestions' | 'dismissed'>,
  { interactionId, isGuest, conversation }: WrittenWork,
): readonly AnswerAtHand[] {
  if (isGuest || conversation.channel === 'document' || conversation.isStopped || dismissed.includes(interactionId)) return [];
  return (suggestions[interactionId] ?? []).flatMap(({ number, titles, answers, reasons }) => {
    const answer = writtenIn(answers, conversation.locale);
    if (!answer || !reasons.some(({ code }) => code === 'said' || code === 'guide')) return [];
    return [{ number, title: writtenIn(titles, answer.language)?.text ?? number, ...answer }];
  });
}

const longestSaid = 4_000;

/**
 * What is known of a contact, to look for articles by. `said`: what the customer wrote, or the agent about them; its end counts. `guide`: the
 * article that the step of an open guide names.
 */
export function needOf(
  pop: Pick<ScreenPop, 'queueId' | 'facts' | 'match' | 'written'>,
  said: string,
  guide: string | null = null,
): ArticleNeed {
  const cases = pop.match.kind === 'certain' ? pop.match.contact.cases : [];
  const begun = [pop.written?.subject, pop.written?.preview, said].filter((each) => each).join('\n');
  return {
    queueId: pop.queueId,
    menu: Object.fromEntries(Object.entries(pop.facts ?? {}).map(([name, value]) => [name, value.slice(0, 200)])),
    said: begun.slice(-longestSaid).toWellFormed(),
    cases: cases.slice(0, 10).map(({ subject }) => subject.slice(0, 300)),
    guide: articleNumberSchema.safeParse(guide).success && guide !== null ? [guide] : [],
  };
}
