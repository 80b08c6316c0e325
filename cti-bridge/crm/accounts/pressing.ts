import { days } from '../../../shared/duration.ts';
import type { LookedAfter } from './ports.ts';

type Pressing = Pick<LookedAfter, 'accountId' | 'name' | 'overdueCases' | 'arrears' | 'churn' | 'contractEndsAt' | 'openCases'>;

/** The order in which an account manager would turn to them: what is overdue, then who may leave, whose contract ends, who owes. */
export function mostPressingFirst<Customer extends Pressing>(customers: readonly Customer[], at: number): Customer[] {
  const ranks = new Map(customers.map((each) => [each, rankOf(each, at)]));
  return [...customers].sort((one, other) => {
    const [ours, theirs] = [ranks.get(one) ?? [], ranks.get(other) ?? []];
    const place = ours.findIndex((rank, index) => rank !== theirs[index]);
    if (place >= 0) return (theirs[place] ?? 0) - (ours[place] ?? 0);
    return one.name.localeCompare(other.name) || (one.accountId < other.accountId ? -1 : 1);
  });
}

function rankOf({ overdueCases, arrears, churn, contractEndsAt, openCases }: Pressing, at: number): number[] {
  const endsSoon = contractEndsAt !== null && contractEndsAt < at + days(30);
  return [overdueCases, (churn ?? 0) >= 70 ? 1 : 0, endsSoon ? 1 : 0, arrears ? 1 : 0, churn ?? 0, openCases];
}
