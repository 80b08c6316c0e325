import type { LucideIcon } from 'lucide-react';
import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, classes, Dialog, Kbd, Marked, useFound, useTyped } from '../../ui/index.ts';
import './commands.css';

/** Something that was found and can be opened, beside the commands. */
export interface PaletteResult {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly detail: ReactNode;
  /** Absent: customers and what is done with them. */
  readonly group?: 'knowledge' | 'guides';
  open(): void;
  /** Puts it beside the work, and leaves the keyboard there. Absent where there is no such thing. */
  readonly beside?: () => void;
}

export interface PaletteProps {
  readonly stores: Stores;
  readonly actions: readonly Action[];
  /** Customers, cases and articles for a text; null when it cannot be asked. The same function from one drawing to the next. */
  find(text: string): Promise<readonly PaletteResult[] | null>;
}

export function Palette({ stores, actions, find }: PaletteProps) {
  const { t } = useText();
  const isOpen = useStore(stores.view, (view) => view.open === 'palette');
  const close = () => stores.view.setState({ open: 'none' });
  return (
    <Dialog title={t('action.app.palette')} isTitleHidden isOpen={isOpen} onClose={close}>
      <PaletteList actions={actions} find={find} onDone={close} />
    </Dialog>
  );
}

type Item =
  | { readonly kind: 'action'; readonly id: string; readonly action: Action }
  | { readonly kind: 'result'; readonly id: string; readonly result: PaletteResult };

function PaletteList({ actions, find, onDone }: Pick<PaletteProps, 'actions' | 'find'> & { onDone(): void }) {
  const { t } = useText();
  const typed = useTyped();
  const [index, setIndex] = useState(0);
  const found = useFound(find, typed.settled);
  const words = typed.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = actions.filter((action) => words.every((word) => action.label.toLowerCase().includes(word)));
  const asResult = (result: PaletteResult): Item => ({ kind: 'result', id: result.id, result });
  const asItem = (action: Action): Item => ({ kind: 'action', id: action.id, action });
  // What can be done now comes first, then whom one may mean; what cannot be done now is told last.
  const groups: readonly { readonly name: string | null; readonly items: readonly Item[] }[] = [
    { name: null, items: fitting.filter((action) => action.isEnabled).map(asItem) },
    { name: t('palette.customers'), items: found.items.filter(({ group }) => group === undefined).map(asResult) },
    { name: t('palette.guides'), items: found.items.filter(({ group }) => group === 'guides').map(asResult) },
    { name: t('palette.knowledge'), items: found.items.filter(({ group }) => group === 'knowledge').map(asResult) },
    { name: t('palette.notNow'), items: fitting.filter((action) => !action.isEnabled).map(asItem) },
  ].filter(({ items }) => items.length > 0);
  const all = groups.flatMap(({ items }) => items);
  const active = all[Math.min(index, all.length - 1)];

  const perform = (item: Item, isBeside = false) => {
    if (item.kind === 'action' && !item.action.isEnabled) return;
    onDone();
    if (item.kind === 'action') item.action.perform();
    else if (isBeside && item.result.beside) item.result.beside();
    else item.result.open();
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (event.key === 'ArrowDown') setIndex(Math.min(all.length - 1, index + 1));
    else if (event.key === 'ArrowUp') setIndex(Math.max(0, index - 1));
    else if (event.key === 'Enter' && active) perform(active, event.ctrlKey);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="palette-field">
        <Search className="icon text-3" aria-hidden="true" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={active ? `palette-${active.id}` : undefined}
          aria-label={t('action.app.palette')}
          placeholder={t('palette.placeholder')}
          {...typed.field}
          onChange={(event) => {
            typed.field.onChange(event);
            setIndex(0);
          }}
          onKeyDown={keyed}
        />
        <Kbd keys="Esc" />
      </div>
      <div className="palette-list" id="palette-list" role="listbox" aria-label={t('action.app.palette')}>
        {groups.map(({ name, items }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own.
          <div key={name ?? 'now'} role="group" aria-label={name ?? t('action.app.palette')}>
            {name === null ? null : (
              <p className="palette-group small medium text-3" aria-hidden="true">
                {name}
              </p>
            )}
            {items.map((item) => (
              <Line key={item.id} item={item} isActive={item === active} typed={typed.settled} onPerform={() => perform(item)} />
            ))}
          </div>
        ))}
      </div>
      <p className="palette-foot small text-3" role="status">
        {found.phase === 'failed' ? `${t('search.failed')} ` : ''}
        {all.length === 0 && found.phase !== 'asking' ? t('palette.empty') : t('palette.results', { count: all.length })}
        <PaletteKeys item={active} />
      </p>
    </>
  );
}

/** What Enter does with the line at hand. */
function PaletteKeys({ item }: { readonly item: Item | undefined }) {
  const { t } = useText();
  if (item?.kind !== 'result') return null;
  return (
    <span className="palette-keys">
      <Kbd keys="Enter" /> {t('palette.opens')}
      {item.result.beside ? (
        <>
          <Kbd keys="Ctrl+Enter" /> {t('palette.beside')}
        </>
      ) : null}
    </span>
  );
}

function Line(props: { readonly item: Item; readonly isActive: boolean; readonly typed: string; onPerform(): void }) {
  const { item, isActive, typed, onPerform } = props;
  const isOff = item.kind === 'action' && !item.action.isEnabled;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which names the item at hand to screen readers.
    <div
      id={`palette-${item.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      aria-disabled={isOff}
      className={classes('palette-item', isActive && 'is-at-hand')}
      // The list scrolls with the keys.
      ref={(element) => {
        if (isActive) element?.scrollIntoView?.({ block: 'nearest' });
      }}
      onClick={onPerform}
    >
      {item.kind === 'action' ? (
        <>
          <span className="cut grow">{item.action.label}</span>
          {item.action.shortcut ? <Kbd keys={item.action.shortcut} /> : null}
        </>
      ) : (
        <>
          <item.result.icon className="icon text-3" aria-hidden="true" />
          <span className="palette-title">
            <Marked text={item.result.title} typed={typed} />
          </span>
          <span className="cut grow small text-3">{item.result.detail}</span>
        </>
      )}
    </div>
  );
}
