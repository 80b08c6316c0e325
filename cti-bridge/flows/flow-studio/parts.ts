import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { WireError } from '../../../shared/contracts/errors.ts';
import type { Flow, FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import type { CustomerScope } from '../../crm/index.ts';
import type { FlowHouse, FlowRepository, TraceRepository } from '../../ivr/index.ts';
import { type Clock, err, type Log, type Result } from '../../kernel/index.ts';
import type { CallDraft } from '../call-draft.ts';
import type { FlowLibrary } from '../flow-library.ts';
import type { Asker } from '../ports.ts';
import { houseOf } from './house-at.ts';
import type { FlowJudge } from './judge.ts';
import type { FlowTrials } from './trials.ts';

export interface FlowStudioParts {
  readonly repository: FlowRepository;
  readonly traces: TraceRepository;
  readonly library: FlowLibrary;
  readonly trials: FlowTrials;
  readonly callDraft: CallDraft;
  readonly judge: FlowJudge;
  /** As it is set up now. */
  readonly configuration: () => Configuration;
  readonly prompt: FlowHouse['prompt'];
  /** Whose customers somebody may see. */
  readonly scopeOf: (asker: Asker) => CustomerScope;
  /** Whether that contact is theirs to work on now. */
  readonly hasInHand: (asker: Asker, interactionId: string) => boolean;
  /** Whatever else waits to be done has been done once. */
  readonly nextTurn: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

export const noSuchFlow: WireError = { code: 'not_found', message: 'There is no such flow.' };
export const noSuchVersion: WireError = { code: 'not_found', message: 'There is no such version of this flow.' };
export const draftChanged: WireError = {
  code: 'conflict',
  message: 'Somebody else has changed this draft since you read it. Read it again.',
};

/** What the store cannot do now is said as that; nothing of it has happened. */
export function withStore(log: Log) {
  return async <Value>(work: () => Promise<Result<Value, WireError>>): Promise<Result<Value, WireError>> => {
    try {
      return await work();
    } catch (error) {
      log.error('flows:storeFailed', { error: String(error) });
      return err({ code: 'storage_unavailable', message: 'The store does not answer at the moment. Try again.' });
    }
  };
}

/** One after another: what one judged is still so when it is written. */
export function inTurn(): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };
}

/** All that is wrong with a flow, in the house as it is now. Callers are attended to between the pieces of a large one. */
export async function problemsOf(
  flow: unknown,
  { judge, configuration, library, prompt, nextTurn }: FlowStudioParts,
): Promise<FlowProblem[]> {
  const { source } = library;
  const house = { ...houseOf(configuration()), flows: (flowId: string): Flow | undefined => source.find(flowId)?.flow, prompt };
  const problems: FlowProblem[] = [];
  for (const found of judge.judge(flow, house)) {
    problems.push(...found);
    await nextTurn();
  }
  return problems;
}

/** Why, after what was done, as the history tells it. */
export const because = (done: string, why: string): string => (why === '' ? done : `${done}: ${why}`);
