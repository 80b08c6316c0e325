import type { TimelineItem } from '../../../shared/contracts/contact.ts';
import type { Duplicate, Merge, MergePreview } from '../../../shared/contracts/identity.ts';
import type { CaseFile, ContactPage, RecordChange } from '../../../shared/contracts/record.ts';
import type { SearchHit } from '../../../shared/contracts/search.ts';
import { keyAccount, type StageLanguage } from './people.ts';

/** One invented customer with everything on the page, and the records and lists around them. */
const hour = 3_600_000;
const day = 24 * hour;
const said = (language: StageLanguage) => (en: string, zh: string) => (language === 'en' ? en : zh);

export function stageCases(now: number, language: StageLanguage): CaseFile[] {
  const contact = keyAccount(now, language);
  const t = said(language);
  const base = {
    contact,
    description: '',
    priority: 0,
    ownerAgentId: null,
    ownerName: null,
    responseDueAt: null,
    respondedAt: null,
    closedAt: null,
    contractName: null,
    productName: null,
    outcome: null,
    custom: {},
    provenance: null,
    revision: 1,
  } as const;
  const me = t('Lena Hartmann', '林晓月');
  return [
    {
      ...base,
      caseId: 'k1',
      custom: { cause: 'tariff' },
      number: 'C-20418',
      kind: 'complaint',
      status: 'inProgress',
      priority: 1,
      subject: t('Roaming charges, October', '10 月国际漫游费争议'),
      description: t(
        'Three drivers were charged £1,284.00 in Switzerland. They were told the bundle covers Europe, and no warning text was sent.',
        '三名司机在瑞士产生漫游费 ¥11,284.00。客户称办理时被告知套餐覆盖欧洲，且未收到提醒短信。',
      ),
      ownerAgentId: 'ag-1',
      ownerName: me,
      openedAt: now - 3 * day,
      responseDueAt: now - 2 * day,
      respondedAt: now - 2.4 * day,
      dueAt: now + 5 * hour,
      contractName: t('Service contract Gold', '金牌服务合同'),
      productName: t('Fleet 40 lines', '企业畅享套餐'),
      steps: [
        { stepId: 's1', at: now - 3 * day, author: me, kind: 'opened', text: '' },
        {
          stepId: 's2',
          at: now - 2.4 * day,
          author: me,
          kind: 'responded',
          text: t('Told her that the gateway fault of 8 October is being looked at.', '已告知正在核查 10 月 8 日的网关故障。'),
        },
        { stepId: 's3', at: now - 2.4 * day, author: me, kind: 'status', text: 'inProgress' },
        {
          stepId: 's4',
          at: now - 1 * day,
          author: t('Dana Whitlock', '方雅'),
          kind: 'note',
          text: t('Gateway confirms: no warning texts on 8 and 9 October.', '网关确认：10 月 8 日、9 日未发送提醒短信。'),
        },
      ],
    },
    {
      ...base,
      caseId: 'k2',
      number: 'R-11873',
      kind: 'serviceRequest',
      status: 'open',
      subject: t('Six extra SIM cards', '补办 6 张 SIM 卡'),
      openedAt: now - 5 * day,
      dueAt: now + 3 * day,
      steps: [{ stepId: 's5', at: now - 5 * day, author: me, kind: 'opened', text: '' }],
    },
    {
      ...base,
      caseId: 'k3',
      number: 'P-09120',
      kind: 'repair',
      status: 'closed',
      subject: t('Leased line fault, 42 min', '专线故障 42 分钟'),
      openedAt: now - 68 * day,
      closedAt: now - 68 * day,
      outcome: t('Repaired inside the contract time', '在合同时限内修复'),
      dueAt: now - 67 * day,
      steps: [{ stepId: 's6', at: now - 68 * day, author: me, kind: 'opened', text: '' }],
    },
  ];
}

