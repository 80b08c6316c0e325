import type { ArticleContent } from '../../../shared/contracts/knowledge.ts';

/** What those do who write the knowledge base. How it goes stands in the store. */
export interface ArticleDeeds {
  /** Fetches the list. */
  load(): void;
  /** What is not stored of another one is stored first. */
  choose(number: string): void;
  begin(): void;
  /** Stored when the fingers rest, as a draft. */
  edit(content: ArticleContent): void;
  publish(note: string): void;
  withdraw(note: string): void;
  discard(): void;
  restore(version: number, note: string): void;
  /** Read again, what is on the screen is lost: for an article that somebody else changed meanwhile. */
  reload(): void;
}
