/**
 * Figures: what is counted from interaction events, and what theory says of a queue. Pure.
 *
 * Two things to know: a formula stands beside every number, and a rate of nothing is null, never 100 %.
 */

export type { HandledContact } from './agent-day.ts';
export { BoardAlerts } from './alerts.ts';
export { type AgentNow, assembleBoard, type BoardRows, boardRows, type QueueNow, type WatchedQueue } from './board.ts';
export { type ErlangFigures, erlangA, erlangC, logErlangB, type QueueLoad } from './erlang.ts';
export { type LocalDay, LocalDays } from './local-days.ts';
export type { ContactName, ContactNames, EventHistory, EventPage } from './ports.ts';
export { type QueueFigures, Report, type ReportedContact, reportedFigures } from './report.ts';
export { type ServiceLevelCount, serviceLevel, serviceLevelCount } from './service-level.ts';
