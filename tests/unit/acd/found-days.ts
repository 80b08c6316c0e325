import type { Day } from './random-days.ts';

/** Days on which something was wrong once. They are played before the random ones. */
export const foundDays: readonly Day[] = [
  // The search for item-0 had widened in a queue that was removed; the next was full and took it as a call-back, and asked nobody.
  {
    setUp: {
      strategies: ['longestIdle', 'longestIdle', 'longestIdle', 'longestIdle', 'longestIdle'],
      ageing: null,
      maxWaiting: 2,
      maxWaitSeconds: null,
      overflow: null,
      whenFull: { to: 'callback' },
      lastAgent: null,
      accountManager: null,
      bypassTiers: [],
    },
    moments: [
      { after: 0, what: { kind: 'queue', item: 1, queue: 0, priority: null, tier: null, prefers: [] } },
      { after: 0, what: { kind: 'queue', item: 2, queue: 0, priority: null, tier: null, prefers: [] } },
      { after: 0, what: { kind: 'queue', item: 0, queue: 1, priority: null, tier: null, prefers: [] } },
      { after: 4_997, what: { kind: 'fail', nth: 0, cause: 'rejected' } },
      { after: 3, what: { kind: 'removeQueue', queue: 1, to: 0 } },
    ],
  },
];
