import { Plus, X } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useText } from '../../i18n/index.ts';
import { Button, classes, IconButton, Tick } from '../../ui/index.ts';
import { type PromptFieldProps, type Setting, useSetting, useSettings } from './form.ts';
import { useFactList } from './use-fact-list.tsx';

/** The plain kinds of settings: lines, numbers, choices, prompts. Each is given its path; its value and its problem follow from it. */

export interface Choices {
  readonly value: string;
  readonly label: string;
}

export function Labelled(props: {
  readonly setting: Setting<unknown>;
  readonly label: string;
  /** Half a line is room enough. */
  readonly isShort?: boolean;
  readonly children: ReactNode;
}) {
  const { setting, label, isShort = false, children } = props;
  return (
    <div className={classes('flow-setting', isShort && 'is-short')}>
      <label className="label" htmlFor={setting.id}>
        {label}
      </label>
      {children}
      <Problem setting={setting} />
    </div>
  );
}

export function Problem({ setting }: { readonly setting: Setting<unknown> }) {
  return setting.problem === null ? null : (
    <p id={`${setting.id}-problem`} className="field-problem small">
      {setting.problem}
    </p>
  );
}

const told = ({ id, problem }: Setting<unknown>) => ({
  'aria-invalid': problem ? (true as const) : undefined,
  'aria-describedby': problem ? `${id}-problem` : undefined,
});

interface FieldProps {
  readonly at: string;
  readonly label: string;
}

export function LineSetting({
  at,
  label,
  isOptional = false,
  isCode = false,
  list,
}: FieldProps & { isOptional?: boolean; isCode?: boolean; list?: string }) {
  const setting = useSetting<string | null>(at);
  return (
    <Labelled setting={setting} label={label}>
      <div className="field flow-control">
        <input
          id={setting.id}
          className={classes(isCode && 'flow-code')}
          value={setting.value ?? ''}
          readOnly={setting.isReadOnly}
          autoComplete="off"
          spellCheck={false}
          list={list}
          {...told(setting)}
          onChange={({ target }) => setting.put(target.value === '' && isOptional ? null : target.value)}
        />
      </div>
    </Labelled>
  );
}

/** Names of facts are offered while one types; any other name may be typed as well. */
export function FactSetting({ at, label, isOptional = false }: FieldProps & { isOptional?: boolean }) {
  const setting = useSetting<string | null>(at);
  const { t } = useText();
  const facts = useFactList();
  return (
    <Labelled setting={setting} label={label}>
      <div className="field flow-control">
        <input
          id={setting.id}
          className="flow-code"
          value={setting.value ?? ''}
          placeholder={isOptional ? t('flows.byNumber') : undefined}
          readOnly={setting.isReadOnly}
          autoComplete="off"
          spellCheck={false}
          list={facts.id}
          {...told(setting)}
          onChange={({ target }) => setting.put(target.value === '' && isOptional ? null : target.value)}
        />
        {facts.list}
      </div>
    </Labelled>
  );
}

export function LongTextSetting({ at, label, isOptional = false }: FieldProps & { isOptional?: boolean }) {
  const setting = useSetting<string | null>(at);
  return (
    <Labelled setting={setting} label={label}>
      <textarea
        id={setting.id}
        className="text-area flow-text"
        rows={3}
        value={setting.value ?? ''}
        readOnly={setting.isReadOnly}
        {...told(setting)}
        onChange={({ target }) => setting.put(target.value === '' && isOptional ? null : target.value)}
      />
    </Labelled>
  );
}

/** A number; what is no number stays as it was typed, for the check to complain of. `scale`: how many of what is stored are one of what is told. */
export function NumberSetting(props: FieldProps & { isOptional?: boolean; unit?: string | undefined; scale?: number }) {
  const { at, label, isOptional = false, unit, scale = 1 } = props;
  const setting = useSetting<unknown>(at);
  const { t } = useText();
  const stored = (typed: string): unknown => {
    const text = typed.trim();
    if (text === '') return null;
    return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * scale) : text;
  };
  const [typed, setTyped] = useState('');
  const { value } = setting;
  const shown = stored(typed) === value ? typed : typeof value === 'number' ? String(value / scale) : String(value ?? '');
  return (
    <Labelled setting={setting} label={label} isShort>
      <div className="field flow-control">
        <input
          id={setting.id}
          inputMode="decimal"
          value={shown}
          placeholder={isOptional ? t('flows.unchanged') : undefined}
          readOnly={setting.isReadOnly}
          autoComplete="off"
          {...told(setting)}
          onChange={({ target }) => {
            setTyped(target.value);
            setting.put(stored(target.value));
          }}
        />
        {unit ? <span className="text-3 small nowrap">{unit}</span> : null}
      </div>
    </Labelled>
  );
}

