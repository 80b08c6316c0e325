import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { WireError } from '../../../shared/contracts/errors.ts';
import type { DocumentSourceConfiguration } from '../../../shared/contracts/messages/settings.ts';
import { asId, type ContactId, type MessageFileId } from '../../../shared/ids.ts';
import type { Arrivals, MessageFiles } from '../../interactions/index.ts';
import { type Clock, err, type IdSource, type Log, ok, type Result } from '../../kernel/index.ts';
import type { Asker } from '../ports.ts';

/** Letters and forms that somebody scanned, brought in by hand. Called by `api/http/documents.ts`. */
export interface DocumentUploads {
  /** Where documents can be brought to. */
  sources(): readonly Pick<DocumentSourceConfiguration, 'id' | 'name' | 'kind'>[];
  /**
   * Stored when it resolves; `known`: the very same bytes came to this place before, and nothing happened. `contactId`: the person it is of, whom
   * whoever brings it in may see.
   */
  upload(
    asker: Asker,
    document: {
      readonly sourceId: string;
      readonly fileName: string;
      readonly contactId: string | null;
      readonly content: AsyncIterable<Uint8Array>;
    },
  ): Promise<Result<{ readonly outcome: 'kept' | 'known' }, WireError>>;
}

export function createDocumentUploads(
  {
    configuration,
    files,
    ids,
    clock,
    log,
    mayRead,
  }: {
    readonly configuration: () => Pick<Configuration, 'documentSources'>;
    readonly files: Pick<MessageFiles, 'write' | 'open' | 'remove'>;
    readonly ids: IdSource;
    readonly clock: Clock;
    readonly log: Log;
    /** Whether this person is there, and theirs to see. */
    readonly mayRead: (asker: Asker, contactId: ContactId) => Promise<boolean>;
  },
  arrivals: Pick<Arrivals, 'keep'>,
): DocumentUploads {
  return {
    sources: () => configuration().documentSources.map(({ id, name, kind }) => ({ id, name, kind })),
    async upload(asker, { sourceId, fileName, contactId, content }) {
      if (!configuration().documentSources.some(({ id }) => id === sourceId))
        return err({ code: 'not_found', message: 'Documents cannot be brought to this place.' });
      const whose = contactId === null ? {} : { contactId: asId<ContactId>(contactId) };
      if (whose.contactId && !(await mayRead(asker, whose.contactId).catch(() => false)))
        return err({ code: 'not_found', message: 'There is no such person.' });
      // Whole on the disk first: what it is known by is made of all its bytes.
      const uploadId = ids.next<MessageFileId>();
      try {
        const written = await files.write('files', uploadId, content, largestDocument);
        if (written === 'tooLarge') return err(tooLarge);
        if (written.bytes === 0) return err({ code: 'bad_request', message: 'The file is empty.' });
        const opened = await files.open('files', uploadId);
        if (!opened) throw new Error('the uploaded file is gone');
        const outcome = await arrivals.keep({
          ...{ channel: 'document', sourceId, onceKey: written.digest, receivedAt: clock.now() },
          envelope: { from: null, to: [], fileName: fileName.toWellFormed().slice(0, 255), ...whose },
          content: opened.content,
        });
        return outcome === 'tooLarge' ? err(tooLarge) : ok({ outcome });
      } catch (error) {
        log.error('document:notTaken', { error: String(error) });
        return err({ code: 'storage_unavailable', message: 'The document could not be stored. Try again.' });
      } finally {
        await files.remove('files', uploadId).catch((error: unknown) => log.warn('document:uploadLeft', { error: String(error) }));
      }
    },
  };
}

/** In bytes; as large as one that comes from a folder. */
const largestDocument = 50 * 1024 * 1024;
const tooLarge: WireError = { code: 'too_large', message: 'This document is larger than 50 MB.' };
