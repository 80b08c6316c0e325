import { useEffect, useState } from 'react';
import { useText } from '../../../i18n/index.ts';
import type { LoginFailure } from '../../../stores/index.ts';
import { Button, Dialog, useSecond } from '../../../ui/index.ts';
import type { FlowRunDeeds } from '../run-deeds.ts';
import { OwnCall } from './OwnCall.tsx';

const openForMs = 600_000;

export interface CallDraftProps {
  readonly flowId: string;
  readonly deeds: Pick<FlowRunDeeds, 'openTry' | 'callDraft'>;
  onClose(): void;
}

type Opened =
  | { readonly phase: 'asked' }
  | { readonly phase: 'open'; readonly number: string; readonly until: number }
  | { readonly phase: 'failed'; readonly code: LoginFailure };

/** The draft called from this screen, and a number behind which it answers the phones of the house for ten minutes. */
export function CallDraft({ flowId, deeds, onClose }: CallDraftProps) {
  const { t, formats } = useText();
  const [opened, setOpened] = useState<Opened>({ phase: 'asked' });
  const now = useSecond(0);

  const ask = async () => {
    setOpened({ phase: 'asked' });
    const outcome = await deeds.openTry(flowId);
    setOpened(
      outcome.ok ? { phase: 'open', number: outcome.value, until: Date.now() + openForMs } : { phase: 'failed', code: outcome.code },
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is opened
  useEffect(() => void ask(), []);

  // The second that is shown began before the number was given.
  const leftMs = opened.phase === 'open' ? Math.min(openForMs, opened.until - now) : 0;
  return (
    <Dialog title={t('flowRuns.callDraft')} isOpen onClose={onClose} footer={<Button onClick={onClose}>{t('flows.close')}</Button>}>
      <OwnCall flowId={flowId} callDraft={deeds.callDraft} />
      <div className="try-call">
        {opened.phase === 'asked' ? <p className="text-2">{t('flowRuns.call.asking')}</p> : null}
        {opened.phase === 'failed' ? <p className="tone-broken">{t(`failure.${opened.code}`)}</p> : null}
        {opened.phase === 'open' && leftMs <= 0 ? (
          <>
            <p className="text-2">{t('flowRuns.call.over')}</p>
            <Button onClick={() => void ask()}>{t('flowRuns.call.another')}</Button>
          </>
        ) : null}
        {opened.phase === 'open' && leftMs > 0 ? (
          <>
            <p className="text-2">{t('flowRuns.call.text')}</p>
            <p className="try-number figures strong">{opened.number}</p>
            <p className="small text-3 figures">{t('flowRuns.call.left', { clock: formats.clock(leftMs) })}</p>
          </>
        ) : null}
      </div>
    </Dialog>
  );
}
