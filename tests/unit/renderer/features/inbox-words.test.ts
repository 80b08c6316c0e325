import { describe, expect, it } from 'vitest';
import { eventSentence, stateWords, whyWords } from '../../../../renderer/features/inbox/words.ts';
import { formatsOf, type Language, type Text } from '../../../../renderer/i18n/index.ts';
import type { MessageView } from '../../../../shared/contracts/messages/conversation.ts';
import { createI18n } from '../../../support/both-languages.ts';

const textOf = (language: Language): Text => {
  const i18n = createI18n(language);
  return { t: (key, facts) => i18n.t(key, facts ?? {}), formats: formatsOf(language) };
};

const event = (text: string, name: string | null, quoted = ''): MessageView => ({
  ...{ messageId: 'm1', conversationId: 'c1', seq: 1, kind: 'event', at: 0, author: { kind: 'system', name }, state: null, subject: null },
  ...{ text, quoted, html: null, mail: null, sms: null, files: [], leftOut: [] },
});

describe('what became of a message of ours', () => {
  it.each<[MessageView, string, string]>([
    [
      event('bounced', 'wang@example.cn', '550 no such user'),
      'It could not be delivered to wang@example.cn: 550 no such user',
      '未能送达 wang@example.cn：550 no such user',
    ],
    [
      event('delayed', null, 'mailbox full'),
      'Delivery to an address is delayed and still being tried: mailbox full',
      '发给某个地址的邮件投递延迟，仍在重试：mailbox full',
    ],
    [
      event('failed', null, 'gaveUp: Nothing listens on mx:25.'),
      'A message was not sent: it could not leave within a day (Nothing listens on mx:25.)',
      '有一条消息未发送：一天内未能发出（Nothing listens on mx:25.）',
    ],
    [event('mayHaveBeenSent', null, 'x'), 'A message may have been sent, or not: x', '有一条消息可能已发送，也可能没有：x'],
    [
      event('newCorrespondent', 'Zhang <zhang@example.cn>'),
      'Zhang <zhang@example.cn> writes here for the first time and was not written to',
      'Zhang <zhang@example.cn> 首次在此会话中来信，此前未向其发信',
    ],
    [event('called', 'Lena Hartmann', '139 0000 4126'), 'Lena Hartmann called 139 0000 4126', 'Lena Hartmann已拨打 139 0000 4126'],
    [event('talked 192', null), 'Talked 3:12 on the phone', '通话 3:12'],
    [event('notReached', null), 'The call was not answered', '电话未接通'],
    [event('callOver', null), 'The call is over', '通话已结束'],
  ])('is a sentence in both languages: $text', (message, en, zh) => {
    expect([eventSentence(textOf('en'), message), eventSentence(textOf('zh'), message)]).toEqual([en, zh]);
  });

  it('that could not leave yet is that it waits, and why', () => {
    const state = { name: 'queued', why: 'Nothing listens on mx:25.', at: 0 } as const;
    expect(stateWords(textOf('en'), state)).toEqual({ text: 'waits to be sent: Nothing listens on mx:25.', tone: 'waiting' });
    expect(stateWords(textOf('zh'), state).text).toBe('等待发送：Nothing listens on mx:25.');
    expect(stateWords(textOf('en'), { ...state, why: null })).toEqual({ text: 'to be sent', tone: null });
  });

  it('is said in the words of whoever carries it where they have their own', () => {
    expect(whyWords(textOf('en'), '550 no such user')).toBe('550 no such user');
  });
});
