import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import { differencesOf } from '../../../shared/contracts/ivr/test-outcome.ts';
import type { FlowSource } from '../model.ts';
import type { HouseAt } from './pretended-house.ts';
import { simulateCounted } from './simulate.ts';

/** A test that a flow carries and that it does not pass. */
export interface FailedTest {
  readonly index: number;
  readonly name: string;
  /** What came otherwise than expected, in plain words. */
  readonly what: string;
}

/** What may happen in all tests of a flow together: who edits it waits for them. About a second. */
const maxInputs = 50_000;

/** Runs the tests that a flow carries; those that fail, in their order. What is left when all together take too long counts as failed. */
export function runTests(flows: FlowSource, flow: Flow, houseAt?: HouseAt): readonly FailedTest[] {
  return [...testsInParts(flows, flow, houseAt)].flat();
}

/** The same one by one: none or one failed test each. */
export function* testsInParts(flows: FlowSource, flow: Flow, houseAt?: HouseAt): Generator<readonly FailedTest[]> {
  let inputsLeft = maxInputs;
  for (const [index, test] of flow.tests.entries()) {
    const failed = (what: string): readonly FailedTest[] => [{ index, name: test.name, what }];
    if (inputsLeft <= 0) {
      yield failed('it was not run, since those before it took too long.');
      continue;
    }
    const { simulated, inputs } = simulateCounted(flows, flow, test.given, test.steps, houseAt);
    inputsLeft -= inputs;
    const differences = differencesOf(test, simulated).map(
      ({ of, expected, actual }) => `${words[of]} ${expected} was expected, ${actual ?? 'none'} came`,
    );
    yield differences.length === 0 ? [] : failed(`${differences.join('; ')}.`);
  }
}

const words = {
  end: 'the end',
  queueId: 'queue',
  priority: 'priority',
  skills: 'skills',
  locale: 'language',
  passes: 'passing node',
} as const;
