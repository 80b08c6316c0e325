/**
 * Takes mails apart where they can hurt nobody: in a process of its own, with limits of time and memory, after a check that counts what a parser
 * would have to bear.
 *
 * Two things to know: nothing that a mail says of itself is believed (its charsets, the types and names of its files, its ids), and what comes
 * out can do nothing any more: text is text, HTML has no script and asks for nothing, files lie under names of ours.
 * It promises a `ReadMail` or a reason with the beginning of the text, whatever the bytes are.
 */
/** HTML without anything that could act. What does it is loaded with the first that is written. */
export async function cleanHtml(html: string): Promise<string> {
  const cleaning = await import('./clean-html.ts');
  return cleaning.cleanHtml(html).html;
}

export { MailReading, type MailReadingParts } from './mail-reading.ts';
