import { days, hours, minutes } from '../../../shared/duration.ts';
import { nameKey } from '../../crm/index.ts';
import { dongheLogistics, harbourAndVale, kempAndSons } from './companies.ts';
import {
  chenZhiyuan,
  customerNumbers,
  type DemoPerson,
  duplicatePair,
  juliaBrandt,
  kempSwitchboard,
  margaretOkafor,
  zhouHousehold,
} from './demo-people.ts';
import type { Row, Rows } from './insert-rows.ts';
import { keyFileRows } from './key-account-files.ts';
import { chenHistory, type Dated, margaretHistory, shortHistory } from './key-histories.ts';
import { type AmountsOfMonth, moneyRows } from './money.ts';
import { billWords, startOfDay } from './people.ts';

/** How many of the five hundred are told here by name. */
export const storyTellers = 15;

/** Everybody who can be relied upon, with the records the screens are judged by. */
export function keyRecordRows(now: number): readonly Rows[] {
  return [margaretStory(now), chenStory(now), otherRows(now)];
}

function otherRows(now: number): Rows {
  return {
    account: [
      {
        account_id: 'account-zhou-home',
        name: '周建平家庭',
        kind: 'household',
        is_key_account: 0,
        manager_name: null,
        org_unit_id: 'ningbo',
      },
    ],
    person: others.map((each) => person(each.demo, each)),
    person_account: others.flatMap((each) =>
      each.accountId ? [{ contact_id: each.demo.contactId, account_id: each.accountId, role: null, is_primary: 1 }] : [],
    ),
    identifier: others.flatMap((each) => otherIdentifiers(each, now)),
    timeline_entry: others.flatMap((each) => timeline(each.demo.contactId, now, shortHistory[each.demo.locale])),
    ...moneyRows({
      owner: { contact_id: inArrears.contactId, account_id: null },
      ...{ currency: 'CNY', now, months: [{ mobile: 12_850 }, { mobile: 12_850 }], arrears: 12_850 },
    }),
  };
}

function margaretStory(now: number): Rows {
  const { contactId } = margaretOkafor;
  const story = keyStory(now, {
    demo: margaretOkafor,
    accountId: harbourAndVale,
    title: 'Operations director',
    email: 'm.okafor@harbourvale.example',
    office: '+442079460142',
    caseSubject: 'Roaming charges, October',
    caseNumbers: ['C-20418', 'R-11873'],
    requestSubject: 'Six extra SIM cards',
    promise: 'Call back with an answer on the roaming charges',
    currency: 'GBP',
    monthly: 486_000,
    contract: 'Fleet agreement, 36 months',
    colleagues: [
      ['contact-julian-becker', 'Julian Becker', 'Finance manager', '+447700900143'],
      ['contact-pia-stern', 'Pia Stern', 'IT manager', '+447700900144'],
    ],
  });
  return {
    ...story,
    product: [
      product(harbourAndVale, 1, 'Fleet 40 lines', '1.9 TB in October', 62, 3),
      product(harbourAndVale, 2, 'Leased line 200 Mbit/s', 'Felixstowe, Leeds', 1, 0),
      product(harbourAndVale, 3, 'Cloud PBX seats', 'all in use', 25, 0),
      product(harbourAndVale, 4, 'Fixed voice', '1,140 min, October', 8, 0),
    ],
    note: [
      {
        note_id: `${contactId}/n1`,
        contact_id: contactId,
        interaction_id: null,
        author: 'Lena Hartmann',
        text: 'Prefers calls before noon. No sales e-mail.',
        at: atHour(now, -50, 11),
      },
      {
        note_id: `${contactId}/n2`,
        contact_id: contactId,
        interaction_id: null,
        author: 'Lena Hartmann',
        text: 'Wants one contact for all roaming questions.',
        at: atHour(now, -3, 15),
      },
    ],
    timeline_entry: [...timeline(contactId, now, margaretHistory), ...billEntries(contactId, 'en', story.bill)],
  };
}

