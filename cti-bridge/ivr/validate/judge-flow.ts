import type { Flow, FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import type { HouseFacts } from '../model.ts';
import { runTests } from '../simulate/run-tests.ts';
import { problemsOfAnswering } from './answering.ts';
import { problemsOfCircles } from './circles.ts';
import type { FlowHouse } from './house.ts';
import { problemsOfFacts } from './known-facts.ts';
import { problemsOfNames } from './names.ts';
import { problemsOfPrompts } from './prompts.ts';
import { problemsOfSettings } from './settings.ts';
import { readFlow } from './shape.ts';
import { problemsOfWays } from './ways.ts';

/**
 * All that is wrong with a flow, at once, each on its node; it may go live when none of it is an error. Takes anything, and never throws. A
 * flow's own tests are run when nothing else is wrong with it.
 */
export function judgeFlow(json: unknown, house: FlowHouse): readonly FlowProblem[] {
  const { flow, problems } = readFlow(json);
  if (flow === null) return problems;
  const found = judgeWritten(flow, house);
  return found.some(({ severity }) => severity === 'error') ? found : [...found, ...problemsOfTests(flow, house)];
}

function judgeWritten(flow: Flow, house: FlowHouse): readonly FlowProblem[] {
  return [
    ...problemsOfWays(flow),
    ...problemsOfSettings(flow),
    ...problemsOfAnswering(flow, house),
    ...problemsOfCircles(flow, house),
    ...problemsOfNames(flow, house),
    ...problemsOfFacts(flow, house),
    ...problemsOfPrompts(flow, house),
  ];
}

function problemsOfTests(flow: Flow, house: FlowHouse): readonly FlowProblem[] {
  const called = { find: (flowId: string) => publishedAs(house.flows(flowId)) };
  return runTests(called, flow, (moment) => house.factsAt?.(moment) ?? nothingKnown).map(({ index, name, what }) => ({
    severity: 'error',
    code: 'testFailed',
    nodeId: null,
    field: `tests/${index}`,
    what: `Test "${name}" fails: ${what}`,
    facts: { test: name },
  }));
}

const nothingKnown: HouseFacts = { fact: () => undefined };

function publishedAs(flow: Flow | undefined) {
  return flow === undefined ? undefined : { version: 0, flow };
}
