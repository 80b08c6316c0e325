import type { Snapshot } from '../../../shared/contracts/bridge-events.ts';
import type { ContactRecord, TimelineItem } from '../../../shared/contracts/contact.ts';
import type { Disposition } from '../../../shared/contracts/interaction.ts';
import type { Reason } from '../../../shared/contracts/queue.ts';
import type { CallerFacts, CandidateReason, IvrPathStep, ScreenPop } from '../../../shared/contracts/screen-pop.ts';

/** Invented people and calls for pictures and tests, told relative to `now` so that clocks on the screen make sense. */
export type StageLanguage = 'en' | 'zh';

const minute = 60_000;
const day = 86_400_000;

export function keyAccount(now: number, language: StageLanguage): ContactRecord {
  return language === 'en' ? margaret(now) : chen(now);
}

/** At five, or by the end of the day where it is later than that. */
function dueToday(now: number): number {
  const five = new Date(now).setHours(17, 0, 0, 0);
  return now < five ? five : new Date(now).setHours(23, 30, 0, 0);
}

const recordedAt = (startedAt: number) => ({
  ...{ recordingId: `r-${startedAt}`, startedAt, durationMs: 494_000, pauses: [{ fromMs: 130_000, toMs: 171_000 }] },
});

function timeline(
  now: number,
  rows: readonly (readonly [number, TimelineItem['kind'], string, string | null, string | null])[],
): TimelineItem[] {
  return rows.map(([daysAgo, kind, title, detail, outcome], index) => ({
    id: `t${index}`,
    at: now - daysAgo * day,
    kind,
    title,
    detail,
    outcome,
    interactionId: null,
    ...(kind === 'call' ? { recordings: [recordedAt(now - daysAgo * day)] } : {}),
  }));
}

function margaret(now: number): ContactRecord {
  const items = timeline(now, [
    [3, 'case', 'Complaint C-20418 opened', 'Roaming, October. Answer promised in two days.', 'due 17:00'],
    [3.02, 'call', 'Roaming charges, case opened', '“The driver was told the bundle covers Europe.”', 'you · 8:14'],
    [3.03, 'sms', 'Case number sent', 'Delivered 15:21 to +44 7700 900142', 'delivered'],
    [9, 'email', 'Renewal proposal', '36 months, Fleet 60. Opened 12 and 14 Nov.', 'opened twice'],
    [18, 'visit', 'Visit in Felixstowe', 'Rupert Lane met her and the finance lead. Rival quote seen.', 'Rupert Lane'],
    [50, 'note', 'Survey 2 of 5', '“Had to explain it again.”', null],
    [68, 'case', 'Leased line fault, 42 min', 'Repaired inside the contract time', 'closed'],
  ]);
  return {
    contactId: 'c-okafor',
    name: 'Margaret Okafor',
    title: 'Operations director',
    accountId: 'a-harbour',
    accountName: 'Harbour & Vale Freight',
    isKeyAccount: true,
    tier: 'diamond',
    locale: 'en',
    identifiers: [
      { kind: 'mobile', value: '+44 7700 900142', label: 'mobile', verified: true, shared: false, lastUsedAt: now - 3 * day },
      { kind: 'phone', value: '+44 1394 496 0201', label: 'switchboard', verified: true, shared: true, lastUsedAt: now - 40 * day },
      { kind: 'email', value: 'm.okafor@harbourvale.example', label: null, verified: true, shared: false, lastUsedAt: now - 9 * day },
    ],
    thingsToKnow: [
      {
        severity: 1,
        code: 'promiseDue',
        facts: { dueAt: dueToday(now), subject: 'Complaint C-20418, roaming £1,284. Second contact.' },
      },
      { severity: 2, code: 'contractEnding', facts: { inDays: 24, subject: 'Proposal sent on 12 Nov, opened twice, no reply.' } },
      { severity: 3, code: 'prefersChannel', facts: { channel: 'voice', subject: 'Last survey 2 of 5: “had to explain it again”.' } },
    ],
    cases: [
      {
        caseId: 'k1',
        number: 'C-20418',
        kind: 'complaint',
        subject: 'Roaming charges',
        openedAt: now - 3 * day,
        dueAt: dueToday(now),
      },
      {
        caseId: 'k2',
        number: 'R-11873',
        kind: 'serviceRequest',
        subject: 'Six extra SIM cards',
        openedAt: now - 5 * day,
        dueAt: now + 3 * day,
      },
    ],
    timeline: { items, total: 41, nextBefore: items.at(-1)?.at ?? null },
    products: [
      { productId: 'p1', name: 'Fleet 40 lines', detail: null, quantity: 62, unused: 3 },
      { productId: 'p2', name: 'Leased line 200 Mbit/s', detail: 'Felixstowe, Leeds', quantity: 1, unused: 0 },
      { productId: 'p3', name: 'Cloud PBX seats', detail: null, quantity: 25, unused: 0 },
    ],
    notes: [{ noteId: 'n1', at: now - 18 * day, author: 'Rupert Lane', text: 'Wants one contact for all roaming questions.' }],
    keyAccount: { managerName: 'Rupert Lane', anniversaries: [{ label: 'Ten years a customer', day: '11-24', inDays: 3 }] },
    consent: { recording: true, smsOffers: true, emailOffers: false },
    prefersChannel: 'voice',
    monthlySpend: { amount: 486_000, currency: 'GBP', changePercent: -8 },
    contractEndsAt: now + 24 * day,
    churnRisk: 78,
    contractLevel: 'Gold',
    churnReasons: [{ code: 'consumptionFell', points: 30, facts: { percent: -8 } }],
    manager: { agentId: null, name: 'Rupert Lane' },
    possibleDuplicates: [
      {
        contactId: 'c-okafor2',
        name: 'M. Okafor',
        title: null,
        accountId: null,
        accountName: null,
        isKeyAccount: false,
        tier: 'standard',
        locale: 'en',
        confidence: 65,
        reasons: [
          { code: 'sameNumber', points: 45, facts: { value: '+44 7700 900142' } },
          { code: 'similarName', points: 20, facts: { one: 'Margaret Okafor', other: 'M. Okafor' } },
        ],
      },
    ],
  };
}