function chenStory(now: number): Rows {
  const { contactId } = chenZhiyuan;
  const story = keyStory(now, {
    demo: chenZhiyuan,
    accountId: dongheLogistics,
    title: '运营总监',
    email: 'chen.zhiyuan@donghe.example',
    office: '+8657487004126',
    caseSubject: '10 月国际漫游费',
    caseNumbers: ['C-20419', 'R-11874'],
    requestSubject: '补办 6 张 SIM 卡',
    promise: '就国际漫游费争议回电答复',
    currency: 'CNY',
    monthly: 4_860_000,
    contract: '集团服务合同，36 个月',
    colleagues: [
      ['contact-shen-guoliang', '沈国良', '财务经理', '+8613900004127'],
      ['contact-gu-xiaoyan', '顾晓燕', '信息主管', '+8613900004128'],
    ],
  });
  return {
    ...story,
    product: [
      product(dongheLogistics, 1, '企业畅享套餐', '10 月 1.9 TB', 62, 3),
      product(dongheLogistics, 2, '互联网专线 200M', '宁波 – 杭州', 1, 0),
      product(dongheLogistics, 3, '云总机席位', '全部在用', 25, 0),
      product(dongheLogistics, 4, '固定电话', '10 月 1,140 分钟', 8, 0),
    ],
    note: [
      {
        note_id: `${contactId}/n1`,
        contact_id: contactId,
        interaction_id: null,
        author: '林薇',
        text: '上午接电话，不接受营销邮件。',
        at: atHour(now, -50, 11),
      },
      {
        note_id: `${contactId}/n2`,
        contact_id: contactId,
        interaction_id: null,
        author: '林薇',
        text: '希望漫游问题由专人对接。',
        at: atHour(now, -3, 15),
      },
    ],
    timeline_entry: [...timeline(contactId, now, chenHistory), ...billEntries(contactId, 'zh', story.bill)],
  };
}

type Colleague = readonly [contactId: string, name: string, title: string, number: string];

interface KeyStory {
  readonly demo: DemoPerson;
  readonly accountId: string;
  readonly title: string;
  readonly email: string;
  readonly office: string;
  readonly caseNumbers: readonly [complaint: string, request: string];
  readonly caseSubject: string;
  readonly requestSubject: string;
  readonly promise: string;
  readonly currency: 'CNY' | 'GBP';
  readonly monthly: number;
  readonly contract: string;
  /** Finance, then systems. */
  readonly colleagues: readonly [Colleague, Colleague];
}

