/** A list that scrolls, as it is laid out now, in px. */
export interface ListMeasures {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
  /** Where the newest mail begins, from the top of all that scrolls. Null where messages are lines, not pages. */
  readonly newestMailTop: number | null;
}

/**
 * What the view keeps to: the newest message from its beginning, the foot of the list, or whatever the reader went to. A mail that is higher
 * than its room is read from its beginning; all else is read from the foot.
 */
export type KeepsTo = 'newest' | 'foot' | 'reader';

/** From how near the foot one is at the foot. */
const nearFootPx = 80;
/** A little of what is above, so that the beginning is seen to be one. */
const abovePx = 8;

const foot = ({ scrollHeight, clientHeight }: ListMeasures) => Math.max(0, scrollHeight - clientHeight);

/** Where the list scrolls to, as `scrollTop`. */
export function placeOf(keepsTo: KeepsTo, list: ListMeasures): number {
  if (keepsTo === 'reader') return list.scrollTop;
  if (keepsTo === 'foot' || list.newestMailTop === null) return foot(list);
  return Math.min(foot(list), Math.max(0, list.newestMailTop - abovePx));
}

export const isAtFoot = (list: ListMeasures): boolean => foot(list) - list.scrollTop < nearFootPx;

/** The list or its room has become another size: the browser may have moved it, not the reader. */
export const isOtherSize = (list: ListMeasures, left: ListMeasures): boolean =>
  list.scrollHeight !== left.scrollHeight || list.clientHeight !== left.clientHeight;

/** The list was scrolled, and is as large as it was `left`. The browser tells of what was scrolled from here, too. */
export function afterScroll(keepsTo: KeepsTo, list: ListMeasures, left: ListMeasures): KeepsTo {
  if (Math.abs(list.scrollTop - left.scrollTop) <= 1) return keepsTo;
  return isAtFoot(list) ? 'foot' : 'reader';
}

/** A message came below, when the reader was at the foot or not. What is being read is not moved, unless the reader has just written it. */
export function afterMessage(keepsTo: KeepsTo, wasAtFoot: boolean, isOwn: boolean): KeepsTo {
  if (keepsTo === 'reader') return 'reader';
  return wasAtFoot || isOwn ? 'newest' : 'reader';
}
