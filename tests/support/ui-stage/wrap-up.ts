import type { WrapUpMode } from '../../../shared/contracts/configuration.ts';
import type { WrapUpView } from '../../../shared/contracts/interaction.ts';

/** A wrap-up as the bridge tells it, 34 s old with 56 s left where it has an end. */
export function wrapUpOf(mode: WrapUpMode, now: number, stored: string | null = null): WrapUpView {
  return {
    interactionId: 'i-1',
    startedAt: now - 34_000,
    endsAt: mode === 'required' ? null : now + 56_000,
    mode,
    canLeave: mode === 'optional',
    canExtend: mode !== 'required' && stored === null,
    stored,
  };
}
