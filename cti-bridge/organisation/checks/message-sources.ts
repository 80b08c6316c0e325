import type { QueueChannel } from '../../../shared/contracts/configuration.ts';
import { automaticFields, type TemplateField, templateFields } from '../../../shared/contracts/messages/settings.ts';
import { type Check, checkReference, type Draft, type Report } from '../draft.ts';
import { checkTexts } from './message-texts.ts';
import { checkSecret } from './phones.ts';

/** Where written contacts come in: each place is one of its kind, leads to a queue that can take it, and keeps its secrets to itself. */
export const checkMessageSources: Check = (draft, report) => {
  checkIds(draft, report);
  checkMailboxes(draft, report);
  checkSmsLines(draft, report);
  checkChatSites(draft, report);
  checkDocumentSources(draft, report);
};

/** A rule and a stored message name their place by its id alone. */
function checkIds(draft: Draft, report: Report): void {
  const places = new Map<string, string>();
  for (const section of ['mailboxes', 'smsLines', 'chatSites', 'documentSources'] as const) {
    for (const { id } of draft[section]) {
      const other = places.get(id);
      if (other !== undefined && other !== section)
        report(
          `${section}/${id}`,
          `an id that one of ${other} has`,
          'an id of its own among mailboxes, smsLines, chatSites and documentSources',
        );
      else places.set(id, section);
    }
  }
}

function checkMailboxes(draft: Draft, report: Report): void {
  const once = newOnce(report);
  for (const { id, address, queue, kind, incoming, outgoing, signature, autoReply } of draft.mailboxes) {
    const path = `mailboxes/${id}`;
    once(`${path}/address`, address, address.toLowerCase(), id);
    checkQueue(draft, report, `${path}/queue`, queue, kind === 'fax' ? 'document' : 'email');
    checkSecret(incoming?.password ?? null, `${path}/incoming/password`, report);
    checkSecret(outgoing?.password ?? null, `${path}/outgoing/password`, report);
    if (outgoing && (outgoing.username === null) !== (outgoing.password === null))
      report(
        `${path}/outgoing/password`,
        outgoing.username === null ? 'a password without a user name' : 'nothing',
        'both of them, or neither',
      );
    checkTexts(report, `${path}/signature`, signature, templateFields);
    if (autoReply === null) continue;
    if (kind === 'fax') report(`${path}/autoReply`, 'an answer by mail', 'null: who sends a fax does not read it');
    const known: readonly TemplateField[] = [...automaticFields, 'subject'];
    checkTexts(report, `${path}/autoReply/subject`, autoReply.subject, known, 'required');
    checkTexts(report, `${path}/autoReply/text`, autoReply.text, known, 'required');
  }
}

function checkSmsLines(draft: Draft, report: Report): void {
  const once = newOnce(report);
  for (const { id, number, queue, carrier, stopped, resumed } of draft.smsLines) {
    const path = `smsLines/${id}`;
    once(`${path}/number`, number, number.replaceAll(/[\s()-]/g, '').toLowerCase(), id);
    checkQueue(draft, report, `${path}/queue`, queue, 'sms');
    checkSecret(
      carrier.kind === 'smpp' ? carrier.password : carrier.secret,
      `${path}/carrier/${carrier.kind === 'smpp' ? 'password' : 'secret'}`,
      report,
    );
    if (carrier.kind === 'http') checkCarrierAddress(carrier.url, `${path}/carrier/url`, report);
    checkTexts(report, `${path}/stopped`, stopped, automaticFields);
    checkTexts(report, `${path}/resumed`, resumed, automaticFields);
  }
}

/** What customers write goes there, and a signature does not hide it. */
function checkCarrierAddress(url: string, path: string, report: Report): void {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed) return report(path, url, 'an address such as https://sms.example.com/send');
  if (parsed.username !== '' || parsed.password !== '')
    return report(path, 'an address with a password in it', 'one without: the secret is kept elsewhere');
  if (parsed.protocol === 'http:' && !/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(parsed.hostname))
    report(path, `${parsed.protocol}//${parsed.host}`, 'https: only on this machine may messages go unencrypted');
}

function checkChatSites(draft: Draft, report: Report): void {
  for (const { id, queue, welcome, allowedOrigins } of draft.chatSites) {
    const path = `chatSites/${id}`;
    checkQueue(draft, report, `${path}/queue`, queue, 'chat');
    checkTexts(report, `${path}/welcome`, welcome, automaticFields);
    for (const [index, origin] of allowedOrigins.entries()) {
      // Browsers tell it in this one form; any other one would never be met.
      const told = URL.canParse(origin) ? new URL(origin).origin : null;
      if (origin !== '*' && origin !== told)
        report(`${path}/allowedOrigins/${index}`, origin, told ?? 'an origin such as https://shop.example');
    }
  }
}

function checkDocumentSources(draft: Draft, report: Report): void {
  const once = newOnce(report);
  for (const { id, queue, folder } of draft.documentSources) {
    const path = `documentSources/${id}`;
    checkQueue(draft, report, `${path}/queue`, queue, 'document');
    if (folder === null) continue;
    if (!/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(folder)) report(`${path}/folder`, folder, 'the whole path, from the root');
    once(`${path}/folder`, folder, folder.replace(/[\\/]+$/, ''), id);
  }
}

/** Two of one kind at the same place would take each other's. */
function newOnce(report: Report) {
  const owners = new Map<string, string>();
  return (path: string, written: string, key: string, id: string) => {
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, id);
    else report(path, `${written}, which ${owner} has`, 'one of its own');
  };
}

function checkQueue(draft: Draft, report: Report, path: string, id: string, channel: QueueChannel): void {
  checkReference(draft, report, path, 'queues', id);
  const queue = draft.queues.find((each) => each.id === id);
  if (queue && queue.channel !== channel) report(path, `${id}, a queue of channel ${queue.channel}`, `a queue of channel ${channel}`);
}
