import type { AccountPage, AccountSummary, Anniversary } from '../../../shared/contracts/account.ts';
import type { CommandAnswer } from '../../../shared/contracts/bridge-events.ts';
import type { TimelineItem } from '../../../shared/contracts/contact.ts';
import type { Consumption } from '../../../shared/contracts/record.ts';
import type { StageLanguage } from './people.ts';

/** Invented companies for pictures and tests, told relative to `now` so that days and deadlines on the screen make sense. */
const day = 86_400_000;

const monthsUntil = (now: number) =>
  Array.from({ length: 12 }, (_each, index) => {
    const date = new Date(now);
    const first = new Date(date.getFullYear(), date.getMonth() - 11 + index, 1);
    return `${first.getFullYear()}-${String(first.getMonth() + 1).padStart(2, '0')}`;
  });

/** Hundreds of pounds or thousands of yuan, month by month; in the eleventh somebody travelled. */
const use = {
  mobile: [2.1, 2.1, 2.2, 2.2, 2.2, 2.3, 2.2, 2.2, 2.1, 2.0, 3.45, 1.8],
  voice: [0.9, 0.9, 0.9, 0.8, 0.9, 0.9, 0.9, 0.8, 0.8, 0.8, 0.52, 0.7],
  leasedLine: [1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.39, 1.4],
  cloud: [0.4, 0.4, 0.5, 0.5, 0.5, 0.5, 0.6, 0.6, 0.6, 0.6, 0.63, 0.6],
} as const;

function consumption(now: number, language: StageLanguage, times = 1): Consumption {
  const minor = (thousands: number) => Math.round(thousands * times * (language === 'en' ? 100_000 : 1_000_000));
  const kinds = Object.entries(use).map(([kind, values]) => ({
    kind,
    unit: kind === 'leasedLine' || kind === 'cloud' ? 'piece' : 'minute',
    quantity: values.map((value) => Math.round(value * 400)),
    amount: values.map(minor),
  }));
  return {
    currency: language === 'en' ? 'GBP' : 'CNY',
    months: monthsUntil(now),
    kinds,
    total: monthsUntil(now).map((_month, index) => kinds.reduce((sum, { amount }) => sum + (amount[index] ?? 0), 0)),
    changePercent: -8,
  };
}

