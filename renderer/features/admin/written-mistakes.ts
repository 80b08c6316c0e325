import type { Configuration, QueueChannel, SectionName } from '../../../shared/contracts/configuration.ts';
import { automaticFields, type TemplateField, templateFields, writtenChannels } from '../../../shared/contracts/messages/settings.ts';
import { textFaults } from '../../../shared/fill-template.ts';
import { neverReached } from '../../../shared/message-rule-order.ts';
import type { Entry } from '../../stores/index.ts';
import { type Mistake, ofSecret } from './mistake.ts';

/** What is wrong with what is set up for written contacts. Null for another section. */
export function writtenMistakes(configuration: Configuration, section: SectionName, entry: Entry): readonly Mistake[] | null {
  switch (section) {
    case 'mailboxes':
      return ofMailbox(configuration, entry as Entry<'mailboxes'>);
    case 'smsLines':
      return ofSmsLine(configuration, entry as Entry<'smsLines'>);
    case 'chatSites':
      return ofChatSite(configuration, entry as Entry<'chatSites'>);
    case 'documentSources': {
      const { queue, folder } = entry as Entry<'documentSources'>;
      const isWhole = folder === null || /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(folder);
      return [
        ...ofQueue(configuration, queue, 'document'),
        ...(isWhole ? [] : [{ field: 'folder', key: 'admin.mistake.wholePath' } as const]),
      ];
    }
    case 'messageRules':
      return ofRule(configuration, entry as Entry<'messageRules'>);
    case 'messageTemplates': {
      const { subject, text } = entry as Entry<'messageTemplates'>;
      return [...ofText('subject', subject, templateFields), ...ofText('text', text, templateFields, false)];
    }
    case 'surveys':
      return ofSurvey(entry as Entry<'surveys'>);
    default:
      return null;
  }
}

function ofMailbox(configuration: Configuration, box: Entry<'mailboxes'>): readonly Mistake[] {
  const { address, queue, kind, incoming, outgoing, signature, autoReply } = box;
  const isTaken = configuration.mailboxes.some((other) => other !== box && other.address.toLowerCase() === address.toLowerCase());
  const isHalf = outgoing !== null && (outgoing.username === null) !== (outgoing.password === null);
  const known: readonly TemplateField[] = [...automaticFields, 'subject'];
  return [
    ...(isTaken ? [{ field: 'address', key: 'admin.mistake.taken', facts: { value: address } } as const] : []),
    ...ofQueue(configuration, queue, kind === 'fax' ? 'document' : 'email'),
    ...ofSecret('incoming/password', incoming?.password ?? null),
    ...ofSecret('outgoing/password', outgoing?.password ?? null),
    ...(isHalf ? [{ field: 'outgoing/password', key: 'admin.mistake.bothOrNeither' } as const] : []),
    ...ofText('signature', signature, templateFields),
    ...(kind === 'fax' && autoReply ? [{ field: 'autoReply', key: 'admin.mistake.faxReply' } as const] : []),
    ...(autoReply
      ? [...ofText('autoReply/subject', autoReply.subject, known, false), ...ofText('autoReply/text', autoReply.text, known, false)]
      : []),
  ];
}

function ofSmsLine(configuration: Configuration, line: Entry<'smsLines'>): readonly Mistake[] {
  const { number, queue, carrier, stopped, resumed } = line;
  const plain = (written: string) => written.replaceAll(/[\s()-]/g, '').toLowerCase();
  const isTaken = configuration.smsLines.some((other) => other !== line && plain(other.number) === plain(number));
  return [
    ...(isTaken ? [{ field: 'number', key: 'admin.mistake.taken', facts: { value: number } } as const] : []),
    ...ofQueue(configuration, queue, 'sms'),
    ...(carrier.kind === 'smpp' ? ofSecret('carrier/password', carrier.password) : ofSecret('carrier/secret', carrier.secret)),
    ...(carrier.kind === 'http' && !isPrivate(carrier.url) ? [{ field: 'carrier/url', key: 'admin.mistake.https' } as const] : []),
    ...ofText('stopped', stopped, automaticFields),
    ...ofText('resumed', resumed, automaticFields),
  ];
}

