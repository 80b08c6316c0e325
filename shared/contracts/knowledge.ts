import * as z from 'zod/mini';
import { filled, id, text } from './fields.ts';

/**
 * The knowledge base: articles for whoever serves customers, each in one or both languages, in versions of which one is live. An article is
 * known by its number for good, `KB-311`: people say it, and texts and guides refer to it.
 */
export const articleNumberSchema = z.string().check(z.regex(/^KB-\d{3,6}$/, 'KB- and three to six digits'));
export type ArticleNumber = z.infer<typeof articleNumberSchema>;

export const longestArticleTitle = 200;
export const longestArticleBody = 20_000;
export const longestAnswer = 4_000;

/**
 * What it says in one language. `body` is for the agent, in the markup of `shared/article-markup.ts`. `answer` is what may be written to the
 * customer as it stands: plain text with the fields of quick replies; empty where nothing is meant for them.
 */
export const articleTextSchema = z.strictObject({
  title: text(longestArticleTitle),
  body: text(longestArticleBody),
  answer: text(longestAnswer),
});
export type ArticleText = z.infer<typeof articleTextSchema>;

export const articleContentSchema = z.strictObject({
  /** Null: not written in that language yet. */
  texts: z.strictObject({ en: z.nullable(articleTextSchema), zh: z.nullable(articleTextSchema) }),
  /** What customers say when they mean this, in any language; also found by the search, and compared with what the menu found out. */
  tags: z.array(filled(40)).check(z.maxLength(20)),
  /** Whose callers it is usual for. */
  queueIds: z.array(id).check(z.maxLength(50)),
});
export type ArticleContent = z.infer<typeof articleContentSchema>;

const version = z.int().check(z.gte(1));
const moment = z.number();
const by = z.object({ userId: z.nullable(z.string()), name: z.string() });
const inBoth = z.object({ en: z.nullable(z.string()), zh: z.nullable(z.string()) });
const note = text(500);

/** Of an article that is live. A title is null where it is not written in that language. */
export const articleHitSchema = z.object({
  number: z.string(),
  titles: inBoth,
  /** By what it was found; `pinyin` is of a title or a tag. */
  matched: z.enum(['number', 'title', 'tag', 'pinyin', 'body']),
  /** A few words around what was found in the text; null for whatever else was found. */
  excerpt: z.nullable(z.string()),
});
export type ArticleHit = z.infer<typeof articleHitSchema>;

/** Why an article is proposed. `said`: their words, or the agent's about them. */
export const suggestionReasonSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('guide') }),
  z.object({ code: z.literal('menu'), value: z.string() }),
  z.object({ code: z.literal('said'), words: z.array(z.string()) }),
  z.object({ code: z.literal('case'), words: z.array(z.string()) }),
  z.object({ code: z.literal('queue') }),
]);
export type SuggestionReason = z.infer<typeof suggestionReasonSchema>;

export const suggestionSchema = z.object({
  number: z.string(),
  titles: inBoth,
  /** What may be written to the customer as it stands; null where nothing is meant for them in that language. */
  answers: inBoth,
  /** The strongest first; at least one. */
  reasons: z.array(suggestionReasonSchema),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

/** Read by an agent: the version that is live. */
export const articleSchema = z.object({
  number: z.string(),
  version,
  at: moment,
  by,
  content: articleContentSchema,
  /** The articles its texts refer to, as far as they are live. */
  refersTo: z.array(z.object({ number: z.string(), titles: inBoth })),
  /** How often somebody said that this was it, and that it was not. */
  helped: z.int(),
  notHelped: z.int(),
});
export type Article = z.infer<typeof articleSchema>;

export const articleStates = ['draft', 'live', 'withdrawn'] as const;

/** As whoever writes articles sees it in the list. `state` `draft`: never published. */
export const articleSummarySchema = z.object({
  number: z.string(),
  state: z.enum(articleStates),
  /** Of the draft, where there is one. */
  titles: inBoth,
  tags: z.array(z.string()),
  queueIds: z.array(z.string()),
  version: z.nullable(version),
  hasDraft: z.boolean(),
  /** Of whatever was done last. */
  at: moment,
  by,
  helped: z.int(),
  notHelped: z.int(),
});
export type ArticleSummary = z.infer<typeof articleSummarySchema>;

export const articleVersionSchema = z.object({
  version,
  at: moment,
  by,
  note: z.string(),
  restores: z.nullable(version),
  isLive: z.boolean(),
});
export type ArticleVersion = z.infer<typeof articleVersionSchema>;

/** What is wrong with a draft, and where. Those of `severity` `error` keep it from going live. */
export const articleProblemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.enum(['nothingWritten', 'noTitle', 'noBody', 'oneLanguage', 'unknownArticle', 'unknownQueue', 'unknownField', 'sameTitle']),
  locale: z.nullable(z.enum(['en', 'zh'])),
  field: z.enum(['title', 'body', 'answer', 'queueIds', 'texts']),
  /** The number, the field or the queue that is meant; null where there is nothing to name. */
  about: z.nullable(z.string()),
});
export type ArticleProblem = z.infer<typeof articleProblemSchema>;

