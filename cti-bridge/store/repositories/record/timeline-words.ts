import type { Group } from './group.ts';

/** What an entry of the timeline begins with, in the language of the person it is about. */
const words = {
  closed: { en: 'Closed', zh: '已结案' },
  reopened: { en: 'Reopened', zh: '重新打开' },
  kept: { en: 'Kept', zh: '已兑现' },
  done: { en: 'Done', zh: '已完成' },
} as const;

export function inWords(what: keyof typeof words, text: string, group: Pick<Group, 'cards'> | null): string {
  return group?.cards[0]?.fields.locale === 'zh' ? `${words[what].zh}：${text}` : `${words[what].en}: ${text}`;
}
