import { useCallback, useEffect, useRef, useState } from 'react';
import type { Simulated } from '../../../../shared/contracts/ivr/commands.ts';
import type { CallerStep, Flow, Pretended } from '../../../../shared/contracts/ivr/flow.ts';
import type { LoginFailure } from '../../../stores/index.ts';
import type { FlowRunDeeds } from '../run-deeds.ts';
import { type TriedStep, withKey } from './conversation.ts';

export interface TriedRun {
  /** What came of all steps so far; the run before while the next one is asked for. */
  readonly run: Simulated | null;
  readonly steps: readonly CallerStep[];
  readonly isBusy: boolean;
  readonly failure: LoginFailure | null;
  press(key: string): void;
  does(what: 'staysSilent' | 'hangsUp'): void;
  back(): void;
  startAgain(): void;
}

const mostSteps = 200;
/** While somebody draws, the run waits until the hand rests. */
const drawingRestMs = 400;

/**
 * A run of the flow as it is drawn now, stepped through by hand. The bridge keeps nothing of it: each time all steps are sent, so that a
 * flow that was changed meanwhile is run anew with the same caller and the same keys. Only the last answer counts.
 */
export function useRun(
  simulate: FlowRunDeeds['simulate'],
  flow: Flow,
  given: Pretended,
  /** What was done before it is looked at for the first time. */
  before: readonly CallerStep[],
): TriedRun {
  const [tried, setTried] = useState<readonly TriedStep[]>(() => before.map((step) => ({ step, nodeId: null })));
  const [answer, setAnswer] = useState<{ readonly run: Simulated | null; readonly failure: LoginFailure | null }>({
    run: null,
    failure: null,
  });
  const [isBusy, setIsBusy] = useState(false);
  const asked = useRef(0);
  const drawn = useRef<Flow['nodes'] | null>(null);
  /** Where the run stands, for keys that are pressed faster than answers come. */
  const at = useRef<Simulated['at']>(null);

  const { format, flowId, name, start, fallback, nodes } = flow;
  // Where nodes are drawn, and the tests, change nothing of a run.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name is no part of what a run does
  useEffect(() => {
    const ask = async () => {
      asked.current += 1;
      const own = asked.current;
      setIsBusy(true);
      const bare: Flow = { format, flowId, name, start, fallback, nodes, layout: {}, tests: [] };
      const outcome = await simulate(
        bare,
        given,
        tried.map(({ step }) => step),
      );
      if (own !== asked.current) return;
      setIsBusy(false);
      if (outcome.ok) at.current = outcome.value.at;
      setAnswer(outcome.ok ? { run: outcome.value, failure: null } : { run: null, failure: outcome.code });
    };
    const isDrawing = drawn.current !== null && drawn.current !== nodes;
    drawn.current = nodes;
    if (!isDrawing) {
      void ask();
      return;
    }
    const timer = setTimeout(() => void ask(), drawingRestMs);
    return () => clearTimeout(timer);
  }, [simulate, format, flowId, start, fallback, nodes, given, tried]);

  const isOver = answer.run?.end !== null && answer.run?.end !== undefined;
  const press = useCallback(
    (key: string) => setTried((steps) => (isOver || steps.length >= mostSteps ? steps : withKey(steps, key, at.current))),
    [isOver],
  );
  const does = useCallback(
    (what: 'staysSilent' | 'hangsUp') =>
      setTried((steps) =>
        isOver || steps.length >= mostSteps ? steps : [...steps, { step: { does: what }, nodeId: at.current?.nodeId ?? null }],
      ),
    [isOver],
  );
  const back = useCallback(() => setTried((steps) => steps.slice(0, -1)), []);
  const startAgain = useCallback(() => setTried([]), []);
  return { ...answer, steps: tried.map(({ step }) => step), isBusy, press, does, back, startAgain };
}
