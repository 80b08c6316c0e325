import type { AgentNow, QueueNow, WatchedQueue } from '../../../cti-bridge/reporting/index.ts';

/** Rows of a board in which all is well; a test says what is not. */
export const quietQueue: QueueNow = {
  queueId: 'billing',
  isOpen: true,
  waiting: 0,
  longestWaitSince: null,
  handling: 0,
  forCustomer: 0,
  snoozed: 0,
  people: { free: 1, ringing: 0, engaged: 0, wrappingUp: 0, notReady: 0, notReachable: 0, signedOut: 0 },
};

export const quietAgent: AgentNow = {
  agentId: 'lena',
  name: 'Lena Hartmann',
  extension: '6012',
  teamId: null,
  orgUnitId: 'felixstowe',
  presence: 'available',
  notReadyReason: null,
  workState: 'idle',
  since: 0,
  works: [],
  skills: [{ skill: 'billing', level: 4 }],
  queueIds: ['billing'],
  leftQueueIds: [],
};

export const watchedBilling: WatchedQueue = {
  name: { en: 'Billing', zh: '账务' },
  channel: 'voice',
  target: { percent: 80, thresholdMs: 20_000 },
  alerts: { waitingAbove: 3, longestWaitAboveMs: 60_000, serviceLevelBelowPercent: 70 },
};
