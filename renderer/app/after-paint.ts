/**
 * Runs when the frame that shows what has just been rendered is painted: the first task after that frame's style, layout and paint, which
 * follow the animation-frame callbacks. For a hidden page, as soon as it is visible again.
 */
export function afterPaint(perform: () => void): void {
  if (document.visibilityState === 'visible') {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = perform;
      port2.postMessage(null);
    });
    return;
  }
  const shown = () => {
    if (document.visibilityState !== 'visible') return;
    document.removeEventListener('visibilitychange', shown);
    afterPaint(perform);
  };
  document.addEventListener('visibilitychange', shown);
}
