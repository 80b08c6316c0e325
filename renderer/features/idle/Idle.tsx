import { Coffee, Headset, MicOff, PhoneOff, Unplug } from 'lucide-react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, Button, EmptyState } from '../../ui/index.ts';
import './idle.css';

export function Idle({ stores, actions }: { readonly stores: Stores; readonly actions: Readonly<Record<'agent.available', Action>> }) {
  const { t } = useText();
  const agent = useStore(stores.desk, (desk) => desk.agent);
  const { bridge, phone, microphone } = useStore(stores.connection);
  const available = actions['agent.available'];
  const become = available.isEnabled ? (
    <Button kind="primary" onClick={available.perform}>
      {t('idle.becomeAvailable')}
    </Button>
  ) : undefined;

  const state = (() => {
    if (bridge === 'lost')
      return (
        <EmptyState icon={Unplug} title={t('idle.offlineTitle')}>
          {t('idle.offlineText')}
        </EmptyState>
      );
    if (!agent)
      return (
        <EmptyState icon={Headset} title={t('idle.noCallsTitle')}>
          {t('idle.noCallsText')}
        </EmptyState>
      );
    if (microphone === 'blocked' || microphone === 'missing')
      return (
        <EmptyState icon={MicOff} title={t('idle.microphoneTitle')} action={become}>
          {t('idle.microphoneText')}
        </EmptyState>
      );
    if (phone !== 'registered')
      return (
        <EmptyState icon={PhoneOff} title={t('idle.phoneTitle')}>
          {t('idle.phoneText')}
        </EmptyState>
      );
    if (agent.presence === 'available')
      return (
        <EmptyState icon={Headset} title={t('idle.readyTitle')}>
          {t('idle.readyText')}
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
