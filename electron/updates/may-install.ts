import type { WorkInHand } from '../../shared/contracts/desktop-safety.ts';

/** Whether a restart now interrupts nobody and loses nothing. */
export function mayInstall({ calls, offers, wrapUps, unsaved }: WorkInHand): boolean {
  return calls === 0 && offers === 0 && wrapUps === 0 && unsaved === 0;
}