function chen(now: number): ContactRecord {
  const items = timeline(now, [
    [3, 'case', '建立投诉工单 C-20418', '10 月国际漫游费争议，承诺两日内答复。', '17:00 到期'],
    [3.02, 'call', '国际漫游费争议，已建单', '“司机说办理时讲过套餐覆盖欧洲。”', '您 · 8:14'],
    [3.03, 'sms', '发送工单号', '15:21 送达 139 0000 4126', '已送达'],
    [9, 'email', '续约方案', '36 个月，畅享 199 套餐，12 日与 14 日打开。', '已打开 2 次'],
    [18, 'visit', '客户经理走访', '何峰拜访，财务经理在座，见到友商报价单。', '何峰'],
    [50, 'note', '满意度 2 分', '“每次都要重新讲一遍。”', null],
    [68, 'case', '专线故障 42 分钟', '在合同时限内修复', '已结案'],
  ]);
  return {
    ...margaret(now),
    contactId: 'c-chen',
    name: '陈志远',
    title: '运营总监',
    accountName: '东禾物流集团有限公司',
    locale: 'zh',
    identifiers: [
      { kind: 'mobile', value: '+86 139 0000 4126', label: '手机', verified: true, shared: false, lastUsedAt: now - 3 * day },
      { kind: 'email', value: 'chen.zhiyuan@donghe.example', label: null, verified: true, shared: false, lastUsedAt: now - 9 * day },
    ],
    thingsToKnow: [
      {
        severity: 1,
        code: 'promiseDue',
        facts: { dueAt: dueToday(now), subject: '投诉工单 C-20418，国际漫游费 ¥11,284，第二次来电。' },
      },
      { severity: 2, code: 'contractEnding', facts: { inDays: 24, subject: '11 月 12 日已发送续约方案，对方打开两次未回复。' } },
      { severity: 3, code: 'prefersChannel', facts: { channel: 'voice', subject: '上次满意度 2 分：“每次都要重新讲一遍”。' } },
    ],
    cases: [
      {
        caseId: 'k1',
        number: 'C-20418',
        kind: 'complaint',
        subject: '10 月国际漫游费',
        openedAt: now - 3 * day,
        dueAt: dueToday(now),
      },
      {
        caseId: 'k2',
        number: 'R-11873',
        kind: 'serviceRequest',
        subject: '补办 6 张 SIM 卡',
        openedAt: now - 5 * day,
        dueAt: now + 3 * day,
      },
    ],
    timeline: { items, total: 41, nextBefore: items.at(-1)?.at ?? null },
    products: [
      { productId: 'p1', name: '企业畅享套餐', detail: null, quantity: 62, unused: 3 },
      { productId: 'p2', name: '互联网专线 200M', detail: '宁波 – 杭州', quantity: 1, unused: 0 },
      { productId: 'p3', name: '云总机席位', detail: null, quantity: 25, unused: 0 },
    ],
    notes: [{ noteId: 'n1', at: now - 18 * day, author: '何峰', text: '希望漫游问题由一位专人负责。' }],
    keyAccount: { managerName: '何峰', anniversaries: [{ label: '入网十周年', day: '11-24', inDays: 3 }] },
    monthlySpend: { amount: 4_860_000, currency: 'CNY', changePercent: -8 },
    possibleDuplicates: [],
  };
}

