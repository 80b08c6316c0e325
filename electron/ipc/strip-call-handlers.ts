import type { OutsideState, OutsideWish } from '../../shared/contracts/outside.ts';
import type { Ring, stripCalls } from '../../shared/contracts/strip-api.ts';
import type { CallHandlers } from './handle-calls.ts';

export interface StripCallMeans {
  readonly state: OutsideState | null;
  readonly ring: Ring;
  wish(wish: OutsideWish, by: 'strip'): void;
  openMenu(): void;
}

/** What each call of the strip's page does. None reaches further than what the agent could press on the screen. */
export function stripCallHandlers(means: StripCallMeans): CallHandlers<typeof stripCalls> {
  return {
    'strip:read': () => ({ state: means.state, ring: means.ring }),
    'strip:wish': ({ wish }) => {
      means.wish(wish, 'strip');
      return {};
    },
    'strip:menu': () => {
      means.openMenu();
      return {};
    },
  };
}
