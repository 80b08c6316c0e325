import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import type { Action } from './action.ts';
import { tipOf } from './tip-of.ts';
import { classes } from './tone.ts';
import './call-control.css';

export interface CallControlProps {
  readonly icon: LucideIcon;
  readonly action: Action;
  /** `on` is shown inverse (muted); `held` in the waiting colour. */
  readonly state?: 'ready' | 'on' | 'held';
  readonly ref?: Ref<HTMLButtonElement>;
}

/** One control of the call bar: always there, switched off when it does not apply. It never moves. */
export function CallControl({ icon: Icon, action, state = 'ready', ref }: CallControlProps) {
  return (
    <button
      ref={ref}
      type="button"
      className={classes('call-control', state !== 'ready' && `is-${state}`)}
      disabled={!action.isEnabled}
      aria-pressed={state === 'ready' ? undefined : true}
      {...tipOf(action.label, action.shortcut)}
      onClick={action.perform}
    >
      <Icon className="icon" aria-hidden="true" />
      <span className="call-control-label">{action.label}</span>
      <span className="call-control-key" aria-hidden="true">
        {action.shortcut}
      </span>
    </button>
  );
}

export interface CallSlotProps {
  readonly kind: 'answer' | 'end';
  readonly icon: LucideIcon;
  readonly action: Action;
  /** Empty: nothing to answer or end. Soft: refusing, which is not yet ending. Quiet: done with what nobody is on the line of. */
  readonly state: 'empty' | 'solid' | 'soft' | 'quiet';
}

/** The places of Answer and End. They never share one. */
export function CallSlot({ kind, icon: Icon, action, state }: CallSlotProps) {
  return (
    <button
      type="button"
      className={classes('call-slot', `call-slot-${kind}`, `is-${state}`)}
      disabled={!action.isEnabled}
      {...tipOf(action.label, action.shortcut)}
      onClick={action.perform}
    >
      <Icon className="icon" aria-hidden="true" />
      <span>{action.label}</span>
      {state === 'empty' ? null : (
        <span className="call-slot-key" aria-hidden="true">
          {action.shortcut}
        </span>
      )}
    </button>
  );
}