const wordsOf = {
  en: {
    name: 'Harbour & Vale Freight Ltd',
    manager: 'Rupert Lane',
    deputy: 'Ines Duarte',
    offices: ['Group HQ London', 'Region East', 'Felixstowe'],
    industry: 'Freight and logistics',
    people: [
      ['c-okafor', 'Margaret Okafor', 'Operations director', 'decides', 'neutral'],
      ['c-becker', 'Julian Becker', 'Head of finance', 'decides', 'critical'],
      ['c-stern', 'Pia Stern', 'IT manager', 'advises', 'forUs'],
      ['c-lowe', 'Adam Lowe', 'Fleet dispatcher', 'uses', null],
    ],
    members: ['Harbour & Vale Leeds', 'Harbour & Vale Cold Chain', 'Vale Customs Brokers'],
    products: [
      ['Fleet 40 lines', 'plan Fleet 40', 62, 3],
      ['Leased line 200 Mbit/s', 'Felixstowe, Leeds', 1, 0],
      ['Cloud PBX seats', null, 25, 0],
    ],
    contract: ['Framework 2023, Gold service', 'Gold'],
    birthday: 'M. Okafor, birthday',
    years: '11 years as a customer',
    ends: 'Contract ends',
    founded: 'Company founded, 30 years',
    visits: [
      ['Renewal talk, all sites', null],
      ['Quarterly review with finance', 'Rival quote seen on the table. They want Europe included.'],
      ['Depot tour', 'Asked for fleet tracking, 80 vehicles.'],
    ],
    gift: ['Fountain pen', 'Ten years with us'],
    tasks: ['Send the roaming comparison', 'Confirm the date with the works council'],
    cases: ['Roaming charges', 'Six extra SIM cards'],
    file: 'Framework contract 2023.pdf',
    timeline: [
      [0.05, 'call', 'Call, Margaret Okafor', 'Roaming credited in full, 9:14', null],
      [0.1, 'case', 'Complaint C-20418 closed', 'Promise kept, 6 h 8 min early', null],
      [4, 'sms', 'Porting codes, 4 lines', 'Asked by Julian Becker by SMS', null],
      [4.1, 'call', 'Call, roaming charges', 'Lena Hartmann, complaint opened', null],
      [10, 'email', 'Renewal proposal', '36 months, Fleet 60, opened twice', null],
      [19, 'visit', 'Visit, Felixstowe', 'Rupert Lane, finance lead present', null],
      [33, 'note', 'Letter, address change', 'Scanned, all four sites', null],
      [47, 'sms', 'Offer: Cloud storage', 'Delivered, no answer', null],
      [51, 'note', 'Survey 2 of 5', '“Had to explain it again”', null],
      [69, 'case', 'Leased line fault, 42 min', 'Inside the contract', null],
    ],
    peers: ['Ostrava Steel UK', 'Brightwell Foods', 'Kemp Instruments', 'North Quay Hotels', 'Tallis Paper', 'Meridian Air Cargo'],
    colleagues: ['Ines Duarte', 'Tom Whitfield', 'Grace Lindqvist', 'Omar Haddad'],
  },
  zh: {
    name: '东禾物流集团有限公司',
    manager: '何峰',
    deputy: '沈佳',
    offices: ['集团总部', '浙江省公司', '宁波分公司'],
    industry: '物流运输',
    people: [
      ['c-okafor', '陈志远', '运营总监', 'decides', 'neutral'],
      ['c-becker', '沈国良', '财务经理', 'decides', 'critical'],
      ['c-stern', '顾晓燕', '信息主管', 'advises', 'forUs'],
      ['c-lowe', '罗亚军', '车队调度', 'uses', null],
    ],
    members: ['东禾冷链（杭州）', '东禾报关行', '东禾仓储（舟山）'],
    products: [
      ['畅享 199 线路', '集团套餐', 62, 3],
      ['专线 200 Mbit/s', '宁波、杭州', 1, 0],
      ['云总机坐席', null, 25, 0],
    ],
    contract: ['2023 框架协议，金牌服务', '金牌'],
    birthday: '陈志远 生日',
    years: '入网 11 周年',
    ends: '合同到期',
    founded: '公司成立 30 周年',
    visits: [
      ['续约洽谈，全部站点', null],
      ['财务季度回访', '桌上见到友商报价，希望包含国际漫游。'],
      ['仓库走访', '咨询车辆定位 80 台。'],
    ],
    gift: ['定制钢笔', '合作十周年'],
    tasks: ['发送漫游资费对比', '与工会确认时间'],
    cases: ['国际漫游费', '新增 SIM 卡 6 张'],
    file: '2023 框架协议.pdf',
    timeline: [
      [0.05, 'call', '来电 陈志远', '漫游费全额减免，9:14', null],
      [0.1, 'case', '投诉工单 C-20418 结案', '承诺提前 6 小时 8 分兑现', null],
      [4, 'sms', '携号转网授权码 4 个', '沈国良短信申请', null],
      [4.1, 'call', '来电：国际漫游费', '林晓月受理，已建单', null],
      [10, 'email', '续约方案', '36 个月，畅享 199，打开两次', null],
      [19, 'visit', '走访 宁波', '何峰，财务经理在座', null],
      [33, 'note', '信函：地址变更', '已扫描，四个站点', null],
      [47, 'sms', '营销：云存储', '已送达，未回复', null],
      [51, 'note', '满意度 2 分', '“每次都要重新讲一遍”', null],
      [69, 'case', '专线故障 42 分钟', '在合同时限内修复', null],
    ],
    peers: ['东钢集团宁波公司', '鸿运食品', '科普仪器', '北仑酒店集团', '泰丽纸业', '明德航空货运'],
    colleagues: ['沈佳', '陶文远', '高雅琴', '韩明'],
  },
} as const;

