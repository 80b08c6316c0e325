import type { Simulated } from '../../../shared/contracts/ivr/commands.ts';
import type { CallerStep, Flow, FlowProblem, Pretended } from '../../../shared/contracts/ivr/flow.ts';
import { type FlowHouse, type FlowSource, type HouseAt, judgeInParts, simulate } from '../../ivr/index.ts';

/** Whether a flow may go live, and what becomes of a caller in it. */
export interface FlowJudge {
  /** Everything that is wrong with what may be no flow at all, its own tests included, in short pieces of work. */
  judge(flow: unknown, house: FlowHouse): Iterable<readonly FlowProblem[]>;
  simulate(flows: FlowSource, flow: Flow, given: Pretended, steps: readonly CallerStep[], houseAt: HouseAt): Simulated;
}

export const flowJudge: FlowJudge = { judge: judgeInParts, simulate };
