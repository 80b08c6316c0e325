/**
 * What our pages may ask of the main process: the calls of `shared/contracts/{desktop-api,desktop-safety,strip-api}.ts`, each with one handler.
 *
 * Two things to know: a call is answered only for the top frame of our own page in the window it belongs to, and only when its request fits
 * the schema; and what is refused is told to the page without a reason, and to the report with one.
 */
export { type DesktopCallMeans, desktopCallHandlers } from './desktop-call-handlers.ts';
export { type CallHandlers, handleCalls, type WindowCalls } from './handle-calls.ts';
export { safetyCallHandlers } from './safety-call-handlers.ts';
export { type StripCallMeans, stripCallHandlers } from './strip-call-handlers.ts';
export { isTrustedSender, type Sender } from './trusted-sender.ts';
