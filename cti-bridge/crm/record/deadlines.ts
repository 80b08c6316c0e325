import { hours } from '../../../shared/duration.ts';

/** A contract of service as far as it promises answers. Hours on the clock; null promises nothing. Times are epoch ms. */
export interface ServicePromise {
  readonly contractId: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly responseHours: number | null;
  readonly resolutionHours: number | null;
}

export interface Deadlines {
  /** The contract that decided; null when none promises anything. */
  readonly contractId: string | null;
  readonly responseDueAt: number | null;
  readonly dueAt: number | null;
}

/**
 * By when a case opened at `openedAt` is to be answered and solved. The contract in force that promises the most decides both: the soonest
 * solution, then the soonest answer, then the lesser id. Hours count day and night, on working days and on others.
 */
export function deadlinesOf(openedAt: number, contracts: readonly ServicePromise[]): Deadlines {
  const [best] = contracts
    .filter(({ startsAt, endsAt }) => startsAt <= openedAt && openedAt < endsAt)
    .filter(({ responseHours, resolutionHours }) => responseHours !== null || resolutionHours !== null)
    .sort(
      (one, other) =>
        soonest(one.resolutionHours, other.resolutionHours) ||
        soonest(one.responseHours, other.responseHours) ||
        (one.contractId < other.contractId ? -1 : 1),
    );
  const after = (promised: number | null | undefined) => (promised == null ? null : openedAt + hours(promised));
  return {
    contractId: best?.contractId ?? null,
    responseDueAt: after(best?.responseHours),
    dueAt: after(best?.resolutionHours),
  };
}

/** What promises nothing comes last. */
function soonest(one: number | null, other: number | null): number {
  if (one === other) return 0;
  return (one ?? Number.POSITIVE_INFINITY) - (other ?? Number.POSITIVE_INFINITY);
}
