import { type CallingLimits, plainCallingRule, plainTrunk } from '../../../shared/contracts/calling.ts';
import type { Configuration, QueueConfiguration, TrunkConfiguration } from '../../../shared/contracts/configuration.ts';
import { plainQueue } from '../../../shared/contracts/plain-queue.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import type { UsualFollowUp } from '../../../shared/contracts/usual-follow-up.ts';
import { plainVoicemail } from '../../../shared/contracts/voicemail.ts';
import { entryRows } from '../repositories/configuration-rows.ts';
import { hotlines } from './demo-people.ts';
import { demoHours } from './hours.ts';
import type { Rows } from './insert-rows.ts';
import { demoUsers } from './users.ts';
import { demoWrittenContacts } from './written-contacts.ts';

/** Where `npm start` answers what the demo calls out. */
export const demoProvider = { host: '127.0.0.1', port: 5_090 } as const;

/** Half of the demo's customers are in Britain, with numbers kept for fiction: nobody can say what these cost, so they pass as premium alone. */
const calling: CallingLimits = { ...plainCallingRule, allowed: ['home', '+44'], premium: true };

/** The telephones of the demo's customers. */
const customersTrunk: TrunkConfiguration = {
  id: 'demo-customers',
  name: { en: 'Demo customers', zh: '演示客户' },
  ...demoProvider,
  transport: 'udp',
  username: null,
  password: null,
  ...plainTrunk(),
  direction: 'out',
  callerId: { shows: 'queue', number: `+86${hotlines.zh}` },
  // Nobody is there while the bridge runs without `npm start`, which is no fault.
  pingSeconds: null,
};

/** What the demo organisation is set up with. */
export function organisationRows(isAlone: boolean): Rows {
  return { configuration_entry: entryRows(demoConfiguration(isAlone)) };
}

/**
 * A province of a telecom operator with two cities, around the clock. `isAlone`: without providers of calls and text messages, for who brings
 * them, or none.
 */
export function demoConfiguration(isAlone = false): Configuration {
  return {
    version: 1,
    organisation: {
      name: { en: 'Northline Business', zh: '东海通信' },
      homeCountry: 'CN',
      timeZone: 'Asia/Shanghai',
      dialling: { outsidePrefix: null, areaCode: null },
    },
    orgUnits: [
      { id: 'hq', parent: null, tier: 'headquarters', name: { en: 'Group headquarters', zh: '集团总部' } },
      { id: 'zhejiang', parent: 'hq', tier: 'province', name: { en: 'Region East', zh: '浙江省公司' } },
      { id: 'ningbo', parent: 'zhejiang', tier: 'city', name: { en: 'Felixstowe', zh: '宁波分公司' } },
      { id: 'hangzhou', parent: 'zhejiang', tier: 'city', name: { en: 'Leeds', zh: '杭州分公司' } },
    ],
    teams: [
      { id: 'key-accounts', name: { en: 'Key accounts', zh: '大客户组' }, orgUnit: 'ningbo' },
      { id: 'technical', name: { en: 'Technical', zh: '技术组' }, orgUnit: 'hangzhou' },
      { id: 'enquiries', name: { en: 'Enquiries', zh: '综合服务组' }, orgUnit: 'ningbo' },
    ],
    skills: [
      { id: 'billing', name: { en: 'Billing', zh: '账务' } },
      { id: 'technical', name: { en: 'Technical help', zh: '技术支持' } },
      { id: 'sales', name: { en: 'Products and contracts', zh: '产品与合约' } },
      { id: 'general', name: { en: 'General enquiries', zh: '综合服务' } },
    ],
    capacities: [
      {
        id: 'standard',
        name: { en: 'Standard', zh: '标准' },
        channels: {
          voice: { max: 1, weight: 100, interrupts: ['email', 'sms', 'document'] },
          chat: { max: 3, weight: 30, interrupts: [] },
          email: { max: 5, weight: 15, interrupts: [] },
          sms: { max: 4, weight: 20, interrupts: [] },
          document: { max: 3, weight: 15, interrupts: [] },
        },
      },
    ],
    hours: demoHours,
    queues: [
      queue('billing', 'Key accounts, billing', '大客户账务', {
        needs: 'billing >= 3',
        rings: [{ afterSeconds: 30, needs: 'billing >= 1' }],
        bypassTiers: ['diamond'],
      }),
      queue('technical', 'Technical help', '技术支持'),
      // What is agreed on there is better heard again; customers are told first.
      queue('sales', 'Products and contracts', '产品与合约', { recording: { mode: 'always', announcement: 'call-recorded' } }),
      queue('general', 'General enquiries', '综合服务', {
        voicemail: { ...plainVoicemail, offeredAfterSeconds: 20 },
        maxWaitSeconds: 45,
        whenWaitedTooLong: { to: 'voicemail' },
        callbackAfterSeconds: null,
      }),
      written('mail', 'Mails', '客户邮件', {
        ...{ channel: 'email', needs: 'general >= 3', priority: 2 },
        serviceLevel: { targetPercent: 90, thresholdSeconds: 14_400 },
        alerts: { waitingAbove: 50, longestWaitAboveSeconds: 28_800, serviceLevelBelowPercent: null },
      }),
      written('texts', 'Text messages', '客户短信', {
        ...{ channel: 'sms', needs: 'general >= 1', priority: 4 },
        serviceLevel: { targetPercent: 90, thresholdSeconds: 600 },
        alerts: { waitingAbove: 20, longestWaitAboveSeconds: 1_800, serviceLevelBelowPercent: null },
      }),
      written('chats', 'Chats', '在线客服', {
        ...{ channel: 'chat', needs: 'general >= 1', priority: 6, ringSeconds: 30 },
        serviceLevel: { targetPercent: 80, thresholdSeconds: 30 },
        alerts: { waitingAbove: 5, longestWaitAboveSeconds: 90, serviceLevelBelowPercent: 70 },
      }),
      written('letters', 'Fax and letters', '传真与信函', {
        ...{ channel: 'document', needs: 'general >= 2', priority: 1 },
        serviceLevel: { targetPercent: 90, thresholdSeconds: 86_400 },
        alerts: { waitingAbove: 50, longestWaitAboveSeconds: 86_400, serviceLevelBelowPercent: null },
      }),
    ],
    reasons: [
      { id: 'break', name: { en: 'Break', zh: '小休' } },
      { id: 'meal', name: { en: 'Meal', zh: '用餐' } },
      { id: 'meeting', name: { en: 'Meeting', zh: '会议' } },
      { id: 'training', name: { en: 'Training', zh: '培训' } },
    ],
    dispositions: dispositionsOf(outcomes, null),
    roles: [
      { id: 'agent', name: { en: 'Agent', zh: '坐席' }, rights: [...rightsOfRole.agent], calling },
      { id: 'supervisor', name: { en: 'Supervisor', zh: '班长' }, rights: [...rightsOfRole.supervisor], calling },
      { id: 'administrator', name: { en: 'Administrator', zh: '管理员' }, rights: [...rightsOfRole.administrator] },
    ],
    users: [...demoUsers],
    trunks: [
      {
        id: 'city-exchange',
        name: { en: 'City exchange', zh: '市话中继' },
        host: '192.0.2.20',
        port: 5060,
        transport: 'udp',
        username: 'northline',
        password: { env: 'CITY_EXCHANGE_PASSWORD' },
        ...plainTrunk(),
        // An address of documentation (RFC 5737): it is shown, and neither asked nor dialled.
        direction: 'in',
        pingSeconds: null,
      },
      ...(isAlone ? [] : [customersTrunk]),
    ],
    apiClients: [],
    retention: [{ id: 'silent', name: { en: 'Gone for three years', zh: '流失三年' }, silentForDays: 1_095, stages: ['lost'] }],
    customFields: [
      {
        ...{ id: 'contactWindow', name: { en: 'Best reached', zh: '方便联系' }, on: 'person', kind: 'choice' },
        choices: [
          { id: 'morning', name: { en: 'In the morning', zh: '上午' } },
          { id: 'afternoon', name: { en: 'In the afternoon', zh: '下午' } },
          { id: 'evening', name: { en: 'In the evening', zh: '晚上' } },
        ],
      },
      { id: 'newsletter', name: { en: 'Reads the newsletter', zh: '订阅资讯' }, on: 'person', kind: 'flag', choices: [] },
    ],
    ...demoWrittenContacts(isAlone),
  };
}

