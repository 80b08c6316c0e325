import { join } from 'node:path';
import type { Configuration } from '../shared/contracts/configuration.ts';
import type { MessageFileId } from '../shared/ids.ts';
import { DocumentFolders, DocumentPages } from './channels/document/index.ts';
import { createDocumentUploads, type DocumentUploads } from './flows/messages/document-uploads.ts';
import { createMessagePages, type MessagePages } from './flows/messages/message-pages.ts';
import type { Arrivals } from './interactions/index.ts';
import type { Clock, IdSource, Log, Scope } from './kernel/index.ts';
import type { Store } from './store/index.ts';

/** Documents of a bridge, built and not started yet. */
export interface DocumentChannel {
  readonly documents: DocumentUploads;
  readonly messagePages: MessagePages;
  /** How many pages it has; null where it has none, or nobody can say. */
  pagesOf(fileId: MessageFileId): Promise<number | null>;
  /** After an administrator changed something; the first time, the folders are looked into from now on. */
  configure(configuration: Configuration): void;
  /** What does not work, in plain words. */
  readonly problems: readonly string[];
}

const largestDocument = 50 * 1024 * 1024;

/** Builds the folders of documents and what draws their pages; both end with the scope. */
export function composeDocuments(house: {
  readonly store: Pick<Store, 'folder' | 'messageFiles'>;
  readonly arrivals: Pick<Arrivals, 'keep'>;
  readonly configuration: () => Configuration;
  /** Whether this file is there, and theirs to see. */
  readonly mayOpen: Parameters<typeof createMessagePages>[1];
  /** Whether this person is there, and theirs to see. */
  readonly mayRead: Parameters<typeof createDocumentUploads>[0]['mayRead'];
  readonly scope: Scope;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly log: Log;
}): DocumentChannel {
  const { store, arrivals, configuration, mayOpen, mayRead, scope, ids, clock } = house;
  const log = house.log.child({ part: 'documents' });
  const folders = new DocumentFolders({ arrivals, clock, log, maxBytes: largestDocument });
  const pages = new DocumentPages({ files: store.messageFiles, folder: join(store.folder, 'messages', 'pages'), clock, log });
  scope.add(() => pages.stop());
  scope.add(() => folders.stop());
  return {
    documents: createDocumentUploads({ configuration, files: store.messageFiles, ids, clock, log, mayRead }, arrivals),
    messagePages: createMessagePages(pages, mayOpen),
    pagesOf: (fileId) => pages.count(fileId),
    configure: ({ documentSources }) => folders.configure(documentSources),
    get problems() {
      return folders.states().flatMap(({ sourceId, state, why }) => (state === 'down' ? `${sourceId}: ${why}` : []));
    },
  };
}
