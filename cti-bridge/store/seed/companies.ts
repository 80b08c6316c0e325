import { days } from '../../../shared/duration.ts';
import { dayOf, nameKey } from '../../crm/index.ts';
import { kempSwitchboard } from './demo-people.ts';
import { plans } from './histories.ts';
import type { Row, Rows } from './insert-rows.ts';
import { moneyRows, steadyMonths } from './money.ts';
import { chineseCompanies, deskDeputies, deskManagers, englishCompanies, managers } from './names.ts';
import { SeededRandom } from './random.ts';

export const harbourAndVale = 'account-harbour-vale';
export const dongheLogistics = 'account-donghe';
export const kempAndSons = 'account-kemp';

export interface Company {
  readonly accountId: string;
  readonly name: string;
  readonly locale: 'en' | 'zh';
  readonly isKeyAccount: boolean;
  /** A number all its people call from; null where each has their own. */
  readonly switchboard: string | null;
}

/** Forty companies: three with a story of their own (`key-records.ts` tells it), the others made up around them. */
export const companies: readonly Company[] = [
  { accountId: harbourAndVale, name: 'Harbour & Vale Freight', locale: 'en', isKeyAccount: true, switchboard: null },
  { accountId: dongheLogistics, name: '东禾物流集团有限公司', locale: 'zh', isKeyAccount: true, switchboard: null },
  { accountId: kempAndSons, name: 'Kemp & Sons', locale: 'en', isKeyAccount: false, switchboard: kempSwitchboard.number },
  ...englishCompanies.map((name, index) => ordinary(name, index, 'en')),
  ...chineseCompanies.map((name, index) => ordinary(name, index, 'zh')),
];

function ordinary(name: string, index: number, locale: 'en' | 'zh'): Company {
  const line = String(index).padStart(2, '0');
  const switchboard = index % 6 === 1 ? (locale === 'en' ? `+4416149602${line}` : `+86574870020${line}`.slice(0, 14)) : null;
  return { accountId: `account-${locale}-${line}`, name, locale, isKeyAccount: index % 5 === 0, switchboard };
}

/** Whose record is told in `key-records.ts`. */
export const toldCompanies: ReadonlySet<string> = new Set([harbourAndVale, dongheLogistics]);

/** Who is below whom: two groups of three tiers, each led by a company with a story. */
const parents: Readonly<Record<string, string>> = {
  'account-en-02': harbourAndVale,
  'account-en-15': 'account-en-02',
  'account-zh-05': dongheLogistics,
  'account-zh-11': 'account-zh-05',
};

export function companyRows(now: number): Rows {
  const random = new SeededRandom(40);
  const others = companies.filter((company) => !toldCompanies.has(company.accountId));
  const account = accountRows(now);
  const product = others.flatMap(({ accountId, locale }) =>
    plans[locale]
      .filter(([, , isForCompanies]) => isForCompanies)
      .map(([name, detail], index) => {
        const quantity = random.between(1, 40);
        const unused = random.chance(0.25) ? random.between(0, Math.ceil(quantity / 8)) : 0;
        return { product_id: `product-${accountId}-${index}`, account_id: accountId, contact_id: null, name, detail, quantity, unused };
      }),
  );
  const contract = others.map(({ accountId, locale, isKeyAccount }, index) => ({
    contract_id: `contract-${accountId}`,
    account_id: accountId,
    contact_id: null,
    name: locale === 'zh' ? '集团服务合同' : 'Business agreement',
    number: `${locale === 'zh' ? 'HT' : 'BA'}-${40_100 + index}`,
    level: isKeyAccount ? 'Gold' : 'Basic',
    starts_at: now - days(random.between(100, 700)),
    ends_at: now + days(random.between(10, 700)),
    response_hours: isKeyAccount ? 4 : 8,
    resolution_hours: isKeyAccount ? 24 : 72,
  }));
  const money = others.map(({ accountId, locale }) =>
    moneyRows({
      owner: { contact_id: null, account_id: accountId },
      currency: locale === 'zh' ? 'CNY' : 'GBP',
      now,
      months: steadyMonths(random.between(200, 6_000) * 100, random.between(-30, 18), 12, {
        mobile: 0.52,
        leasedLine: 0.24,
        voice: 0.14,
        cloud: 0.1,
      }),
      arrears: random.chance(0.1) ? random.between(100, 900) * 100 : 0,
    }),
  );
  return {
    account,
    account_deputy: companies
      .filter((company) => company.isKeyAccount)
      .map(({ accountId, locale }) => ({ account_id: accountId, agent_id: deskDeputies[locale] })),
    product,
    contract,
    consumption: money.flatMap((rows) => rows.consumption),
    bill: money.flatMap((rows) => rows.bill),
    payment: money.flatMap((rows) => rows.payment),
    ...careRows(
      now,
      others.filter((company) => company.isKeyAccount),
    ),
    score_due: companies.map(({ accountId }) => ({ owner_id: accountId, contact_id: null, account_id: accountId, since: now })),
  };
}

