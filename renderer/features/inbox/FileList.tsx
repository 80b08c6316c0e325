import { File, FileImage, FileText } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import type { MessageFile } from '../../../shared/contracts/messages/conversation.ts';
import { useText } from '../../i18n/index.ts';
import { onDemand } from '../../ui/index.ts';
import type { InboxDeeds } from './deeds.ts';
import { hasPages } from './has-pages.ts';

export interface FileListProps {
  readonly files: readonly MessageFile[];
  readonly deeds: Pick<InboxDeeds, 'saveFile' | 'fetchFile' | 'openPages'>;
}

const DocumentDialog = onDemand(async () => ({ default: (await import('./DocumentDialog.tsx')).DocumentDialog }));

/** Pictures a browser can draw, and nothing else: what is drawn is never a page. */
const drawn: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const largestDrawn = 5_000_000;

/** What came with a message, by type and size; pictures are shown small. Documents and pictures are looked at here, page by page; all else is saved. */
export function FileList({ files, deeds }: FileListProps) {
  const text = useText();
  const [opened, setOpened] = useState<MessageFile | null>(null);
  if (files.length === 0) return null;
  return (
    <ul className="message-files">
      {files.map((file) => {
        const isDrawn = drawn.has(file.mediaType) && file.bytes <= largestDrawn;
        const Icon = file.mediaType.startsWith('image/')
          ? FileImage
          : file.mediaType.startsWith('text/') || file.mediaType === 'application/pdf'
            ? FileText
            : File;
        return (
          <li key={file.fileId}>
            <button
              type="button"
              className="message-file"
              title={text.t(hasPages(file) ? 'document.open' : 'message.file.open', { name: file.name })}
              onClick={() => (hasPages(file) ? setOpened(file) : deeds.saveFile(file))}
            >
              {isDrawn ? <Thumbnail file={file} fetch={deeds.fetchFile} /> : <Icon className="icon text-3" aria-hidden="true" />}
              <span className="message-file-words">
                <span className="medium whole">{file.name}</span>
                <span className="small text-3">
                  {file.pages === null
                    ? text.formats.size(file.bytes)
                    : text.formats.pair(text.formats.size(file.bytes), text.t('message.file.pages', { count: file.pages }))}
                </span>
              </span>
            </button>
          </li>
        );
      })}
      {opened ? (
        <Suspense fallback={null}>
          <DocumentDialog file={opened} deeds={deeds} onClose={() => setOpened(null)} />
        </Suspense>
      ) : null}
    </ul>
  );
}

/** Its room is there before the picture is. */
function Thumbnail({ file, fetch }: { readonly file: MessageFile; readonly fetch: InboxDeeds['fetchFile'] }) {
  const url = useFileUrl(file.fileId, file.mediaType, fetch);
  const [isBroken, setIsBroken] = useState(false);
  return (
    <span className="message-thumbnail">
      {url && !isBroken ? (
        <img src={url} alt="" onError={() => setIsBroken(true)} />
      ) : (
        <FileImage className="icon text-3" aria-hidden="true" />
      )}
    </span>
  );
}

/** The bytes under an address of this page, given back when nobody looks any more. */
export function useFileUrl(fileId: string, mediaType: string, fetch: InboxDeeds['fetchFile']): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isWanted = true;
    void fetch(fileId).then((content) => {
      if (!isWanted || !content) return;
      // The type that its bytes say, not the one a server wrote beside it.
      made = URL.createObjectURL(new Blob([content], { type: mediaType }));
      setUrl(made);
    });
    return () => {
      isWanted = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [fileId, mediaType, fetch]);
  return url;
}