/** Calls are taken around the clock, so that the demo answers whenever it is tried. */
function queue(id: string, en: string, zh: string, more: Partial<QueueConfiguration> = {}): QueueConfiguration {
  return {
    id,
    name: { en, zh },
    ...plainQueue,
    needs: `${id} >= 1`,
    priority: 5,
    announcements: { everySeconds: 60, position: true, expectedWait: true },
    callbackAfterSeconds: 120,
    alerts: { waitingAbove: 5, longestWaitAboveSeconds: 60, serviceLevelBelowPercent: 70 },
    ...more,
  };
}

/** Nobody who writes is told how long they wait, and nobody rings: an offer may be thought about. */
function written(id: string, en: string, zh: string, more: Partial<QueueConfiguration>): QueueConfiguration {
  return {
    ...queue(id, en, zh),
    ringSeconds: 60,
    announcements: plainQueue.announcements,
    callbackAfterSeconds: null,
    ...more,
  };
}

type Outcome = readonly [code: string, en: string, zh: string, children?: readonly Outcome[]];

const outcomes: readonly Outcome[] = [
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
    'written',
    'Written contacts',
    '书面服务',
    [
      ['answered', 'Answered', '已回复'],
      ['passedOn', 'Passed on to another office', '已转办'],
      ['noAnswerNeeded', 'No answer needed', '无需回复'],
      ['customerSilent', 'Customer wrote no more', '客户未再回复'],
      ['spam', 'Spam', '垃圾信息'],
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

/** What usually follows from an outcome. */
const usualAfter: Readonly<Record<string, UsualFollowUp>> = {
  noCreditComplaint: {
    kind: 'promise',
    text: { en: 'An answer to the complaint in writing', zh: '书面答复投诉' },
    inDays: 3,
  },
  paymentPlan: { kind: 'task', text: { en: 'See that the first part was paid', zh: '核对首期款是否到账' }, inDays: 14 },
};

function dispositionsOf(list: readonly Outcome[], parent: string | null): Configuration['dispositions'] {
  return list.flatMap(([code, en, zh, children = []]) => [
    { code, name: { en, zh }, parent, ...(usualAfter[code] && { usual: usualAfter[code] }) },
    ...dispositionsOf(children, code),
  ]);
}
