/**
 * One request and its answers, made reliable (RFC 3261 §17, RFC 6026).
 *
 * Two things to know: the four state machines are pure functions with their drawing above them, run by one `MachineRunner`; and a repeated
 * message never reaches the user, it gets the same answer again. Every transaction ends: by an answer, by its timers, or with its flow.
 */
export type { ClientFailure, ClientHandlers, ClientTransaction } from './client-transaction.ts';
export type { ClientInput, InviteClientState } from './invite-client.ts';
export { inviteClient } from './invite-client.ts';
export type { InviteServerState, ServerInput } from './invite-server.ts';
export { inviteServer } from './invite-server.ts';
export type { BaseTimers, Effect, Machine, Rules, Step, TimerName } from './machine.ts';
export { MachineRunner, rfcTimers } from './machine.ts';
export type { NonInviteClientState } from './non-invite-client.ts';
export { nonInviteClient } from './non-invite-client.ts';
export type { NonInviteServerState } from './non-invite-server.ts';
export { nonInviteServer } from './non-invite-server.ts';
export type { ServerTransaction } from './server-transaction.ts';
export type { LayerParts, TransactionUser } from './transaction-layer.ts';
export { TransactionLayer } from './transaction-layer.ts';
