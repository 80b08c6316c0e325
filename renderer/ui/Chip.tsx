import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes, type Tone } from './tone.ts';
import './chip.css';

export interface ChipProps {
  readonly tone?: Tone | 'accent' | 'plain' | 'outlined';
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
}

/** A word with a ground: a state, a tier, a number that belongs to the line it stands on. */
export function Chip({ tone = 'plain', icon: Icon, children }: ChipProps) {
  return (
    <span className={classes('chip', tone !== 'plain' && `chip-${tone}`)}>
      {Icon ? <Icon className="icon icon-small" aria-hidden="true" /> : null}
      {children}
    </span>
  );
}

/** A count beside a title. */
export function Badge({ count, isAccent = false }: { readonly count: number; readonly isAccent?: boolean }) {
  return <span className={classes('badge', isAccent && 'badge-accent')}>{count}</span>;
}

export function Dot({ tone }: { readonly tone: Tone }) {
  return <span className={classes('dot', `dot-${tone}`)} aria-hidden="true" />;
}
