/** The centre when nothing is open: says how things stand and what to do next. */
export { Idle } from './Idle.tsx';
export { WhyNothing } from './WhyNothing.tsx';
