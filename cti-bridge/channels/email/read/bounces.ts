import type { ReadMail } from '../../../interactions/index.ts';
import { decodeText } from './charsets.ts';
import { plainLine } from './header-text.ts';
import type { MailLimits } from './mail-limits.ts';
import { headerOf, type MailPart } from './mail-tree.ts';
import { messageIdsIn, ownMessageId } from './message-ids.ts';

export type Bounce = NonNullable<ReadMail['bounce']>;

const longestWhy = 500;

/**
 * What a server says of a mail that it could not deliver: in the fields of RFC 3464 where it sends them, else in the words of the programs that
 * have their own (qmail, Exim before 4.8, Exchange, the Chinese providers). Null where it is no such thing, or only says that all is well.
 */
export function bounceOf(root: MailPart, text: string, limits: MailLimits): Bounce | null {
  const parts = [...everyPart(root)];
  const status = parts.find((part) => part.type === 'message/delivery-status' || part.type === 'message/global-delivery-status');
  if (status) return standardBounce(contentText(status), parts, root, limits);
  if (root.reportType !== null && root.reportType !== 'delivery-status') return null;
  return wordsOfBounce(root, parts, text, limits);
}

function standardBounce(fields: string, parts: readonly MailPart[], root: MailPart, limits: MailLimits): Bounce | null {
  // Groups of fields are parted by an empty line: of the mail as a whole, then of each recipient.
  const groups = fields
    .replaceAll('\r', '')
    .split(/\n[ \t]*\n/)
    .map(fieldsOf);
  const recipients = groups.filter((group) => group.has('final-recipient') || group.has('original-recipient') || group.has('action'));
  const about =
    recipients.find((group) => group.get('action') === 'failed') ?? recipients.find((group) => group.get('action') === 'delayed');
  const undecided = about ?? recipients.find((group) => !group.has('action') && /^[45]\./.test(group.get('status') ?? ''));
  if (!undecided) return null;
  const code = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(undecided.get('status') ?? '')?.[0] ?? '';
  const isPermanent = undecided.get('action') === 'failed' ? !code.startsWith('4') || !undecided.has('status') : code.startsWith('5');
  const said = undecided.get('diagnostic-code')?.replace(/^\s*(?:smtp|x-[\w-]+)\s*;\s*/i, '') ?? undecided.get('status') ?? '';
  return {
    of: idOfOurs(parts, root, limits),
    recipient: addressAfterType(undecided.get('original-recipient') ?? '') ?? addressAfterType(undecided.get('final-recipient') ?? ''),
    isPermanent: isPermanent && undecided.get('action') !== 'delayed',
    why: plainLine(said, longestWhy),
  };
}

function fieldsOf(group: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of group.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^([\w-]{1,60})[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
    if (name && !fields.has(name.toLowerCase()))
      fields.set(name.toLowerCase(), name.toLowerCase() === 'action' ? (value ?? '').trim().toLowerCase() : (value ?? ''));
  }
  return fields;
}

const addressAfterType = (value: string) => /([^\s;<>]{1,200}@[^\s;<>]{1,200})/.exec(value)?.[1] ?? null;

const subjects =
  /undeliver|delivery (?:status notification|failure|has failed|problem)|returned mail|mail delivery (?:failed|system|subsystem)|failure notice|could not be delivered|non[- ]remis|unzustellbar|退信|系统退信|无法投递|投递失败|未能送达|邮件被退回|無法傳送/i;
const wordings: readonly { readonly says: RegExp; readonly isPermanent: boolean }[] = [
  {
    says: /will (?:continue to )?be (?:re)?tried|still (?:be )?try|not yet been delivered|temporarily deferred|delivery (?:is )?delayed|will keep trying|继续尝试/i,
    isPermanent: false,
  },
  {
    says: /this is the qmail-send program|permanent (?:fatal )?error|could not be delivered|couldn't be delivered|wasn't able to deliver|unable to deliver|delivery (?:to the following .{0,60})?(?:has )?failed|undeliverable|user unknown|mailbox (?:unavailable|not found)|no such user|unzustellbar|退回|退信|无法投递|投递失败|未能投递成功|未能送达|被拒绝|收件人不存在|地址不存在/i,
    isPermanent: true,
  },
];

function wordsOfBounce(root: MailPart, parts: readonly MailPart[], text: string, limits: MailLimits): Bounce | null {
  const from = headerOf(root, 'from') ?? '';
  const failed = headerOf(root, 'x-failed-recipients');
  const isFromServer = /mailer-daemon|postmaster|mail delivery|microsoftexchange/i.test(from);
  const hasNoSender = /^\s*<\s*>/.test(headerOf(root, 'return-path') ?? '');
  const isToldSo = subjects.test(plainLine(headerOf(root, 'subject') ?? '', 500));
  const beginning = text.slice(0, 20_000);
  const wording = wordings.find(({ says }) => says.test(beginning));
  // Two of three witnesses: a customer who writes "delivery failed" is a customer.
  const witnesses = [isFromServer || hasNoSender, isToldSo, wording !== undefined].filter(Boolean).length;
  if (failed === null && (witnesses < 2 || !(isFromServer || hasNoSender))) return null;
  const recipients = [...beginning.matchAll(/[\w.+'=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/g)].map(([address]) => address);
  const reason =
    /(?:^|\n)[^\n]*\b[45]\d\d[ -][^\n]*|(?:^|\n)[^\n]*\b[45]\.\d\.\d[^\n]*/.exec(beginning)?.[0] ??
    beginning.split('\n').find((line) => wording?.says.test(line)) ??
    '';
  const servers = /^(?:mailer-daemon|postmaster)@/i;
  return {
    of: idOfOurs(parts, root, limits) ?? ownMessageId(/(?:^|\n)message-id:[ \t]*(<[^<>\s]{1,900}>)/i.exec(text)?.[1] ?? null),
    recipient: addressAfterType(failed ?? '') ?? recipients.find((address) => !servers.test(address)) ?? null,
    isPermanent: wording?.isPermanent ?? true,
    why: plainLine(reason, longestWhy),
  };
}

/** The id in the headers of the mail that comes back with it, as a whole or its headers alone; else in the headers of the bounce. */
function idOfOurs(parts: readonly MailPart[], root: MailPart, limits: MailLimits): string | null {
  for (const part of parts) {
    if (!/^(?:message\/(?:rfc822|global|rfc822-headers|global-headers)|text\/rfc822-headers)$/.test(part.type)) continue;
    const id = /(?:^|\n)message-id[ \t]*:\s*(<[^<>]{1,900}>)/i.exec(contentText(part))?.[1];
    if (id) return ownMessageId(id);
  }
  const answered = headerOf(root, 'x-original-message-id') ?? headerOf(root, 'in-reply-to') ?? headerOf(root, 'references');
  return messageIdsIn(answered, limits).at(-1) ?? null;
}

const headBytes = 256 * 1024;
const contentText = (part: MailPart) => decodeText(part.content.subarray(0, headBytes), part.charset);

function* everyPart(part: MailPart): Generator<MailPart> {
  yield part;
  for (const each of part.parts) yield* everyPart(each);
}
