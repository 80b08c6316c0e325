import { Coffee, Headset, MicOff, PhoneOff, Unplug } from 'lucide-react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, Button, EmptyState, Kbd } from '../../ui/index.ts';
import './idle.css';

type IdleActions = Readonly<Record<'agent.available' | 'agent.why' | 'call.answer' | 'app.palette' | 'app.keys', Action>>;

export function Idle({ stores, actions }: { readonly stores: Stores; readonly actions: IdleActions }) {
  const { t } = useText();
  const agent = useStore(stores.desk, (desk) => desk.agent);
  const { bridge, phone, microphone } = useStore(stores.connection);
  const available = actions['agent.available'];
  const why = actions['agent.why'];
  const whyNothing = (
    <Button kind="quiet" size="small" disabled={!why.isEnabled} shortcut={why.shortcut} onClick={why.perform}>
      {t('idle.why')}
    </Button>
  );
  const become = available.isEnabled ? (
    <Button kind="primary" shortcut={available.shortcut} onClick={available.perform}>
      {t('idle.becomeAvailable')}
    </Button>
  ) : undefined;

  const state = (() => {
    if (bridge === 'lost')
      return (
        <div role="alert">
          <EmptyState icon={Unplug} title={t('idle.offlineTitle')}>
            {t('idle.offlineText')}
          </EmptyState>
        </div>
      );
    if (!agent)
      return (
        <EmptyState icon={Headset} title={t('idle.noCallsTitle')}>
          {t('idle.noCallsText')}
        </EmptyState>
      );
    const isOnDesk = phone === 'desk';
    if (isOnDesk && agent.workState === 'notReachable')
      return (
        <EmptyState icon={PhoneOff} title={t('idle.deskPhoneTitle')}>
          {t('idle.deskPhoneText')}
        </EmptyState>
      );
    if (!isOnDesk && (microphone === 'blocked' || microphone === 'missing'))
      return (
        <EmptyState icon={MicOff} title={t('idle.microphoneTitle')} action={become}>
          {t('idle.microphoneText')}
        </EmptyState>
      );
    if (!isOnDesk && phone !== 'registered')
      return (
        <EmptyState icon={PhoneOff} title={t('idle.phoneTitle')}>
          {t('idle.phoneText')}
        </EmptyState>
      );
    if (agent.presence === 'available')
      return (
        <EmptyState
          icon={Headset}
          title={t('idle.readyTitle')}
          action={
            <div>
              <IdleKeys listed={[...(isOnDesk ? [] : [actions['call.answer']]), actions['app.palette'], actions['app.keys']]} />
              <div className="idle-ask">{whyNothing}</div>
            </div>
          }
        >
          {t(isOnDesk ? 'idle.deskReadyText' : 'idle.readyText')}
        </EmptyState>
      );
    const text =
      agent.notReadyReason === 'noAnswer'
        ? t('idle.noAnswerText')
        : agent.notReadyReason === 'deviceUnreachable'
          ? t('idle.deviceText')
          : t('idle.awayText');
    return (
      <EmptyState icon={Coffee} title={t('idle.awayTitle')} action={become}>
        {text}
      </EmptyState>
    );
  })();

  return <div className="idle">{state}</div>;
}

/** The keys to remember, while there is time to. */
function IdleKeys({ listed }: { readonly listed: readonly Action[] }) {
  return (
    <ul className="idle-keys small text-3">
      {listed.map(({ id, label, shortcut }) => (
        <li key={id} className="row">
          {shortcut ? <Kbd keys={shortcut} /> : null}
          {label}
        </li>
      ))}
    </ul>
  );
}
