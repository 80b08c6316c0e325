import type { QueueConfiguration } from './configuration.ts';

/** A queue as it is when nothing more is said about it: calls for everybody, first come first served, without limits. What all others begin from. */
export const plainQueue: Omit<QueueConfiguration, 'id' | 'name'> = {
  channel: 'voice',
  needs: '',
  rings: [],
  strategy: 'longestIdle',
  ringSeconds: 20,
  missesBeforeNotReady: 2,
  priority: 50,
  ageingSecondsPerPoint: null,
  serviceLevel: { targetPercent: 80, thresholdSeconds: 20 },
  hours: null,
  maxWaiting: null,
  maxWaitSeconds: null,
  overflow: null,
  whenClosed: { to: 'announce', prompt: 'queue-closed' },
  whenFull: { to: 'announce', prompt: 'queue-full' },
  whenWaitedTooLong: { to: 'announce', prompt: 'waited-too-long' },
  announcements: { everySeconds: null, position: false, expectedWait: false },
  callbackAfterSeconds: null,
  lastAgent: null,
  accountManager: null,
  bypassTiers: [],
  wrapUp: { mode: 'timed', seconds: 90, extendBySeconds: 30, maxExtensions: 3, defaultDisposition: 'notCoded' },
  alerts: { waitingAbove: null, longestWaitAboveSeconds: null, serviceLevelBelowPercent: null },
};
