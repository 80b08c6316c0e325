/**
 * Floor 1: SIP, in RFC 3261's table of contents: message, transport, transaction, dialog, auth, registrar, b2bua.
 *
 * Two things to know: this floor is ignorant of media (SDP is an opaque string) and of the business; and the routing key is the `Flow`
 * (a socket or a UDP address pair), never the `.invalid` contact of a WebSocket client (RFC 5626, RFC 7118).
 *
 * Promises: remote input never throws; every transaction ends; a call leg reports its end exactly once, with the reason. The parts below
 * `createSipStack` are for scripted phones, which speak SIP from the other side.
 */
export type * from './api.ts';
export * from './auth/index.ts';
export { Counters } from './counters.ts';
export * from './dialog/index.ts';
export * from './message/index.ts';
export type { Names, RandomBytes } from './names.ts';
export { createNames } from './names.ts';
export type { SipStackOptions } from './stack.ts';
export { createSipStack } from './stack.ts';
export * from './transaction/index.ts';
export * from './transport/index.ts';
export * from './trunks/index.ts';
