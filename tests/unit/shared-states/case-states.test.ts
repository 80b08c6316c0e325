import { describe, expect, it } from 'vitest';
import { type CaseStatus, caseStatuses } from '../../../shared/contracts/record.ts';
import { caseTable, isOpenCase, nextCaseStatuses } from '../../../shared/states/case.ts';
import { next } from '../../../shared/states/state-table.ts';

/** Every status and every other: what it may become. */
const expected: Readonly<Record<CaseStatus, readonly CaseStatus[]>> = {
  open: ['inProgress', 'waiting', 'solved', 'closed'],
  inProgress: ['waiting', 'solved', 'closed'],
  waiting: ['inProgress', 'solved', 'closed'],
  solved: ['inProgress', 'closed'],
  closed: ['open'],
};

describe('the states of a case', () => {
  it.each(caseStatuses.flatMap((from) => caseStatuses.map((to) => [from, to] as const)))('%s -> %s', (from, to) => {
    expect(next(caseTable, from, to)).toBe(expected[from].includes(to) ? to : null);
  });

  it.each(caseStatuses)('%s says what it may become', (status) => {
    expect(nextCaseStatuses(status)).toEqual(caseStatuses.filter((each) => expected[status].includes(each)));
  });

  it('are open work until it is solved or closed, and everything can be opened again', () => {
    expect(caseStatuses.filter(isOpenCase)).toEqual(['open', 'inProgress', 'waiting']);
    for (const status of caseStatuses.filter((each) => !isOpenCase(each))) expect(nextCaseStatuses(status).some(isOpenCase)).toBe(true);
  });
});
