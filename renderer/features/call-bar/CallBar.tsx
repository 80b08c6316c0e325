import { ArrowRightToLine, CirclePause, Mic, MicOff, Phone, Play, Users } from 'lucide-react';
import { useRef } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import { currentCall, type Stores } from '../../stores/index.ts';
import { type Action, CallControl, CallSlot, HangUp, Keys, PauseBars } from '../../ui/index.ts';
import { Keypad } from './Keypad.tsx';
import { Line } from './Line.tsx';
import { Quality } from './Quality.tsx';
import { type NotReadyChoice, type StateActions, StateSwitch } from './StateSwitch.tsx';
import './call-bar.css';

export type CallBarActions = StateActions &
  Readonly<
    Record<
      'call.answer' | 'call.mute' | 'call.hold' | 'call.keypad' | 'call.transfer' | 'call.conference' | 'call.pauseRecording' | 'call.end',
      Action
    >
  >;

export interface CallBarProps {
  readonly stores: Stores;
  readonly actions: CallBarActions;
  readonly notReady: readonly NotReadyChoice[];
  onDigit(digit: string): void;
}

export function CallBar({ stores, actions, notReady, onDigit }: CallBarProps) {
  const { t } = useText();
  const keypad = useRef<HTMLButtonElement>(null);
  const live = currentCall(useStore(stores.desk));
  const isMuted = useStore(stores.call, (call) => call.isMuted);
  const isHeld = live?.kind === 'talking' && live.item.call.state === 'held';
  const isRinging = live?.kind === 'ringing';
  // A telephone on the desk is answered by lifting it.
  const isAnsweredHere = useStore(stores.connection, (connection) => connection.phone !== 'desk');
  const later = t('call.later');
  return (
    <section className="call-bar" aria-label={t('call.label')}>
      <StateSwitch stores={stores} actions={actions} notReady={notReady} />
      <div className="lines">
        <Line stores={stores} />
      </div>
      <div className="call-controls">
        <CallSlot kind="answer" icon={Phone} action={actions['call.answer']} state={isRinging && isAnsweredHere ? 'solid' : 'empty'} />
        <CallControl icon={isMuted ? MicOff : Mic} action={actions['call.mute']} state={isMuted ? 'on' : 'ready'} />
        <CallControl icon={isHeld ? Play : PauseBars} action={actions['call.hold']} state={isHeld ? 'held' : 'ready'} />
        <CallControl ref={keypad} icon={Keys} action={actions['call.keypad']} />
        <CallControl icon={ArrowRightToLine} action={actions['call.transfer']} tip={later} />
        <CallControl icon={Users} action={actions['call.conference']} tip={later} />
        <CallControl icon={CirclePause} action={actions['call.pauseRecording']} tip={later} />
        <CallSlot kind="end" icon={HangUp} action={actions['call.end']} state={live === null ? 'empty' : isRinging ? 'soft' : 'solid'} />
      </div>
      <Quality stores={stores} />
      <Keypad stores={stores} anchor={keypad} onDigit={onDigit} />
    </section>
  );
}
