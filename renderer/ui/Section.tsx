import type { ReactNode } from 'react';
import { classes } from './tone.ts';
import './section.css';

export interface SectionProps {
  readonly title?: ReactNode;
  readonly more?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A titled part of a pane. What stands at the right of the title belongs to all of it. */
export function Section({ title, more, className, children }: SectionProps) {
  return (
    <section className={classes('section', className)}>
      {title === undefined ? null : (
        <div className="section-head">
          <h3>{title}</h3>
          {more === undefined ? null : <span className="section-more">{more}</span>}
        </div>
      )}
      {children}
    </section>
  );
}

/** Name and value pairs. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
