import type { TimelineItem } from '../../../shared/contracts/contact.ts';

export type HistoryLine = readonly [kind: TimelineItem['kind'], title: string, detail: string | null, outcome: string | null];
type Lines = readonly [HistoryLine, ...HistoryLine[]];

/** What ordinary customers have on their timeline, in their language. */
export const histories: Readonly<Record<'en' | 'zh', Lines>> = {
  en: [
    ['call', 'Call, bill explained', 'Asked about the pro-rata charge after a plan change.', 'Priya Nair · 4:12'],
    ['call', 'Call, no signal', 'Cell fault after the storm; told when it would be back.', 'Owen Carter · 3:05'],
    ['call', 'Call, second line asked', 'Wants a price for a line at the reception.', 'Sofia Marin · 6:40'],
    ['call', 'Call, address changed', null, 'Daniel Frost · 2:18'],
    ['call', 'Call abandoned in the queue', 'Waited 1:52.', 'abandoned'],
    ['sms', 'SMS: payment received', null, 'delivered'],
    ['sms', 'SMS: engineer on the way', 'Between 10:00 and 12:00.', 'delivered'],
    ['sms', 'SMS: data used up to 80%', null, 'delivered'],
    ['email', 'E-mail: copy of a contract asked', 'Sent as PDF the same day.', 'answered'],
    ['email', 'E-mail: number to be ported', 'Form attached, waiting for the signature.', 'answered'],
    ['chat', 'Chat: how to set up voicemail', null, 'solved'],
    ['chat', 'Chat: opening hours over the holidays', null, 'solved'],
    ['visit', 'Visit on site', 'Looked at the cabling for the new office.', 'Colin Marsh'],
    ['case', 'Repair closed', 'Router replaced.', 'in time'],
    ['note', 'Note', 'Prefers to be called back after four.', 'Amara Diallo'],
  ],
  zh: [
    ['call', '来电，账单解释', '咨询套餐变更后的折算费用。', '沈佳 · 4:12'],
    ['call', '来电，无信号', '雷雨后基站故障，已告知恢复时间。', '吴浩然 · 3:05'],
    ['call', '来电，咨询加装电话', '前台需加装一部，询价。', '赵雨婷 · 6:40'],
    ['call', '来电，变更账单地址', null, '钱一凡 · 2:18'],
    ['call', '排队中放弃', '等待 1:52。', '放弃'],
    ['sms', '短信：缴费成功', null, '已送达'],
    ['sms', '短信：工程师上门通知', '10:00 至 12:00 之间。', '已送达'],
    ['sms', '短信：流量已用 80%', null, '已送达'],
    ['email', '邮件：索取合同副本', '当日以 PDF 发送。', '已答复'],
    ['email', '邮件：办理携号转入', '已附表格，待签字。', '已答复'],
    ['chat', '在线客服：语音信箱设置', null, '已解决'],
    ['chat', '在线客服：节假日营业时间', null, '已解决'],
    ['visit', '上门走访', '查看新办公室布线。', '程立'],
    ['case', '报障单结案', '已更换路由器。', '按时'],
    ['note', '备注', '希望四点以后回电。', '许梦琪'],
  ],
};

export const billTitle = { en: (month: string) => `Bill for ${month}`, zh: (month: string) => `${month}账单` } as const;

type Subject = readonly [kind: 'complaint' | 'serviceRequest' | 'repair', subject: string];
export const caseSubjects: Readonly<Record<'en' | 'zh', readonly [Subject, ...Subject[]]>> = {
  en: [
    ['complaint', 'Charged twice in one month'],
    ['complaint', 'Engineer did not come'],
    ['serviceRequest', 'Second line for the reception'],
    ['serviceRequest', 'Change of address'],
    ['repair', 'No signal since the storm'],
    ['repair', 'Broadband drops in the evening'],
  ],
  zh: [
    ['complaint', '当月重复扣费'],
    ['complaint', '工程师未按约上门'],
    ['serviceRequest', '前台加装第二部电话'],
    ['serviceRequest', '变更账单地址'],
    ['repair', '雷雨后一直没有信号'],
    ['repair', '晚间宽带频繁断线'],
  ],
};

type Plan = readonly [name: string, detail: string, company: boolean];
export const plans: Readonly<Record<'en' | 'zh', readonly [Plan, ...Plan[]]>> = {
  en: [
    ['Mobile 20', '20 GB', false],
    ['Mobile Unlimited', '5G, no limit', false],
    ['Home Fibre 500', '500 Mbit/s', false],
    ['Team 30 lines', '30 GB each', true],
    ['Cloud PBX seats', 'with recording', true],
    ['Leased line', '100 Mbit/s', true],
  ],
  zh: [
    ['畅享 99 套餐', '20 GB', false],
    ['5G 畅享 199 套餐', '不限量', false],
    ['家庭宽带 500M', '500 Mbit/s', false],
    ['企业畅享套餐', '每线 30 GB', true],
    ['云总机席位', '含录音', true],
    ['互联网专线', '100 Mbit/s', true],
  ],
};
