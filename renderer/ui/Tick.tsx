import type { ComponentProps } from 'react';
import { classes } from './tone.ts';
import './tick.css';

export interface TickProps extends Omit<ComponentProps<'input'>, 'type' | 'ref'> {
  /** It stands for several, and some of them are chosen. */
  readonly isPartly?: boolean;
}

/** A box to tick, beside its words in one `label` or named by `aria-label`. */
export function Tick({ isPartly = false, className, ...rest }: TickProps) {
  return (
    <input
      type="checkbox"
      ref={(box) => {
        if (box) box.indeterminate = isPartly;
      }}
      className={classes('tick', className)}
      {...rest}
    />
  );
}
