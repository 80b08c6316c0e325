import { type ComponentProps, useId } from 'react';
import { classes } from './tone.ts';
import './field.css';

export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

/** One of many, by the control that every keyboard and screen reader knows. */
export function Select<Value extends string>({
  label,
  choices,
  value,
  onChange,
  className,
  id,
  ...rest
}: Omit<ComponentProps<'select'>, 'onChange' | 'value'> & {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}) {
  const ownId = useId();
  return (
    <div className={classes('labelled', className)}>
      <label className="label" htmlFor={id ?? ownId}>
        {label}
      </label>
      <div className="field">
        <select id={id ?? ownId} value={value} onChange={({ target }) => onChange(target.value as Value)} {...rest}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