export function stagePage(now: number, language: StageLanguage): ContactPage {
  const t = said(language);
  const record = keyAccount(now, language);
  const money = language === 'en' ? 1 : 10;
  const currency = language === 'en' ? 'GBP' : 'CNY';
  const today = new Date(now);
  const months = Array.from({ length: 12 }, (_, index) => {
    const month = new Date(today.getFullYear(), today.getMonth() - 11 + index, 1);
    return `${month.getFullYear()}-${String(month.getMonth() + 1).padStart(2, '0')}`;
  });
  const use = (base: number, peak = 0) =>
    months.map((_, index) => Math.round((base + (index % 3) * base * 0.04 + (index === 10 ? peak : 0)) * money * 100));
  const kinds = [
    { kind: 'mobile', unit: t('min', '分钟'), quantity: months.map(() => 900), amount: use(2_100, 1_284) },
    { kind: 'voice', unit: t('min', '分钟'), quantity: months.map(() => 400), amount: use(900) },
    { kind: 'leasedLine', unit: 'h', quantity: months.map(() => 720), amount: use(1_400) },
    { kind: 'cloud', unit: t('seats', '席位'), quantity: months.map(() => 25), amount: use(400) },
  ];
  const imported = { source: t('Billing system', '计费系统'), at: now - 20 * day };
  const manager = t('Rupert Lane', '何峰');
  return {
    record,
    fields: {
      name: record.name,
      title: record.title,
      locale: record.locale,
      tier: record.tier,
      segment: t('Freight', '物流'),
      stage: 'mature',
      birthday: '1979-11-28',
      orgUnitId: null,
      prefersChannel: 'voice',
      prefersFrom: '09:00',
      prefersUntil: '12:00',
      allowsRecording: true,
      allowsCallOffers: true,
      allowsSmsOffers: true,
      allowsEmailOffers: false,
      custom: { fleet: 62, greenTariff: true, costCentre: 'HV-0417' },
    },
    revision: 7,
    provenance: imported,
    cards: [{ contactId: record.contactId, name: record.name }],
    accounts: [{ accountId: 'a-harbour', name: record.accountName ?? '', kind: 'company', role: t('Operations', '运营'), isPrimary: true }],
    identifiers: record.identifiers.map((each, index) => ({
      ...each,
      identifierId: `id-${index}`,
      contactId: each.shared ? null : record.contactId,
      accountId: each.shared ? 'a-harbour' : null,
      extension: each.shared ? '201' : null,
      provenance: index === 2 ? imported : null,
    })),
    addresses: [
      {
        addressId: 'ad-1',
        kind: 'work',
        lines: t('12 Dock Road', '港口路 12 号'),
        city: t('Felixstowe', '宁波'),
        region: null,
        postalCode: t('IP11 3SY', '315800'),
        country: language === 'en' ? 'GB' : 'CN',
      },
    ],
    cases: stageCases(now, language),
    promises: [
      {
        promiseId: 'pr-1',
        contactId: record.contactId,
        caseNumber: 'C-20418',
        text: t('Call back about the roaming credit', '回电告知漫游费减免结果'),
        dueAt: new Date(now).setHours(17, 0, 0, 0),
        ownerAgentId: 'ag-1',
        ownerName: t('Lena Hartmann', '林晓月'),
        madeAt: now - 3 * day,
        madeBy: t('Lena Hartmann', '林晓月'),
        keptAt: null,
      },
    ],
    tasks: [
      {
        taskId: 'ta-1',
        contactId: record.contactId,
        accountId: null,
        title: t('Send the tariff list for Switzerland', '发送瑞士漫游资费表'),
        dueAt: new Date(now - 24 * hour).setHours(17, 0, 0, 0),
        ownerAgentId: 'ag-2',
        ownerName: manager,
        madeBy: manager,
        doneAt: null,
      },
    ],
    products: [
      {
        productId: 'p1',
        name: t('Fleet 40 lines', '企业畅享套餐'),
        detail: t('European bundle', '欧洲漫游包'),
        quantity: 62,
        unused: 3,
        serial: null,
        lineNumber: null,
        startsAt: now - 700 * day,
        warrantyEndsAt: null,
        status: 'active',
        provenance: imported,
      },
      {
        productId: 'p2',
        name: t('Leased line 200 Mbit/s', '互联网专线 200M'),
        detail: t('Felixstowe, Leeds', '宁波 – 杭州'),
        quantity: 1,
        unused: 0,
        serial: 'LL-88201',
        lineNumber: '7700-2214',
        startsAt: now - 1_400 * day,
        warrantyEndsAt: now + 90 * day,
        status: 'active',
        provenance: null,
      },
      {
        productId: 'p3',
        name: t('Router CX-20', '路由器 CX-20'),
        detail: null,
        quantity: 2,
        unused: 0,
        serial: 'CX20-10442',
        lineNumber: null,
        startsAt: now - 120 * day,
        warrantyEndsAt: now - 10 * day,
        status: 'installedUnused',
        provenance: null,
      },
    ],
    contracts: [
      {
        contractId: 'ct-1',
        name: t('Service contract Gold', '金牌服务合同'),
        number: 'SC-2023-118',
        level: t('Gold', '金牌'),
        startsAt: now - 1_071 * day,
        endsAt: now + 24 * day,
        responseHours: 4,
        resolutionHours: 48,
        provenance: null,
      },
    ],
    bills: months
      .toReversed()
      .slice(0, 6)
      .map((month, index) => {
        const amount = 486_000 * money + (index === 1 ? 128_400 * money : 0);
        return {
          billId: `b-${month}`,
          number: `B-${month.replace('-', '')}-0417`,
          month,
          issuedAt: now - (index * 30 + 18) * day,
          dueAt: now - (index * 30 - 4) * day,
          amount,
          paid: index === 0 ? 0 : index === 1 ? amount - 128_400 * money : amount,
          currency,
          provenance: imported,
        };
      }),
    consumption: {
      currency,
      months,
      kinds,
      total: months.map((_, index) => kinds.reduce((sum, { amount }) => sum + (amount[index] ?? 0), 0)),
      changePercent: -8,
    },
    offers: [
      {
        offerId: 'of-1',
        name: t('Cloud storage 5 TB', '云存储 5 TB'),
        channel: 'email',
        madeAt: now - 46 * day,
        madeBy: manager,
        answer: 'declined',
        answeredAt: now - 44 * day,
        remark: null,
        notAgain: 'answered',
      },
      {
        offerId: 'of-2',
        name: t('Renewal, 36 months, Fleet 60', '续约 36 个月，畅享 199'),
        channel: 'email',
        madeAt: now - 9 * day,
        madeBy: manager,
        answer: null,
        answeredAt: null,
        remark: t('Opened twice', '已打开两次'),
        notAgain: 'awaitingAnswer',
      },
    ],
    attachments: [
      {
        attachmentId: 'at-1',
        name: t('Rival quote, 3 November.pdf', '友商报价单 11-03.pdf'),
        mediaType: 'application/pdf',
        bytes: 482_113,
        addedAt: now - 18 * day,
        addedBy: manager,
      },
    ],
    score: {
      value: 82,
      valueReasons: [
        { code: 'useLevel', points: 55, facts: { amount: 486_000 * money, currency } },
        { code: 'tenure', points: 15, facts: { years: 11 } },
        { code: 'products', points: 12, facts: { count: 3 } },
      ],
      growth: 48,
      growthReasons: [
        { code: 'start', points: 40, facts: {} },
        { code: 'unusedLines', points: -6, facts: { unused: 3, of: 65 } },
        { code: 'roomForProducts', points: 14, facts: { held: 3, of: 5 } },
      ],
      churn: 78,
      churnReasons: [
        { code: 'contractEnds', points: 24, facts: { endsAt: now + 24 * day } },
        { code: 'complaints', points: 18, facts: { count: 2, days: 90 } },
        { code: 'visitAtRisk', points: 15, facts: { at: now - 18 * day } },
        { code: 'useFalling', points: 12, facts: { percent: 8 } },
        { code: 'unusedLines', points: 9, facts: { unused: 3, of: 65 } },
      ],
      earlier: { value: 78, growth: 74, churn: 35, month: months[0] ?? '2025-12' },
      computedAt: now - 2 * hour,
    },
    notes: record.notes,
  };
}

