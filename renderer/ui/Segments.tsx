import { type ReactNode, useId } from 'react';
import { classes } from './tone.ts';
import './segments.css';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
}

/** One of a few, in sight. Native radio buttons underneath, so that arrow keys and screen readers know it. */
export function Segments<Value extends string>(props: {
  readonly label: string;
  readonly segments: readonly Segment<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="segments">
      <legend className="sr-only">{props.label}</legend>
      {props.segments.map(({ value, label }) => (
        <label key={value} className={classes('segment', value === props.value && 'is-on')}>
          <input type="radio" name={name} className="sr-only" checked={value === props.value} onChange={() => props.onChange(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
