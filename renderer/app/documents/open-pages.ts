import type { MessageFile } from '../../../shared/contracts/messages/conversation.ts';
import type { Bridge } from '../../bridge/index.ts';
import type { PageSource } from '../../ui/index.ts';
import { bridgePages } from './bridge-pages.ts';
import { picturePages } from './picture-pages.ts';

/** What a PDF is read with is loaded with the first PDF. */
const loadPdf = () => import('./pdf-pages.ts');

/**
 * The pages of a file, for whoever shows them and closes them afterwards. Null where they cannot be had. TIFF is drawn by the bridge, because
 * browsers cannot; a PDF in a worker of this page; a picture is its own page.
 */
export async function openPages(
  bridge: Pick<Bridge, 'fetchFile'>,
  { fileId, mediaType }: Pick<MessageFile, 'fileId' | 'mediaType'>,
): Promise<PageSource | null> {
  const path = `/api/message-files/${encodeURIComponent(fileId)}`;
  try {
    if (mediaType === 'image/tiff') return await bridgePages(bridge, path);
    const fetched = await bridge.fetchFile(path);
    if (!fetched.ok) return null;
    if (mediaType === 'application/pdf') return await (await loadPdf()).pdfPages(await fetched.value.content.arrayBuffer());
    return await picturePages(new Blob([fetched.value.content], { type: mediaType }));
  } catch {
    // Not what it says it is, or damaged.
    return null;
  }
}