/** A long life as a customer: as many entries as a test or a picture wants, the record's own first. */
export function stageStream(now: number, language: StageLanguage, count: number): TimelineItem[] {
  const t = said(language);
  const { items } = keyAccount(now, language).timeline;
  const recorded = items.find(({ kind }) => kind === 'call');
  const own = items.map((item) =>
    item === recorded
      ? {
          ...item,
          recordings: [{ recordingId: 'r-1', startedAt: item.at, durationMs: 402_000, pauses: [{ fromMs: 96_000, toMs: 131_000 }] }],
        }
      : item.kind === 'case' && item.title.includes('C-20418')
        ? { ...item, subject: { kind: 'case', id: 'k1' } }
        : item,
  );
  const kinds = ['call', 'email', 'bill', 'call', 'sms', 'note', 'payment', 'call', 'visit', 'task'] as const;
  const titles: Readonly<Record<(typeof kinds)[number], string>> = {
    call: t('Bill question answered', '账单咨询'),
    email: t('Tariff list sent', '发送资费表'),
    bill: t('Monthly bill', '月度账单'),
    sms: t('Payment reminder', '缴费提醒'),
    note: t('Prefers mornings', '宜上午联系'),
    payment: t('Payment received', '收到付款'),
    visit: t('Visit in Felixstowe', '客户经理走访'),
    task: t('Contract copy posted', '寄送合同副本'),
  };
  const more = Array.from({ length: Math.max(0, count - own.length) }, (_, index): TimelineItem => {
    const kind = kinds[index % kinds.length] ?? 'call';
    return {
      id: `more-${index}`,
      at: now - (70 + index * 3) * day,
      kind,
      title: titles[kind],
      detail: index % 4 === 0 ? t('She asked for it in writing.', '客户要求书面回复。') : null,
      outcome: kind === 'call' ? t('Lena Hartmann', '林晓月') : null,
      interactionId: null,
      subject: null,
      accountName: null,
    };
  });
  return [...own, ...more].slice(0, count);
}

