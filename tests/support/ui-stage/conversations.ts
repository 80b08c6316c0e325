import type { ConversationView, MessageFile, MessageView } from '../../../shared/contracts/messages/conversation.ts';
import type { WaitingWork, WrittenWork } from '../../../shared/contracts/messages/inbox.ts';
import type { MessageTemplate, WrittenChannelName } from '../../../shared/contracts/messages/settings.ts';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { keyAccount, pop, type StageLanguage } from './people.ts';

/** Invented conversations for pictures and tests, told relative to `now`. */
const second = 1_000;
const minute = 60_000;

export const template = (
  id: string,
  en: string,
  zh: string,
  textEn: string,
  textZh: string,
  more: Partial<MessageTemplate> = {},
): MessageTemplate => ({
  ...{ id, name: { en, zh }, channels: ['chat', 'sms', 'email'], shortcut: id.slice(0, 20), subject: { en: '', zh: '' } },
  text: { en: textEn, zh: textZh },
  ...more,
});

export const stageTemplates: readonly MessageTemplate[] = [
  template(
    'second',
    'Add a second contact',
    '增加联系人',
    'Of course. What is the name and the number of the second contact?',
    '好的，请提供第二联系人的姓名和号码。',
  ),
  template(
    'moving',
    'Move: what happens on the day',
    '移机当天须知',
    'Dear {{customerName}}, the engineer calls half an hour before. About {{caseNumber}} we write again.',
    '{{customerName}}，工程师会提前半小时联系您。工单 {{caseNumber}} 进展将另行告知。',
  ),
  template(
    'anything',
    'Anything else?',
    '还有其他问题吗',
    'Is there anything else I can do for you, {{customerName}}?',
    '{{customerName}}，请问还有其他问题吗？',
  ),
];

export const file = (change: Partial<MessageFile> = {}): MessageFile => ({
  ...{ fileId: 'f-1', name: 'Move-summary-29-Nov.pdf', mediaType: 'application/pdf', bytes: 84_000, contentId: null, pages: null },
  ...change,
});

export function conversationOf(channel: WrittenChannelName, change: Partial<ConversationView> = {}): ConversationView {
  return {
    conversationId: 'c-1',
    channel,
    source: { id: 'shop', name: { en: 'Shop', zh: '商城' } },
    subject: null,
    correspondent: { address: null, display: 'Visitor 4821', name: 'Aylin Demir' },
    contactId: null,
    locale: 'en',
    startedAt: 0,
    lastSeq: 0,
    visitor: channel === 'chat' ? { isThere: true, readSeq: 0, page: null } : null,
    isStopped: false,
    ...change,
  };
}

/** Who it is: the key account, or nobody on file. */
export function writtenPop(
  channel: WrittenChannelName,
  language: StageLanguage,
  now: number,
  name: string | null,
  preview = '',
): ScreenPop {
  const known = pop(name === null ? 'certain' : 'unknown', now, 20_000, language);
  return {
    ...known,
    ...(name === null
      ? { match: { kind: 'certain', reason: channel === 'sms' ? 'numberOnFile' : 'emailOnFile', contact: keyAccount(now, language) } }
      : { match: { kind: 'unknown' } }),
    caller: {
      ...known.caller,
      kind: channel === 'sms' ? 'mobile' : channel === 'chat' ? 'visitor' : 'email',
      presentedName: name,
      display: channel === 'sms' ? known.caller.display : 'aylin@demir-partners.example',
      number: channel === 'sms' ? known.caller.number : null,
    },
    written: { channel, conversationId: 'c-1', subject: null, preview },
  };
}

