import type { Locale } from '../../../shared/contracts/contact.ts';
import { highestScore, type SurveyConfiguration } from '../../../shared/contracts/messages/settings.ts';
import type { ConversationId, MessageId } from '../../../shared/ids.ts';
import { mailToken, type StoredConversation, type StoredSurvey, withMailToken } from '../../interactions/index.ts';
import type { MessageContext } from './context.ts';
import { fillIn } from './fill-in.ts';
import { internetIdOf } from './internet-id.ts';
import { plainIntake, plainMessage } from './note-event.ts';
import { tellMessage } from './tell.ts';

const words = {
  howByText: { en: 'Please answer with a number from 1 (poor) to 5 (very good).', zh: '请回复数字 1–5 评分（1 很不满意，5 非常满意）。' },
  howByMail: { en: 'Please choose from 1 (poor) to 5 (very good):', zh: '请点击评分（1 很不满意，5 非常满意）：' },
} as const;

/** Into the outbox, once, whoever is stopped in between: the message has the contact's name. False: there is nothing to send it from any more. */
export async function sendSurvey(survey: StoredSurvey, settings: SurveyConfiguration, context: MessageContext): Promise<boolean> {
  const { clock, ids, conversations, works, configuration, wakeOutbox } = context;
  const { by, locale, sourceId } = survey;
  const { mailboxes, smsLines } = configuration();
  const mailbox = mailboxes.find(({ id }) => id === sourceId);
  if (by === 'email' ? !mailbox || settings.address === null : !smsLines.some(({ id }) => id === sourceId)) return false;
  const conversation = await conversationOf(survey, context);
  const messageId = ids.next<MessageId>();
  const at = clock.now();
  const question = fillIn(settings.question[locale], locale, {}, context);
  const isMail = by === 'email' && mailbox !== undefined;
  const text = isMail
    ? [question, words.howByMail[locale], ...linksOf(survey, settings).map(({ score, url }) => `${score}  ${url}`)].join('\n\n')
    : `${question}\n${words.howByText[locale]}`;
  const html = isMail ? mailHtml(question, survey, settings, locale) : null;
  const subject = isMail ? withMailToken(fillIn(settings.subject[locale], locale, {}, context), conversation.conversationId) : '';
  const internetId = isMail ? internetIdOf(messageId, mailbox.address) : null;
  const to = [{ address: conversation.address ?? survey.addressKey, name: isMail ? conversation.name : null }];
  const from = isMail ? { address: mailbox.address, name: mailbox.sender[locale] } : null;
  const { message, isNew } = await conversations.store({
    ...plainIntake,
    conversation: { ...conversation, lastAt: at },
    message: {
      ...{ ...plainMessage, messageId, kind: 'out', at, state: { name: 'queued', why: null, at }, text, isAutomatic: true },
      ...{ internetId, subject: isMail ? subject : null, clientId: `survey:${survey.interactionId}` },
      mail: from && { from, to, cc: [], replyTo: [] },
    },
    references: internetId === null ? [] : [{ internetId, digest: '' }],
    outbox: {
      ...{ messageId, channel: by, sourceId, to, cc: [], bcc: [], subject, text, html, internetId, inReplyTo: null, references: [] },
      ...{ fileIds: [], isAutomatic: true, attempts: 0, nextAt: at },
    },
  });
  if (isNew) tellMessage(works.ofConversation(conversation.conversationId), message, context);
  wakeOutbox();
  return true;
}

async function conversationOf(survey: StoredSurvey, { conversations, ids, clock }: MessageContext): Promise<StoredConversation> {
  const { by, sourceId, addressKey, conversationId, contactId, locale } = survey;
  const theirs = conversationId === null ? null : await conversations.readConversation(conversationId);
  const before = theirs ?? (await conversations.findByAddress(by, sourceId, addressKey));
  if (before) return before;
  const at = clock.now();
  const fresh = ids.next<ConversationId>();
  return {
    ...{ conversationId: fresh, channel: by, sourceId, addressKey, address: addressKey, name: null, subject: null, contactId, locale },
    ...{ startedAt: at, lastAt: at, lastSeq: 0, threadToken: by === 'email' ? mailToken(fresh) : null, tokenDigest: null, page: null },
    ...{ visitorSeq: 0, agentSeq: 0 },
  };
}

/** Looking at a link answers nothing: programs that check mails follow all of them. */
function linksOf({ token }: StoredSurvey, { address }: SurveyConfiguration): readonly { readonly score: number; readonly url: string }[] {
  return Array.from({ length: highestScore }, (_, index) => ({ score: index + 1, url: `${address}/s/${token}/${index + 1}` }));
}

function mailHtml(question: string, survey: StoredSurvey, settings: SurveyConfiguration, locale: Locale): string {
  const paragraphs = question.split('\n').map((line) => `<p>${asHtml(line)}</p>`);
  const links = linksOf(survey, settings).map(({ score, url }) => `<a href="${asHtml(url)}"><b>&nbsp;${score}&nbsp;</b></a>`);
  return `${paragraphs.join('')}<p>${asHtml(words.howByMail[locale])}</p><p>${links.join(' &nbsp; ')}</p>`;
}

const asHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
