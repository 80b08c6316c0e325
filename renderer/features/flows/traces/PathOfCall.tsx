import type { Flow } from '../../../../shared/contracts/ivr/flow.ts';
import type { TraceStep } from '../../../../shared/contracts/ivr/trace.ts';
import { useText } from '../../../i18n/index.ts';
import { nodeAt } from '../../../stores/index.ts';
import { Path, type PathStep } from '../../../ui/index.ts';
import { factTitle, stepExit, stepTitle } from './step-words.ts';
import './traces.css';

export interface PathOfCallProps {
  readonly steps: readonly TraceStep[];
  /** The flow as it is drawn, whose nodes are called as they are called there. */
  readonly flow?: Flow | undefined;
  /** What other flows are called; without it they are not told apart. */
  readonly nameOfFlow?: ((flowId: string) => string) | undefined;
  readonly onShow?: ((nodeId: string) => void) | undefined;
}

/** What took less was over at once. */
const momentMs = 500;

/** The way of one caller through the flows: node by node the keys, the exit, how long it took and what became known. */
export function PathOfCall({ steps, flow, nameOfFlow, onShow }: PathOfCallProps) {
  const text = useText();
  const { t, formats } = text;
  const lines = steps.map((step, place): PathStep => {
    const node = flow?.flowId === step.flowId ? nodeAt(flow, step.nodeId) : undefined;
    const isOther = step.flowId !== (steps[place - 1]?.flowId ?? steps[0]?.flowId);
    const title = stepTitle(text, step, node);
    const exit = stepExit(text, step, node);
    const facts = Object.entries(step.facts);
    return {
      id: String(place),
      time: formats.timeOfDay(step.at),
      pressed: step.keys,
      tone: step.exit === 'hangUp' ? 'missed' : place === steps.length - 1 ? 'good' : 'plain',
      text:
        onShow && node ? (
          <button type="button" className="trace-node medium" onClick={() => onShow(step.nodeId)}>
            {title}
          </button>
        ) : (
          <span className="medium">{title}</span>
        ),
      detail: (
        <span className="trace-detail small">
          <span>
            {[
              ...(isOther && nameOfFlow ? [t('flowRuns.trace.inFlow', { flow: nameOfFlow(step.flowId) })] : []),
              ...(exit === null ? [] : [exit]),
              ...(step.tookMs < momentMs ? [] : [t('flowRuns.trace.took', { seconds: formats.seconds(step.tookMs) })]),
            ].join(' · ')}
          </span>
          {facts.map(([name, value]) => (
            <span key={name} className="trace-fact">
              <span className="text-3">{factTitle(text, name)}</span> <span className="text-2 whole">{value}</span>
            </span>
          ))}
        </span>
      ),
    };
  });
  return <Path steps={lines} />;
}