/** One of several; what is chosen and no longer there stays in sight. */
export function ChoiceSetting({
  at,
  label,
  choices,
}: FieldProps & { readonly choices: readonly { value: string | null; label: string }[] }) {
  const setting = useSetting<string | null>(at);
  const value = setting.value ?? '';
  const isKnown = choices.some((choice) => (choice.value ?? '') === value);
  return (
    <Labelled setting={setting} label={label}>
      <div className="field flow-control">
        <select
          id={setting.id}
          value={value}
          disabled={setting.isReadOnly}
          {...told(setting)}
          onChange={({ target }) => setting.put(choices.find((choice) => (choice.value ?? '') === target.value)?.value ?? null)}
        >
          {isKnown ? null : <option value={value}>{value}</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value ?? ''}>
              {choice.label}
            </option>
          ))}
        </select>
      </div>
    </Labelled>
  );
}

export function YesNoSetting({ at, label }: FieldProps) {
  const setting = useSetting<boolean>(at);
  return (
    <label className="flow-check">
      <Tick
        id={setting.id}
        checked={setting.value === true}
        disabled={setting.isReadOnly}
        onChange={({ target }) => setting.put(target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

export function PromptsSetting({ at, label, isSingle = false }: FieldProps & { isSingle?: boolean }) {
  const { promptField: Given } = useSettings();
  const { formats } = useText();
  const setting = useSetting<readonly string[] | string | null>(at);
  const value = typeof setting.value === 'string' ? [setting.value] : (setting.value ?? []);
  const Field = Given ?? PlainPrompts;
  return (
    <div className="flow-setting" id={setting.id}>
      <Field
        value={value}
        onChange={(next) => setting.put(isSingle ? (next[0] ?? null) : next)}
        locale={formats.language}
        label={label}
        isSingle={isSingle}
        isReadOnly={setting.isReadOnly}
      />
      <Problem setting={setting} />
    </div>
  );
}

/** Prompts by their names alone. */
function PlainPrompts({ value, onChange, label, isSingle, isReadOnly }: PromptFieldProps) {
  const { names } = useSettings();
  const { t } = useText();
  const id = useId();
  const shown = isSingle ? [value[0] ?? ''] : value.length === 0 ? [''] : value;
  const [isAdding, setIsAdding] = useState(false);
  const lines = isAdding && !isSingle && value.length > 0 ? [...shown, ''] : shown;
  const put = (index: number, prompt: string) => {
    setIsAdding(false);
    const next = [...value];
    if (prompt === '') next.splice(index, 1);
    else next[index] = prompt;
    onChange(next);
  };
  return (
    <fieldset className="flow-lines">
      <legend className="label">{label}</legend>
      {lines.map((prompt, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same prompt may be heard twice
        <div key={index} className="row">
          <div className="field flow-control grow">
            <select
              id={`${id}-${index}`}
              aria-label={lines.length > 1 ? `${label} ${index + 1}` : label}
              value={prompt}
              disabled={isReadOnly}
              onChange={({ target }) => put(index, target.value)}
            >
              <option value="">{isSingle ? t('flows.noPrompt') : t('flows.promptChoose')}</option>
              {prompt === '' || names.references.prompts.includes(prompt) ? null : <option value={prompt}>{prompt}</option>}
              {names.references.prompts.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
          </div>
          {isReadOnly || isSingle || prompt === '' ? null : (
            <IconButton icon={X} label={t('flows.promptRemove', { prompt })} onClick={() => put(index, '')} />
          )}
        </div>
      ))}
      {isReadOnly || isSingle || value.length === 0 || isAdding ? null : (
        <Button size="small" kind="quiet" icon={Plus} onClick={() => setIsAdding(true)}>
          {t('flows.promptAdd')}
        </Button>
      )}
    </fieldset>
  );
}
