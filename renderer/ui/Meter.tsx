import { classes } from './tone.ts';
import './meter.css';

/** Four bars for a line or a connection. The word and the figure stand beside them; the bars are for the corner of the eye. */
export function Bars({ level }: { readonly level: 0 | 1 | 2 | 3 | 4 }) {
  return (
    <span className={classes('bars', `bars-${level}`)} aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </span>
  );
}

export function barsOf(value: number): 0 | 1 | 2 | 3 | 4 {
  const whole = Math.round(Math.min(4, Math.max(0, value)));
  return whole as 0 | 1 | 2 | 3 | 4;
}

/** How sure a match is: three steps and a word, never a bare percentage. */
export function Certainty({ level, children }: { readonly level: 'certain' | 'likely' | 'unknown'; readonly children: string }) {
  return (
    <span className={classes('certainty', `certainty-${level}`)}>
      <span className="certainty-steps" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {children}
    </span>
  );
}

/** Time running out, as a ring. `part` is what is left, 0 to 1. Data never animates: it steps with the clock. */
export function TimerRing({ part }: { readonly part: number }) {
  const circumference = 2 * Math.PI * 25;
  return (
    <svg className="timer-ring" viewBox="0 0 56 56" aria-hidden="true">
      <circle className="timer-ring-ground" cx="28" cy="28" r="25" />
      <circle
        className="timer-ring-left"
        cx="28"
        cy="28"
        r="25"
        transform="rotate(-90 28 28)"
        strokeDasharray={`${circumference * Math.min(1, Math.max(0, part))} ${circumference}`}
      />
    </svg>
  );
}
