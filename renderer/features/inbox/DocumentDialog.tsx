import type { MessageFile } from '../../../shared/contracts/messages/conversation.ts';
import { Dialog } from '../../ui/index.ts';
import { DocumentPages, type DocumentPagesProps } from './DocumentPages.tsx';

export interface DocumentDialogProps {
  readonly file: MessageFile;
  readonly deeds: DocumentPagesProps['deeds'];
  onClose(): void;
}

/** A document over the conversation that it came with. */
export function DocumentDialog({ file, deeds, onClose }: DocumentDialogProps) {
  return (
    <Dialog title={file.name} isOpen isLarge onClose={onClose}>
      <div className="document-dialog">
        <DocumentPages file={file} deeds={deeds} />
      </div>
    </Dialog>
  );
}
