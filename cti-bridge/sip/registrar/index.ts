/**
 * Who is reachable where (RFC 3261 §10).
 *
 * Two things to know: a binding is a flow, and goes when the flow goes; and one extension is rung on one of them, that of the newest
 * phone. Desk phones, whose connection need not tell when they are gone, are asked every 30 s whether they are still there.
 */
export type { Binding } from './bindings.ts';
export { Bindings } from './bindings.ts';
export { KeepAlive, type KeepAliveParts } from './keep-alive.ts';
export { Registrar } from './registrar.ts';
