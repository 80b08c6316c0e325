import type { ArticleRepository } from '../crm/index.ts';
import type { StoreAccess } from './access.ts';

/** The port of the knowledge base, made of operations of the worker threads. */
export function createArticleStore({ read, write }: Pick<StoreAccess, 'read' | 'write'>): ArticleRepository {
  return {
    readAll: () => read('readArticles'),
    versions: (number) => read('readArticleVersions', number),
    readVersion: (number, version) => read('readArticleVersion', number, version),
    saveDraft: (saving) => write('saveArticleDraft', saving),
    discardDraft: (discarding) => write('discardArticleDraft', discarding),
    publish: (publishing) => write('publishArticle', publishing),
    withdraw: (withdrawing) => write('withdrawArticle', withdrawing),
    judge: (judging) => write('judgeArticle', judging),
  };
}