export const queueName = { en: 'Key accounts, billing', zh: '大客户账务技能组' };

const noPlace = { region: null, carrier: null };
const knownCaller = (language: StageLanguage): CallerFacts =>
  language === 'en'
    ? {
        number: '+447700900142',
        display: '+44 7700 900142',
        kind: 'mobile',
        country: 'GB',
        presentedName: null,
        ...noPlace,
        attempts: { today: 2, week: 4 },
      }
    : {
        number: '+8613900004126',
        display: '139 0000 4126',
        kind: 'mobile',
        country: 'CN',
        presentedName: null,
        region: null,
        carrier: { en: 'China Mobile', zh: '中国移动' },
        attempts: { today: 2, week: 4 },
      };

/** A line that is somewhere, and a mobile of an operator. */
const stranger = (language: StageLanguage): CallerFacts => ({
  ...knownCaller(language),
  ...(language === 'en'
    ? {
        number: '+442079460123',
        display: '+44 20 7946 0123',
        kind: 'fixed',
        region: { en: 'London', zh: '伦敦' },
        presentedName: 'T SMITH',
      }
    : { number: '+8613900007788', display: '139 0000 7788', presentedName: null }),
  attempts: { today: 1, week: 3 },
});

export type StageMatch = 'certain' | 'candidates' | 'unknown' | 'anonymous';

/** A pop of each kind for a call that came in `ageMs` before now. */
export function pop(kind: StageMatch, now: number, ageMs: number, language: StageLanguage): ScreenPop {
  const receivedAt = now - ageMs;
  const recognised: Readonly<Record<StageMatch, IvrPathStep>> = {
    certain: { at: receivedAt + 40, code: 'recognised', facts: { name: keyAccount(now, language).name } },
    candidates: { at: receivedAt + 40, code: 'recognised', facts: { kind: 'candidates', count: 3 } },
    unknown: { at: receivedAt + 40, code: 'recognised', facts: { kind: 'unknown' } },
    anonymous: { at: receivedAt + 40, code: 'recognised', facts: { kind: 'anonymous' } },
  };
  const why: Reason[] = [
    { code: 'queueChosen', facts: { queueEn: queueName.en, queueZh: queueName.zh } },
    { code: 'skillMatched', facts: { skill: 'billing', level: 4 } },
    { code: 'longestIdle', facts: { idleMs: 252_000, ofAgents: 3 } },
  ];
  return {
    popId: 'pop-1',
    interactionId: 'i-1',
    caller:
      kind === 'anonymous'
        ? {
            number: null,
            display: 'Anonymous',
            kind: 'anonymous',
            country: null,
            presentedName: null,
            ...noPlace,
            attempts: { today: 0, week: 0 },
          }
        : kind === 'unknown'
          ? stranger(language)
          : knownCaller(language),
    match:
      kind === 'certain'
        ? { kind, reason: 'numberOnFile', contact: keyAccount(now, language) }
        : kind === 'candidates'
          ? { kind, candidates: candidates(now, language), suggestShared: false }
          : { kind },
    dialled: language === 'en' ? '0800 555 0110' : '400 820 0110',
    queueId: 'q-1',
    queueName,
    path: [
      {
        at: receivedAt,
        code: 'dialled',
        facts: { number: language === 'en' ? '0800 555 0110' : '400 820 0110', lineEn: 'Business line', lineZh: '集团客户专线' },
      },
      recognised[kind],
      { at: receivedAt + 6_000, code: 'language', facts: { locale: language, source: kind === 'certain' ? 'record' : 'default' } },
      { at: receivedAt + 9_000, code: 'pressed', facts: { key: '2', labelEn: 'Bills and payments', labelZh: '话费与账单' } },
      { at: receivedAt + 18_000, code: 'pressed', facts: { key: '1', labelEn: 'A question about a bill', labelZh: '账单疑问' } },
      { at: receivedAt + 27_000, code: 'queued', facts: { queueEn: queueName.en, queueZh: queueName.zh, position: 2 } },
      { at: receivedAt + 68_000, code: 'rings', facts: {} },
    ],
    facts: { 'entered.customerNumber': '100042', 'attribute.reason': language === 'en' ? 'A question about a bill' : '账单疑问' },
    why,
    receivedAt,
    queuedAt: receivedAt + 27_000,
    knownAt: kind === 'certain' ? receivedAt + 40 : null,
    callback: null,
  };
}

