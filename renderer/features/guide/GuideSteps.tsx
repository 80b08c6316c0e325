import { CircleCheck } from 'lucide-react';
import { stepOf, stepsAhead } from '../../../shared/guide-steps.ts';
import { useText } from '../../i18n/index.ts';
import type { GuideAtContact } from '../../stores/index.ts';
import { classes } from '../../ui/index.ts';

/** Done, now, to come: what was passed can be gone back to; what is to come is as far as the answers tell. */
export function GuideSteps({
  open,
  onGoTo,
}: {
  readonly open: Pick<GuideAtContact, 'guide' | 'run' | 'finished' | 'readAlong'>;
  onGoTo(stepId: string): void;
}) {
  const { t, formats } = useText();
  const { guide, run, finished, readAlong } = open;
  const titleOf = (stepId: string) => stepOf(guide, stepId)?.title[formats.language] ?? stepId;
  return (
    <ol className="guide-steps" aria-label={t('guide.steps')}>
      {run.path.map((stepId, index) => {
        const isNow = index === run.path.length - 1 && !run.isAtEnd;
        return (
          <li key={stepId} className={classes('guide-step', isNow ? 'is-now' : 'is-done')} aria-current={isNow ? 'step' : undefined}>
            <button type="button" disabled={isNow || finished !== null || readAlong !== null} onClick={() => onGoTo(stepId)}>
              {isNow ? <i className="guide-mark" aria-hidden="true" /> : <CircleCheck className="icon guide-passed" aria-hidden="true" />}
              <span className="cut">{titleOf(stepId)}</span>
              {isNow ? null : <span className="sr-only">{t('guide.done')}</span>}
            </button>
          </li>
        );
      })}
      {stepsAhead(guide, run).map((stepId) => (
        <li key={stepId} className="guide-step">
          <span className="guide-ahead">
            <i className="guide-mark" aria-hidden="true" />
            <span className="cut">{titleOf(stepId)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
