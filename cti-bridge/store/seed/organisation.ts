import type { QueueSettings } from '../repositories/index.ts';
import { hotlines } from './demo-people.ts';
import type { Rows } from './insert-rows.ts';
import { directFlow, mainFlow } from './main-flow.ts';

const queues = [
  { id: 'billing', en: 'Key accounts, billing', zh: '大客户账务' },
  { id: 'technical', en: 'Technical help', zh: '技术支持' },
  { id: 'sales', en: 'Products and contracts', zh: '产品与合约' },
  { id: 'general', en: 'General enquiries', zh: '综合服务' },
] as const;

const wrapUp: QueueSettings['wrapUp'] = {
  mode: 'timed',
  seconds: 90,
  extendBySeconds: 30,
  maxExtensions: 3,
  defaultDisposition: 'notCoded',
};

/** The demo organisation but for its people: queues, hotlines and their flow, outcomes, and the three tiers of its offices. */
export function organisationRows(): Rows {
  const flows = [mainFlow('hotline-zh', 'zh'), mainFlow('hotline-en', 'en'), directFlow('direct', 'billing')];
  return {
    organisation: [{ organisation_id: 1, name_en: 'Northline Business', name_zh: '东海通信', home_country: 'CN' }],
    org_unit: [
      { org_unit_id: 'hq', parent_id: null, level: 'headquarters', name_en: 'Group headquarters', name_zh: '集团总部' },
      { org_unit_id: 'zhejiang', parent_id: 'hq', level: 'province', name_en: 'Region East', name_zh: '浙江省公司' },
      { org_unit_id: 'ningbo', parent_id: 'zhejiang', level: 'city', name_en: 'Felixstowe', name_zh: '宁波分公司' },
      { org_unit_id: 'hangzhou', parent_id: 'zhejiang', level: 'city', name_en: 'Leeds', name_zh: '杭州分公司' },
    ],
    queue: queues.map(({ id, en, zh }, position) => ({
      queue_id: id,
      position,
      name_en: en,
      name_zh: zh,
      settings: JSON.stringify(queueSettings(id)),
    })),
    flow: flows.map((flow) => ({ flow_id: flow.flowId, version: flow.version, body: JSON.stringify(flow) })),
    dnis_entry: [
      { dnis: hotlines.zh, flow_id: 'hotline-zh' },
      { dnis: hotlines.shortZh, flow_id: 'hotline-zh' },
      { dnis: hotlines.en, flow_id: 'hotline-en' },
      { dnis: hotlines.shortEn, flow_id: 'hotline-en' },
      { dnis: hotlines.direct, flow_id: 'direct' },
    ],
    disposition: dispositionRows(dispositions, null),
  };
}

function queueSettings(skill: string): QueueSettings {
  return {
    channel: 'voice',
    needs: `${skill} >= 1`,
    rings: [],
    strategy: 'longestIdle',
    ringSeconds: 20,
    missesBeforeNotReady: 2,
    priority: 5,
    ageingSecondsPerPoint: null,
    serviceLevel: { targetPercent: 80, thresholdSeconds: 20 },
    hours: null,
    maxWaiting: null,
    maxWaitSeconds: null,
    overflow: null,
    whenClosed: { to: 'announce', prompt: 'queue-closed' },
    whenFull: { to: 'announce', prompt: 'queue-full' },
    whenWaitedTooLong: { to: 'announce', prompt: 'queue-full' },
    announcements: { everySeconds: null, position: false, expectedWait: false },
    callbackAfterSeconds: null,
    lastAgent: null,
    accountManager: null,
    bypassTiers: [],
    wrapUp,
    alerts: { waitingAbove: null, longestWaitAboveSeconds: null, serviceLevelBelowPercent: null },
  };
}

type Outcome = readonly [code: string, en: string, zh: string, children?: readonly Outcome[]];

const dispositions: readonly Outcome[] = [
  [
    'billing',
    'Billing',
    '账务',
    [
      ['billExplained', 'Bill explained', '账单解释'],
      [
        'roaming',
        'Roaming',
        '国际漫游',
        [
          ['creditFull', 'Credit in full', '全额减免'],
          ['creditPart', 'Credit in part', '部分减免'],
          ['noCreditAccepted', 'No credit, accepted', '未减免，客户认可'],
          ['noCreditComplaint', 'No credit, complaint', '未减免，转投诉'],
          ['secondLevel', 'Needs second level', '升级二线'],
        ],
      ],
      ['paymentPlan', 'Payment plan', '分期付款'],
      ['wrongAddress', 'Wrong address', '地址错误'],
    ],
  ],
  [
    'fault',
    'Fault',
    '故障',
    [
      [
        'faultMobile',
        'Mobile',
        '移动',
        [
          ['noSignal', 'No signal', '无信号'],
          ['slowData', 'Slow data', '上网慢'],
          ['simReplaced', 'SIM replaced', '补换卡'],
        ],
      ],
      [
        'faultLine',
        'Leased line or broadband',
        '专线与宽带',
        [
          ['lineReset', 'Solved by a reset', '重置后恢复'],
          ['visitBooked', 'Engineer booked', '已派单上门'],
        ],
      ],
      ['faultKnown', 'Known fault, told', '已知故障，已告知'],
    ],
  ],
  [
    'contract',
    'Contract',
    '合约',
    [
      ['renewed', 'Renewed', '已续约'],
      ['renewalOffer', 'Renewal offer wanted', '需续约方案'],
      ['porting', 'Porting code asked', '携号转网'],
      ['cancelled', 'Cancelled', '已解约'],
    ],
  ],
  [
    'sales',
    'Sales',
    '销售',
    [
      ['newLine', 'New line', '新装'],
      ['planChanged', 'Plan changed', '套餐变更'],
      ['quoteSent', 'Quote sent', '已发报价'],
      ['notInterested', 'Not interested', '无意向'],
    ],
  ],
  [
    'other',
    'Other',
    '其他',
    [
      ['information', 'Information given', '咨询解答'],
      ['wrongNumber', 'Wrong number', '打错电话'],
      ['lineDropped', 'Line dropped', '通话中断'],
    ],
  ],
  ['notCoded', 'Not coded', '未小结'],
];

function dispositionRows(outcomes: readonly Outcome[], parent: string | null, counter = { position: 0 }): NonNullable<Rows['disposition']> {
  return outcomes.flatMap(([code, label_en, label_zh, children = []]) => [
    { code, position: counter.position++, label_en, label_zh, parent },
    ...dispositionRows(children, code, counter),
  ]);
}
