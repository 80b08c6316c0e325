import { decodeText } from './charsets.ts';

/** The beginning of a mail that cannot be read, as well as it can be shown. */
export function unreadableText(head: Uint8Array): string {
  return decodeText(head, null)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{C}\n\t]/gu, '')
    .toWellFormed();
}
