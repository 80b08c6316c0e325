/**
 * Figures: what is counted from interaction events, and what theory says of a queue. Pure.
 *
 * Two things to know: a formula stands beside every number, and a rate of nothing is null, never 100 %.
 */
export { type ErlangFigures, erlangA, erlangC, logErlangB, type QueueLoad } from './erlang.ts';