function summary(language: StageLanguage): AccountSummary {
  const words = wordsOf[language];
  return {
    accountId: 'a-harbour',
    name: words.name,
    kind: 'company',
    isKeyAccount: true,
    tier: 'diamond',
    stage: 'mature',
    managerAgentId: 'ag-1',
    managerName: words.manager,
    orgPath: ['hq', 'east', 'city'].map((id, index) => ({
      id,
      name: { en: wordsOf.en.offices[index] ?? '', zh: wordsOf.zh.offices[index] ?? '' },
    })),
  };
}

const markOf = (at: number) => {
  const date = new Date(at);
  return `${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
};

function anniversary(now: number, language: StageLanguage, change: Partial<Anniversary> & { inDays: number; label: string }): Anniversary {
  return {
    anniversaryId: `n-${change.inDays}-${change.accountId ?? ''}`,
    accountId: 'a-harbour',
    accountName: wordsOf[language].name,
    contactId: null,
    kind: 'other',
    day: markOf(now + change.inDays * day),
    year: null,
    plan: null,
    done: false,
    ...change,
  };
}

export function stageCompany(now: number, language: StageLanguage): AccountPage {
  const words = wordsOf[language];
  const [manager, currency] = [words.manager, language === 'en' ? 'GBP' : 'CNY'];
  const provenance = { source: language === 'en' ? 'billing' : '计费系统', at: now - 20 * day };
  const times = language === 'en' ? 1 : 10;
  const items: TimelineItem[] = words.timeline.map(([daysAgo, kind, title, detail, outcome], index) => ({
    id: `t${index}`,
    at: now - daysAgo * day,
    kind,
    title,
    detail,
    outcome,
    interactionId: null,
  }));
  return {
    ...summary(language),
    revision: 12,
    mayWrite: true,
    segment: null,
    industry: words.industry,
    customerSince: new Date(2014, 11, 3).getTime(),
    parent: null,
    members: words.members.map((name, index) => ({ accountId: `a-member-${index}`, name })),
    deputies: [{ agentId: 'ag-2', name: words.deputy }],
    people: words.people.map(([contactId, name, title, influence, stance]) => ({
      contactId,
      name,
      title,
      accountId: 'a-harbour',
      accountName: words.name,
      isKeyAccount: true,
      tier: 'diamond',
      locale: language,
      role: title,
      influence,
      stance,
    })),
    identifiers: [
      {
        identifierId: 'i-switchboard',
        contactId: null,
        accountId: 'a-harbour',
        kind: 'phone',
        value: language === 'en' ? '+441394496020' : '+8657486270000',
        label: language === 'en' ? 'switchboard' : '总机',
        extension: null,
        verified: true,
        shared: true,
        lastUsedAt: now - 4 * day,
        provenance: null,
      },
    ],
    products: words.products.map(([name, detail, quantity, unused], index) => ({
      productId: `p-${index}`,
      name,
      detail,
      quantity,
      unused,
      serial: null,
      lineNumber: null,
      startsAt: new Date(new Date(now).getFullYear(), 6, 4).getTime(),
      warrantyEndsAt: null,
      status: unused > 0 ? 'installedUnused' : 'active',
      provenance,
    })),
    linesInUse: { used: 59, of: 62 },
    contracts: [
      {
        contractId: 'v-1',
        name: words.contract[0],
        number: 'F-2023-118',
        level: words.contract[1],
        startsAt: now - 1_070 * day,
        endsAt: now + 24 * day,
        responseHours: 4,
        resolutionHours: 24,
        provenance,
      },
    ],
    bills: [0, 1, 2, 3].map((back) => {
      const month = monthsUntil(now)[11 - back] ?? '';
      const amount = [450_000, 599_000, 480_000, 490_000][back] ?? 0;
      return {
        billId: `b-${back}`,
        number: `B-${month.replace('-', '')}-0412`,
        month,
        issuedAt: now - (back * 30 + 2) * day,
        dueAt: now - (back * 30 - 12) * day,
        amount: amount * times,
        paid: back === 0 ? 0 : amount * times,
        currency,
        provenance,
      };
    }),
    arrears: { amount: 0, currency, since: null },
    consumption: consumption(now, language),
    groupConsumption: consumption(now, language, 2.4),
    score: {
      value: 84,
      valueReasons: [
        { code: 'useLevel', points: 50, facts: { amount: 486_000 * times, currency } },
        { code: 'products', points: 14, facts: { count: 3 } },
        { code: 'tenure', points: 10, facts: { years: 11 } },
        { code: 'paysOnTime', points: 10, facts: {} },
      ],
      growth: 47,
      growthReasons: [
        { code: 'start', points: 35, facts: {} },
        { code: 'roomForProducts', points: 15, facts: { held: 3, of: 6 } },
        { code: 'visitLead', points: 15, facts: { at: now - 103 * day } },
        { code: 'unusedLines', points: -5, facts: { unused: 3, of: 62 } },
        { code: 'useFalling', points: -8, facts: { percent: 8 } },
        { code: 'complaints', points: -5, facts: { count: 1, days: 90 } },
      ],
      churn: 78,
      churnReasons: [
        { code: 'contractEnds', points: 24, facts: { endsAt: now + 24 * day } },
        { code: 'complaints', points: 18, facts: { count: 2, days: 30 } },
        { code: 'leavingSigns', points: 16, facts: { count: 1, days: 90 } },
        { code: 'visitAtRisk', points: 15, facts: { at: now - 19 * day } },
        { code: 'useFalling', points: 12, facts: { percent: 8 } },
        { code: 'tenure', points: -7, facts: { years: 11 } },
      ],
      earlier: { value: 91, growth: 76, churn: 31, month: monthsUntil(now)[0] ?? '' },
      computedAt: now - 3_600_000,
    },
    peers: [
      [12, 80],
      [22, 40],
      [9, 18],
      [29, 14],
      [15, 48],
      [43, 18],
      [46, 52],
      [52, 40],
      [57, 14],
      [60, 74],
      [40, 76],
      [71, 16],
      [76, 80],
      [88, 16],
      [28, 52],
    ].map(([value = 0, growth = 0], index) => ({
      accountId: `a-peer-${index}`,
      name: `${words.peers[index % words.peers.length]}`,
      value,
      growth,
    })),
    anniversaries: [
      anniversary(now, language, { inDays: 6, label: words.birthday, kind: 'birthday', contactId: 'c-okafor', plan: 'call', done: true }),
      anniversary(now, language, { inDays: 11, label: words.years, kind: 'customerSince', plan: 'card', year: 2014 }),
      anniversary(now, language, { inDays: 24, label: words.ends, kind: 'contract' }),
      anniversary(now, language, { inDays: 48, label: words.founded, kind: 'founding', plan: 'visit', year: 1996 }),
    ],
    visits: [
      [-3, 'planned', null],
      [19, 'done', 'atRisk'],
      [103, 'done', 'lead'],
    ].map(([daysAgo, state, mood], index) => ({
      visitId: `v-${index}`,
      accountId: 'a-harbour',
      contactId: 'c-becker',
      contactName: words.people[1][1],
      at: new Date(now - Number(daysAgo) * day).setHours(10, 0, 0, 0),
      visitor: manager,
      purpose: words.visits[index]?.[0] ?? '',
      state: state as 'planned' | 'done',
      opinion: words.visits[index]?.[1] ?? null,
      mood: mood as 'atRisk' | 'lead' | null,
    })),
    gifts: [
      {
        giftId: 'g-1',
        contactId: 'c-okafor',
        contactName: words.people[0][1],
        at: now - 350 * day,
        what: words.gift[0],
        occasion: words.gift[1],
        amount: 8_500 * times,
        currency,
        givenBy: manager,
      },
    ],
    tasks: words.tasks.map((title, index) => ({
      taskId: `k-${index}`,
      contactId: null,
      accountId: 'a-harbour',
      title,
      dueAt: now + (index === 0 ? -1 : 5) * day,
      ownerAgentId: 'ag-1',
      ownerName: manager,
      madeBy: manager,
      doneAt: null,
    })),
    attachments: [
      {
        attachmentId: 'f-1',
        name: words.file,
        mediaType: 'application/pdf',
        bytes: 418_300,
        addedAt: now - 1_060 * day,
        addedBy: manager,
      },
    ],
    openCases: [
      { caseId: 'k1', contactId: 'c-okafor', number: 'C-20418', subject: words.cases[0], kind: 'complaint', dueAt: now - 3_600_000 },
      { caseId: 'k2', contactId: 'c-stern', number: 'R-11873', subject: words.cases[1], kind: 'serviceRequest', dueAt: now + 3 * day },
    ],
    timeline: { items, total: 41, nextBefore: items.at(-1)?.at ?? null },
    custom: {},
    provenance: null,
  };
}

type Mine = CommandAnswer<'account:mine'>['accounts'];

export function stageCustomers(now: number, language: StageLanguage): Mine {
  const words = wordsOf[language];
  const currency = language === 'en' ? 'GBP' : 'CNY';
  const times = language === 'en' ? 1 : 10;
  const rows: readonly [string, number, number, number, number, number, number, number, number | null, number | null, number, boolean][] = [
    // name, monthly, change, arrears, churn, value, growth, cases (overdue = cases > 1), contract in days, next visit in days, silent for days, deputy
    [words.name, 486_000, -8, 0, 78, 84, 47, 2, 24, 3, 1, false],
    [words.peers[0], 391_000, -21, 128_400, 71, 76, 22, 1, 190, null, 104, false],
    [words.peers[1], 214_500, 4, 0, 44, 52, 61, 0, 51, 12, 9, false],
    [words.peers[2], 96_200, 12, 0, 18, 33, 78, 0, 340, null, 16, true],
    [words.peers[3], 152_000, 0, 0, 35, 48, 30, 1, 410, 40, 33, false],
    [words.peers[4], 48_900, -3, 6_200, 52, 24, 15, 0, null, null, 131, true],
    [words.peers[5], 268_000, 7, 0, 12, 61, 70, 0, 720, 19, 5, false],
  ];
  return rows.map(([name, amount, change, arrears, churn, value, growth, cases, ends, visit, silent, isDeputy], index) => ({
    ...summary(language),
    accountId: index === 0 ? 'a-harbour' : `a-${index}`,
    name,
    tier: index < 2 ? 'diamond' : index < 5 ? 'gold' : 'silver',
    isKeyAccount: index !== 5,
    isDeputy,
    managerName: isDeputy ? words.deputy : words.manager,
    monthly: { amount: amount * times, currency, changePercent: change },
    arrears: { amount: arrears * times, currency },
    churn,
    value,
    growth,
    openCases: cases,
    overdueCases: cases > 1 ? 1 : 0,
    contractEndsAt: ends === null ? null : now + ends * day,
    lastContactAt: now - silent * day,
    nextVisitAt: visit === null ? null : now + visit * day,
  }));
}

export function stageManagers(language: StageLanguage): CommandAnswer<'account:managers'>['managers'] {
  const words = wordsOf[language];
  return [words.manager, ...words.colleagues].map((name, index) => ({
    agentId: `ag-${index + 1}`,
    name,
    customers: [7, 12, 31, 4, 18][index] ?? 0,
  }));
}

export function stageCare(now: number, language: StageLanguage): readonly Anniversary[] {
  const words = wordsOf[language];
  return [
    anniversary(now, language, {
      inDays: 0,
      label: words.founded,
      kind: 'founding',
      accountId: 'a-3',
      accountName: words.peers[2],
      plan: 'call',
    }),
    anniversary(now, language, { inDays: 2, label: words.years, kind: 'customerSince', accountId: 'a-1', accountName: words.peers[0] }),
    anniversary(now, language, { inDays: 6, label: words.birthday, kind: 'birthday', plan: 'call', done: true }),
  ];
}
