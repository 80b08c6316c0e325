import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { MessageTemplate } from '../../../shared/contracts/messages/settings.ts';
import { fillTemplate } from '../../../shared/fill-template.ts';
import { useText } from '../../i18n/index.ts';
import { classes } from '../../ui/index.ts';

export interface QuickRepliesProps {
  readonly found: readonly MessageTemplate[];
  /** In whose language they are put in. */
  readonly locale: 'en' | 'zh';
  readonly atHand: number;
  readonly id: string;
  /** What their fields stand for, as far as it is known. */
  readonly fields: Parameters<typeof fillTemplate>[1];
  onChoose(template: MessageTemplate): void;
}

const shown = 7;

/** The list above where one writes. The keyboard stays with the text: arrows move here, Enter puts in, Esc closes. */
export function QuickReplies({ found, locale, atHand, id, fields, onChoose }: QuickRepliesProps) {
  const { t, formats } = useText();
  return (
    <div className="quick-replies" role="listbox" id={id} aria-label={t('composer.quick')}>
      {found.length === 0 ? <p className="small text-3 quick-none">{t('composer.noQuick')}</p> : null}
      {found.slice(0, shown).map((template, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the text, which names the line at hand to screen readers.
        <div
          key={template.id}
          id={`${id}-${template.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === atHand}
          className={classes('quick-reply', index === atHand && 'is-at-hand')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(template)}
        >
          <span className="row">
            <span className="medium cut">{template.name[formats.language]}</span>
            {template.shortcut === '' ? null : <span className="small text-3 push">/{template.shortcut}</span>}
          </span>
          <span className="small text-2 cut quick-text">{fillTemplate(template.text[locale], fields).text}</span>
        </div>
      ))}
    </div>
  );
}

/** Which of the list is at hand, moved by the keys of the text. */
export function useQuickKeys(found: readonly MessageTemplate[] | null, choose: (template: MessageTemplate) => void, close: () => void) {
  const id = useId();
  const [at, setAt] = useState(0);
  const last = Math.min(found?.length ?? 0, shown) - 1;
  const atHand = Math.max(0, Math.min(at, last));
  /** True when the key was the list's. */
  const keyed = (event: KeyboardEvent): boolean => {
    if (!found) return false;
    const template = found[atHand];
    if (event.key === 'ArrowDown') setAt(Math.min(last, atHand + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, atHand - 1));
    else if ((event.key === 'Enter' || event.key === 'Tab') && template && !event.ctrlKey) choose(template);
    else if (event.key === 'Escape') close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const active = found?.[atHand];
  return { id, atHand, keyed, begin: () => setAt(0), activeId: active ? `${id}-${active.id}` : undefined };
}

export interface QuickFindProps {
  readonly typed: string;
  readonly quick: ReturnType<typeof useQuickKeys>;
  onType(typed: string): void;
  onClose(): void;
}

/** Opened by whoever wants to look for one by its name, so it has the keyboard at once. */
export function QuickFind({ typed, quick, onType, onClose }: QuickFindProps) {
  const { t } = useText();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <input
      ref={field}
      className="quick-find"
      role="combobox"
      aria-expanded="true"
      aria-controls={quick.id}
      aria-activedescendant={quick.activeId}
      aria-label={t('composer.findQuick')}
      placeholder={t('composer.findQuick')}
      value={typed}
      onChange={({ target }) => {
        onType(target.value);
        quick.begin();
      }}
      onKeyDown={(event) => {
        if (!event.nativeEvent.isComposing && event.nativeEvent.keyCode !== 229) quick.keyed(event);
      }}
      onBlur={onClose}
    />
  );
}
