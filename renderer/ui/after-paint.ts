/** What the pages of some browsers lack (https://wicg.github.io/scheduling-apis). */
interface TaskScheduler {
  postTask(task: () => void, options: { readonly priority: 'user-blocking' }): Promise<void>;
}

/** Before the next frame, where the browser lets one say so. */
function nextTask(perform: () => void): void {
  const { scheduler } = globalThis as { readonly scheduler?: TaskScheduler };
  if (scheduler) return void scheduler.postTask(perform, { priority: 'user-blocking' });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = perform;
  port2.postMessage(null);
}

/**
 * Runs when the frame that shows what has just been rendered is painted: the first task after that frame's style, layout and paint, which
 * follow the animation-frame callbacks. For a hidden page, as soon as it is visible again.
 */
export function afterPaint(perform: () => void): void {
  if (document.visibilityState === 'visible') {
    requestAnimationFrame(() => nextTask(perform));
    return;
  }
  const shown = () => {
    if (document.visibilityState !== 'visible') return;
    document.removeEventListener('visibilitychange', shown);
    afterPaint(perform);
  };
  document.addEventListener('visibilitychange', shown);
}
