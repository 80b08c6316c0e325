import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ArticleNeed, Suggestion } from '../../../shared/contracts/knowledge.ts';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { needOf, type Stores } from '../../stores/index.ts';
import { afterPaint } from '../../ui/index.ts';

export interface Suggested {
  readonly stores: Stores;
  readonly deeds: { suggest(interactionId: string, need: ArticleNeed): void };
  readonly pop: ScreenPop;
  /** What the customer wrote last, or the agent about them. */
  readonly said: string;
  /** The article that the step of an open guide names. */
  readonly guide: string | null;
}

/** What the agent types is looked at when the fingers rest. */
const restMs = 700;

/** What may be meant by a contact, asked anew as more is said of it; undefined until it is known. Nobody asks where it `isOff`. */
export function useSuggested({ stores, deeds, pop, said, guide }: Suggested, isOff = false): readonly Suggestion[] | undefined {
  const { interactionId } = pop;
  const need = useMemo(() => needOf(pop, said, guide), [pop, said, guide]);
  const isOnline = useStore(stores.connection, ({ bridge }) => bridge === 'connected');
  const suggestions = useStore(stores.knowledge, (knowledge) => knowledge.suggestions[interactionId]);
  const isFirst = suggestions === undefined;
  useEffect(() => {
    if (!isOnline || isOff) return;
    let isDue = true;
    const ask = () => {
      if (isDue) deeds.suggest(interactionId, need);
    };
    // Whoever is looking sees who it is first; what fits comes into its own place a moment later.
    if (isFirst) afterPaint(ask);
    const timer = isFirst ? undefined : setTimeout(ask, restMs);
    return () => {
      isDue = false;
      clearTimeout(timer);
    };
  }, [deeds, interactionId, need, isOnline, isFirst, isOff]);
  return suggestions;
}