function accountRows(now: number): Row<'account'>[] {
  const random = new SeededRandom(41);
  return companies.map(({ accountId, name, locale, isKeyAccount }) => {
    const stage = random.pick(['new', 'growing', 'growing', 'mature', 'mature', 'mature', 'declining']);
    const tier = random.pick(['standard', 'standard', 'silver', 'gold']);
    const since = stage === 'new' ? random.between(60, 300) : random.between(400, 4_800);
    const isTold = toldCompanies.has(accountId);
    return {
      account_id: accountId,
      parent_id: parents[accountId] ?? null,
      name,
      name_key: nameKey(name),
      kind: 'company',
      is_key_account: isKeyAccount ? 1 : 0,
      tier: isKeyAccount ? 'diamond' : tier,
      stage: isTold ? 'mature' : stage,
      industry: isTold ? (locale === 'zh' ? '物流' : 'Logistics') : null,
      // Eleven years, but for the days until the anniversary.
      customer_since: isTold ? new Date(now + days(5)).setFullYear(new Date(now).getFullYear() - 11) : now - days(since),
      manager_name: isKeyAccount ? managers[locale][0] : null,
      manager_agent_id: isKeyAccount ? deskManagers[locale] : null,
      // Key accounts belong where the team is that looks after them.
      org_unit_id: locale === 'zh' || isKeyAccount ? 'ningbo' : 'hangzhou',
    };
  });
}

/** Each key account has a day to remember within this week, and one later; a visit a while ago, and some the next one. */
function careRows(now: number, keyAccounts: readonly Company[]): Rows {
  return {
    anniversary: keyAccounts.flatMap(({ accountId, locale }, index) => [
      {
        anniversary_id: `${accountId}/1`,
        account_id: accountId,
        kind: 'customerSince',
        label: locale === 'zh' ? '入网周年' : 'Anniversary as a customer',
        day: dayOf(now + days(index % 7)),
        plan: index % 3 === 0 ? null : index % 3 === 1 ? 'call' : 'card',
      },
      {
        anniversary_id: `${accountId}/2`,
        account_id: accountId,
        kind: 'founding',
        label: locale === 'zh' ? '公司成立纪念' : 'Company founded',
        day: dayOf(now + days(30 + index * 11)),
      },
    ]),
    visit: keyAccounts.flatMap(({ accountId, locale }, index) => {
      const visit = { account_id: accountId, visitor: managers[locale][0], agent_id: deskManagers[locale] };
      const last = {
        ...{
          ...visit,
          visit_id: `${accountId}/visit`,
          at: now - days(20 + index * 9),
          mood: moods[index % moods.length] ?? null,
        },
        purpose: locale === 'zh' ? '季度走访' : 'Quarterly visit',
        opinion: opinions[locale][index % moods.length] ?? null,
      };
      const next = {
        ...{ ...visit, visit_id: `${accountId}/next`, at: now + days(6 + index * 4), state: 'planned' },
        purpose: locale === 'zh' ? '下季度走访' : 'Next quarterly visit',
      };
      return index % 2 === 0 ? [last, next] : [last];
    }),
  };
}

const moods = ['good', 'atRisk', 'neutral', 'lead'] as const;
const opinions = {
  en: [
    'Content with the lines, asks for one contact.',
    'Compares prices, decides before the year ends.',
    null,
    'Opens a second site in spring, wants a quote.',
  ],
  zh: ['对线路满意，希望由专人对接。', '正在比价，年底前决定。', null, '明春新增站点，要求报价。'],
} as const;
