/**
 * Both sides of every call (RFC 3261 §8, §13 to §15): the user agent core, and the legs behind `IncomingLeg` and `OutgoingLeg`.
 *
 * Two things to know: two legs never know of each other, whoever joins them stands above this floor; and a leg ends once, with a reason,
 * whatever happens on the wire.
 */
export { plainAddress } from './admission.ts';
export type { LegParts } from './leg-parts.ts';
export { LegRegistry } from './leg-registry.ts';
export type { OutgoingInvite, OutgoingWay } from './outgoing-leg.ts';
export { createOutgoingLeg } from './outgoing-leg.ts';
export { restoreLeg } from './restored-leg.ts';
export { UserAgent } from './user-agent.ts';
