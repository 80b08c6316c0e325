import { Waypoints } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { TraceStep } from '../../../../shared/contracts/ivr/trace.ts';
import { useText } from '../../../i18n/index.ts';
import { Button } from '../../../ui/index.ts';
import type { Answered, FlowRunDeeds } from '../run-deeds.ts';
import { PathOfCall } from './PathOfCall.tsx';

/** On a call of the timeline: opens the caller's way through the IVR in its place. Read when it is opened for the first time. */
export function CallTrace({ interactionId, readTrace }: { readonly interactionId: string; readonly readTrace: FlowRunDeeds['readTrace'] }) {
  const { t } = useText();
  const [isOpen, setIsOpen] = useState(false);
  const [answer, setAnswer] = useState<Answered<readonly TraceStep[]> | null>(null);
  const isWanted = isOpen && answer === null;
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    void readTrace(interactionId).then((outcome) => isCurrent && setAnswer(outcome));
    return () => {
      isCurrent = false;
    };
  }, [isWanted, interactionId, readTrace]);
  return (
    <div className="call-trace">
      <Button
        size="small"
        kind="quiet"
        icon={Waypoints}
        aria-expanded={isOpen}
        onClick={() => {
          setIsOpen(!isOpen);
          // What could not be read is asked for again.
          if (answer?.ok === false) setAnswer(null);
        }}
      >
        {t('flowRuns.trace.open')}
      </Button>
      {isOpen ? (
        answer === null ? (
          <p className="small text-3" role="status">
            {t('flowRuns.trace.reading')}
          </p>
        ) : !answer.ok ? (
          <p className="small tone-broken" role="alert">
            {t(`failure.${answer.code}`)}
          </p>
        ) : answer.value.length === 0 ? (
          <p className="small text-2">{t('flowRuns.trace.none')}</p>
        ) : (
          <PathOfCall steps={answer.value} />
        )
      ) : null}
    </div>
  );
}
