/**
 * The line to the bridge: sign in, one socket, commands up, numbered events down. The only room that knows socket.io.
 *
 * Two things to know. Every connection begins with `session:resume`, whose snapshot replaces what the desktop holds; a gap in the numbers
 * does the same, so nobody outside ever sees a missing or doubled event; one that cannot be read is reported and followed by a snapshot. And every command ends: with the bridge's answer, or with
 * `offline` or `no_answer` within its time limit.
 */
export { type Bridge, type BridgeListener, type CommandOutcome, connectBridge, type Refusal } from './bridge.ts';
export { type EventOrder, eventOrder } from './event-order.ts';
export type { FetchedFile } from './files.ts';
