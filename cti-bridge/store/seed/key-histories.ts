import type { HistoryLine } from './histories.ts';

/** One line of a told history: days before the first start, hour of that day (15.4 is 15:24), and what it says. */
export type Dated = readonly [daysAgo: number, hour: number, ...HistoryLine];

export const margaretHistory: readonly Dated[] = [
  [3, 15.4, 'case', 'Complaint C-20418 opened', 'Roaming charges, October. Answer promised within two days.', 'answer owed'],
  [3, 15.2, 'call', 'Call, roaming charges', '“The driver was told the bundle covers Europe.”', 'Lena Hartmann · 8:14'],
  [3, 15.5, 'sms', 'SMS: case number', 'C-20418, to +44 7700 900142', 'delivered'],
  [3, 11.1, 'sms', 'Porting codes asked for, 4 lines', 'Julian Becker, by SMS', 'answered'],
  [9, 9.2, 'email', 'E-mail: renewal proposal', '36 months, Fleet 60. Opened twice, no reply.', 'opened twice'],
  [18, 10, 'visit', 'Visit in Felixstowe', 'Rupert Lane met her and the finance lead. Rival quote seen.', 'Rupert Lane'],
  [32, 14, 'note', 'Letter: address change', 'Scanned, all four sites.', 'Daniel Frost'],
  [46, 9.5, 'email', 'E-mail: cloud storage offer', 'Delivered, no answer.', 'delivered'],
  [50, 16.3, 'call', 'Survey after a call: 2 of 5', '“Had to explain it again.”', '2 of 5'],
  [50, 16, 'call', 'Call, roaming bundle explained', 'Third colleague on the same question.', 'Amara Diallo · 11:02'],
  [68, 8.7, 'case', 'Leased line fault, 42 min', 'Repaired inside the contract time.', 'in time'],
  [68, 8.1, 'call', 'Call, leased line down', 'Felixstowe without connection since 8:02.', 'Priya Nair · 3:40'],
  [102, 13, 'visit', 'Depot tour', 'Fleet tracking asked about, 80 vehicles.', 'Rupert Lane'],
  [141, 10.6, 'call', 'Call, three lines never used', 'Keeps them for seasonal drivers.', 'Sofia Marin · 5:25'],
  [188, 15.1, 'chat', 'Chat: spare handsets', 'Two ordered.', 'solved'],
  [230, 11.4, 'email', 'E-mail: invoice split by site', 'Set up from the next bill.', 'answered'],
  [265, 9.9, 'sms', 'SMS: engineer booked', 'Tuesday between 9:00 and 11:00.', 'delivered'],
  [301, 14.8, 'call', 'Call, eight lines added', 'Fleet 40, started on the first of the month.', 'Lena Hartmann · 7:31'],
  [344, 10.2, 'visit', 'Yearly review', 'Satisfied with the leased line. Asked for one contact.', 'Rupert Lane'],
  [402, 13.3, 'call', 'Call, PBX seats moved to Leeds', null, 'Owen Carter · 9:48'],
  [455, 9.4, 'email', 'E-mail: contract renewed', '36 months.', 'answered'],
  [498, 16.5, 'call', 'Call, bill explained', null, 'Daniel Frost · 4:03'],
  [533, 11.7, 'case', 'Service request closed', 'New delivery address for SIM cards.', 'in time'],
];

export const chenHistory: readonly Dated[] = [
  [3, 15.4, 'case', '建立投诉工单 C-20419', '10 月国际漫游费争议，承诺两日内答复。', '待答复'],
  [3, 15.2, 'call', '来电，国际漫游费争议', '“司机说办理时讲过套餐覆盖欧洲。”', '林薇 · 8:14'],
  [3, 15.5, 'sms', '短信：工单编号', 'C-20419，发送至 139 0000 4126', '已送达'],
  [3, 11.1, 'sms', '申请携号转网授权码 4 个', '沈国良，短信', '已答复'],
  [9, 9.2, 'email', '邮件：续约方案', '36 个月，畅享 199 套餐，已打开两次，未回复。', '打开 2 次'],
  [18, 10, 'visit', '客户经理走访', '何峰拜访，财务经理在座，见到友商报价单。', '何峰'],
  [32, 14, 'note', '信函：地址变更', '已扫描，四个站点。', '钱一凡'],
  [46, 9.5, 'email', '邮件：云存储推介', '已送达，未回复。', '已送达'],
  [50, 16.3, 'call', '通话后评价：2 分', '“每次都要重新讲一遍。”', '2 分'],
  [50, 16, 'call', '来电，漫游套餐说明', '同一问题第三位坐席。', '许梦琪 · 11:02'],
  [68, 8.7, 'case', '专线故障 42 分钟', '在合同时限内修复。', '按时'],
  [68, 8.1, 'call', '来电，专线中断', '宁波站点自 8:02 起断网。', '沈佳 · 3:40'],
  [102, 13, 'visit', '仓库走访', '咨询车辆定位，80 台。', '何峰'],
  [141, 10.6, 'call', '来电，三线装机未用', '留给旺季司机使用。', '赵雨婷 · 5:25'],
  [188, 15.1, 'chat', '在线客服：备用终端', '订购两部。', '已解决'],
  [230, 11.4, 'email', '邮件：按站点拆分账单', '下期账单生效。', '已答复'],
  [265, 9.9, 'sms', '短信：工程师预约', '周二 9:00 至 11:00。', '已送达'],
  [301, 14.8, 'call', '来电，加装 8 线', '企业畅享套餐，次月 1 日生效。', '林薇 · 7:31'],
  [344, 10.2, 'visit', '年度走访', '对专线满意，希望由专人对接。', '何峰'],
  [402, 13.3, 'call', '来电，云总机席位迁至杭州', null, '吴浩然 · 9:48'],
  [455, 9.4, 'email', '邮件：合同续签', '36 个月。', '已答复'],
  [498, 16.5, 'call', '来电，账单解释', null, '钱一凡 · 4:03'],
  [533, 11.7, 'case', '服务请求结案', 'SIM 卡收货地址变更。', '按时'],
];

export const shortHistory: Readonly<Record<'en' | 'zh', readonly Dated[]>> = {
  en: [
    [12, 10.4, 'call', 'Call, quote for 14 handsets', 'Promised to send it.', 'Sofia Marin · 5:12'],
    [12, 11, 'email', 'E-mail: quote sent', null, 'opened'],
    [75, 9.1, 'sms', 'SMS: payment received', null, 'delivered'],
    [160, 14.2, 'call', 'Call, bill explained', null, 'Daniel Frost · 3:55'],
  ],
  zh: [
    [2, 9.3, 'call', '来电，昨晚雷雨后无信号', '基站故障，已登记。', '吴浩然 · 4:20'],
    [20, 14.1, 'chat', '在线客服：发票邮箱变更', null, '已解决'],
    [75, 9.1, 'sms', '短信：缴费成功', null, '已送达'],
    [160, 14.2, 'call', '来电，套餐咨询', null, '赵雨婷 · 3:55'],
  ],
};
