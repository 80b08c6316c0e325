import { useEffect, useState } from 'react';
import type { Flow, FlowTest } from '../../../../shared/contracts/ivr/flow.ts';
import { differencesOf, type TestDifference } from '../../../../shared/contracts/ivr/test-outcome.ts';
import type { LoginFailure } from '../../../stores/index.ts';
import type { FlowRunDeeds } from '../run-deeds.ts';

export type TestState =
  | { readonly phase: 'running' }
  | { readonly phase: 'judged'; readonly differences: readonly TestDifference[] }
  /** It could not be run at all. */
  | { readonly phase: 'failed'; readonly code: LoginFailure };

const restMs = 600;
const running: TestState = { phase: 'running' };

/** How each test of the flow comes out as it is drawn now; run one after the other as soon as the hand rests. */
export function useTests(simulate: FlowRunDeeds['simulate'], flow: Flow): (test: FlowTest) => TestState {
  const [judged, setJudged] = useState<{ readonly nodes: Flow['nodes']; readonly states: ReadonlyMap<FlowTest, TestState> }>({
    nodes: flow.nodes,
    states: new Map(),
  });
  const { format, flowId, name, start, fallback, nodes, tests } = flow;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name is no part of what a run does
  useEffect(() => {
    let isCurrent = true;
    const bare: Flow = { format, flowId, name, start, fallback, nodes, layout: {}, tests: [] };
    const runAll = async () => {
      for (const test of tests) {
        const outcome = await simulate(bare, test.given, test.steps);
        if (!isCurrent) return;
        const state: TestState = outcome.ok
          ? { phase: 'judged', differences: differencesOf(test, outcome.value) }
          : { phase: 'failed', code: outcome.code };
        setJudged((before) => ({ nodes, states: new Map(before.nodes === nodes ? before.states : []).set(test, state) }));
      }
    };
    const timer = setTimeout(() => void runAll(), restMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [simulate, format, flowId, start, fallback, nodes, tests]);
  return (test) => (judged.nodes === nodes ? judged.states.get(test) : undefined) ?? running;
}
