/**
 * Who is reachable where (RFC 3261 §10).
 *
 * Two things to know: a binding is a flow, and goes when the flow goes; and one extension has one binding, the newest.
 */
export type { Binding } from './bindings.ts';
export { Bindings } from './bindings.ts';
export { Registrar } from './registrar.ts';
