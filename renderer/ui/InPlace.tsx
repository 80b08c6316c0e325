import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { classes } from './tone.ts';
import './in-place.css';

export interface InPlaceProps {
  readonly label: string;
  /** As it is edited. */
  readonly value: string;
  /** As it is shown; without it the value, or `empty` where there is none. */
  readonly shown?: ReactNode;
  readonly empty?: string;
  /** With choices it is chosen instead of typed. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly kind?: 'text' | 'time' | 'date' | 'number';
  readonly placeholder?: string;
  readonly isReadOnly?: boolean;
  /** For what is typed: what is wrong with it, or null. */
  readonly problemOf?: (typed: string) => string | null;
  onSave(value: string): void;
}

/**
 * A fact that is changed where it stands: a click or Enter opens it, Enter or leaving it saves, Esc leaves it as it was. Its room is the
 * same in both states, so nothing moves.
 */
export function InPlace({
  label,
  value,
  shown,
  empty = '–',
  choices,
  kind = 'text',
  placeholder,
  isReadOnly,
  problemOf,
  onSave,
}: InPlaceProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement & HTMLSelectElement>(null);
  const wasOpen = useRef(false);
  const isOpen = typed !== null;
  const problem = typed === null ? null : (problemOf?.(typed.trim()) ?? null);

  useEffect(() => {
    if (isOpen) {
      field.current?.focus();
      if (field.current && 'select' in field.current && !choices) field.current.select();
    }
    wasOpen.current = isOpen;
  }, [isOpen, choices]);

  const close = (isByKey: boolean) => {
    setTyped(null);
    // The keyboard stays where it was, and a pointer that went elsewhere is not called back.
    if (isByKey) requestAnimationFrame(() => button.current?.focus());
  };
  const save = (next: string, isByKey: boolean) => {
    const trimmed = next.trim();
    if (problemOf?.(trimmed)) return;
    close(isByKey);
    if (trimmed !== value) onSave(trimmed);
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (event.key === 'Enter') save(typed ?? '', true);
    else if (event.key === 'Escape') close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  if (isReadOnly) return <span className="in-place is-fixed">{shown ?? (value === '' ? <Empty text={empty} /> : value)}</span>;
  if (!isOpen) {
    return (
      <button ref={button} type="button" className="in-place" onClick={() => setTyped(value)}>
        <span className="sr-only">{label}: </span>
        {shown ?? (value === '' ? <Empty text={empty} /> : value)}
      </button>
    );
  }
  const shared = {
    ref: field,
    'aria-label': label,
    'aria-invalid': problem ? (true as const) : undefined,
    'aria-describedby': problem ? `${id}-problem` : undefined,
    className: 'in-place-field',
    onKeyDown: keyed,
  };
  return (
    <span className="in-place-open">
      {choices ? (
        <select {...shared} value={typed} onChange={({ target }) => setTyped(target.value)} onBlur={() => save(typed, false)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          type={kind}
          value={typed}
          placeholder={placeholder}
          autoComplete="off"
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => (problem ? close(false) : save(typed, false))}
        />
      )}
      {problem ? (
        <span id={`${id}-problem`} className={classes('in-place-problem small')}>
          {problem}
        </span>
      ) : null}
    </span>
  );
}

function Empty({ text }: { readonly text: string }) {
  return <span className="text-3">{text}</span>;
}
