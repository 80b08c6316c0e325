import type { Rectangle } from 'electron';

/** How much of a window must be on a screen for it to be found again. */
const visibleEdge = 100;

/** The remembered place of the window, unless the screen it was on is gone. */
export function boundsOnScreen(saved: Rectangle | null, workAreas: readonly Rectangle[]): Rectangle | null {
  if (saved === null) return null;
  const isSeen = workAreas.some((area) => {
    const width = Math.min(saved.x + saved.width, area.x + area.width) - Math.max(saved.x, area.x);
    const isTitleInside = saved.y >= area.y && saved.y <= area.y + area.height - visibleEdge;
    return width >= visibleEdge && isTitleInside;
  });
  return isSeen ? saved : null;
}
