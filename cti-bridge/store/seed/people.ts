import { days, hours } from '../../../shared/duration.ts';
import { monthOf, nameKey } from '../../crm/index.ts';
import { billTitle, caseSubjects, histories, plans } from './histories.ts';
import type { Row, Rows } from './insert-rows.ts';
import { moneyRows, steadyMonths } from './money.ts';
import { chineseFamily, chineseGiven, chineseTitles, englishFirst, englishLast, englishTitles } from './names.ts';
import { SeededRandom } from './random.ts';

/** What somebody who is made up gets: the demo's own people have a long life behind them, people added for measuring a short one. */
export interface Making {
  readonly index: number;
  readonly locale: 'en' | 'zh';
  readonly account: { readonly accountId: string; readonly switchboard: string | null } | null;
  readonly mobile: string;
  /** A line at home of their own, where they have one. */
  readonly fixed?: string;
  readonly entries: { readonly least: number; readonly most: number };
  /** Of how many months the use is known. */
  readonly months: number;
  readonly now: number;
}

/** Everything of one person: the same for the same random source, index and now. */
export function personRows(random: SeededRandom, making: Making): Required<Pick<Rows, 'person' | 'identifier' | 'timeline_entry'>> & Rows {
  const { index, locale, account, now } = making;
  const contact_id = `contact-${String(index).padStart(6, '0')}`;
  const name = makeName(random, locale);
  const owner = { contact_id, account_id: null };
  const [planName, planDetail] = random.pick(
    plans[locale].filter(([, , isForCompanies]) => !isForCompanies) as unknown as (typeof plans)['en'],
  );
  const isLate = random.chance(0.04);

  const person: Row<'person'> = {
    contact_id,
    head_id: contact_id,
    name,
    name_key: nameKey(name),
    title: account ? random.pick(locale === 'zh' ? chineseTitles : englishTitles) : null,
    locale,
    tier: random.pick(['standard', 'standard', 'standard', 'standard', 'silver', 'silver', 'gold', 'diamond']),
    prefers_channel: random.pick([null, null, null, 'voice', 'sms', 'email', 'chat']),
    allows_recording: random.chance(0.9) ? 1 : 0,
    allows_sms_offers: random.chance(0.5) ? 1 : 0,
    allows_email_offers: random.chance(0.4) ? 1 : 0,
  };
  const churn = random.chance(0.6) ? random.between(5, 90) : 0;

  return {
    person: [person],
    person_account: account ? [{ contact_id, account_id: account.accountId, role: null, is_primary: 1 }] : [],
    identifier: makeIdentifiers(random, contact_id, making),
    customer_case: random.chance(0.12) ? [makeCase(random, contact_id, making)] : [],
    product: [
      {
        product_id: `product-${contact_id}`,
        ...owner,
        name: planName,
        detail: planDetail,
        quantity: random.between(1, 3),
        unused: random.chance(0.1) ? 1 : 0,
      },
    ],
    contract: [
      {
        contract_id: `contract-${contact_id}`,
        ...owner,
        name: planName,
        starts_at: now - days(random.between(30, 700)),
        ends_at: now + days(random.between(10, 700)),
      },
    ],
    ...moneyRows({
      owner,
      currency: locale === 'zh' ? 'CNY' : 'GBP',
      now,
      months: steadyMonths(random.between(15, 160) * 100, random.between(-12, 15), Math.max(making.months, isLate ? 2 : 1), { mobile: 1 }),
      arrears: isLate ? random.between(20, 300) * 100 : 0,
    }),
    ...(account ? {} : toBeScored(contact_id, making, churn)),
    timeline_entry: makeHistory(random, contact_id, making),
  };
}

/** The demo's own people are scored in earnest; a million made for measuring would keep the background busy for hours. */
function toBeScored(contact_id: string, { months, now }: Making, churn: number): Pick<Rows, 'score' | 'score_due'> {
  const owner = { owner_id: contact_id, contact_id, account_id: null };
  if (months > 1) return { score_due: [{ ...owner, since: now + 1 }] };
  const reasons = JSON.stringify({ value: [], growth: [], churn: [] });
  return { score: [{ ...owner, value: churn, growth: 100 - churn, churn, reasons, computed_at: now, changes_at: null }] };
}

function makeName(random: SeededRandom, locale: 'en' | 'zh'): string {
  return locale === 'zh'
    ? `${random.pick(chineseFamily)}${random.pick(chineseGiven)}`
    : `${random.pick(englishFirst)} ${random.pick(englishLast)}`;
}