export function workOf(
  channel: WrittenChannelName,
  now: number,
  change: Partial<WrittenWork> & { readonly name?: string | null } = {},
  language: StageLanguage = 'en',
): WrittenWork {
  const { name = 'Aylin Demir', ...rest } = change;
  const interactionId = rest.interactionId ?? 'i-w1';
  const conversationId = `c-${interactionId}`;
  const popped = writtenPop(channel, language, now, name);
  return {
    interactionId,
    workItemId: `w-${interactionId}`,
    reservationId: `r-${interactionId}`,
    state: 'open',
    snoozedUntil: null,
    conversation: conversationOf(channel, {
      conversationId,
      locale: language,
      correspondent: {
        address:
          channel === 'email'
            ? 'aylin@demir-partners.example'
            : channel === 'sms'
              ? language === 'en'
                ? '+447700900142'
                : '+8613900007788'
              : null,
        display:
          channel === 'email'
            ? 'aylin@demir-partners.example'
            : channel === 'sms'
              ? language === 'en'
                ? '+44 7700 900142'
                : '139 0000 7788'
              : 'Visitor 4821',
        name,
      },
    }),
    pop: { ...popped, interactionId, written: popped.written && { ...popped.written, conversationId } },
    preview: '',
    unread: 0,
    waitsSince: null,
    answerBy: null,
    takenAt: now - 10 * minute,
    draft: null,
    note: null,
    guests: [],
    isGuest: false,
    defaultDisposition: 'not-coded',
    ...rest,
  };
}

export function messageOf(
  conversationId: string,
  seq: number,
  kind: MessageView['kind'],
  text: string,
  at: number,
  change: Partial<MessageView> = {},
): MessageView {
  return {
    messageId: `${conversationId}-m${seq}`,
    conversationId,
    seq,
    kind,
    at,
    author: kind === 'in' ? { kind: 'customer', name: null } : { kind: 'agent', name: null },
    state: kind === 'out' ? { name: 'read', why: null, at } : null,
    subject: null,
    text,
    quoted: '',
    html: null,
    mail: null,
    sms: null,
    files: [],
    leftOut: [],
    ...change,
  };
}

export function waitingOf(
  workItemId: string,
  channel: WrittenChannelName,
  name: string,
  preview: string,
  now: number,
  change: Partial<WaitingWork> = {},
): WaitingWork {
  return {
    ...{ workItemId, interactionId: `i-${workItemId}`, channel, queueId: 'q-1', name, preview, subject: null, priority: 50 },
    queuedAt: now - 3 * minute,
    answerBy: null,
    ...change,
  };
}

/** The chat of the board, line by line. */
export function chatOf(conversationId: string, now: number, language: StageLanguage): MessageView[] {
  const at = (minutes: number, seconds: number) => now - minutes * minute + seconds * second;
  const line = (seq: number, kind: MessageView['kind'], en: string, zh: string, when: number, change: Partial<MessageView> = {}) =>
    messageOf(conversationId, seq, kind, language === 'en' ? en : zh, when, change);
  return [
    line(1, 'event', 'joined', 'joined', at(11, 0), { author: { kind: 'agent', name: language === 'en' ? 'Lena Hartmann' : '林晓月' } }),
    line(
      2,
      'in',
      'Hi, we move to 14 Harbour Walk on 1 December. Can the two phone lines and the internet come with us?',
      '您好，我们 12 月 1 日搬到海港路 14 号，两条电话线路和宽带能一起移机吗？',
      at(10, 20),
    ),
    line(
      3,
      'out',
      'Yes. The numbers stay. The internet at the new address is ready from 28 November, I can book the engineer for the 29th, 9 to 11.',
      '可以，号码不变。新址宽带 11 月 28 日起可用，可为您预约 29 日 9 至 11 点上门。',
      at(8, 2),
    ),
    line(4, 'in', 'The 29th works. Does it cost extra?', '29 日可以，需要另外收费吗？', at(7, 41)),
    line(5, 'note', 'Plan “Office 200”: one move a year is free, see KB-207.', '“商务 200”套餐每年免费移机一次，见 KB-207。', at(6, 50)),
    line(
      6,
      'out',
      'No, one move a year is included in your plan. I have put the summary in writing.',
      '不需要，套餐包含每年一次移机。已整理成文档。',
      at(4, 15),
      { files: [file({ name: language === 'en' ? 'Move-summary-29-Nov.pdf' : '移机说明 11-29.pdf' })] },
    ),
    line(
      7,
      'in',
      'Great. My colleague Jon should be able to change the date too. Yes, both names are on the account.',
      '好的，我同事也需要能改约时间，两人都在账户上。',
      at(0, -48),
    ),
  ];
}
