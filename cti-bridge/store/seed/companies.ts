import { days } from '../../../shared/duration.ts';
import { dayOf } from '../repositories/days-until.ts';
import { kempSwitchboard } from './demo-people.ts';
import { plans } from './histories.ts';
import type { Rows } from './insert-rows.ts';
import { chineseCompanies, deskManagers, englishCompanies, managers } from './names.ts';
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

export function companyRows(now: number): Rows {
  const random = new SeededRandom(40);
  const told = new Set([harbourAndVale, dongheLogistics]);
  const others = companies.filter((company) => !told.has(company.accountId));
  return {
    account: companies.map(({ accountId, name, locale, isKeyAccount }) => ({
      account_id: accountId,
      name,
      kind: 'company',
      is_key_account: isKeyAccount ? 1 : 0,
      manager_name: isKeyAccount ? managers[locale][0] : null,
      manager_agent_id: isKeyAccount ? deskManagers[locale] : null,
      org_unit_id: locale === 'zh' ? 'ningbo' : 'hangzhou',
    })),
    product: others.flatMap(({ accountId, locale }) =>
      plans[locale]
        .filter(([, , isForCompanies]) => isForCompanies)
        .map(([name, detail], index) => {
          const quantity = random.between(1, 40);
          const unused = random.chance(0.25) ? random.between(0, Math.ceil(quantity / 8)) : 0;
          return { product_id: `product-${accountId}-${index}`, account_id: accountId, contact_id: null, name, detail, quantity, unused };
        }),
    ),
    contract: others.map(({ accountId, locale }) => ({
      contract_id: `contract-${accountId}`,
      account_id: accountId,
      contact_id: null,
      name: locale === 'zh' ? '集团服务合同' : 'Business agreement',
      starts_at: now - days(random.between(100, 700)),
      ends_at: now + days(random.between(10, 700)),
    })),
    spend: others.map(({ accountId, locale }) => ({
      spend_id: `spend-${accountId}`,
      account_id: accountId,
      contact_id: null,
      currency: locale === 'zh' ? 'CNY' : 'GBP',
      monthly: random.between(200, 6_000) * 100,
      change_percent: random.between(-12, 15),
      arrears: random.chance(0.1) ? random.between(100, 900) * 100 : 0,
    })),
    // Each key account has a day to remember within this week, and one later.
    anniversary: others
      .filter((company) => company.isKeyAccount)
      .flatMap(({ accountId, locale }, index) => [
        {
          anniversary_id: `${accountId}/1`,
          account_id: accountId,
          label: locale === 'zh' ? '入网周年' : 'Anniversary as a customer',
          day: dayOf(now + days(index % 7)),
        },
        {
          anniversary_id: `${accountId}/2`,
          account_id: accountId,
          label: locale === 'zh' ? '公司成立纪念' : 'Company founded',
          day: dayOf(now + days(30 + index * 11)),
        },
      ]),
    visit: others
      .filter((company) => company.isKeyAccount)
      .map(({ accountId, locale }, index) => ({
        visit_id: `${accountId}/visit`,
        account_id: accountId,
        at: now - days(20 + index * 9),
        visitor: managers[locale][0],
        purpose: locale === 'zh' ? '季度走访' : 'Quarterly visit',
      })),
  };
}
