import type { StateTable } from './state-table.ts';

/**
 * A work item is what waits for an agent: a call, a mail, a chat. Everything that was queued comes to one of two ends.
 *
 *               .---- withdraw ----.
 *               v                  |
 *   (queued) pending -- offer --> reserved -- accept --> assigned -- wrapUp --> wrapping
 *               |  ^               |  |  ^                |   |                   |
 *               |  |               |  '--' offer          |   |                   |
 *               |  '--- giveBack --|----------------------'   |                   |
 *             cancel             cancel                    complete            complete
 *               v                  v                          v                   v
 *            canceled           canceled                  completed           completed
 *
 * `offer` while reserved is a further one, where it rings at several agents; `withdraw` is the end of the last one that stood. `cancel`:
 * the customer left, or no queue keeps it. `giveBack`: the agent lost it through no doing of the customer's.
 */
export type WorkItemState = 'pending' | 'reserved' | 'assigned' | 'wrapping' | 'completed' | 'canceled';
export type WorkItemInput = 'offer' | 'withdraw' | 'accept' | 'giveBack' | 'wrapUp' | 'complete' | 'cancel';

export const workItemTable: StateTable<WorkItemState, WorkItemInput> = {
  pending: { offer: 'reserved', cancel: 'canceled' },
  reserved: { offer: 'reserved', withdraw: 'pending', accept: 'assigned', cancel: 'canceled' },
  assigned: { giveBack: 'pending', wrapUp: 'wrapping', complete: 'completed' },
  wrapping: { complete: 'completed' },
  completed: {},
  canceled: {},
};