/** What both key accounts have in common: a complaint and a promise due today or the next noon, a contract about to end, colleagues. */
function keyStory(now: number, story: KeyStory): Rows & ReturnType<typeof moneyRows> {
  const { contactId } = story.demo;
  const [complaint, request] = story.caseNumbers;
  const openedAt = atHour(now, -3, 15);
  const colleagues = story.colleagues.map(([id, name, title, number]) => ({
    demo: { contactId: id, name, number, locale: story.demo.locale },
    title,
  }));
  const people = [contactId, ...story.colleagues.map(([id]) => id)] as [string, string, string];
  const { customer_case: heardBefore = [], ...file } = keyFileRows({
    locale: story.demo.locale,
    accountId: story.accountId,
    people,
    financeNumber: story.colleagues[0][3],
    atHour: (dayOffset, hour) => atHour(now, dayOffset, hour),
    now,
  });
  const birthday = file.anniversary?.find((each) => each.kind === 'birthday' && each.contact_id === contactId);
  return {
    person: [
      {
        ...person(story.demo, { title: story.title, tier: 'diamond' }),
        ...{ prefers_channel: 'voice', allows_email_offers: 0, birthday: birthday?.day ?? null },
      },
      ...colleagues.map((each) => person(each.demo, { title: each.title, tier: 'gold' })),
    ],
    person_account: people.map((id, index) => ({
      contact_id: id,
      account_id: story.accountId,
      role: null,
      is_primary: 1,
      influence: (['decides', 'advises', 'uses'] as const)[index] ?? null,
      stance: (['neutral', 'critical', 'forUs'] as const)[index] ?? null,
    })),
    identifier: [
      identifier(contactId, 'mobile', story.demo.number, { usedAt: openedAt, isVerified: 1 }),
      identifier(contactId, 'phone', story.office, {
        usedAt: now - days(140),
        isVerified: 1,
        label: story.demo.locale === 'zh' ? '办公室' : 'office',
      }),
      identifier(contactId, 'email', story.email, { usedAt: atHour(now, -9, 9), isVerified: 1 }),
      identifier(contactId, 'externalId', story.accountId.replace('account-', 'K-').toUpperCase(), { usedAt: null, isVerified: 1 }),
      ...colleagues.map((each) => identifier(each.demo.contactId, 'mobile', each.demo.number, { usedAt: now - days(30), isVerified: 1 })),
    ],
    customer_case: [
      {
        case_id: `case-${complaint}`,
        contact_id: contactId,
        number: complaint,
        kind: 'complaint',
        subject: story.caseSubject,
        opened_at: openedAt,
        due_at: dueSoon(now),
        closed_at: null,
      },
      {
        case_id: `case-${request}`,
        contact_id: contactId,
        number: request,
        kind: 'serviceRequest',
        subject: story.requestSubject,
        opened_at: atHour(now, -2, 10),
        due_at: atHour(now, 3, 17),
        closed_at: null,
      },
      ...heardBefore,
    ],
    promise: [
      {
        promise_id: `promise-${complaint}`,
        contact_id: contactId,
        case_id: `case-${complaint}`,
        text: story.promise,
        due_at: dueSoon(now),
        kept_at: null,
      },
    ],
    contract: [
      {
        contract_id: `contract-${story.accountId}`,
        account_id: story.accountId,
        contact_id: null,
        name: story.contract,
        number: story.demo.locale === 'zh' ? 'HT-40001' : 'BA-40001',
        level: 'Platinum',
        starts_at: now - days(1_071),
        ends_at: now + days(24),
        response_hours: 2,
        resolution_hours: 48,
      },
    ],
    ...keyMoney(story, now),
    ...file,
  };
}

/** Today at 17:00, later today at 20:00, in the evening tomorrow noon: never overdue at the start, and at an hour that people promise. */
function dueSoon(now: number): number {
  const soonest = now + hours(2);
  return [atHour(now, 0, 17), atHour(now, 0, 20)].find((at) => at >= soonest) ?? atHour(now, 1, 12);
}

function atHour(now: number, dayOffset: number, hour: number, minute = 0): number {
  return new Date(startOfDay(now)).setDate(new Date(now).getDate() + dayOffset) + hours(hour) + minutes(minute);
}

interface Other {
  readonly demo: DemoPerson;
  readonly accountId: string | null;
  readonly title: string | null;
  readonly tier: string;
  readonly shared: { readonly number: string; readonly label: string } | null;
  readonly email: string | null;
  readonly customerNumber?: string;
}

/** Of the household: a bill of his is overdue, on whatever day the demo begins. */
const inArrears = zhouHousehold.people[0];

const kempTitles = ['Managing director', 'Office manager', 'Fleet manager', '采购经理'];

const others: readonly Other[] = [
  ...kempSwitchboard.people.map((demo, index) => ({
    demo,
    accountId: kempAndSons,
    title: kempTitles[index] ?? null,
    tier: index === 0 ? 'gold' : 'silver',
    shared: { number: kempSwitchboard.number, label: 'switchboard' },
    email: null,
  })),
  ...zhouHousehold.people.map((demo) => ({
    demo,
    accountId: 'account-zhou-home',
    title: null,
    tier: 'standard',
    shared: { number: zhouHousehold.number, label: '家庭' },
    email: null,
    ...(demo.contactId === inArrears.contactId ? { customerNumber: customerNumbers.zhouJianping } : {}),
  })),
  ...duplicatePair.people.map((demo) => ({ demo, accountId: null, title: null, tier: 'silver', shared: null, email: duplicatePair.email })),
  {
    ...{ demo: juliaBrandt, accountId: null, title: null, tier: 'standard', shared: null },
    ...{ email: 'julia.brandt@example.com', customerNumber: customerNumbers.juliaBrandt },
  },
];

