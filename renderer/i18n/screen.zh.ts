import type { screenEn } from './screen.en.ts';
import type { TextsLike } from './texts.ts';

export const screenZh: TextsLike<typeof screenEn> = {
  'panes.work': '工作列表宽度',
  'panes.customer': '客户栏宽度',
  'offer.alert.key': '按 {{key}} 接听',
  'offer.alert.between': '。',
  'title.flash': '来电振铃时',
  'title.flash.off': '不闪烁',
  'title.flash.on': '窗口边框闪烁',
};
