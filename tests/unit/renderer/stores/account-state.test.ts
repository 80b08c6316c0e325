import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  continueStream,
  customerOrders,
  customersShown,
  isPressing,
  noAccount,
  noCustomers,
  noStream,
  pressings,
  showPage,
} from '../../../../renderer/stores/index.ts';
import { stageCompany, stageCustomers } from '../../../support/ui-stage/companies.ts';

const now = new Date(2026, 10, 20, 12).getTime();
const customers = stageCustomers(now, 'en');
const state = { ...noCustomers, customers };
const names = (change: Partial<typeof state>) => customersShown({ ...state, ...change }, now).map(({ name }) => name);

describe('my customers', () => {
  it('stand in the order of the bridge until another is chosen', () => {
    expect(names({})).toEqual(customers.map(({ name }) => name));
  });

  it.each([
    ['overdue', ['Harbour & Vale Freight Ltd']],
    ['churn', ['Harbour & Vale Freight Ltd', 'Ostrava Steel UK']],
    ['contract', ['Harbour & Vale Freight Ltd', 'Brightwell Foods']],
    ['arrears', ['Ostrava Steel UK', 'Tallis Paper']],
    ['silent', ['Ostrava Steel UK', 'Tallis Paper']],
  ] as const)('are filtered by what presses: %s', (pressing, expected) => {
    expect(names({ pressing })).toEqual(expected);
  });

  it('are found by a part of the name in any case', () => {
    expect(names({ text: '  STEEL ' })).toEqual(['Ostrava Steel UK']);
  });

  it('are sorted by name, spend, risk and next visit, those without one last', () => {
    expect(names({ order: 'name' })[0]).toBe('Brightwell Foods');
    expect(names({ order: 'monthly' }).slice(0, 2)).toEqual(['Harbour & Vale Freight Ltd', 'Ostrava Steel UK']);
    expect(names({ order: 'churn' }).at(-1)).toBe('Meridian Air Cargo');
    expect(names({ order: 'nextVisit' }).slice(0, 3)).toEqual(['Harbour & Vale Freight Ltd', 'Brightwell Foods', 'Meridian Air Cargo']);
  });

  it('count as silent when nobody ever spoke with them', () => {
    const [first] = customers;
    if (!first) throw new Error('no customers on the stage');
    expect(isPressing({ ...first, lastContactAt: null }, 'silent', now)).toBe(true);
  });

  it('are never made more or fewer by an order', () => {
    fc.assert(
      fc.property(fc.constantFrom(...customerOrders), fc.constantFrom(...pressings), (order, pressing) => {
        expect([...names({ order, pressing })].sort()).toEqual([...names({ pressing })].sort());
      }),
    );
  });
});

describe('the timeline of a company', () => {
  const page = stageCompany(now, 'en');

  it('begins with what the page brings', () => {
    const shown = showPage(noAccount, page);
    expect(shown.stream.items).toEqual(page.timeline.items);
    expect(shown.stream.total).toBe(41);
  });

  it('keeps what was found while the page is read again, and not for another company', () => {
    const searched = { ...showPage(noAccount, page), stream: { ...noStream, text: 'visit', items: page.timeline.items.slice(5, 6) } };
    expect(showPage(searched, page).stream.text).toBe('visit');
    expect(showPage(searched, { ...page, accountId: 'a-other' }).stream.text).toBe('');
  });

  it('shows no entry twice, however the pages overlap', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), (end, start) => {
        const { items } = page.timeline;
        const first = continueStream(noStream, { items: items.slice(0, end), total: 10, nextBefore: 1 });
        const both = continueStream(first, { items: items.slice(Math.min(start, end)), total: 10, nextBefore: null });
        expect(both.items).toEqual(items);
      }),
    );
  });
});
