import type { CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { Simulated } from '../../../shared/contracts/ivr/commands.ts';
import type { CallerStep, Flow, Pretended } from '../../../shared/contracts/ivr/flow.ts';
import type { Prompt } from '../../../shared/contracts/ivr/prompts.ts';
import type { Heat, TracedCall, TraceStep } from '../../../shared/contracts/ivr/trace.ts';
import type { LoginFailure } from '../../stores/index.ts';

export type Answered<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly code: LoginFailure };

/** What is asked of the bridge about runs of flows: those that are only tried, and those of callers. */
export interface FlowRunDeeds {
  /** Steps through it from the beginning, without a call. */
  simulate(flow: Flow, given: Pretended, steps: readonly CallerStep[]): Promise<Answered<Simulated>>;
  /** A number behind which the saved draft answers for ten minutes. */
  openTry(flowId: string): Promise<Answered<string>>;
  readHeat(request: CommandRequest<'flow:heat'>): Promise<Answered<Heat>>;
  findCalls(request: CommandRequest<'flow:traces'>): Promise<Answered<readonly TracedCall[]>>;
  readTrace(interactionId: string): Promise<Answered<readonly TraceStep[]>>;
  /** What prompts say. */
  readPrompts(): Promise<Answered<readonly Prompt[]>>;
  /** Where a prompt can be heard for a while; null where it cannot. */
  openPrompt(promptId: string, locale: 'en' | 'zh'): Promise<string | null>;
}
