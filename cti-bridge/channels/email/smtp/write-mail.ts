import type { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { type MailAddress, type OutgoingMail, ownMailHeader } from '../../../interactions/index.ts';
import { err, ok, type Result } from '../../../kernel/index.ts';
import type { OpenedFile } from './opened-files.ts';

/** A mail as it goes to the server. */
export interface WrittenMail {
  /** `from` false is the null sender, `MAIL FROM:<>`. */
  readonly envelope: { readonly from: string | false; readonly to: readonly string[] };
  /** At least so many bytes: a server that takes less can say so before it gets any. */
  readonly bytesAtLeast: number;
  /** The whole of it, RFC 5322. To be called once, when somebody reads it. */
  content(): Readable;
}

/** RFC 5322 2.1.1: no line is longer than 998; an id cannot be folded. */
const longestId = 900;
const messageIdShape = /^<[^\s<>\p{Cc}]+@[^\s<>\p{Cc}]+>$/u;
const addressShape = /^[^\s@<>(),;:"\\[\]\p{Cc}]+@[^\s@<>(),;:"\\[\]\p{Cc}]+$/u;
/** A part that holds other parts cannot be sent as a file in base64 (RFC 2046 5.1, 5.2.1), so it goes as bytes. */
const plainMediaType = /^(?!message\/|multipart\/)[a-z0-9][\w.+-]*\/[\w.+-]+$/i;
/** What would begin another line, or end the text for some who read it. */
const breaksLine = /[\r\n\0\v\f\u0085\u2028\u2029]/;

/** Why this mail can never go as it is; null when it can. Nothing that is written in a header may begin another line. */
export function refusalOf(mail: OutgoingMail): string | null {
  const people = [mail.from, ...mail.to, ...mail.cc, ...mail.bcc];
  const inHeaders: readonly (readonly [string, string | null])[] = [
    ['The subject', mail.subject],
    ['The Message-ID', mail.internetMessageId],
    ['In-Reply-To', mail.inReplyTo],
    ...mail.references.map((reference) => ['References', reference] as const),
    ...people.flatMap(({ address, name }) => [['An address', address] as const, ['The name of an address', name] as const]),
    ...mail.files.flatMap(({ name, mediaType, contentId }) => [
      ['The name of a file', name] as const,
      ['The type of a file', mediaType] as const,
      ['The Content-ID of a file', contentId] as const,
    ]),
  ];
  for (const [what, value] of inHeaders)
    if (value !== null && breaksLine.test(value)) return `${what} has a line break or a control character in it.`;
  if (mail.to.length + mail.cc.length + mail.bcc.length === 0) return 'It is addressed to nobody.';
  for (const { address } of people)
    if (!addressShape.test(address) || address.length > 254) return `“${address.slice(0, 100)}” is not an e-mail address.`;
  if (!isMessageId(mail.internetMessageId)) return 'Its Message-ID is none.';
  return null;
}

/** `files` are those of the mail, opened. */
export function writeMail(mail: OutgoingMail, files: readonly OpenedFile[], now: number): Result<WrittenMail, string> {
  const refusal = refusalOf(mail);
  if (refusal !== null) return err(refusal);
  const composer = new MailComposer({
    from: written(mail.from),
    to: mail.to.map(written),
    cc: mail.cc.map(written),
    bcc: mail.bcc.map(written),
    subject: mail.subject,
    messageId: mail.internetMessageId,
    // What others wrote there may be anything; a wrong one threads nothing and is left out.
    ...(mail.inReplyTo !== null && isMessageId(mail.inReplyTo) ? { inReplyTo: mail.inReplyTo } : {}),
    references: mail.references.filter(isMessageId),
    date: new Date(now),
    text: mail.text === '' ? '\n' : mail.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    attachments: files.map(({ file, content }) => ({
      filename: file.name,
      content,
      contentType: plainMediaType.test(file.mediaType) ? file.mediaType : 'application/octet-stream',
      contentTransferEncoding: 'base64',
      ...(file.contentId === null ? {} : { cid: file.contentId.replace(/[\s<>]/g, ''), contentDisposition: 'inline' }),
    })),
    headers: mail.isAutomatic ? automaticHeaders(mail.inReplyTo !== null) : {},
    newline: 'win',
    // What an agent or a customer wrote names no file and no address of ours to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const node = composer.compile();
  const { from, to } = node.getEnvelope();
  return ok({
    envelope: { from: mail.isAutomatic ? false : from, to },
    bytesAtLeast: files.reduce((sum, { file }) => sum + Math.ceil(file.bytes / 3) * 4, Buffer.byteLength(mail.text)),
    content: () => node.createReadStream(),
  });
}

/** RFC 3834 5: what a program wrote says so. Exchange and Outlook also want to be told not to answer. */
function automaticHeaders(isAnswer: boolean): Readonly<Record<string, string>> {
  return { [ownMailHeader]: 'yes', 'Auto-Submitted': isAnswer ? 'auto-replied' : 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
}

const isMessageId = (text: string): boolean => text.length <= longestId && messageIdShape.test(text);

const written = ({ address, name }: MailAddress) => ({ address, name: name ?? '' });
