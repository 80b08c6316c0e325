import { ArrowLeftRight, ArrowRightToLine, Check, CircleDot, CirclePause, Mic, MicOff, Phone, Play, Users } from 'lucide-react';
import { type ReactNode, type RefObject, useRef } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import { currentCall, interactionIdOf, linesOf, ringingCall, type Stores } from '../../stores/index.ts';
import { type Action, CallControl, CallSlot, HangUp, Keys, PauseBars } from '../../ui/index.ts';
import { Keypad } from './Keypad.tsx';
import { IdleLine, Line } from './Line.tsx';
import { Quality } from './Quality.tsx';
import { type NotReadyChoice, type StateActions, StateSwitch } from './StateSwitch.tsx';
import './call-bar.css';

export type CallBarActions = StateActions &
  Readonly<
    Record<
      | 'call.answer'
      | 'call.mute'
      | 'call.hold'
      | 'call.keypad'
      | 'call.transfer'
      | 'call.conference'
      | 'call.pauseRecording'
      | 'call.end'
      | 'devices.open',
      Action
    >
  >;

/** More cannot be told apart at a glance; the work list has them all. */
const linesShown = 2;

export interface CallBarProps {
  readonly stores: Stores;
  readonly actions: CallBarActions;
  readonly notReady: readonly NotReadyChoice[];
  onDigit(digit: string): void;
  readonly devices: (anchor: RefObject<HTMLElement | null>) => ReactNode;
}

export function CallBar({ stores, actions, notReady, onDigit, devices }: CallBarProps) {
  const { t } = useText();
  const keypad = useRef<HTMLButtonElement>(null);
  const desk = useStore(stores.desk);
  const live = currentCall(desk);
  const lines = linesOf(desk);
  const isSupervising = useStore(stores.desk, (desk) => desk.supervising !== null);
  const isMuted = useStore(stores.call, (call) => call.isMuted);
  const isHeld = live?.kind === 'talking' && live.item.call.state === 'held';
  const isRinging = live?.kind === 'ringing';
  const isMessage = live?.kind === 'talking' && Boolean(live.item.call.message);
  const isSomebodyRinging = ringingCall(desk) !== null;
  const isPaused = live?.kind === 'talking' && live.item.call.recording?.state === 'paused';
  // A telephone on the desk is answered by lifting it.
  const isAnsweredHere = useStore(stores.connection, (connection) => connection.phone !== 'desk');
  return (
    <section className="call-bar" data-tips="below" aria-label={t('call.label')}>
      <StateSwitch stores={stores} actions={actions} notReady={notReady} />
      <div className="lines">
        {lines.length === 0 ? <IdleLine stores={stores} /> : null}
        {lines.slice(0, linesShown).map((work, at) => (
          <Line
            key={interactionIdOf(work)}
            stores={stores}
            work={work}
            number={at + 1}
            isCurrent={live !== null && interactionIdOf(live) === interactionIdOf(work)}
          />
        ))}
      </div>
      <div className="call-controls">
        <CallSlot
          kind="answer"
          icon={isSomebodyRinging || !actions['call.answer'].isEnabled ? Phone : ArrowLeftRight}
          action={actions['call.answer']}
          state={isSomebodyRinging && isAnsweredHere ? 'solid' : actions['call.answer'].isEnabled ? 'soft' : 'empty'}
        />
        <CallControl icon={isMuted ? MicOff : Mic} action={actions['call.mute']} state={isMuted ? 'on' : 'ready'} />
        <CallControl icon={isHeld ? Play : PauseBars} action={actions['call.hold']} state={isHeld ? 'held' : 'ready'} />
        <CallControl ref={keypad} icon={Keys} action={actions['call.keypad']} />
        <CallControl icon={ArrowRightToLine} action={actions['call.transfer']} />
        <CallControl icon={Users} action={actions['call.conference']} />
        <CallControl
          icon={isPaused ? CircleDot : CirclePause}
          action={actions['call.pauseRecording']}
          state={isPaused ? 'held' : 'ready'}
        />
        <CallSlot
          kind="end"
          icon={isMessage ? Check : HangUp}
          action={actions['call.end']}
          state={live === null ? (isSupervising ? 'soft' : 'empty') : isMessage ? 'quiet' : isRinging ? 'soft' : 'solid'}
        />
      </div>
      <Quality stores={stores} open={actions['devices.open']} devices={devices} />
      <Keypad stores={stores} anchor={keypad} onDigit={onDigit} />
    </section>
  );
}