export function stageDuplicates(now: number, language: StageLanguage): Duplicate[] {
  const record = keyAccount(now, language);
  const t = said(language);
  return [
    {
      contactId: 'c-okafor2',
      name: t('M. Okafor', '陈志遠'),
      title: null,
      accountId: null,
      accountName: null,
      isKeyAccount: false,
      tier: 'standard',
      locale: language,
      confidence: 86,
      reasons: [
        { code: 'sameNumber', points: 60, facts: { value: t('+44 7700 900142', '139 0000 4126') } },
        { code: 'similarName', points: 26, facts: { one: record.name, other: t('M. Okafor', '陈志遠') } },
      ],
    },
  ];
}

export function stagePreview(now: number, language: StageLanguage): MergePreview {
  const record = keyAccount(now, language);
  const t = said(language);
  const other = stageDuplicates(now, language)[0];
  if (!other) throw new Error('the stage has a duplicate');
  return {
    kept: record,
    absorbed: other,
    likeness: { confidence: other.confidence, reasons: other.reasons },
    fields: [
      { field: 'name', kept: record.name, absorbed: other.name, shown: record.name },
      { field: 'title', kept: record.title, absorbed: null, shown: record.title },
      { field: 'tier', kept: 'diamond', absorbed: 'standard', shown: 'diamond' },
      { field: 'birthday', kept: null, absorbed: '11-28', shown: '11-28' },
      { field: 'prefersChannel', kept: 'voice', absorbed: 'sms', shown: 'voice' },
      { field: 'allowsEmailOffers', kept: 'false', absorbed: 'true', shown: 'false' },
      { field: 'segment', kept: t('Freight', '物流'), absorbed: null, shown: t('Freight', '物流') },
    ],
    counts: [
      { what: 'identifiers', kept: 3, absorbed: 1 },
      { what: 'contacts', kept: 41, absorbed: 2 },
      { what: 'cases', kept: 3, absorbed: 0 },
      { what: 'products', kept: 3, absorbed: 0 },
      { what: 'notes', kept: 1, absorbed: 1 },
    ],
  };
}