function candidateReasons(index: number, now: number): CandidateReason[] {
  if (index === 2) return [{ code: 'ownLine', points: 10, facts: {} }];
  return [
    { code: 'recentUse', points: 12 - index * 6, facts: { at: now - (index + 1) * 11 * day } },
    { code: 'verified', points: 10, facts: {} },
  ];
}

function candidates(now: number, language: StageLanguage) {
  const names = language === 'en' ? ['Julian Becker', 'Amara Okafor', 'Tom Whitfield'] : ['沈国良', '周建平', '苏婉清'];
  return names.map((name, index) => ({
    contactId: `cand-${index}`,
    name,
    title: null,
    accountId: index < 2 ? 'a-harbour' : null,
    accountName: index < 2 ? (language === 'en' ? 'Harbour & Vale Freight' : '东禾物流集团有限公司') : null,
    isKeyAccount: index < 2,
    tier: (['gold', 'silver', 'standard'] as const)[index] ?? 'standard',
    locale: language,
    lastUsedAt: index === 2 ? null : now - (index + 1) * 11 * day,
    confidence: [32, 22, 10][index] ?? 0,
    reasons: candidateReasons(index, now),
  }));
}

const outcome = (code: string, en: string, zh: string, parent: string | null = null): Disposition => ({ code, label: { en, zh }, parent });

export const dispositions: readonly Disposition[] = [
  outcome('billing', 'Billing', '账务'),
  outcome('fault', 'Fault', '故障'),
  outcome('contract', 'Contract', '合约'),
  outcome('sales', 'Sales', '销售'),
  outcome('other', 'Other', '其他'),
  outcome('bill-explained', 'Bill explained', '账单解释', 'billing'),
  outcome('roaming', 'Roaming', '国际漫游', 'billing'),
  outcome('payment-plan', 'Payment plan', '分期付款', 'billing'),
  outcome('wrong-address', 'Wrong address', '地址错误', 'billing'),
  outcome('credit-full', 'Credit in full', '全额减免', 'roaming'),
  outcome('credit-part', 'Credit in part', '部分减免', 'roaming'),
  outcome('no-credit', 'No credit, accepted', '未减免，客户认可', 'roaming'),
  outcome('no-credit-complaint', 'No credit, complaint', '未减免，转投诉', 'roaming'),
  outcome('second-level', 'Needs second level', '升级二线', 'roaming'),
  outcome('fault-repaired', 'Repaired', '已修复', 'fault'),
  outcome('fault-visit', 'Visit booked', '预约上门', 'fault'),
  outcome('renewed', 'Renewed', '已续约', 'contract'),
  outcome('cancelled', 'Cancelled', '已解约', 'contract'),
  outcome('sold', 'Sold', '成交', 'sales'),
  outcome('no-interest', 'No interest', '无意向', 'sales'),
  outcome('wrong-number', 'Wrong number', '拨错号码', 'other'),
  outcome('not-coded', 'Not coded', '未小结', 'other'),
];

export const queues = (now: number) => [
  { queueId: 'q-1', name: queueName, waiting: 3, longestWaitSince: now - 2 * minute, agentsFree: 1 },
  { queueId: 'q-2', name: { en: 'Faults', zh: '故障报修' }, waiting: 0, longestWaitSince: null, agentsFree: 4 },
];

export const skills: Snapshot['skills'] = [
  { id: 'billing', name: { en: 'Business billing', zh: '集团账务' } },
  { id: 'keyAccounts', name: { en: 'Key accounts', zh: '大客户' } },
];

export const reasons: Snapshot['reasons'] = [
  { id: 'break', name: { en: 'Break', zh: '小休' } },
  { id: 'meal', name: { en: 'Meal', zh: '用餐' } },
  { id: 'meeting', name: { en: 'Meeting', zh: '会议' } },
  { id: 'training', name: { en: 'Training', zh: '培训' } },
];
