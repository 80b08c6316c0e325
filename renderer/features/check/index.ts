/**
 * The ten seconds before somebody becomes available. Two things to know: it is asked for once a shift, or with another microphone, and it
 * never keeps anybody from work.
 */

export type { CheckDeeds } from './deeds.ts';
export { ShiftCheck, type ShiftCheckProps } from './ShiftCheck.tsx';
