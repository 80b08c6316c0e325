/**
 * The service level of a queue, the one formula for board, simulator and history:
 *
 *   answered within the threshold / (answered + abandoned after the threshold)
 *
 * Who gives up before the threshold counts neither way: no centre could have answered them in time, and none failed to. Who is sent
 * elsewhere (closed, full, waited too long) or cut off by a fault of ours is not in it either; those have counts of their own.
 */
export interface ServiceLevelCount {
  readonly inTime: number;
  readonly of: number;
}

export const nothingCounted: ServiceLevelCount = { inTime: 0, of: 0 };

/** What one contact adds. A wait of exactly the threshold is in time. */
export function serviceLevelCount(ending: 'answered' | 'abandoned', waitedMs: number, thresholdMs: number): ServiceLevelCount {
  const isWithin = waitedMs <= thresholdMs;
  if (ending === 'answered') return { inTime: isWithin ? 1 : 0, of: 1 };
  return isWithin ? nothingCounted : { inTime: 0, of: 1 };
}

/** With its percentage, 0 to 100 and unrounded; null when there was nothing to count. */
export function serviceLevel({ inTime, of }: ServiceLevelCount): ServiceLevelCount & { readonly percent: number | null } {
  return { percent: of === 0 ? null : (100 * inTime) / of, inTime, of };
}
