import type { StoredConversation } from '../../interactions/index.ts';

const channels = {
  email: { en: 'E-mail', zh: '邮件' },
  sms: { en: 'SMS', zh: '短信' },
  chat: { en: 'Chat', zh: '在线客服' },
  document: { en: 'Document', zh: '文件' },
} as const;

/** How a written contact is called on a timeline. */
export function conversationTitle(
  { channel, subject }: Pick<StoredConversation, 'channel' | 'subject'>,
  preview: string,
  source: { readonly en: string; readonly zh: string },
): { readonly en: string; readonly zh: string } {
  const words = subject?.trim() || preview;
  return {
    en: `${channels[channel].en}: ${words || source.en}`,
    zh: `${channels[channel].zh}：${words || source.zh}`,
  };
}