/** Nobody on the way reads along, and the address tells no password. */
function isPrivate(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

function ofChatSite(configuration: Configuration, { queue, welcome, allowedOrigins }: Entry<'chatSites'>): readonly Mistake[] {
  const wrong = allowedOrigins.findIndex((origin) => origin !== '*' && (!URL.canParse(origin) || new URL(origin).origin !== origin));
  return [
    ...ofQueue(configuration, queue, 'chat'),
    ...ofText('welcome', welcome, automaticFields),
    ...(wrong < 0 ? [] : [{ field: `allowedOrigins/${wrong}`, key: 'admin.mistake.origin' } as const]),
  ];
}

function ofRule(configuration: Configuration, rule: Entry<'messageRules'>): readonly Mistake[] {
  const { messageRules, queues } = configuration;
  const over = messageRules[neverReached(messageRules).get(messageRules.indexOf(rule)) ?? -1];
  const queue = queues.find(({ id }) => id === rule.then.queue);
  const channels = sourceChannels(configuration);
  const listed = rule.when.channels.length === 0 ? writtenChannels : rule.when.channels;
  const gone = rule.when.sources.find((source) => !channels.has(source));
  const aside = rule.when.sources.find((source) => channels.has(source) && !listed.some((channel) => channel === channels.get(source)));
  const { sources } = rule.when;
  const reached = sources.length === 0 ? listed : listed.filter((channel) => sources.some((source) => channels.get(source) === channel));
  const other = queue && reached.find((channel) => channel !== queue.channel);
  return [
    ...(over ? [{ field: '', key: 'admin.mistake.neverReached', facts: { value: over.id } } as const] : []),
    ...(gone === undefined ? [] : [{ field: 'when/sources', key: 'admin.mistake.gone', facts: { value: gone } } as const]),
    ...(aside === undefined ? [] : [{ field: 'when/sources', key: 'admin.mistake.otherSource', facts: { value: aside } } as const]),
    ...(other ? [{ field: 'then/queue', key: 'admin.mistake.ruleChannel' } as const] : []),
  ];
}

function ofSurvey({ by, mailbox, smsLine, address, subject, question, comment, thanks }: Entry<'surveys'>): readonly Mistake[] {
  const { email, sms, ...others } = by;
  const asked = Object.values(others);
  const isByMail = email === 'email' || sms === 'email' || asked.includes('email');
  const missing = (field: string) => ({ field, key: 'admin.mistake.required' }) as const;
  return [
    ...(mailbox === null && (sms === 'email' || asked.includes('email')) ? [missing('mailbox')] : []),
    ...(smsLine === null && (email === 'sms' || asked.includes('sms')) ? [missing('smsLine')] : []),
    ...(address === null && isByMail ? [missing('address')] : []),
    ...ofText('subject', subject, automaticFields, !isByMail),
    ...ofText('question', question, automaticFields, false),
    ...ofText('comment', comment, automaticFields),
    ...ofText('thanks', thanks, automaticFields, false),
  ];
}

/** What comes in at each place, by its id. */
function sourceChannels({ mailboxes, smsLines, chatSites, documentSources }: Configuration): ReadonlyMap<string, QueueChannel> {
  return new Map<string, QueueChannel>([
    ...mailboxes.map(({ id, kind }) => [id, kind === 'fax' ? 'document' : 'email'] as const),
    ...smsLines.map(({ id }) => [id, 'sms'] as const),
    ...chatSites.map(({ id }) => [id, 'chat'] as const),
    ...documentSources.map(({ id }) => [id, 'document'] as const),
  ]);
}

function ofQueue({ queues }: Configuration, id: string, channel: QueueChannel): readonly Mistake[] {
  const queue = queues.find((each) => each.id === id);
  return queue && queue.channel !== channel ? [{ field: 'queue', key: 'admin.mistake.otherChannel', facts: { value: id } }] : [];
}

const faultKeys = {
  missing: 'admin.mistake.otherLanguage',
  open: 'admin.mistake.openField',
  unknown: 'admin.mistake.unknownField',
} as const;

function ofText(
  field: string,
  text: Readonly<Record<'en' | 'zh', string>>,
  fields: readonly TemplateField[],
  mayBeEmpty = true,
): readonly Mistake[] {
  return textFaults(text, fields, mayBeEmpty).map((fault) => ({
    field: `${field}/${fault.language}`,
    key: faultKeys[fault.kind],
    ...(fault.kind === 'unknown' ? { facts: { value: `{{${fault.name}}}` } } : {}),
  }));
}
