import type { HelpCall } from '../../shared/contracts/help.ts';
import type { DeskState } from './desk-state.ts';

type Known = Pick<DeskState, 'help' | 'agent'>;

/** One's own hand for a contact; null while it is down. */
export function ownHand({ help, agent }: Known, interactionId: string): HelpCall | null {
  return help.find((call) => call.interactionId === interactionId && call.agentId === agent?.agentId) ?? null;
}

/** Who asks for help of those one supervises: whoever waits for somebody first, the longest at the top. */
export function othersHands({ help, agent }: Known): readonly HelpCall[] {
  const others = help.filter(({ agentId }) => agentId !== agent?.agentId);
  return [...others.filter(({ taken }) => taken === null), ...others.filter(({ taken }) => taken !== null)];
}

/** Hands that went up since then and that nobody has taken. */
export function newHands(before: Known, now: Known): readonly HelpCall[] {
  const known = new Set(before.help.filter(({ taken }) => taken === null).map(({ interactionId }) => interactionId));
  return othersHands(now).filter(({ taken, interactionId }) => taken === null && !known.has(interactionId));
}
