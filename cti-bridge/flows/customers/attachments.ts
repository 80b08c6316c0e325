import type { WireError } from '../../../shared/contracts/errors.ts';
import type { Attachment } from '../../../shared/contracts/record.ts';
import { type Changing, type NewAttachment, sniffMediaType } from '../../crm/index.ts';
import { err, ok, type Result } from '../../kernel/index.ts';
import type { Asker, AttachmentOwner, Attachments } from '../ports.ts';
import { keeperFor } from './accounts.ts';
import { noSuchPerson, refusal } from './answer.ts';
import { authorOf, type CustomerParts } from './parts.ts';
import { reachOf, reachOfSubject } from './reach.ts';

/** A larger file is refused. */
export const attachmentLimitBytes = 25 * 1024 * 1024;

const noSuchFile = refusal('not_found', 'There is no such file, or it is not among those you may see.');

/** Files of a customer: a contract that was scanned, a picture of a meter. What a file is, its bytes say and not its name. */
export function createAttachments(parts: CustomerParts): Attachments {
  const { clock, ids, log, scopeOf, store } = parts;
  const { attachments, attachmentFiles, records } = store;

  async function add(asker: Asker, given: Parameters<Attachments['add']>[1]): Promise<Result<Attachment, WireError>> {
    const { owner, fileName, content } = given;
    const keepAs = await keeping(asker, owner);
    if (!keepAs.ok) return keepAs;
    const attachmentId = ids.next();
    const stored = await attachmentFiles.write(attachmentId, limited(content, attachmentLimitBytes));
    try {
      const added = await keepAs.value(
        { changeId: attachmentId, author: authorOf(asker), at: clock.now() },
        { name: plainName(fileName), mediaType: sniffMediaType(stored.head), bytes: stored.bytes, sha256: stored.sha256 },
      );
      if (!added.ok) await attachmentFiles.remove(attachmentId);
      return added;
    } catch (error) {
      await attachmentFiles.remove(attachmentId);
      throw error;
    }
  }

  /** How a file becomes this owner's; refused before anything is written for somebody who may not add it. */
  async function keeping(asker: Asker, owner: AttachmentOwner) {
    if ('contactId' in owner) {
      const { contactId } = owner;
      const scope = reachOf(parts, asker, contactId);
      if (!(await records.sees(contactId, scope))) return noSuchPerson;
      return ok((made: Made, file: NewAttachment) => attachments.add({ ...made, ...file, contactId, scope }));
    }
    const { accountId } = owner;
    const keeper = keeperFor(asker);
    if (!keeper.ok) return keeper;
    const scope = scopeOf(asker);
    return ok((made: Made, file: NewAttachment) => store.accounts.addFile({ ...made, ...file, accountId, scope, keeper: keeper.value }));
  }

  return {
    async add(asker, given) {
      try {
        return await add(asker, given);
      } catch (error) {
        if (error instanceof TooLarge)
          return err({ code: 'too_large', message: `A file may have ${attachmentLimitBytes / 1024 / 1024} MB at most.` });
        log.error('customers:attachmentFailed', { error: String(error) });
        return err({ code: 'storage_unavailable', message: 'The file could not be stored at the moment. Try again.' });
      }
    },
    async read(asker, { owner: asked, attachmentId }) {
      const owner = await records.ownerOf('attachment', attachmentId);
      const isTheirs =
        'accountId' in asked
          ? owner?.accountId === asked.accountId
          : owner?.contactId != null && (await records.isSame(owner.contactId, asked.contactId));
      if (!isTheirs) return noSuchFile;
      const attachment = await attachments.read(attachmentId, await reachOfSubject(parts, asker, 'attachment', attachmentId));
      const file = attachment && (await attachmentFiles.open(attachmentId));
      return attachment && file ? ok({ attachment, bytes: file.bytes, content: file.content }) : noSuchFile;
    },
  };
}

type Made = Omit<Changing, 'scope'>;

class TooLarge extends Error {}

async function* limited(content: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.byteLength;
    if (bytes > most) throw new TooLarge();
    yield chunk;
  }
}

/** The last part of a path, without what would turn a name around or break a line of it. */
function plainName(given: string): string {
  const name = (given.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return name === '' || name === '.' || name === '..' ? 'file' : [...name].slice(-200).join('');
}
