import type { ReactNode } from 'react';
import { classes } from '../../ui/index.ts';
import type { Setting } from './form.ts';
import { Problem } from './settings.tsx';

/** What settings that are lists have in common. */

export interface ListProps {
  readonly at: string;
  readonly label: string;
}

/** The list under its name, with what is wrong in it below. */
export function ListSetting(props: { readonly setting: Setting<unknown>; readonly label: string; readonly children: ReactNode }) {
  const { setting, label, children } = props;
  return (
    <fieldset className="flow-lines" id={setting.id}>
      <legend className="label">{label}</legend>
      {children}
      <Problem setting={setting} />
    </fieldset>
  );
}

/** A name that programs read: of a fact, of a header, within an answer. */
export function CodeField(props: {
  readonly label: string;
  readonly value: string;
  readonly isReadOnly: boolean;
  /** The id of a list to choose from. */
  readonly list?: string;
  readonly placeholder?: string;
  readonly isWide?: boolean;
  put(value: string): void;
}) {
  const { label, value, isReadOnly, list, placeholder, isWide = false, put } = props;
  return (
    <div className={classes('field flow-control', isWide && 'grow')}>
      <input
        aria-label={label}
        className="flow-code"
        list={list}
        placeholder={placeholder}
        value={value}
        readOnly={isReadOnly}
        spellCheck={false}
        onChange={({ target }) => put(target.value)}
      />
    </div>
  );
}
