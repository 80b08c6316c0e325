/**
 * What an agent has done today, at the foot of their list. Two things to know: the numbers are the ones the supervisors' board shows, and each
 * opens its formula and as many contacts as it says.
 */
export type { FiguresDeeds } from './deeds.ts';
export { OwnFigures } from './OwnFigures.tsx';