export function stageMerges(now: number, language: StageLanguage): Merge[] {
  const record = keyAccount(now, language);
  const other = stageDuplicates(now, language)[0];
  const t = said(language);
  if (!other) return [];
  return [
    {
      mergeId: 'm-1',
      kept: record,
      absorbed: { ...other, contactId: 'c-okafor3', name: t('Maggie Okafor', '陈总') },
      at: now - 40 * day,
      by: t('Lena Hartmann', '林晓月'),
      reason: t('She confirmed both numbers on the call.', '客户在通话中确认两个号码均为本人。'),
      undone: null,
    },
    {
      mergeId: 'm-0',
      kept: record,
      absorbed: { ...other, contactId: 'c-okafor4', name: t('Ada Okafor', '陈志强') },
      at: now - 90 * day,
      by: t('Dana Whitlock', '方雅'),
      reason: t('Same company and number.', '单位与号码相同。'),
      undone: { at: now - 88 * day, by: t('Lena Hartmann', '林晓月'), reason: t('They are sisters.', '两人为兄弟。') },
    },
  ];
}

export function stageHistory(now: number, language: StageLanguage): RecordChange[] {
  const t = said(language);
  const change = (index: number, field: string, before: unknown, after: unknown, undone = false): RecordChange => ({
    changeId: `ch-${index}`,
    subjectKind: 'person',
    subjectId: 'c-okafor',
    field,
    before: JSON.stringify(before),
    after: JSON.stringify(after),
    at: now - (index + 1) * 31 * hour,
    author: index % 2 === 0 ? t('Lena Hartmann', '林晓月') : t('Rupert Lane', '何峰'),
    source: index === 3 ? 'import:7' : 'screen',
    undone,
  });
  return [
    change(0, 'prefersChannel', 'email', 'voice'),
    change(1, 'title', t('Operations manager', '运营经理'), t('Operations director', '运营总监')),
    change(2, 'allowsEmailOffers', true, false),
    change(3, 'segment', null, t('Freight', '物流')),
    change(4, 'tier', 'gold', 'diamond', true),
  ];
}

export function stageHits(language: StageLanguage): SearchHit[] {
  const t = said(language);
  return [
    {
      kind: 'person',
      id: 'c-okafor',
      contactId: 'c-okafor',
      title: t('Margaret Okafor', '陈志远'),
      subtitle: t('Harbour & Vale Freight', '东禾物流集团有限公司'),
      tier: 'diamond',
      isKeyAccount: true,
      matched: t('name', 'pinyin') as 'name',
      detail: null,
    },
    {
      kind: 'person',
      id: 'c-okafor2',
      contactId: 'c-okafor2',
      title: t('M. Okafor', '陈志遠'),
      subtitle: null,
      tier: 'standard',
      isKeyAccount: false,
      matched: 'number',
      detail: t('+44 7700 900142', '139 0000 4126'),
    },
    {
      kind: 'account',
      id: 'a-okafor',
      contactId: null,
      title: t('Okafor Haulage', '陈氏运输有限公司'),
      subtitle: null,
      tier: 'gold',
      isKeyAccount: false,
      matched: 'company',
      detail: null,
    },
    {
      kind: 'case',
      id: 'k1',
      contactId: 'c-okafor',
      title: 'C-20418',
      subtitle: t('Roaming charges, October', '10 月国际漫游费争议'),
      tier: null,
      isKeyAccount: false,
      matched: 'caseNumber',
      detail: null,
    },
  ];
}
