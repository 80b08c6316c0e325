import type { Simulated } from '../../../shared/contracts/ivr/commands.ts';
import type { CallerStep, Flow, FlowProblem, Pretended } from '../../../shared/contracts/ivr/flow.ts';
import type { FlowSource } from '../../ivr/index.ts';

/** In which sounds a prompt is there, by language. */
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
}

/** Whether a flow may go live, and what becomes of a caller in it. */
export interface FlowJudge {
  /** Everything that is wrong with what may be no flow at all, its own tests included. */
  judge(flow: unknown, house: FlowHouse): readonly FlowProblem[];
  simulate(flows: FlowSource, flow: Flow, given: Pretended, steps: readonly CallerStep[]): Simulated;
}
