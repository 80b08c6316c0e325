import type { Flow, FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import type { HouseFacts } from '../model.ts';
import { type FailedTest, testsInParts } from '../simulate/run-tests.ts';
import { problemsOfAnswering } from './answering.ts';
import { problemsOfCircles } from './circles.ts';
import type { FlowHouse } from './house.ts';
import { problemsOfFacts } from './known-facts.ts';
import { problemsOfNames } from './names.ts';
import { problem } from './problem.ts';
import { problemsOfPrompts } from './prompts.ts';
import { problemsOfSettings } from './settings.ts';
import { readFlow } from './shape.ts';
import { problemsOfWays } from './ways.ts';

/**
 * All that is wrong with a flow, at once, each on its node; it may go live when none of it is an error. Takes anything, and never throws. A
 * flow's own tests are run when nothing else is wrong with it.
 */
export function judgeFlow(json: unknown, house: FlowHouse): readonly FlowProblem[] {
  return [...judgeInParts(json, house)].flat();
}

/** The same in short pieces of work, for who has callers to attend to between them. */
export function* judgeInParts(json: unknown, house: FlowHouse): Generator<readonly FlowProblem[]> {
  const { flow, problems } = readFlow(json);
  yield problems;
  if (flow === null) return;
  let hasErrors = false;
  for (const problemsOf of families) {
    const found = problemsOf(flow, house);
    hasErrors ||= found.some(({ severity }) => severity === 'error');
    yield found;
  }
  if (hasErrors) return;
  const called = { find: (flowId: string) => publishedAs(house.flows(flowId)) };
  for (const failed of testsInParts(called, flow, (moment) => house.factsAt?.(moment) ?? nothingKnown)) yield failed.map(problemOfTest);
}

const families: readonly ((flow: Flow, house: FlowHouse) => readonly FlowProblem[])[] = [
  problemsOfWays,
  problemsOfSettings,
  problemsOfAnswering,
  problemsOfCircles,
  problemsOfNames,
  problemsOfFacts,
  problemsOfPrompts,
];

function problemOfTest({ index, name, what }: FailedTest): FlowProblem {
  return problem('testFailed', { nodeId: null, field: `tests/${index}` }, `Test "${name}" fails: ${what}`, { test: name });
}

const nothingKnown: HouseFacts = { fact: () => undefined };

function publishedAs(flow: Flow | undefined) {
  return flow === undefined ? undefined : { version: 0, flow };
}
