import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { Flow, FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import { useText } from '../../i18n/index.ts';
import { Chip, classes } from '../../ui/index.ts';
import { flowFields, problemText } from './words.ts';

/** What stands in the way of publishing, errors first, each by the name of its node and with a way there. Null: not known yet. */
export function Problems(props: {
  readonly flow: Flow;
  readonly problems: readonly FlowProblem[] | null;
  onShow(problem: FlowProblem): void;
}) {
  const { flow, problems, onShow } = props;
  const text = useText();
  const { t, formats } = text;
  const all = (problems ?? []).toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const warnings = all.length - errors;
  return (
    <section className="flow-problems" aria-label={t('flows.problems')}>
      <div className="row" role="status">
        <h2 className="strong">{t('flows.problems')}</h2>
        {errors > 0 ? <Chip tone="broken">{t('flows.problems.errors', { count: errors })}</Chip> : null}
        {warnings > 0 ? <Chip tone="waiting">{t('flows.problems.warnings', { count: warnings })}</Chip> : null}
        {all.length > 0 ? null : problems === null ? (
          <span className="text-3">{t('flows.problems.checking')}</span>
        ) : (
          <span className="row tone-ready">
            <CircleCheck className="icon" aria-hidden="true" />
            {t('flows.problems.none')}
          </span>
        )}
      </div>
      {all.length > 0 ? (
        <ul>
          {all.map((problem, index) => {
            const { whose, what } = problemText(text, flow, problem);
            const of = t('flows.problems.of', { whose });
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a problem has no name of its own
              <li key={index}>
                <TriangleAlert
                  className={classes('icon', problem.severity === 'error' ? 'tone-broken' : 'tone-waiting')}
                  aria-label={t(problem.severity === 'error' ? 'flows.problems.errors' : 'flows.problems.warnings', { count: 1 })}
                />
                <span className="cut" title={`${of}${formats.gap}${what}`}>
                  <b className="medium">{of}</b>
                  {formats.gap}
                  {what}
                </span>
                {problem.nodeId === null && !Object.hasOwn(flowFields, problem.field ?? '') ? null : (
                  <button
                    type="button"
                    className="flow-link"
                    aria-label={`${t('flows.problems.show')}: ${whose}, ${what}`}
                    onClick={() => onShow(problem)}
                  >
                    {t('flows.problems.show')}
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      ) : null}
    </section>
  );
}
