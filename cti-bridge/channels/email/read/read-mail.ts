import type { MailUnreadable, ReadMail } from '../../../interactions/index.ts';
import { addressesIn } from './addresses.ts';
import { automaticKind } from './automatic-mail.ts';
import { bounceOf } from './bounces.ts';
import { plainLine } from './header-text.ts';
import { bodyOf } from './mail-body.ts';
import { filesOf, type UnpackedFile } from './mail-files.ts';
import { type MailLimits, mailLimits } from './mail-limits.ts';
import { headerOf, type MailPart, takeApart } from './mail-tree.ts';
import { messageIdsIn, ownMessageId } from './message-ids.ts';
import { splitQuoted } from './split-quoted.ts';

const longestSubject = 998;

export type ParsedMail =
  | { readonly ok: true; readonly mail: ReadMail; readonly contents: readonly UnpackedFile[] }
  | { readonly ok: false; readonly why: MailUnreadable };

/** Takes one mail apart. Never throws: whatever the bytes are, there is a mail or a reason. Its limits are those of `mailLimits`; time is the caller's. */
export async function readMail(raw: Buffer, limits: MailLimits = mailLimits): Promise<ParsedMail> {
  try {
    const taken = await takeApart(raw, limits);
    return taken.ok ? await mailOf(taken.root, limits) : taken;
  } catch {
    // A parser has its own ways to give up, and every one of them says the same: this is no mail that we can read.
    return { ok: false, why: 'broken' };
  }
}

async function mailOf(root: MailPart, limits: MailLimits): Promise<ParsedMail> {
  const { body, files: fileParts } = bodyOf(root, limits);
  const { files: contents, leftOut } = await filesOf(fileParts, body.shows, limits);
  const { text, quoted } = splitQuoted(body.text);
  const automatic = automaticKind(root);
  const bounce = bounceOf(root, body.text, limits);
  return {
    ok: true,
    contents,
    mail: {
      internetMessageId: ownMessageId(headerOf(root, 'message-id')),
      inReplyTo: messageIdsIn(headerOf(root, 'in-reply-to'), limits),
      references: messageIdsIn(headerOf(root, 'references'), limits),
      subject: plainLine(headerOf(root, 'subject') ?? '', longestSubject),
      date: dateOf(headerOf(root, 'date')),
      from: addressesIn(root, 'from', limits)[0] ?? addressesIn(root, 'sender', limits)[0] ?? null,
      replyTo: addressesIn(root, 'reply-to', limits),
      to: addressesIn(root, 'to', limits),
      cc: addressesIn(root, 'cc', limits),
      text,
      quoted,
      html: body.html === '' ? null : body.html,
      hasRemoteContent: body.hasRemoteContent,
      automatic: bounce ? 'bounce' : automatic,
      bounce,
      files: contents.map(({ content: _, ...file }) => file),
      leftOut: body.isCut ? [...leftOut, { name: '', why: 'textTooLong' }] : leftOut,
    },
  };
}

/** Between the first mails and a year that a clock could be wrong by; null beyond, and where it is no date. */
function dateOf(value: string | null): number | null {
  const at = Date.parse(value ?? '');
  return at >= Date.UTC(1971, 0) && at < Date.UTC(2200, 0) ? at : null;
}
