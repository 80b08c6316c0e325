import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from './tone.ts';
import './field.css';

export interface FieldProps extends ComponentProps<'input'> {
  readonly label: string;
  readonly problem?: string | null;
  readonly after?: ReactNode;
}

/** A labelled line of text. The problem is told below it and to screen readers. */
export function Field({ label, problem, after, id, className, ...rest }: FieldProps) {
  const ownId = useId();
  const inputId = id ?? ownId;
  return (
    <div className={classes('labelled', className)}>
      <label className="label" htmlFor={inputId}>
        {label}
      </label>
      <div className="field">
        <input
          id={inputId}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${inputId}-problem` : undefined}
          {...rest}
        />
        {after}
      </div>
      {problem ? (
        <p id={`${inputId}-problem`} className="field-problem small">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

/** Text of many lines, read aloud or written at length. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={classes('text-area', className)} {...rest} />;
}