/** One article as it is worked on. */
export const articleInWorkSchema = z.object({
  summary: articleSummarySchema,
  /** The draft, or what is live where nothing was changed since; of a withdrawn one what was live last. */
  content: articleContentSchema,
  /** Null: there is no draft. */
  draftRevision: z.nullable(z.int()),
  problems: z.array(articleProblemSchema),
  versions: z.array(articleVersionSchema),
});
export type ArticleInWork = z.infer<typeof articleInWorkSchema>;

/** What is known of the work at hand, to look for articles by. */
export const articleNeedSchema = z.object({
  queueId: z.nullable(id),
  /** What the menu found out, by the names of facts. */
  menu: z.record(z.string(), text(200)),
  /** The customer's last words, or what the agent noted. */
  said: text(4_000),
  /** What their open cases are about. */
  cases: z.array(text(300)).check(z.maxLength(10)),
  /** Named by the step of a guide that is open. */
  guide: z.array(articleNumberSchema).check(z.maxLength(10)),
});
export type ArticleNeed = z.infer<typeof articleNeedSchema>;

const reading = { right: 'work:handle' } as const;
const writing = { right: 'knowledge:write' } as const;
const publishedSchema = z.discriminatedUnion('published', [
  z.object({ published: z.literal(true), article: articleInWorkSchema }),
  z.object({ published: z.literal(false), problems: z.array(articleProblemSchema) }),
]);

export const knowledgeCommands = {
  /** Results as you type, the best first; nothing for no words. Articles of that queue go first among equals. */
  'knowledge:search': {
    ...reading,
    request: z.object({ text: text(200), queueId: z.nullable(id), limit: z.int().check(z.gte(1), z.lte(50)) }),
    answer: z.object({ hits: z.array(articleHitSchema) }),
  },
  'knowledge:read': { ...reading, request: z.object({ number: articleNumberSchema }), answer: articleSchema },
  /** Three at most, each with why. Nothing of what is sent is kept. */
  'knowledge:suggest': {
    ...reading,
    request: articleNeedSchema,
    answer: z.object({ suggestions: z.array(suggestionSchema) }),
  },
  /** Whether this was it, for one contact; said again it is what was said last. */
  'knowledge:judge': {
    ...reading,
    request: z.object({ number: articleNumberSchema, interactionId: id, helped: z.boolean() }),
    answer: z.object({ helped: z.int(), notHelped: z.int() }),
  },

  'knowledge:list': { ...writing, request: z.object({}), answer: z.object({ articles: z.array(articleSummarySchema) }) },
  'knowledge:open': { ...writing, request: z.object({ number: articleNumberSchema }), answer: articleInWorkSchema },
  'knowledge:open-version': {
    ...writing,
    request: z.object({ number: articleNumberSchema, version }),
    answer: z.object({ content: articleContentSchema }),
  },
  /**
   * `number` null: a new article, which is given the next one. `basedOn` is the revision of the draft that was read, null where there was none.
   * `writingId` names the hand that writes, from opening the article to closing it: where the answer to a save was lost, the next one of the
   * same hand goes on from it, and neither clashes with itself nor makes a second article.
   */
  'knowledge:save-draft': {
    ...writing,
    request: z.object({
      number: z.nullable(articleNumberSchema),
      content: articleContentSchema,
      basedOn: z.nullable(z.int()),
      writingId: id,
    }),
    answer: articleInWorkSchema,
  },
  /** An article that never went live is gone with its draft: then the answer has none. */
  'knowledge:discard-draft': {
    ...writing,
    request: z.object({ number: articleNumberSchema, draftRevision: z.int() }),
    answer: z.object({ article: z.nullable(articleInWorkSchema) }),
  },
  /** The draft as it was saved last, judged once more. */
  'knowledge:publish': {
    ...writing,
    request: z.object({ number: articleNumberSchema, draftRevision: z.int(), note }),
    answer: publishedSchema,
  },
  /** Publishes what an earlier version said, as a new one; a draft goes. */
  'knowledge:restore': { ...writing, request: z.object({ number: articleNumberSchema, version, note }), answer: publishedSchema },
  /** Found and read by nobody any more, until it is published again. */
  'knowledge:withdraw': { ...writing, request: z.object({ number: articleNumberSchema, note }), answer: articleInWorkSchema },
} as const;
export type KnowledgeCommandName = keyof typeof knowledgeCommands;

export const knowledgePushes = {
  /** Another version is live, or none: `version` null. */
  'knowledge:changed': z.object({ number: z.string(), version: z.nullable(version) }),
} as const;
