/**
 * Calls that outlive what carries their sound. A media worker is a process and may die; the two dialogs of a call do not notice, so the call
 * needs new media, told to both far sides by re-INVITE, and nothing else.
 *
 * Two things to know: a leg's id stays the same wherever its media is, and only a leg with a `FarSide` can be told of a new place. What was
 * offered and not yet answered waits for its far side's 200.
 */
export type { FarSide } from './far-side.ts';
export { farSideOf } from './far-side.ts';
export { type CallMedia, LastingSession } from './lasting-session.ts';
export { continuing, restoredCustomer, withGap } from './restored-leg.ts';
export { deskPhonesOf, readStoredLegs, type StoredLegs, storable } from './stored-legs.ts';
