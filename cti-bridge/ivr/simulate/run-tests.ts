import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import { differencesOf } from '../../../shared/contracts/ivr/test-outcome.ts';
import type { FlowSource } from '../model.ts';
import type { HouseAt } from './pretended-house.ts';
import { simulate } from './simulate.ts';

/** A test that a flow carries and that it does not pass. */
export interface FailedTest {
  readonly index: number;
  readonly name: string;
  /** What came otherwise than expected, in plain words. */
  readonly what: string;
}

/** Runs the tests that a flow carries; those that fail, in their order. */
export function runTests(flows: FlowSource, flow: Flow, houseAt?: HouseAt): readonly FailedTest[] {
  return flow.tests.flatMap((test, index) => {
    const differences = differencesOf(test, simulate(flows, flow, test.given, test.steps, houseAt));
    if (differences.length === 0) return [];
    const what = differences.map(({ of, expected, actual }) => `${words[of]} ${expected} was expected, ${actual ?? 'none'} came`);
    return [{ index, name: test.name, what: `${what.join('; ')}.` }];
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
