import { type ReactNode, useState } from 'react';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { meets, parseSkillExpression } from '../../../shared/skill-expression.ts';
import { type Text, useText } from '../../i18n/index.ts';
import { classes, Tick } from '../../ui/index.ts';
import { type PathTo, useField, useForm } from './form.ts';
import { entryName, expressionProblem } from './words.ts';

/** The kinds of fields a form is made of. Each is given its path; its name, value and mistake follow from it. */

export interface Option {
  readonly value: string;
  readonly label: string;
}

function Labelled(props: {
  readonly id: string;
  readonly label: string;
  readonly mistake: string | null;
  readonly hint?: string | null | undefined;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes('admin-field', props.isWide && 'is-wide')}>
      <label className="label" htmlFor={props.id}>
        {props.label}
      </label>
      {props.children}
      <Told id={props.id} mistake={props.mistake} hint={props.hint} />
    </div>
  );
}

function Told({ id, mistake, hint }: { readonly id: string; readonly mistake: string | null; readonly hint?: string | null | undefined }) {
  if (mistake)
    return (
      <p id={`${id}-mistake`} className="field-problem small">
        {mistake}
      </p>
    );
  return hint ? (
    <p id={`${id}-mistake`} className="admin-hint small text-3">
      {hint}
    </p>
  ) : null;
}

const told = (id: string, isTold: boolean, mistake: string | null) => ({
  'aria-invalid': mistake ? (true as const) : undefined,
  'aria-describedby': isTold || mistake ? `${id}-mistake` : undefined,
});

export interface LineProps {
  readonly at: string;
  readonly hint?: string;
  readonly label?: string;
  readonly isWide?: boolean;
  readonly isFixed?: boolean;
  readonly isCode?: boolean;
  readonly kind?: 'text' | 'date';
  /** What an empty line means; without it the empty text itself. */
  readonly emptyIs?: null;
  /** Beside what is typed. */
  readonly after?: ReactNode;
  readonly onChange?: (value: string) => void;
}

export function Line({
  at,
  hint,
  label,
  isWide = false,
  isFixed = false,
  isCode = false,
  kind = 'text',
  emptyIs,
  after,
  onChange,
}: LineProps) {
  const field = useField<string | null>(at);
  return (
    <Labelled id={field.id} label={label ?? field.label} mistake={field.mistake} hint={hint} isWide={isWide}>
      <div className={classes('field admin-control', (field.isReadOnly || isFixed) && 'is-fixed')}>
        <input
          id={field.id}
          className={classes(isCode && 'admin-code')}
          type={kind}
          value={field.value ?? ''}
          readOnly={field.isReadOnly || isFixed}
          autoComplete="off"
          spellCheck={false}
          {...told(field.id, hint !== undefined, field.mistake)}
          onChange={({ target }) => {
            if (onChange) onChange(target.value);
            else field.put(target.value === '' && emptyIs === null ? null : target.value);
          }}
        />
        {after}
      </div>
    </Labelled>
  );
}

