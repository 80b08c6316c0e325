import type { CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { Simulated } from '../../../shared/contracts/ivr/commands.ts';
import type { CallerStep, Flow, Pretended } from '../../../shared/contracts/ivr/flow.ts';
import type { Prompt } from '../../../shared/contracts/ivr/prompts.ts';
import type { Heat, TracedCall, TraceStep } from '../../../shared/contracts/ivr/trace.ts';
import type { LoginFailure } from '../../stores/index.ts';

export type Answered<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly code: LoginFailure };

/** `ended` and `failed` are the last. */
export type DraftCallState =
  | { readonly phase: 'preparing' | 'ringing' | 'ended' }
  | { readonly phase: 'connected'; readonly since: number }
  | { readonly phase: 'failed'; readonly why: 'noMicrophone' | 'notRegistered' | 'notReached' | 'inCall' | LoginFailure };

/** A call of one's own to a draft. */
export interface DraftCall {
  press(key: string): void;
  /** Once more does nothing. */
  hangUp(): void;
}

/** What is asked of the bridge about runs of flows: those that are only tried, and those of callers. */
export interface FlowRunDeeds {
  /** Steps through it from the beginning, without a call. */
  simulate(flow: Flow, given: Pretended, steps: readonly CallerStep[]): Promise<Answered<Simulated>>;
  /** A number behind which the saved draft answers for ten minutes. */
  openTry(flowId: string): Promise<Answered<string>>;
  /** Calls the saved draft from this very screen. Told of each state, the first one before this returns. */
  callDraft(flowId: string, told: (state: DraftCallState) => void): DraftCall;
  readHeat(request: CommandRequest<'flow:heat'>): Promise<Answered<Heat>>;
  findCalls(request: CommandRequest<'flow:traces'>): Promise<Answered<readonly TracedCall[]>>;
  readTrace(interactionId: string): Promise<Answered<readonly TraceStep[]>>;
  /** What prompts say. */
  readPrompts(): Promise<Answered<readonly Prompt[]>>;
  /** Where a prompt can be heard for a while; null where it cannot. */
  openPrompt(promptId: string, locale: 'en' | 'zh'): Promise<string | null>;
}
