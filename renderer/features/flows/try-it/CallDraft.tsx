import { Phone } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../../i18n/index.ts';
import type { LoginFailure } from '../../../stores/index.ts';
import { Button, Dialog, HangUp, useSecond } from '../../../ui/index.ts';
import type { FlowRunDeeds, PlaceTryCall, TryCall, TryCallState } from '../run-deeds.ts';
import { isKey, KeyPad } from './KeyPad.tsx';

const openForMs = 600_000;

export interface CallDraftProps {
  readonly flowId: string;
  readonly openTry: FlowRunDeeds['openTry'];
  readonly placeCall: PlaceTryCall;
  onClose(): void;
}

type Opened =
  | { readonly phase: 'asked' }
  | { readonly phase: 'open'; readonly number: string; readonly until: number }
  | { readonly phase: 'failed'; readonly code: LoginFailure };

/** A number behind which the draft answers for ten minutes, and the own phone to call it with. */
export function CallDraft({ flowId, openTry, placeCall, onClose }: CallDraftProps) {
  const { t, formats } = useText();
  const [opened, setOpened] = useState<Opened>({ phase: 'asked' });
  const [call, setCall] = useState<TryCallState | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const line = useRef<TryCall | null>(null);
  const now = useSecond(0);

  const ask = async () => {
    setOpened({ phase: 'asked' });
    const outcome = await openTry(flowId);
    setOpened(
      outcome.ok ? { phase: 'open', number: outcome.value, until: Date.now() + openForMs } : { phase: 'failed', code: outcome.code },
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is opened
  useEffect(() => {
    void ask();
    return () => line.current?.hangUp();
  }, []);

  const isUp = call === 'calling' || call === 'talking';
  const press = (key: string) => line.current?.press(key);
  const dial = (number: string) => {
    setCall('calling');
    line.current = placeCall?.(number, setCall) ?? null;
  };
  const leftMs = opened.phase === 'open' ? opened.until - now : 0;

  return (
    <Dialog
      title={t('flowRuns.callDraft')}
      isOpen
      onClose={onClose}
      footer={
        isUp ? (
          <Button kind="end" icon={HangUp} onClick={() => line.current?.hangUp()}>
            {t('flowRuns.hangUp')}
          </Button>
        ) : (
          <Button onClick={onClose}>{t('flows.close')}</Button>
        )
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the keyboard are keys of the telephone wherever in it the focus is */}
      <div
        className="try-call"
        onKeyDown={({ key, ctrlKey, altKey, metaKey }) => {
          if (!isKey(key) || ctrlKey || altKey || metaKey || call !== 'talking') return;
          setTyped(key);
          press(key);
        }}
        onKeyUp={() => setTyped(null)}
      >
        {opened.phase === 'asked' ? <p className="text-2">{t('flowRuns.call.asking')}</p> : null}
        {opened.phase === 'failed' ? <p className="tone-broken">{t(`failure.${opened.code}`)}</p> : null}
        {opened.phase === 'open' && leftMs <= 0 && !isUp ? (
          <>
            <p className="text-2">{t('flowRuns.call.over')}</p>
            <Button onClick={() => void ask()}>{t('flowRuns.call.another')}</Button>
          </>
        ) : null}
        {opened.phase === 'open' && (leftMs > 0 || isUp) ? (
          <>
            <p className="text-2">{t('flowRuns.call.text')}</p>
            <p className="try-number figures strong">{opened.number}</p>
            <p className="small text-3 figures">
              {leftMs > 0 ? t('flowRuns.call.left', { clock: formats.clock(leftMs) }) : t('flowRuns.call.over')}
            </p>
            {placeCall ? (
              <>
                <p className="small" role="status">
                  {call === null ? '' : t(`flowRuns.call.${call}`)}
                </p>
                {isUp ? null : (
                  <Button kind="answer" icon={Phone} onClick={() => dial(opened.number)}>
                    {t('flowRuns.call.here')}
                  </Button>
                )}
                {isUp ? <KeyPad isOff={call !== 'talking'} pressed={typed} onKey={press} /> : null}
              </>
            ) : (
              <p className="small text-3">{t('flowRuns.call.noPhone')}</p>
            )}
          </>
        ) : null}
      </div>
    </Dialog>
  );
}