/** What was typed where a number belongs: the number, nothing, or the text itself for the check to complain of. */
function numberOf(typed: string): unknown {
  const text = typed.trim();
  if (text === '') return null;
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** A number with its unit. `none` says what an empty field means where it may be empty. */
export function Quantity({
  at,
  unit,
  none,
  hint,
  label,
}: {
  readonly at: string;
  readonly unit?: string | undefined;
  readonly none?: string;
  readonly hint?: string;
  readonly label?: string;
}) {
  const field = useField<unknown>(at);
  // `1.` and `1.0` are on the way to a number and must not be rewritten under the hand.
  const [typed, setTyped] = useState('');
  const shown = numberOf(typed) === field.value ? typed : String(field.value ?? '');
  return (
    <Labelled id={field.id} label={label ?? field.label} mistake={field.mistake} hint={hint}>
      <div className={classes('field admin-control', field.isReadOnly && 'is-fixed')}>
        <input
          id={field.id}
          inputMode="decimal"
          value={shown}
          placeholder={none}
          readOnly={field.isReadOnly}
          autoComplete="off"
          {...told(field.id, hint !== undefined, field.mistake)}
          onChange={({ target }) => {
            setTyped(target.value);
            field.put(numberOf(target.value));
          }}
        />
        {unit ? <span className="text-3 small nowrap">{unit}</span> : null}
      </div>
    </Labelled>
  );
}

/** Several short texts in one line, with spaces or commas between them; `isByComma`: with commas alone, since they may have spaces themselves. */
export function Listed({
  at,
  none,
  hint,
  label,
  isByComma = false,
}: {
  at: string;
  none?: string;
  hint?: string;
  label?: string;
  isByComma?: boolean;
}) {
  const field = useField<readonly string[]>(at);
  const { mistakes } = useForm();
  const values = field.value ?? [];
  // What is being typed keeps its commas and spaces.
  const [typed, setTyped] = useState('');
  const shown = isSameList(listOf(typed, isByComma), values) ? typed : values.join(', ');
  const mistake = field.mistake ?? values.map((_value, index) => mistakes.get(`${at}/${index}`)).find(Boolean) ?? null;
  return (
    <Labelled id={field.id} label={label ?? field.label} mistake={mistake} hint={hint} isWide>
      <div className={classes('field admin-control', field.isReadOnly && 'is-fixed')}>
        <input
          id={field.id}
          className={classes(!isByComma && 'admin-code')}
          value={shown}
          placeholder={none}
          readOnly={field.isReadOnly}
          autoComplete="off"
          spellCheck={false}
          {...told(field.id, hint !== undefined, mistake)}
          onChange={({ target }) => {
            setTyped(target.value);
            field.put(listOf(target.value, isByComma));
          }}
        />
      </div>
    </Labelled>
  );
}

function listOf(typed: string, isByComma: boolean): readonly string[] {
  return typed
    .split(isByComma ? /[,，、;；\n]/ : /[\s,，、]+/)
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => other[index] === value);
}

