import type { accountEn } from './account.en.ts';
import type { TextsLike } from './texts.ts';

export const accountZh: TextsLike<typeof accountEn> = {
  'action.place.account': '打开单位档案',
  'action.place.my-customers': '打开我的客户',
  'action.account.planVisit': '安排走访',
  'action.account.addAnniversary': '添加纪念日',
  'action.account.addGift': '登记礼品',
  'action.customers.handOver': '移交客户',
  'rail.company': '单位档案',
  'rail.my-customers': '我的客户',
};
