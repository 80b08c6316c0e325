import { describe, expect, it } from 'vitest';
import { mostPressingFirst } from '../../../../cti-bridge/crm/index.ts';
import { days } from '../../../../shared/duration.ts';

const now = Date.UTC(2026, 10, 20);
const calm = { overdueCases: 0, openCases: 0, arrears: null, churn: null, contractEndsAt: null };

describe('the customers of an account manager', () => {
  it('come in the order in which they press', () => {
    const customers = [
      { ...calm, accountId: 'c', name: 'Calm' },
      { ...calm, accountId: 'a', name: 'Owes', arrears: { amount: 1, currency: 'CNY' } },
      { ...calm, accountId: 'e', name: 'Ends', contractEndsAt: now + days(10) },
      { ...calm, accountId: 'f', name: 'Ends late', contractEndsAt: now + days(40) },
      { ...calm, accountId: 'l', name: 'Leaves', churn: 71 },
      { ...calm, accountId: 'w', name: 'Wavers', churn: 40 },
      { ...calm, accountId: 'o', name: 'Overdue', overdueCases: 1 },
    ];
    const names = ['Overdue', 'Leaves', 'Ends', 'Owes', 'Wavers', 'Calm', 'Ends late'];
    expect(mostPressingFirst(customers, now).map(({ name }) => name)).toEqual(names);
    expect(mostPressingFirst([...customers].reverse(), now).map(({ name }) => name)).toEqual(names);
  });
});
