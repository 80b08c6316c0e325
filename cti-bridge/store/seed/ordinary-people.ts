import { companies, kempAndSons, toldCompanies } from './companies.ts';
import type { Rows } from './insert-rows.ts';
import { storyTellers } from './key-records.ts';
import { personRows } from './people.ts';
import { SeededRandom } from './random.ts';

export const demoSize = { people: 500, companies: companies.length } as const;

/** Every fiftieth is entered twice; every fortieth shares a line at home with the next. */
const duplicateEvery = 50;
const householdEvery = 40;

/** The rest of the five hundred: some in companies, some behind a switchboard, a few entered twice, a few couples with one telephone. */
export function* ordinaryPeople(now: number): Generator<Rows> {
  const random = new SeededRandom(500);
  let before: ReturnType<typeof personRows> | undefined;
  for (let index = storyTellers; index < demoSize.people; index++) {
    const locale = index % 5 < 3 ? 'zh' : 'en';
    const company = random.chance(0.55) ? random.pick(companiesOf[locale]) : null;
    const made = personRows(random, {
      index,
      locale,
      account: company,
      mobile: mobileOf(index, locale, random),
      entries: { least: 4, most: 18 },
      months: 8,
      now,
    });
    const rows = company ? asColleague(made, company.accountId) : made;
    if (before && index % duplicateEvery === 0) yield asDuplicate(rows, before);
    else if (index % householdEvery < 2)
      yield withSharedLine(rows, `+8657487009${String(Math.floor(index / householdEvery)).padStart(3, '0')}`);
    else yield rows;
    before = rows;
  }
}

const companiesOf = {
  en: companies.filter((company) => company.locale === 'en' && company.accountId !== kempAndSons) as unknown as readonly [
    (typeof companies)[number],
  ],
  zh: companies.filter((company) => company.locale === 'zh') as unknown as readonly [(typeof companies)[number]],
} as const;

/** British and German ranges kept for fiction where there are any. */
function mobileOf(index: number, locale: 'en' | 'zh', random: SeededRandom): string {
  if (locale === 'zh') return `+861390001${String(index).padStart(4, '0')}`;
  return random.chance(0.25) ? `+493023125${String(index).padStart(3, '0')}` : `+447700900${String(index).padStart(3, '0')}`;
}

/** A company pays its people's bills; and what the companies with a story have open is told there. */
function asColleague(rows: PersonRows, accountId: string): PersonRows {
  return {
    ...rows,
    customer_case: toldCompanies.has(accountId) ? [] : (rows.customer_case ?? []),
    timeline_entry: rows.timeline_entry.filter((entry) => entry.kind !== 'bill'),
  };
}

type PersonRows = ReturnType<typeof personRows>;

/** The same person entered a second time: the name and the e-mail address of the one before. */
function asDuplicate(rows: PersonRows, before: PersonRows): PersonRows {
  const original = before.person[0];
  const email = before.identifier.find((each) => each.kind === 'email')?.value;
  return {
    ...rows,
    person: rows.person.map((person) => ({ ...person, name: original?.name ?? '', name_key: original?.name_key ?? '' })),
    identifier: rows.identifier.map((each) => (each.kind === 'email' && email ? { ...each, value: email } : each)),
  };
}

function withSharedLine(rows: PersonRows, value: string): PersonRows {
  const contact_id = rows.person[0]?.contact_id ?? '';
  const line = {
    identifier_id: `${contact_id}:${value}`,
    contact_id,
    kind: 'phone',
    value,
    label: 'home',
    is_verified: 1,
    is_shared: 1,
    last_used_at: null,
  };
  return { ...rows, identifier: [...rows.identifier, line] };
}
