import { days, hours, minutes } from '../../../shared/duration.ts';
import { nameKey } from '../../crm/index.ts';
import { dayOf } from '../repositories/days-until.ts';
import { dongheLogistics, harbourAndVale, kempAndSons } from './companies.ts';
import { chenZhiyuan, type DemoPerson, duplicatePair, juliaBrandt, kempSwitchboard, margaretOkafor, zhouHousehold } from './demo-people.ts';
import type { Row, Rows } from './insert-rows.ts';
import { chenHistory, type Dated, margaretHistory, shortHistory } from './key-histories.ts';
import { makeBill, startOfDay } from './people.ts';
import { SeededRandom } from './random.ts';

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
  };
}

function margaretStory(now: number): Rows {
  const { contactId } = margaretOkafor;
  return {
    ...keyStory(now, {
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
    }),
    product: [
      product(harbourAndVale, 1, 'Fleet 40 lines', '1.9 TB in October', 62, 3),
      product(harbourAndVale, 2, 'Leased line 200 Mbit/s', 'Felixstowe, Leeds', 1, 0),
      product(harbourAndVale, 3, 'Cloud PBX seats', 'all in use', 25, 0),
      product(harbourAndVale, 4, 'Fixed voice', '1,140 min, October', 8, 0),
    ],
    anniversary: [
      anniversary(harbourAndVale, 1, 'Margaret Okafor’s birthday', now + days(3)),
      anniversary(harbourAndVale, 2, '11 years as a customer', now + days(5)),
      anniversary(harbourAndVale, 3, 'Company founded, 30 years', now + days(49)),
    ],
    visit: [
      {
        visit_id: `${harbourAndVale}/v1`,
        account_id: harbourAndVale,
        at: atHour(now, -18, 10),
        visitor: 'Rupert Lane',
        purpose: 'Finance lead present, rival quote seen',
      },
      { visit_id: `${harbourAndVale}/v2`, account_id: harbourAndVale, at: atHour(now, 4, 10), visitor: 'Rupert Lane', purpose: 'Renewal' },
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
    timeline_entry: [...timeline(contactId, now, margaretHistory), ...bills(contactId, now, 'en')],
  };
}

function chenStory(now: number): Rows {
  const { contactId } = chenZhiyuan;
  return {
    ...keyStory(now, {
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
    }),
    product: [
      product(dongheLogistics, 1, '企业畅享套餐', '10 月 1.9 TB', 62, 3),
      product(dongheLogistics, 2, '互联网专线 200M', '宁波 – 杭州', 1, 0),
      product(dongheLogistics, 3, '云总机席位', '全部在用', 25, 0),
      product(dongheLogistics, 4, '固定电话', '10 月 1,140 分钟', 8, 0),
    ],
    anniversary: [
      anniversary(dongheLogistics, 1, '陈志远生日', now + days(3)),
      anniversary(dongheLogistics, 2, '入网 11 周年', now + days(5)),
      anniversary(dongheLogistics, 3, '公司成立 30 周年', now + days(49)),
    ],
    visit: [
      {
        visit_id: `${dongheLogistics}/v1`,
        account_id: dongheLogistics,
        at: atHour(now, -18, 10),
        visitor: '何峰',
        purpose: '财务经理在座，见到友商报价单',
      },
      { visit_id: `${dongheLogistics}/v2`, account_id: dongheLogistics, at: atHour(now, 4, 10), visitor: '何峰', purpose: '续约' },
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
    timeline_entry: [...timeline(contactId, now, chenHistory), ...bills(contactId, now, 'zh')],
  };
}

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
  readonly currency: string;
  readonly monthly: number;
  readonly contract: string;
  readonly colleagues: readonly (readonly [contactId: string, name: string, title: string, number: string])[];
}

/** What both key accounts have in common: a complaint and a promise due today or the next noon, a contract about to end, colleagues. */
function keyStory(now: number, story: KeyStory): Rows {
  const { contactId } = story.demo;
  const [complaint, request] = story.caseNumbers;
  const openedAt = atHour(now, -3, 15);
  const colleagues = story.colleagues.map(([id, name, title, number]) => ({
    demo: { contactId: id, name, number, locale: story.demo.locale },
    title,
  }));
  return {
    person: [
      { ...person(story.demo, { title: story.title, tier: 'diamond' }), prefers_channel: 'voice', allows_email_offers: 0, churn_risk: 78 },
      ...colleagues.map((each) => person(each.demo, { title: each.title, tier: 'gold' })),
    ],
    person_account: [contactId, ...colleagues.map((each) => each.demo.contactId)].map((id) => ({
      contact_id: id,
      account_id: story.accountId,
      role: null,
      is_primary: 1,
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
        starts_at: now - days(1_071),
        ends_at: now + days(24),
      },
    ],
    spend: [
      {
        spend_id: `spend-${story.accountId}`,
        account_id: story.accountId,
        contact_id: null,
        currency: story.currency,
        monthly: story.monthly,
        change_percent: -8,
        arrears: 0,
      },
    ],
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
}

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
  })),
  ...duplicatePair.people.map((demo) => ({ demo, accountId: null, title: null, tier: 'silver', shared: null, email: duplicatePair.email })),
  { demo: juliaBrandt, accountId: null, title: null, tier: 'standard', shared: null, email: 'julia.brandt@example.com' },
];

function otherIdentifiers({ demo, shared, email }: Other, now: number): Row<'identifier'>[] {
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
      churn_risk: null,
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

function anniversary(account_id: string, number: number, label: string, at: number): Row<'anniversary'> {
  return { anniversary_id: `${account_id}/a${number}`, account_id, label, day: dayOf(at) };
}

function timeline(contact_id: string, now: number, entries: readonly Dated[]): Row<'timeline_entry'>[] {
  return entries.map(([daysAgo, hour, kind, title, detail, outcome], index) => ({
    ...{ entry_id: `${contact_id}/t${index}`, contact_id, at: atHour(now, -daysAgo, Math.floor(hour), Math.round((hour % 1) * 60)) },
    ...{ kind, title, detail, outcome, interaction_id: null },
  }));
}

/** A bill a month, eighteen of them. */
function bills(contact_id: string, now: number, locale: 'en' | 'zh'): Row<'timeline_entry'>[] {
  const random = new SeededRandom(18);
  return Array.from({ length: 18 }, (_, index) => {
    const at = atHour(now, -(index * 30 + 6), 6, index);
    return {
      entry_id: `${contact_id}/b${index}`,
      contact_id,
      at,
      kind: 'bill',
      interaction_id: null,
      ...makeBill(random, locale, at),
      detail: keyBill(random, locale),
    };
  });
}

function keyBill(random: SeededRandom, locale: 'en' | 'zh'): string {
  const pounds = random.between(4_700, 5_900);
  return locale === 'zh' ? `¥${(pounds * 10).toLocaleString('en')}.00` : `£${pounds.toLocaleString('en')}.00`;
}
