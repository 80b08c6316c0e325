import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import type { HouseFacts } from '../model.ts';

/** In which sound a prompt is there: one that can be played, one that is only written, none. */
export type PromptState = 'sound' | 'text' | 'missing';

/** What a flow may name, as it is set up now. */
export interface FlowHouse {
  readonly queueIds: ReadonlySet<string>;
  readonly hoursIds: ReadonlySet<string>;
  readonly skillIds: ReadonlySet<string>;
  /** Those that are live. */
  flows(flowId: string): Flow | undefined;
  /** Undefined: nobody knows it. */
  prompt(promptId: string): { readonly en: PromptState; readonly zh: PromptState } | undefined;
  /** What the house would know at a moment on its own clock, such as `2026-11-22T09:30`: for the tests that a flow carries. */
  factsAt?(moment: string): HouseFacts;
}
