import type { CaseStatus } from '../contracts/record.ts';
import { caseStatuses } from '../contracts/record.ts';
import type { StateTable } from './state-table.ts';

/**
 * A customer's matter. The inputs are the states it is put into by whoever works on it:
 *
 *   open -> inProgress <-> waiting        waiting: for the customer, a part, another office
 *     \        |          /
 *      '--> solved <-----'                solved: done, as far as we know
 *              |  \
 *          closed  '-> inProgress         not solved after all
 *              '-> open                   opened again
 *
 * Whatever is not solved or closed is open work and counts against its deadline. Anything open may be closed without a solution
 * (withdrawn, opened by mistake).
 */
export const caseTable: StateTable<CaseStatus, CaseStatus> = {
  open: { inProgress: 'inProgress', waiting: 'waiting', solved: 'solved', closed: 'closed' },
  inProgress: { waiting: 'waiting', solved: 'solved', closed: 'closed' },
  waiting: { inProgress: 'inProgress', solved: 'solved', closed: 'closed' },
  solved: { inProgress: 'inProgress', closed: 'closed' },
  closed: { open: 'open' },
};

/** Whether somebody still has to do something about it. */
export function isOpenCase(status: CaseStatus): boolean {
  return status !== 'solved' && status !== 'closed';
}

/** What a case may become from here, in the order in which the statuses are listed. */
export function nextCaseStatuses(status: CaseStatus): readonly CaseStatus[] {
  return caseStatuses.filter((each) => Object.hasOwn(caseTable[status], each));
}
