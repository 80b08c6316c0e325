import type { WorkInHand } from '../../shared/contracts/desktop-safety.ts';
import type { DeskState } from '../stores/index.ts';

/** What closing the program now would interrupt: told to the program around the page, which installs nothing meanwhile. */
export function workInHand(desk: Pick<DeskState, 'interactions' | 'joining' | 'offers' | 'supervising'>, unsaved: number): WorkInHand {
  const wrapUps = desk.interactions.filter(({ state }) => state === 'wrapping').length;
  const calls = desk.interactions.length - wrapUps + (desk.joining ? 1 : 0) + (desk.supervising ? 1 : 0);
  return { calls, offers: desk.offers.length, wrapUps, unsaved };
}

export const isSameWork = (one: WorkInHand, other: WorkInHand): boolean =>
  one.calls === other.calls && one.offers === other.offers && one.wrapUps === other.wrapUps && one.unsaved === other.unsaved;
