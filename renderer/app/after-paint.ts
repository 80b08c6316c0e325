/** Runs when what has just been rendered is on the glass: two animation frames later, or as soon as the page is visible again. */
export function afterPaint(perform: () => void): void {
  if (document.visibilityState === 'visible') {
    requestAnimationFrame(() => requestAnimationFrame(perform));
    return;
  }
  const shown = () => {
    if (document.visibilityState !== 'visible') return;
    document.removeEventListener('visibilitychange', shown);
    afterPaint(perform);
  };
  document.addEventListener('visibilitychange', shown);
}
