import { Suspense } from 'react';
import type { MessageFile } from '../../../shared/contracts/messages/conversation.ts';
import { onDemand } from '../../ui/index.ts';
import type { InboxDeeds } from './deeds.ts';
import { hasPages } from './has-pages.ts';
import './document-pages.css';

const DocumentPages = onDemand(async () => ({ default: (await import('./DocumentPages.tsx')).DocumentPages }));

export interface DocumentInPlaceProps {
  readonly files: readonly MessageFile[];
  readonly deeds: Pick<InboxDeeds, 'openPages' | 'saveFile'>;
}

/** The pages of a fax or a letter stand in its conversation, since they are what it says. Its first file; the others are opened from the list. */
export function DocumentInPlace({ files, deeds }: DocumentInPlaceProps) {
  const file = files.find(hasPages);
  if (!file) return null;
  return (
    <div className="document-in-place">
      <Suspense fallback={null}>
        <DocumentPages file={file} deeds={deeds} />
      </Suspense>
    </div>
  );
}