/** One of several. `none` is the choice of nothing. What is chosen and no longer exists stays in sight. */
export function Choice({
  at,
  options,
  none,
  hint,
  label,
  onChange,
}: {
  readonly at: string;
  readonly options: readonly Option[];
  readonly none?: string;
  readonly hint?: string;
  readonly label?: string;
  readonly onChange?: (value: string) => void;
}) {
  const field = useField<string | null>(at);
  const value = field.value ?? '';
  const isKnown = value === '' || options.some((option) => option.value === value);
  return (
    <Labelled id={field.id} label={label ?? field.label} mistake={field.mistake} hint={hint}>
      <div className={classes('field admin-control', field.isReadOnly && 'is-fixed')}>
        <select
          id={field.id}
          value={value}
          disabled={field.isReadOnly}
          {...told(field.id, hint !== undefined, field.mistake)}
          onChange={({ target }) => {
            if (onChange) onChange(target.value);
            else field.put(target.value === '' ? null : target.value);
          }}
        >
          {none !== undefined || value === '' ? <option value="">{none ?? ''}</option> : null}
          {isKnown ? null : <option value={value}>{value}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </div>
    </Labelled>
  );
}

/** A sentence that is so or not. */
export function Check({ at, label, isOn, onChange }: { at: string; label?: string; isOn?: boolean; onChange?: (isOn: boolean) => void }) {
  const field = useField<unknown>(at);
  const checked = isOn ?? field.value === true;
  return (
    <label className="admin-check">
      <Tick
        id={field.id}
        checked={checked}
        disabled={field.isReadOnly}
        onChange={({ target }) => (onChange ? onChange(target.checked) : field.put(target.checked))}
      />
      <span>{label ?? field.label}</span>
    </label>
  );
}

/** Any of several, all in sight. */
export function Several({
  at,
  options,
  none,
  hint = null,
  label,
  isLabelHidden = false,
}: {
  readonly at: string;
  readonly options: readonly Option[];
  /** Said where nothing is chosen. */
  readonly none?: string;
  readonly hint?: string | null;
  readonly label?: string;
  readonly isLabelHidden?: boolean;
}) {
  const field = useField<readonly string[]>(at);
  const chosen = field.value ?? [];
  const gone = chosen.filter((value) => !options.some((option) => option.value === value));
  return (
    <fieldset className="admin-several is-wide" id={field.id} aria-describedby={field.mistake ? `${field.id}-mistake` : undefined}>
      <legend className={isLabelHidden ? 'sr-only' : 'label'}>{label ?? field.label}</legend>
      <div className="admin-several-options">
        {[...options, ...gone.map((value) => ({ value, label: value }))].map((option) => (
          <label key={option.value} className="admin-check">
            <Tick
              checked={chosen.includes(option.value)}
              disabled={field.isReadOnly}
              onChange={({ target }) =>
                field.put(target.checked ? [...chosen, option.value] : chosen.filter((value) => value !== option.value))
              }
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <Told id={field.id} mistake={field.mistake} hint={chosen.length === 0 ? (none ?? hint) : hint} />
    </fieldset>
  );
}

/** Whom a queue asks for, as text; its mistake, or how many people meet it now, stands below. */
export function Expression({ at, hint, label }: { readonly at: string; readonly hint?: string; readonly label?: string }) {
  const field = useField<string>(at);
  const text = useText();
  const { configuration } = useForm();
  const written = field.value ?? '';
  const { mistake, meeting } = judge(text, configuration, written);
  const problem = field.mistake ?? mistake;
  return (
    <div className="admin-field is-wide">
      <label className="label" htmlFor={field.id}>
        {label ?? field.label}
      </label>
      <div className={classes('field admin-control', field.isReadOnly && 'is-fixed')}>
        <input
          id={field.id}
          className="admin-code"
          value={written}
          readOnly={field.isReadOnly}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${field.id}-mistake`}
          onChange={({ target }) => field.put(target.value)}
        />
      </div>
      <p id={`${field.id}-mistake`} className={classes('small', problem ? 'field-problem' : 'admin-hint text-3')} role="status">
        {problem ?? meeting}
        {problem || !hint ? null : `${text.formats.gap}${hint}`}
      </p>
    </div>
  );
}

function judge(text: Text, configuration: Configuration, written: string): { readonly mistake: string | null; readonly meeting: string } {
  const mistake = expressionProblem(text, configuration, written);
  const parsed = parseSkillExpression(written);
  if (mistake !== null || !parsed.ok) return { mistake, meeting: '' };
  const people = configuration.users.flatMap(({ agent }) => (agent ? [agent] : []));
  const count = people.filter((agent) => meets(parsed.expression, agent.skills)).length;
  return {
    mistake: null,
    meeting: count === 0 ? text.t('admin.expression.nobody') : text.t('admin.expression.meet', { count, all: people.length }),
  };
}

/** Fields that belong together, under a title. */
export function Part({ title, note, children }: { readonly title: string; readonly note?: string; readonly children: ReactNode }) {
  return (
    <section className="admin-part">
      <h3>{title}</h3>
      {note ? <p className="small text-3 admin-part-note">{note}</p> : null}
      <div className="admin-grid">{children}</div>
    </section>
  );
}

/** The entries of a list as options, by their names. */
export function useOptions(
  section: 'orgUnits' | 'teams' | 'roles' | 'capacities' | 'hours' | 'queues' | 'dispositions' | 'skills',
): readonly Option[] {
  const text = useText();
  const { configuration } = useForm();
  return configuration[section].map((entry) => ({
    value: 'code' in entry ? entry.code : entry.id,
    label: entryName(text, section, entry),
  }));
}

/** Fields whose paths are checked against the entry they are of. */
export function fieldsOf<Whole>() {
  return {
    Line: Line as (props: Omit<LineProps, 'at'> & { readonly at: PathTo<Whole, string> }) => ReactNode,
    Quantity: Quantity as (props: Omit<Parameters<typeof Quantity>[0], 'at'> & { readonly at: PathTo<Whole, number> }) => ReactNode,
    Choice: Choice as (props: Omit<Parameters<typeof Choice>[0], 'at'> & { readonly at: PathTo<Whole, string> }) => ReactNode,
    Check: Check as (props: Omit<Parameters<typeof Check>[0], 'at'> & { readonly at: PathTo<Whole, boolean | object> }) => ReactNode,
    Listed: Listed as (props: Omit<Parameters<typeof Listed>[0], 'at'> & { readonly at: PathTo<Whole, readonly string[]> }) => ReactNode,
    Several: Several as (props: Omit<Parameters<typeof Several>[0], 'at'> & { readonly at: PathTo<Whole, readonly string[]> }) => ReactNode,
  };
}
