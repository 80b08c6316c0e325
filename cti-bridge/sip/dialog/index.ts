/**
 * What lasts between requests (RFC 3261 §12, §13): the dialog, the 2xx repeated until its ACK, the session timer (RFC 4028), and the
 * names of dialogs in Replaces (RFC 3891).
 *
 * Two things to know: a dialog knows nothing of time, it only numbers and routes; and what is repeated here is repeated end to end, unlike
 * in a transaction, which speaks to the next hop.
 */

export type { DialogState, RequestParts } from './dialog.ts';
export { contactUri, Dialog } from './dialog.ts';
export { formatReplaces, parseReplaces } from './replaces.ts';
export type { AgreedInterval, SessionInterval } from './session-interval.ts';
export { minSeconds, readAgreedInterval, readSessionInterval, sessionExpiresHeaders } from './session-interval.ts';
export { SessionTimer } from './session-timer.ts';
export { repeatUntilAck } from './success-repeater.ts';
