import type { WireError } from '../../../shared/contracts/errors.ts';
import { asId, type MessageFileId } from '../../../shared/ids.ts';
import type { NoPages, PageReader, PageSize } from '../../interactions/index.ts';
import { err, ok, type Result } from '../../kernel/index.ts';
import type { Asker } from '../ports.ts';

/** Pages of files of messages that a browser cannot show by itself. Called by `api/http/message-pages.ts`. */
export interface MessagePages {
  sizes(asker: Asker, fileId: string): Promise<Result<{ readonly pages: readonly PageSize[] }, WireError>>;
  /** As PNG. `index` from 0; `width` in dots of the screen. */
  draw(
    asker: Asker,
    fileId: string,
    index: number,
    width: number,
  ): Promise<Result<{ readonly bytes: number; readonly content: AsyncIterable<Uint8Array> }, WireError>>;
}

/** `mayOpen`: whether this file is there, and theirs to see; as for the file itself. */
export function createMessagePages(
  reader: PageReader,
  mayOpen: (asker: Asker, fileId: string) => Promise<Result<unknown, WireError>>,
): MessagePages {
  return {
    async sizes(asker, fileId) {
      const opened = await mayOpen(asker, fileId);
      if (!opened.ok) return opened;
      const found = await reader.pages(asId<MessageFileId>(fileId));
      return found.ok ? ok({ pages: found.pages }) : err(refusal(found.why));
    },
    async draw(asker, fileId, index, width) {
      const opened = await mayOpen(asker, fileId);
      if (!opened.ok) return opened;
      const drawn = await reader.page(asId<MessageFileId>(fileId), index, width);
      return drawn.ok ? ok({ bytes: drawn.bytes, content: drawn.content }) : err(refusal(drawn.why));
    },
  };
}

function refusal(why: NoPages): WireError {
  switch (why) {
    case 'gone':
      return { code: 'not_found', message: 'There is nothing here, or it is not yours to see.' };
    case 'noPages':
      return { code: 'not_found', message: 'There is no such page in this file.' };
    case 'tooLarge':
    case 'tookTooMuch':
      return { code: 'too_large', message: 'This page is larger than can be drawn. The file itself can be saved.' };
    case 'tookTooLong':
      return { code: 'storage_unavailable', message: 'The page was not drawn in time. Try again.' };
    case 'broken':
      return { code: 'bad_request', message: 'This page is damaged and cannot be drawn. The file itself can be saved.' };
  }
}
