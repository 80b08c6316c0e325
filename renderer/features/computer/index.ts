/**
 * What is set for this computer and for nobody else, where the desk runs as a program of its own: starting, closing, the strip, keys in other
 * programs. Two things to know: it holds from the moment it is chosen, and what an administrator fixed is shown and cannot be changed.
 */
export { ComputerSettings } from './ComputerSettings.tsx';
export { keyOf } from './key-of.ts';
