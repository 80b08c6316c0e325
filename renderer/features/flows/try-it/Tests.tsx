import { Check, CircleX, Play, Trash2 } from 'lucide-react';
import type { Flow, FlowTest } from '../../../../shared/contracts/ivr/flow.ts';
import type { TestDifference } from '../../../../shared/contracts/ivr/test-outcome.ts';
import { type Text, useText } from '../../../i18n/index.ts';
import { nodeAt } from '../../../stores/index.ts';
import { EmptyState, IconButton } from '../../../ui/index.ts';
import type { FlowRunDeeds } from '../run-deeds.ts';
import { type FlowNames, titleOf } from '../words.ts';
import { useTests } from './use-tests.ts';

export interface TestsProps {
  readonly flow: Flow;
  readonly names: FlowNames;
  readonly isReadOnly: boolean;
  readonly deeds: Pick<FlowRunDeeds, 'simulate'>;
  onTry(test: FlowTest): void;
  onRemove(test: FlowTest): void;
}

/** The tests that the flow carries, and how each of them comes out now. A flow whose tests fail is not published. */
export function Tests({ flow, names, isReadOnly, deeds, onTry, onRemove }: TestsProps) {
  const text = useText();
  const { t } = text;
  const stateOf = useTests(deeds.simulate, flow);
  if (flow.tests.length === 0) return <EmptyState title={t('flowRuns.noTests')}>{t('flowRuns.noTestsText')}</EmptyState>;
  return (
    <ul className="try-tests" aria-label={t('flowRuns.tests')}>
      {flow.tests.map((test, place) => {
        const state = stateOf(test);
        const isHeld = state.phase === 'judged' && state.differences.length === 0;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two tests may have the same name
          <li key={place} className="try-test">
            {state.phase === 'running' ? (
              <span className="dot dot-away" role="img" aria-label={t('flowRuns.test.running')} />
            ) : isHeld ? (
              <Check className="icon icon-small tone-ready" aria-label={t('flowRuns.test.holds')} />
            ) : (
              <CircleX className="icon icon-small tone-broken" aria-label={t('flowRuns.test.fails')} />
            )}
            <span className="grow">
              <span className="whole medium">{test.name}</span>
              {state.phase === 'judged'
                ? state.differences.map((difference) => (
                    <span key={difference.of} className="small tone-broken try-difference">
                      {differenceText(text, difference, flow, names)}
                    </span>
                  ))
                : null}
              {state.phase === 'failed' ? <span className="small tone-broken try-difference">{t('flowRuns.cannotRun')}</span> : null}
            </span>
            <IconButton icon={Play} label={t('flowRuns.test.try', { name: test.name })} onClick={() => onTry(test)} />
            {isReadOnly ? null : (
              <IconButton icon={Trash2} label={t('flowRuns.test.remove', { name: test.name })} onClick={() => onRemove(test)} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** What a test expects and what came instead. */
export function differenceText(text: Text, { of, expected, actual }: TestDifference, flow: Flow, { references }: FlowNames): string {
  const { t, formats } = text;
  const said = (value: string | null): string => {
    if (value === null) return t('flowRuns.differs.nothing');
    switch (of) {
      case 'end':
        return t(`flowRuns.endKind.${value as 'queue'}`);
      case 'queueId':
        return references.queues.find(({ id }) => id === value)?.name[formats.language] ?? value;
      case 'locale':
        return t(`flows.option.${value as 'en' | 'zh'}`);
      case 'passes': {
        const node = nodeAt(flow, value);
        return node ? titleOf(text, node) : value;
      }
      default:
        return value;
    }
  };
  if (of === 'passes') return t('flowRuns.differs.passes', { node: said(expected) });
  return t(`flowRuns.differs.${of}`, { expected: said(expected), actual: said(actual) });
}
