import type { InteractionId } from '../../shared/ids.ts';
import type { StoredCall } from '../interactions/index.ts';
import { type Clock, withTimeLimit } from '../kernel/index.ts';
import { limits } from './context.ts';

/** A caller's place among those who waited when the bridge was killed. */
export interface PlaceInLine {
  /** Resolves as soon as everybody who stood before has taken their place again or has gone, and at the latest after `limits.turnAfterCrash`. */
  turn(): Promise<void>;
  /** They stand in the queue again, or never will. Told twice, it counts once. */
  taken(): void;
}

/**
 * The line as it stood at a crash. Callers are back within moments of each other, in whatever order their phones answer; whoever was first
 * would stand before those who waited longer, and an agent who is free already would have them.
 */
export function placesInLine(stored: readonly StoredCall[], clock: Clock): (interactionId: InteractionId) => PlaceInLine {
  const waiting = stored.flatMap(({ interactionId, queueId, agentId, queuedAt }) =>
    queueId !== null && agentId === null && queuedAt !== null ? [{ interactionId, queuedAt }] : [],
  );
  const line = waiting.sort((one, other) => one.queuedAt - other.queuedAt).map((each) => ({ ...each, ...Promise.withResolvers<void>() }));
  return (interactionId) => {
    const place = line.findIndex((each) => each.interactionId === interactionId);
    const before = line.slice(0, Math.max(0, place)).map(({ promise }) => promise);
    return {
      async turn() {
        await withTimeLimit(clock, limits.turnAfterCrash, 'those who waited longer', Promise.all(before)).catch(() => {});
      },
      taken: () => line[place]?.resolve(),
    };
  };
}
