import { ChevronDown, ChevronUp } from 'lucide-react';
import { useId, useState } from 'react';
import type { FlowTest } from '../../../shared/contracts/ivr/flow.ts';
import type { TraceStep } from '../../../shared/contracts/ivr/trace.ts';
import { useText } from '../../i18n/index.ts';
import { Badge, classes, IconButton } from '../../ui/index.ts';
import { Calls } from './traces/Calls.tsx';
import { Tests } from './try-it/Tests.tsx';
import { TryIt } from './try-it/TryIt.tsx';
import type { FlowRunsProps } from './use-flow-runs.tsx';
import type { PromptText } from './words.ts';
import './try-it/try-it.css';

export const runsViews = ['try', 'tests', 'calls'] as const;
export type RunsView = (typeof runsViews)[number];

export interface RunsPaneProps extends FlowRunsProps {
  readonly promptText: PromptText;
  /** Null: folded up. */
  readonly view: RunsView | null;
  onView(view: RunsView | null): void;
  onPath(steps: readonly TraceStep[] | null): void;
  onStands(nodeId: string | null): void;
}

const mostTests = 100;

/** Below the settings of a node: the flow tried by hand, the tests that it carries, and the calls that went through it. */
export function RunsPane(props: RunsPaneProps) {
  const { flow, names, isReadOnly, deeds, mayWatch, view, onView, onTests } = props;
  const { t } = useText();
  const content = useId();
  /** Counts how often a test was put into the trial, so that the same one begins anew. */
  const [trial, setTrial] = useState<{ readonly test: FlowTest | null; readonly count: number }>({ test: null, count: 0 });
  const shown = runsViews.filter((each) => each !== 'calls' || mayWatch);
  const isOpen = view !== null && shown.includes(view);
  return (
    <section className={classes('flow-runs', isOpen && 'is-open', isOpen && `is-${view}`)} aria-label={t('flowRuns.pane')}>
      <div className="flow-runs-head">
        {shown.map((each) => (
          <button
            key={each}
            type="button"
            className={classes('flow-runs-tab', each === view && 'is-on')}
            aria-expanded={each === view}
            aria-controls={content}
            onClick={() => onView(each === view ? null : each)}
          >
            {t(`flowRuns.view.${each}`)}
            {each === 'tests' && flow.tests.length > 0 ? <Badge count={flow.tests.length} /> : null}
          </button>
        ))}
        <IconButton
          className="push"
          icon={isOpen ? ChevronDown : ChevronUp}
          label={t(isOpen ? 'flowRuns.fold' : 'flowRuns.unfold')}
          aria-expanded={isOpen}
          onClick={() => onView(isOpen ? null : 'try')}
        />
      </div>
      <div id={content} className="flow-runs-body" hidden={!isOpen}>
        {view === 'try' ? (
          <TryIt
            key={trial.count}
            flow={flow}
            names={names}
            deeds={deeds}
            isReadOnly={isReadOnly}
            promptText={props.promptText}
            test={trial.test}
            onStands={props.onStands}
            onShow={props.onShow}
            onKeep={(test) => {
              onTests([...flow.tests, test].slice(-mostTests));
              onView('tests');
            }}
          />
        ) : null}
        {view === 'tests' ? (
          <Tests
            flow={flow}
            names={names}
            isReadOnly={isReadOnly}
            deeds={deeds}
            onTry={(test) => {
              setTrial(({ count }) => ({ test, count: count + 1 }));
              onView('try');
            }}
            onRemove={(test) => onTests(flow.tests.filter((each) => each !== test))}
          />
        ) : null}
        {view === 'calls' && mayWatch ? (
          <Calls flow={flow} names={names} homeCountry={props.homeCountry} deeds={deeds} onPath={props.onPath} onShow={props.onShow} />
        ) : null}
      </div>
    </section>
  );
}
