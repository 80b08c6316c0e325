import { Circle, CircleAlert, CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import { type CheckFinding, type CheckPart, checkMs, checkParts, type Stores } from '../../stores/index.ts';
import { Button, classes, Dialog, useNow } from '../../ui/index.ts';
import type { CheckDeeds } from './deeds.ts';
import './check.css';

export interface ShiftCheckProps {
  readonly stores: Stores;
  readonly deeds: CheckDeeds;
  /** How loud the microphone is, 0 to 1. */
  readonly level: (label: string, level: number) => ReactNode;
  /** Where another device is chosen, without leaving. */
  readonly choices: ReactNode;
}

const icons = { waiting: Circle, running: CircleDashed, good: CircleCheck, weak: TriangleAlert, bad: CircleAlert } as const;
const tones = { waiting: 'text-3', running: 'tone-accent', good: 'tone-ready', weak: 'tone-waiting', bad: 'tone-broken' } as const;

export function ShiftCheck({ stores, deeds, level, choices }: ShiftCheckProps) {
  const { t } = useText();
  const [isChanging, setIsChanging] = useState(false);
  const primary = useRef<HTMLButtonElement>(null);
  const phase = useStore(stores.check, (check) => check.phase);
  const findings = useStore(stores.check, (check) => check.findings);
  const isWell = Object.values(findings).every(({ state }) => state === 'good');
  const beside: Partial<Record<CheckPart, ReactNode>> = {
    headset: (
      <Button size="small" kind="quiet" aria-expanded={isChanging} onClick={() => setIsChanging(!isChanging)}>
        {t('check.change')}
      </Button>
    ),
    microphone: <Level stores={stores} level={level} />,
    sound: (
      <Button size="small" kind="quiet" onClick={deeds.play}>
        {t('check.play')}
      </Button>
    ),
    ringing:
      findings.ringing.word === 'notAllowed' ? (
        <Button size="small" kind="quiet" onClick={deeds.allowNotices}>
          {t('check.allow')}
        </Button>
      ) : null,
  };
  return (
    <Dialog
      title={t('check.title')}
      isOpen
      isWide
      onClose={deeds.leave}
      initialFocus={primary}
      footer={
        <>
          <span className="small text-3 grow check-note">{t('check.noFault')}</span>
          <Button onClick={deeds.start}>{t('check.again')}</Button>
          <Button ref={primary} kind="primary" shortcut="Ctrl+Enter" onClick={deeds.finish}>
            {phase === 'done' && !isWell ? t('check.availableAnyway') : t('check.available')}
          </Button>
        </>
      }
    >
      <div className="check">
        <div className="row">
          <p className="text-2 grow">{t('check.intro')}</p>
          <Elapsed stores={stores} />
        </div>
        {isChanging ? <div className="check-choices">{choices}</div> : null}
        <ol className="check-parts">
          {checkParts.map((part) => (
            <Part key={part} part={part} finding={findings[part]}>
              {beside[part]}
            </Part>
          ))}
        </ol>
      </div>
    </Dialog>
  );
}

function Part({ part, finding, children }: { readonly part: CheckPart; readonly finding: CheckFinding; readonly children: ReactNode }) {
  const { t } = useText();
  const Icon = icons[finding.state];
  return (
    <li className="check-part">
      <Icon className={classes('icon', tones[finding.state])} aria-hidden="true" />
      <div className="grow">
        <div className="medium">
          {t(`check.part.${part}`)} <span className="sr-only">{t(`check.state.${finding.state}`)}</span>
        </div>
        <p className="small text-3" aria-live="polite">
          {t(`check.found.${finding.word}`, finding.facts)}
        </p>
      </div>
      {children}
    </li>
  );
}

function Level({ stores, level }: Pick<ShiftCheckProps, 'stores' | 'level'>) {
  const { t } = useText();
  const now = useStore(stores.check, (check) => check.level);
  return <>{level(t('devices.level'), now)}</>;
}

/** Of ten seconds, in whole ones; the bar beneath is for the corner of the eye. */
function Elapsed({ stores }: Pick<ShiftCheckProps, 'stores'>) {
  const { t } = useText();
  const { phase, startedAt } = useStore(stores.check);
  const now = useNow(0);
  const seconds = phase === 'done' ? checkMs / 1_000 : Math.min(checkMs / 1_000, Math.max(0, Math.floor((now - startedAt) / 1_000)));
  return (
    <>
      <span className="small text-3 figures">{t('check.elapsed', { seconds, of: checkMs / 1_000 })}</span>
      <progress className="check-progress" aria-label={t('check.progress')} max={checkMs / 1_000} value={seconds} />
    </>
  );
}
