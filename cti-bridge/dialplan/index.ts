/**
 * Calls to numbers outside: who may call what, through which trunk, and how the number stands there. Pure: what time it is, how trunks are
 * and what chance says are given to it; `sip/trunks` knows the trunks, `flows/outbound-call.ts` tells the story.
 *
 * Two things to know: a number is read once, into the form that all rules look at, and what is sent is written from that form anew, so that
 * no spelling gets around a rule. And emergency numbers always go: no rule, no limit and no trunk at rest stands before them.
 */

export { type ShownNumber, shownNumber } from './caller-id.ts';
export { CallingMeter, type CallingMeterCounts } from './calling-meter.ts';
export { chooseTrunks, type TrunkCondition } from './choose-trunks.ts';
export { type OutsideNumber, readOutsideNumber } from './outside-number.ts';
export { type CallRefusal, judgeCall } from './permission.ts';
export { type CallPlan, type PlannedRoute, planCall } from './plan-call.ts';
export type { BegunCall, CallsOutHistory } from './ports.ts';
export { isWithin } from './ranges.ts';
export { readReceivedNumber } from './received-number.ts';
export { writeNumber } from './write-number.ts';
