import type { ArticleHit } from '../../../shared/contracts/knowledge.ts';
import type { FilledTemplate } from '../../../shared/fill-template.ts';

/** What is done with the knowledge base while one serves customers. */
export interface KnowledgeDeeds {
  /** The best few by what is typed; null when it cannot be asked. The same function from one drawing to the next. */
  find(text: string): Promise<readonly ArticleHit[] | null>;
  /** Shows an article beside the work. */
  open(number: string): void;
  /** Beside the work, without taking the keyboard. */
  openBeside(number: string): void;
  openFind(): void;
  /** To the article that led here, or to the list. */
  back(): void;
  close(): void;
  /** Fetches the article on the screen anew. */
  reload(): void;
  showIn(language: 'en' | 'zh'): void;
  /** Whether this was it, for the contact at hand. */
  judge(number: string, helped: boolean): void;
  /** What the article has for customers, below what is being written to the one at hand. */
  putIntoAnswer(): void;
  /** That, with the fields filled in as far as they are known of the contact at hand. */
  fillIn(text: string, language: 'en' | 'zh'): FilledTemplate;
}
