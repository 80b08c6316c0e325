import { ArrowUpRight, CircleHelp, GripVertical, type LucideIcon, Mic, MicOff, Phone, Play } from 'lucide-react';
import type { ClockedLine, OutsideState, OutsideWish, RunningClock, StripControl } from '../../../shared/contracts/outside.ts';
import { formatsOf } from '../../i18n/index.ts';
import { classes, Dot, HangUp, Keys, PauseBars, useNow } from '../../ui/index.ts';
import './strip.css';

const signs: Readonly<Record<Exclude<StripControl['sign'], 'finish'>, LucideIcon>> = {
  answer: Phone,
  end: HangUp,
  mute: Mic,
  muted: MicOff,
  hold: PauseBars,
  resume: Play,
  dial: Keys,
  show: ArrowUpRight,
  help: CircleHelp,
};

export interface StripProps {
  readonly state: OutsideState;
  onWish(wish: OutsideWish): void;
  onMenu(): void;
}

/** Six states in one place: where a thing stands does not depend on what is shown. Answer and End never share a place. */
export function Strip({ state, onWish, onMenu }: StripProps) {
  const now = useNow(0);
  const { tone, name, detail, title, line, lineTone, clock, offer, controls, labels, isRecording, flashes } = state;
  return (
    <section className={classes('strip', offer && 'is-ringing', offer && flashes && 'is-flashing')} aria-label={labels.strip}>
      <span className="strip-grip" title={labels.move}>
        <GripVertical className="icon icon-small" aria-hidden="true" />
      </span>
      <button type="button" className="strip-state" title={labels.states} onClick={onMenu}>
        <Dot tone={tone} />
        <span className="sr-only">{labels.states}</span>{' '}
        <span className="strip-lines">
          <span className={classes('cut medium', `tone-${tone}`)}>{name}</span>
          <span className={classes('cut small figures', isRecording ? 'strip-recording' : 'text-3')}>{text(detail, now)}</span>
        </span>
      </button>
      <div className="strip-middle" role="status">
        <span className="strip-lines">
          <span className="cut medium" title={title}>
            {title}
          </span>
          <span className={classes('cut small figures', lineTone === 'plain' ? 'text-3' : `medium tone-${lineTone}`)}>
            {text(line, now)}
          </span>
        </span>
        {clock ? <Clock clock={clock} tone={tone} now={now} /> : null}
      </div>
      <div className="strip-controls">
        {controls.map((control) => (
          <Control key={control.action} control={control} onPress={() => onWish({ kind: 'action', action: control.action })} />
        ))}
      </div>
      {offer ? <progress className="strip-offer" aria-hidden="true" max={1} value={left(offer, now)} /> : null}
    </section>
  );
}

/** What runs changes in silence: whoever has it read out hears who it is, not every second. */
function Clock({ clock, tone, now }: { readonly clock: RunningClock; readonly tone: OutsideState['tone']; readonly now: number }) {
  return (
    <span className={classes('strip-clock figures', `tone-${tone}`)} role="timer" aria-live="off">
      {clockText(clock, now)}
    </span>
  );
}

function Control({ control, onPress }: { readonly control: StripControl; onPress(): void }) {
  const { sign, look, label, isEnabled } = control;
  const Sign = sign === 'finish' ? null : signs[sign];
  return (
    <button
      type="button"
      className={classes('strip-control', `is-${look}`)}
      title={Sign ? label : undefined}
      aria-label={Sign ? label : undefined}
      aria-pressed={look === 'on' || look === 'held' ? true : undefined}
      disabled={!isEnabled}
      onClick={onPress}
    >
      {Sign ? <Sign className="icon" aria-hidden="true" /> : label}
    </button>
  );
}

/** A clock is the same in both languages. */
const formats = formatsOf('en');

function clockText({ at, runs }: RunningClock, now: number): string {
  return formats.clock(Math.max(0, runs === 'up' ? now - at : at - now));
}

function text({ before, clock, after }: ClockedLine, now: number): string {
  return clock ? `${before}${clockText(clock, now)}${after}` : before;
}

/** Of the time an offer has, what is left: 1 to 0. */
function left({ from, until }: { readonly from: number; readonly until: number }, now: number): number {
  return until <= from ? 0 : Math.min(1, Math.max(0, (until - now) / (until - from)));
}
