import { Phone, PhoneOff } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useText } from '../../../i18n/index.ts';
import { Button, useSecond } from '../../../ui/index.ts';
import type { DraftCall, DraftCallState, FlowRunDeeds } from '../run-deeds.ts';
import { isKey, KeyPad } from './KeyPad.tsx';

const ownWords = ['noMicrophone', 'notRegistered', 'notReached', 'inCall'] as const;
type OwnWord = (typeof ownWords)[number];
const hasOwnWord = (why: string): why is OwnWord => (ownWords as readonly string[]).includes(why);

/** The draft called with the phone of this screen: a clock, a keypad, and the way out. Leaving it hangs up. */
export function OwnCall({ flowId, callDraft }: { readonly flowId: string; readonly callDraft: FlowRunDeeds['callDraft'] }) {
  const { t, formats } = useText();
  const [state, setState] = useState<DraftCallState | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const call = useRef<DraftCall | null>(null);
  const now = useSecond(0);
  useEffect(() => () => call.current?.hangUp(), []);

  const phase = state?.phase ?? null;
  const isOn = phase === 'preparing' || phase === 'ringing' || phase === 'connected';
  const isConnected = phase === 'connected';

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { key, ctrlKey, altKey, metaKey } = event;
    if (!isConnected || !isKey(key) || ctrlKey || altKey || metaKey || event.repeat) return;
    event.preventDefault();
    setTyped(key);
    call.current?.press(key);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the keyboard are keys of the telephone wherever in it the focus is
    <div className="try-own-call" onKeyDown={onKeyDown} onKeyUp={() => setTyped(null)} onBlur={() => setTyped(null)}>
      <p role="status">
        {state === null ? <span className="text-2">{t('flowRuns.own.text')}</span> : null}
        {state?.phase === 'failed' ? (
          <span className="tone-broken">{hasOwnWord(state.why) ? t(`flowRuns.own.${state.why}`) : t(`failure.${state.why}`)}</span>
        ) : null}
        {phase === 'preparing' || phase === 'ringing' || phase === 'connected' || phase === 'ended' ? t(`flowRuns.own.${phase}`) : null}
      </p>
      {state?.phase === 'connected' ? (
        <>
          <p className="figures strong tone-accent">
            <span className="sr-only">{t('flowRuns.length')} </span>
            {formats.clock(Math.max(0, now - state.since))}
          </p>
          <KeyPad isOff={false} pressed={typed} onKey={(key) => call.current?.press(key)} />
        </>
      ) : null}
      {isOn ? (
        <Button key="hangUp" kind="end" icon={PhoneOff} autoFocus onClick={() => call.current?.hangUp()}>
          {t('flowRuns.hangUp')}
        </Button>
      ) : (
        <Button key="call" kind="primary" icon={Phone} autoFocus onClick={() => (call.current = callDraft(flowId, setState))}>
          {t(state === null ? 'flowRuns.own.call' : 'flowRuns.own.again')}
        </Button>
      )}
    </div>
  );
}
