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

/** What may happen in all tests of a flow together: who edits it waits for them, and so do others meanwhile. About half a second. */
const maxInputs = 50_000;

/** Runs the tests that a flow carries; those that fail, in their order. What is left when all together take too long counts as failed. */
export function runTests(flows: FlowSource, flow: Flow, houseAt?: HouseAt): readonly FailedTest[] {
  let inputsLeft = maxInputs;
  return flow.tests.flatMap((test, index) => {
    const { name } = test;
    if (inputsLeft <= 0) return [{ index, name, what: 'it was not run, since those before it took too long.' }];
    const { simulated, inputs } = simulateCounted(flows, flow, test.given, test.steps, houseAt);
    inputsLeft -= inputs;
    const differences = differencesOf(test, simulated);
    if (differences.length === 0) return [];
    const what = differences.map(({ of, expected, actual }) => `${words[of]} ${expected} was expected, ${actual ?? 'none'} came`);
    return [{ index, name, what: `${what.join('; ')}.` }];
  });
}

const words = {
  end: 'the end',
  queueId: 'queue',
  priority: 'priority',
  skills: 'skills',
  locale: 'language',
  passes: 'passing node',
} as const;
