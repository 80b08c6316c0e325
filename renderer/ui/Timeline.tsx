import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './tone.ts';
import './timeline.css';

export interface TimelineEntry {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly when: ReactNode;
  /** What belongs to it and is more than words. */
  readonly below?: ReactNode;
}

/** What happened, newest first, joined by a thread. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  return (
    <ol className="timeline">
      {entries.map(({ id, icon: Icon, title, detail, when, below }) => (
        <li key={id}>
          <span className="timeline-point">
            <Icon className="icon" aria-hidden="true" />
          </span>
          <div className="timeline-body">
            <div className="timeline-title">{title}</div>
            {detail ? <p>{detail}</p> : null}
          </div>
          <span className="timeline-when">{when}</span>
          {below ? <div className="timeline-below">{below}</div> : null}
        </li>
      ))}
    </ol>
  );
}

export interface PathStep {
  readonly id: string;
  readonly time: string;
  readonly text: ReactNode;
  /** A key the caller pressed, drawn as one. */
  readonly pressed?: string | null;
  readonly detail?: ReactNode;
  readonly tone?: 'plain' | 'good' | 'now' | 'missed';
}

/** The way a caller took through the menu, step by step. */
export function Path({ steps }: { readonly steps: readonly PathStep[] }) {
  return (
    <ol className="path">
      {steps.map((step) => (
        <li key={step.id} className={classes('path-step', step.tone && step.tone !== 'plain' && `is-${step.tone}`)}>
          <span className="path-time">{step.time}</span>
          <span className="path-node" aria-hidden="true">
            <i />
          </span>
          <span className="path-text">
            {step.pressed ? <span className="path-key">{step.pressed}</span> : null}
            <span className="cut">{step.text}</span>
            {step.detail ? <span className="cut text-3">{step.detail}</span> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
