import { type Facts, holds } from './conditions.ts';
import type { Guide } from './contracts/guides.ts';

/**
 * Which guide a contact opens by itself: the one whose reason says most about it. Each condition on what the menu found out counts more than
 * the queue alone, which counts more than being meant for every contact; among equals the first by its id. Null: none.
 */
export function openingGuide<Candidate extends Pick<Guide, 'guideId' | 'opens'>>(
  guides: readonly Candidate[],
  queueId: string,
  facts: Facts,
): { readonly guide: Candidate; readonly why: 'queue' | 'intent' } | null {
  const fitting = guides.flatMap((guide) =>
    guide.opens
      .filter((each) => each.queueId === null || each.queueId === queueId)
      .filter(({ when }) => when.every((condition) => holds(condition, facts)))
      .map((each) => ({ guide, weight: each.when.length * 2 + (each.queueId === null ? 0 : 1), isIntent: each.when.length > 0 })),
  );
  const best = fitting.toSorted((a, b) => b.weight - a.weight || (a.guide.guideId < b.guide.guideId ? -1 : 1))[0];
  return best ? { guide: best.guide, why: best.isIntent ? 'intent' : 'queue' } : null;
}
