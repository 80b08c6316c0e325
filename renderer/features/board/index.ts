/**
 * What happens on the floor: queues and people, as the bridge tells them every second, and the same for a screen on the wall. Two things to
 * know: every number opens the contacts behind it and says how it is made, and what stands at the right is a stack of panels with the
 * alerts beneath it.
 */
export { Board } from './Board.tsx';
export type { BoardDeeds } from './deeds.ts';
export { Supervised } from './Supervised.tsx';
export { Wallboard } from './Wallboard.tsx';
