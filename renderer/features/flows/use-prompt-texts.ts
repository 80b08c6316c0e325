import { useCallback, useEffect, useState } from 'react';
import type { Prompt } from '../../../shared/contracts/ivr/prompts.ts';
import type { FlowRunDeeds } from './run-deeds.ts';
import type { PromptText } from './words.ts';

/** What prompts say, as it was when the flow was opened. */
export function usePromptTexts(read: FlowRunDeeds['readPrompts'], flowId: string): PromptText {
  const [prompts, setPrompts] = useState<ReadonlyMap<string, Prompt>>(new Map());
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each flow that is opened
  useEffect(() => {
    let isCurrent = true;
    void read().then((outcome) => {
      if (isCurrent && outcome.ok) setPrompts(new Map(outcome.value.map((prompt) => [prompt.promptId, prompt])));
    });
    return () => {
      isCurrent = false;
    };
  }, [read, flowId]);
  return useCallback((promptId, locale) => prompts.get(promptId)?.texts[locale] || null, [prompts]);
}