function otherIdentifiers({ demo, shared, email, customerNumber }: Other, now: number): Row<'identifier'>[] {
  const order = Number.parseInt(demo.number.slice(-2), 10);
  return [
    identifier(demo.contactId, 'mobile', demo.number, { usedAt: now - days(order), isVerified: 1 }),
    ...(shared
      ? [
          identifier(demo.contactId, 'phone', shared.number, {
            usedAt: now - days(order % 7) - hours(order),
            isVerified: 1,
            label: shared.label,
            isShared: 1,
          }),
        ]
      : []),
    ...(email ? [identifier(demo.contactId, 'email', email, { usedAt: now - days(90), isVerified: 0 })] : []),
    ...(customerNumber ? [identifier(demo.contactId, 'externalId', customerNumber, { usedAt: null, isVerified: 1 })] : []),
  ];
}

function person(
  { contactId, name, locale }: DemoPerson,
  { title, tier }: { readonly title: string | null; readonly tier: string },
): Row<'person'> {
  return {
    ...{
      contact_id: contactId,
      head_id: contactId,
      name,
      name_key: nameKey(name),
      title,
      locale,
      tier,
      prefers_channel: null,
    },
    ...{ allows_recording: 1, allows_sms_offers: 1, allows_email_offers: 1 },
  };
}

function identifier(
  contact_id: string,
  kind: string,
  value: string,
  more: { readonly usedAt: number | null; readonly isVerified: number; readonly label?: string; readonly isShared?: number },
): Row<'identifier'> {
  const { usedAt, isVerified, label = null, isShared = 0 } = more;
  return {
    identifier_id: `${contact_id}:${value}`,
    contact_id,
    kind,
    value,
    label,
    is_verified: isVerified,
    is_shared: isShared,
    last_used_at: usedAt,
  };
}

function product(account_id: string, number: number, name: string, detail: string, quantity: number, unused: number): Row<'product'> {
  return { product_id: `${account_id}/p${number}`, account_id, contact_id: null, name, detail, quantity, unused };
}

function timeline(contact_id: string, now: number, entries: readonly Dated[]): Row<'timeline_entry'>[] {
  return entries.map(([daysAgo, hour, kind, title, detail, outcome], index) => ({
    ...{ entry_id: `${contact_id}/t${index}`, contact_id, at: atHour(now, -daysAgo, Math.floor(hour), Math.round((hour % 1) * 60)) },
    ...{ kind, title, detail, outcome, interaction_id: null },
  }));
}

/** Thousands of pounds a month, oldest first: three calm ones make what they use now eight percent less, and the last has the roaming. */
const eighteenMonths = [4.62, 4.7, 4.71, 4.66, 4.75, 4.8, 4.8, 4.8, 5, 4.9, 5, 5.1, 5.25, 5.32, 5.278, 4.27, 4.17, 6.14] as const;

function keyMoney({ accountId, currency, monthly }: KeyStory, now: number): ReturnType<typeof moneyRows> {
  const thousand = monthly / 4.86;
  const amounts = (total: number): AmountsOfMonth => {
    const [voice, leasedLine, cloud] = [0.86, 1.4, 0.44].map((each) => Math.round(each * thousand)) as [number, number, number];
    return { mobile: Math.round(total * thousand) - voice - leasedLine - cloud, voice, leasedLine, cloud };
  };
  const today = new Date(now);
  const share = today.getDate() / new Date(today.getFullYear(), today.getMonth() + 1, 0).getDate();
  const running = Object.fromEntries(Object.entries(amounts(4.5)).map(([kind, amount]) => [kind, Math.round(amount * share)]));
  const owner = { contact_id: null, account_id: accountId };
  return moneyRows({ owner, currency, now, months: eighteenMonths.map(amounts), running, arrears: 0 });
}

/** The company's bills on the stream of who receives them. */
function billEntries(contact_id: string, locale: 'en' | 'zh', bills: readonly Row<'bill'>[]): Row<'timeline_entry'>[] {
  return bills.map((bill) => ({
    entry_id: `${contact_id}/${bill.bill_id}`,
    contact_id,
    at: bill.issued_at,
    kind: 'bill',
    ...billWords(locale, bill),
    interaction_id: null,
    subject_kind: 'bill',
    subject_id: bill.bill_id,
  }));
}