function makeIdentifiers(random: SeededRandom, contact_id: string, { index, mobile, fixed, account, now }: Making): Row<'identifier'>[] {
  const identifier = (kind: string, value: string, label: string | null, is_shared: number): Row<'identifier'> => ({
    identifier_id: `${contact_id}:${value}`,
    contact_id,
    kind,
    value,
    label,
    is_verified: random.chance(0.7) ? 1 : 0,
    is_shared,
    last_used_at: random.chance(0.8) ? now - days(random.between(1, 400)) : null,
  });
  return [
    identifier('mobile', mobile, null, 0),
    ...(fixed ? [identifier('phone', fixed, null, 0)] : []),
    identifier('email', `customer${index}@example.com`, null, 0),
    ...(account?.switchboard ? [identifier('phone', account.switchboard, 'switchboard', 1)] : []),
  ];
}

function makeCase(random: SeededRandom, contact_id: string, { index, locale, now }: Making): Row<'customer_case'> {
  const [kind, subject] = random.pick(caseSubjects[locale]);
  const opened_at = now - days(random.between(0, 12)) - hours(random.between(1, 20));
  const prefix = kind === 'complaint' ? 'C' : kind === 'repair' ? 'P' : 'R';
  const due_at = random.chance(0.8) ? opened_at + days(random.between(2, 15)) : null;
  return { case_id: `case-${index}`, contact_id, number: `${prefix}-${30_000 + index}`, kind, subject, opened_at, due_at, closed_at: null };
}

const eighteenMonthsInDays = 545;

function makeHistory(random: SeededRandom, contact_id: string, { locale, entries, now }: Making): Row<'timeline_entry'>[] {
  const count = random.between(entries.least, entries.most);
  return Array.from({ length: count }, (_, number) => {
    // Office hours of a day in the past, so that nothing is later than now.
    const at = startOfDay(now - days(random.between(1, eighteenMonthsInDays))) + hours(8) + random.between(0, 9 * 3_600) * 1_000;
    const entry = { entry_id: `${contact_id}/${number}`, contact_id, at, interaction_id: null };
    if (number % 4 === 0) return { ...entry, kind: 'bill', ...makeBill(random, locale, at) };
    const [kind, title, detail, outcome] = random.pick(histories[locale]);
    return { ...entry, kind, title, detail, outcome };
  });
}

function makeBill(random: SeededRandom, locale: 'en' | 'zh', at: number): Pick<Row<'timeline_entry'>, 'title' | 'detail' | 'outcome'> {
  const amount = random.between(1_500, 16_000);
  return billWords(locale, { month: monthOf(at), amount, paid: amount, currency: locale === 'zh' ? 'CNY' : 'GBP' });
}

const twoDigits = new Intl.NumberFormat('en', { minimumFractionDigits: 2 });

/** How a bill stands on the timeline. */
export function billWords(
  locale: 'en' | 'zh',
  { month, amount, paid = 0, currency }: Pick<Row<'bill'>, 'month' | 'amount' | 'currency'> & { readonly paid?: number | undefined },
): Pick<Row<'timeline_entry'>, 'title' | 'detail' | 'outcome'> {
  const number = Number(month.slice(5));
  const isPaid = paid >= amount;
  return {
    title: locale === 'zh' ? billTitle.zh(`${number} 月`) : billTitle.en(englishMonths[number - 1] ?? ''),
    detail: `${currency === 'CNY' ? '¥' : '£'}${twoDigits.format(amount / 100)}`,
    outcome: locale === 'zh' ? (isPaid ? '已缴' : '待缴') : isPaid ? 'paid' : 'to be paid',
  };
}

const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/**
 * People beyond the demo's own, for measuring at size: two in three Chinese, each with a mobile number, a line at home and an e-mail address,
 * and twenty entries of history. Lazily, so that a million need no memory.
 */
export function* seedPeople(
  count: number,
  options: { readonly firstIndex: number; readonly now: number; readonly seed?: number },
): Generator<Rows> {
  const random = new SeededRandom(options.seed ?? 20_261_123);
  for (let index = options.firstIndex; index < options.firstIndex + count; index++) {
    const locale = index % 3 === 0 ? 'en' : 'zh';
    yield personRows(random, {
      index,
      locale,
      account: null,
      mobile: numberOfSeededPerson(index),
      fixed: fixedLineOfSeededPerson(index),
      entries: { least: 20, most: 20 },
      months: 1,
      now: options.now,
    });
  }
}

/** The mobile number of the person with this index, so that a bench can ring people without asking who they are. */
export function numberOfSeededPerson(index: number): string {
  return index % 3 === 0 ? `+4474${String(index).padStart(8, '0')}` : `+86199${String(index).padStart(8, '0')}`;
}

function fixedLineOfSeededPerson(index: number): string {
  return index % 3 === 0 ? `+4420${String(index).padStart(8, '0')}` : `+8657${String(index).padStart(8, '0')}`;
}
