import { fileTypeFromBuffer } from 'file-type';
import type { ReadMail, ReadMailFile } from '../../../interactions/index.ts';
import { plainName } from './header-text.ts';
import type { MailLimits } from './mail-limits.ts';
import type { MailPart } from './mail-tree.ts';

/** A file of a mail, before it lies anywhere. */
export type UnpackedFile = ReadMailFile & { readonly content: Uint8Array };

const longestName = 200;
/** Enough for every signature; an archive is not unpacked to find out. */
const looksAt = 64 * 1024;

/** Names the files of a mail, finds out what they are, and leaves out what is too large or too much. */
export async function filesOf(
  parts: readonly MailPart[],
  shows: ReadonlySet<string>,
  limits: MailLimits,
): Promise<{ readonly files: readonly UnpackedFile[]; readonly leftOut: ReadMail['leftOut'] }> {
  const files: UnpackedFile[] = [];
  const leftOut: ReadMail['leftOut'][number][] = [];
  for (const part of parts) {
    const { content } = part;
    const type = await typeOf(content, part);
    const name = nameOf(part, type.extension, files.length + leftOut.length + 1);
    if (content.length === 0) leftOut.push({ name, why: 'unreadable' });
    else if (content.length > limits.fileBytes) leftOut.push({ name, why: 'tooLarge' });
    else if (files.length >= limits.files) leftOut.push({ name, why: 'tooMany' });
    else {
      files.push({
        fileName: `file-${files.length + 1}`,
        name,
        mediaType: type.mediaType,
        bytes: content.length,
        contentId: part.contentId,
        isInline: part.contentId !== null && shows.has(part.contentId),
        content,
      });
    }
  }
  return { files, leftOut };
}

interface FoundType {
  readonly mediaType: string;
  readonly extension: string;
}

/** By the first bytes. Of text, which has no signature, only what cannot act is believed of what the mail says. */
async function typeOf(content: Uint8Array, part: MailPart): Promise<FoundType> {
  const head = content.subarray(0, looksAt);
  if (head[0] === 0x78 && head[1] === 0x9f && head[2] === 0x3e && head[3] === 0x22)
    return { mediaType: 'application/vnd.ms-tnef', extension: 'dat' };
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found) return { mediaType: found.mime, extension: found.ext };
  if (head.length === 0 || head.includes(0)) return { mediaType: 'application/octet-stream', extension: 'bin' };
  if (part.type.startsWith('message/')) return { mediaType: 'message/rfc822', extension: 'eml' };
  const beginning = Buffer.from(head.subarray(0, 64)).toString('latin1').trimStart().toUpperCase();
  if (beginning.startsWith('BEGIN:VCALENDAR')) return { mediaType: 'text/calendar', extension: 'ics' };
  if (beginning.startsWith('BEGIN:VCARD')) return { mediaType: 'text/vcard', extension: 'vcf' };
  if (hasControls(head)) return { mediaType: 'application/octet-stream', extension: 'bin' };
  return part.type === 'text/csv' ? { mediaType: 'text/csv', extension: 'csv' } : { mediaType: 'text/plain', extension: 'txt' };
}

function hasControls(head: Uint8Array): boolean {
  return head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b);
}

/** What the sender called it, without the folders and without what could stand for something else; never used for a path. */
function nameOf(part: MailPart, extension: string, number: number): string {
  const said =
    plainName(part.fileName ?? '', 1000)
      .split(/[\\/]/)
      .at(-1) ?? '';
  const name = said.replaceAll(/[<>:"|?*]/g, '_').replace(/^[\s.]+|[\s.]+$/g, '');
  if (name !== '') return name.length <= longestName ? name : `${name.slice(0, longestName - 12)}…${name.slice(-11)}`;
  return `${part.type.startsWith('message/') ? 'message' : 'attachment'}-${number}.${extension}`;
}
