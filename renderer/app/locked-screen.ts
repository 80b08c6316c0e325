import type { DeskState, Stores } from '../stores/index.ts';
import { notify } from '../stores/index.ts';
import type { WorkDeeds } from './deeds/work-deeds.ts';

/** Somebody who only locks the screen to look something up is back within this. */
const awayAfterMs = 60_000;

export interface LockedScreen {
  locked(): void;
  unlocked(): void;
  stop(): void;
}

/**
 * Nobody sits at a locked screen: who is available and has nothing in hand is not ready after a minute, by the reason for breaks, else the first
 * there is. In a call nothing happens; the minute begins when it is over. Coming back they are told, and one click makes them available again.
 */
export function lockedScreen({
  stores,
  setPresence,
}: {
  readonly stores: Stores;
  readonly setPresence: WorkDeeds['setPresence'];
}): LockedScreen {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let isLocked = false;
  let wasSet = false;

  function wait(): void {
    const isFree = isLocked && !wasSet && isFreeForCalls(stores.desk.getState());
    if (!isFree) {
      clearTimeout(waiting);
      waiting = undefined;
      return;
    }
    waiting ??= setTimeout(() => {
      waiting = undefined;
      const { reasons } = stores.desk.getState();
      const reason = (reasons.find(({ id }) => id === 'break') ?? reasons[0])?.id;
      // Without a reason nobody may say that they are not ready.
      if (reason === undefined) return;
      wasSet = true;
      setPresence({ presence: 'notReady', reason });
    }, awayAfterMs);
  }

  const unsubscribe = stores.desk.subscribe(wait);
  return {
    locked() {
      isLocked = true;
      wasSet = false;
      wait();
    },
    unlocked() {
      isLocked = false;
      wait();
      if (wasSet && stores.desk.getState().agent?.presence === 'notReady') notify(stores, { kind: 'lockedAway' });
      wasSet = false;
    },
    stop() {
      unsubscribe();
      clearTimeout(waiting);
    },
  };
}

function isFreeForCalls({ agent }: DeskState): boolean {
  return agent?.presence === 'available' && agent.workState === 'idle';
}
