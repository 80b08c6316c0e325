/**
 * Calls `onTick` every `intervalMs`, never drifting: the n-th tick is due at start + n * interval, and ticks missed by a busy process are
 * made up at once, at most `maxCatchUp` of them (older ones are skipped: late audio is worse than none). Used by the media worker for all
 * its legs, and by scripted phones.
 *
 * A tick runs after waiting input has been read (the `setImmediate`): after a stall the packets that already arrived count as arrived.
 */
export interface Pacer {
  stop(): void;
}

/** `dueAt` is the time the tick was meant for, on the scale of `performance.now()`; `skipped` counts ticks given up just before it. */
export function startPacer(intervalMs: number, onTick: (dueAt: number, skipped: number) => void, maxCatchUp = 10): Pacer {
  let dueAt = performance.now() + intervalMs;
  let isStopped = false;
  let timer = setTimeout(wake, intervalMs);

  function wake(): void {
    setImmediate(run);
  }

  function run(): void {
    if (isStopped) return;
    const now = performance.now();
    let skipped = 0;
    const behind = Math.floor((now - dueAt) / intervalMs);
    if (behind > maxCatchUp) {
      skipped = behind - maxCatchUp;
      dueAt += skipped * intervalMs;
    }
    while (dueAt <= now && !isStopped) {
      onTick(dueAt, skipped);
      skipped = 0;
      dueAt += intervalMs;
    }
    if (!isStopped) timer = setTimeout(wake, Math.max(0, dueAt - performance.now()));
  }

  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
