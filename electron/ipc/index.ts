/**
 * What the page may ask of the main process: the calls of `shared/contracts/desktop-api.ts`, each with one handler.
 *
 * Two things to know: a call is answered only for our own page's top frame, and only when its request fits the schema; and what is refused
 * is told to the page without a reason, and to the report with one.
 */
export { desktopCallHandlers } from './desktop-call-handlers.ts';
export { type CallHandlers, handleCalls } from './handle-calls.ts';
export { isTrustedSender } from './trusted-sender.ts';
