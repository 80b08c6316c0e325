import type { Group } from './group.ts';

/** What an entry of the timeline begins with, in the language of the person it is about. */
const words = {
  closed: { en: 'Closed', zh: '已结案' },
  reopened: { en: 'Reopened', zh: '重新打开' },
  kept: { en: 'Kept', zh: '已兑现' },
  done: { en: 'Done', zh: '已完成' },
  callbackAgreed: { en: 'Callback agreed', zh: '预约回电' },
  callbackMoved: { en: 'Callback moved', zh: '回电改期' },
  callbackReached: { en: 'Called back', zh: '已回电' },
  callbackNotReached: { en: 'Called back, not reached', zh: '回电未接通' },
  callbackCalledAgain: { en: 'Called us before the callback', zh: '客户已先来电，取消回电' },
  callbackCanceled: { en: 'Callback canceled', zh: '取消回电' },
} as const;

export type TimelineWord = keyof typeof words;

export function inWords(what: TimelineWord, text: string, group: Pick<Group, 'cards'> | null): string {
  return group?.cards[0]?.fields.locale === 'zh' ? `${words[what].zh}：${text}` : `${words[what].en}: ${text}`;
}
