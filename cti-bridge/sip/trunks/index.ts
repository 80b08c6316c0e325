/**
 * Lines to the telephone network: where a trunk is (RFC 3263), whether it is there, signing in to it (RFC 3261 §10), and calls over several of
 * them until one takes it.
 *
 * Two things to know: a call never waits for a name to be looked up, since every trunk keeps the answers it had; and a trunk that says
 * nothing for 3 s has said no to this call.
 */
export { dnsResolver } from './dns-resolver.ts';
export type { Resolver, TrunkTarget } from './resolve.ts';
export { resolveTargets } from './resolve.ts';
export type { TrunkDial, TrunkLine, TrunkRoute, TrunkState } from './trunk-line.ts';
export type { SipTrunks } from './trunks.ts';
export { createTrunks } from './trunks.ts';
