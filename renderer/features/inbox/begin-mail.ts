import type { Composed, ConversationView, MailAddressView, MessageView } from '../../../shared/contracts/messages/conversation.ts';
import type { OwnSource } from '../../../shared/contracts/messages/inbox.ts';
import { nothingComposed } from '../../stores/index.ts';

export type MailKind = 'reply' | 'replyAll' | 'forward';

const keyOf = ({ address }: MailAddressView) => address.trim().toLowerCase();
/** Without the detail that answers to a marked address carry. */
const plainKeyOf = (each: MailAddressView) => keyOf(each).replace(/\+[^@]*(?=@)/, '');

/**
 * What a mail that answers or passes on begins with. A reply goes to where its writer wants it (`Reply-To`), one to all leaves out our own
 * addresses: we need no copy of our own. What is passed on has its files with it.
 */
export function beginMail(
  kind: MailKind,
  message: MessageView | null,
  conversation: ConversationView,
  ownAddresses: ReadonlySet<string> = new Set(),
): Composed {
  const subject = message?.subject ?? conversation.subject ?? '';
  const about = message?.messageId ?? null;
  if (kind === 'forward') {
    const fileIds = (message?.files ?? []).filter(({ contentId }) => contentId === null).map(({ fileId }) => fileId);
    return { ...nothingComposed, kind, about, subject: prefixed('Fwd: ', /^(?:fwd?|转发)\s*[:：]/i, subject), fileIds };
  }
  const { address, name } = conversation.correspondent;
  const wanted = answersTo(message);
  const to = wanted.length > 0 ? wanted : address === null ? [] : [{ address, name }];
  const taken = new Set([...to.map(keyOf), ...ownAddresses]);
  const cc: MailAddressView[] = [];
  for (const each of kind === 'replyAll' ? [...(message?.mail?.to ?? []), ...(message?.mail?.cc ?? [])] : []) {
    if (taken.has(keyOf(each)) || ownAddresses.has(plainKeyOf(each))) continue;
    taken.add(keyOf(each));
    cc.push(each);
  }
  return { ...nothingComposed, kind, about, to: [...to], cc, subject: prefixed('Re: ', /^(?:re|aw|sv|回复|答复)\s*[:：]/i, subject) };
}

/** Our mailboxes, in small letters. */
export function ownMailAddresses(sources: readonly OwnSource[] | null): ReadonlySet<string> {
  return new Set((sources ?? []).filter(({ channel }) => channel === 'email').map(({ address }) => address.toLowerCase()));
}

/** Of one of ours: to whom it went; of one of theirs: where they want the answer. */
function answersTo(message: MessageView | null): readonly MailAddressView[] {
  const mail = message?.mail;
  if (!mail) return [];
  if (message.kind === 'out') return mail.to;
  if (mail.replyTo.length > 0) return mail.replyTo;
  return mail.from === null ? [] : [mail.from];
}

function prefixed(prefix: string, has: RegExp, subject: string): string {
  return has.test(subject.trim()) ? subject : `${prefix}${subject}`;
}

export interface ReadAddresses {
  readonly addresses: readonly MailAddressView[];
  /** The first that is none. */
  readonly bad: string | null;
}

const most = 100;

/** Addresses as people type and paste them: `Name <a@b>`, `a@b`, with commas, semicolons or line ends between. */
export function readAddresses(typed: string): ReadAddresses {
  const addresses: MailAddressView[] = [];
  let bad: string | null = null;
  for (const part of typed.split(/[,;\n，；]+(?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
    const text = part.trim();
    if (text === '') continue;
    const [, name = '', inner] = /^(.*?)<([^<>]*)>$/.exec(text) ?? [null, '', text];
    const address = (inner ?? '').trim();
    if (/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/.test(address) && address.length <= 254 && addresses.length < most)
      addresses.push({ address, name: name.trim().replaceAll(/^"|"$/g, '') || null });
    else bad ??= text;
  }
  return { addresses, bad };
}

export function writeAddresses(addresses: readonly MailAddressView[]): string {
  return addresses
    .map(({ address, name }) =>
      name === null ? address : /[,;<>"]/.test(name) ? `"${name.replaceAll('"', '')}" <${address}>` : `${name} <${address}>`,
    )
    .join(', ');
}
