/**
 * Floor 1: SIP, in RFC 3261's table of contents: message, transport, transaction, dialog, auth, registrar, b2bua.
 *
 * Two things to know: this floor is ignorant of media (SDP is an opaque string) and of the business; and the routing key is the `Flow`
 * (a socket or a UDP address pair), never the `.invalid` contact of a WebSocket client (RFC 5626, RFC 7118).
 *
 * Promises: remote input never throws; every transaction ends; a call leg reports its end exactly once, with the reason.
 */
export * from './stack.ts';
