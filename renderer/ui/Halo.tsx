import type { LucideIcon } from 'lucide-react';
import { Dot } from './Chip.tsx';
import { classes, type Tone } from './tone.ts';
import './halo.css';

/** A state as a dot on its soft ground. */
export function Halo({ tone }: { readonly tone: Tone }) {
  return (
    <span className={classes('halo', `halo-${tone}`)} aria-hidden="true">
      <Dot tone={tone} />
    </span>
  );
}

/** The one repeating motion of the desktop: something rings. Reduced motion leaves a still ring. */
export function RingingHalo({ icon: Icon }: { readonly icon: LucideIcon }) {
  return (
    <span className="ringing-halo" aria-hidden="true">
      <i />
      <Icon className="icon" />
    </span>
  );
}
