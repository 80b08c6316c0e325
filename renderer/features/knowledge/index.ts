/**
 * The knowledge base beside the work: find an article, read it, put what it has for customers into the answer. Two things to know: what stands
 * in an article is drawn as elements from its markup, never as HTML; and the pane takes the customer's place for as long as it is open, over
 * everything else the call goes on.
 */
export { ArticleText } from './ArticleText.tsx';
export type { KnowledgeDeeds } from './deeds.ts';
export { KnowledgePane, type KnowledgePaneProps } from './KnowledgePane.tsx';
