import { X } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { SearchHit } from '../../../shared/contracts/search.ts';
import { useText } from '../../i18n/index.ts';
import type { NamedPerson } from '../../stores/index.ts';
import { Avatar, classes, IconButton, useFound, useTyped } from '../../ui/index.ts';

const shownAtMost = 4;

/** Whose something is: found as one types, or nobody's in particular. Arrows move, Enter chooses, Escape lets go of what was typed. */
export function PersonField({
  label,
  find,
  person,
  onChange,
}: {
  readonly label: string;
  readonly find: (text: string) => Promise<readonly SearchHit[] | null>;
  readonly person: NamedPerson | null;
  onChange(person: NamedPerson | null): void;
}) {
  const { t } = useText();
  const id = useId();
  const typed = useTyped();
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const found = useFound(find, typed.settled);
  const shown = typed.settled.trim() === '' ? [] : found.items.slice(0, shownAtMost);
  const atHand = Math.max(0, Math.min(at, shown.length - 1));
  const choose = (hit: SearchHit) => {
    onChange({ contactId: hit.id, name: hit.title });
    typed.set('');
    setAt(0);
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    const hit = shown[atHand];
    if (event.key === 'ArrowDown') setAt(Math.min(shown.length - 1, atHand + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, atHand - 1));
    else if (event.key === 'Enter' && hit) choose(hit);
    else if (event.key === 'Escape' && typed.value !== '') {
      typed.set('');
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };
  const isNobody = typed.settled.trim() !== '' && found.phase === 'found' && shown.length === 0;
  return (
    <div className="labelled person-field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {person ? (
        <div className="field person-chosen">
          <Avatar name={person.name} size="small" />
          <output id={id} className="grow cut medium">
            {person.name}
          </output>
          <IconButton
            icon={X}
            label={t('bringIn.clearPerson')}
            onClick={() => {
              onChange(null);
              requestAnimationFrame(() => field.current?.focus());
            }}
          />
        </div>
      ) : (
        <div className="field">
          <input
            id={id}
            ref={field}
            role="combobox"
            autoComplete="off"
            aria-expanded={shown.length > 0}
            aria-controls={`${id}-found`}
            aria-activedescendant={shown[atHand] ? `${id}-${shown[atHand].id}` : undefined}
            placeholder={t('bringIn.personHint')}
            {...typed.field}
            onKeyDown={keyed}
          />
        </div>
      )}
      <div className="floating person-found" hidden={shown.length === 0 && !isNobody}>
        <div id={`${id}-found`} role="listbox" aria-label={label}>
          {shown.map((hit, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which names the line at hand to screen readers.
            <div
              key={hit.id}
              id={`${id}-${hit.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === atHand}
              className={classes('inbox-choice', index === atHand && 'is-at-hand')}
              onClick={() => choose(hit)}
            >
              <span className="medium">{hit.title}</span>
              <span className="small text-3 cut">{[hit.subtitle, hit.detail].filter((part) => part !== null).join(' · ')}</span>
            </div>
          ))}
        </div>
        <p className="small text-3 person-none" role="status">
          {isNobody ? t('bringIn.nobodyFound') : ''}
        </p>
      </div>
    </div>
  );
}
