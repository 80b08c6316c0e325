import type { OfferMade } from '../../../shared/contracts/record.ts';
import { nameKey } from '../names/name-key.ts';

/**
 * Whether what was offered once may be offered again, on whichever channel: not while an answer is awaited, and not once it was given. An
 * offer is known by its name, however that is written.
 */
export function standsAgainst(name: string, made: readonly OfferMade[]): OfferMade | null {
  const key = nameKey(name);
  const same = made.filter((offer) => nameKey(offer.name) === key);
  return same.find((offer) => offer.answer !== null) ?? same[0] ?? null;
}
