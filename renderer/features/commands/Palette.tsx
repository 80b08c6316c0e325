import { Search } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, classes, Dialog, Kbd } from '../../ui/index.ts';
import './commands.css';

export function Palette({ stores, actions }: { readonly stores: Stores; readonly actions: readonly Action[] }) {
  const { t } = useText();
  const isOpen = useStore(stores.view, (view) => view.open === 'palette');
  const close = () => stores.view.setState({ open: 'none' });
  return (
    <Dialog title={t('action.app.palette')} isTitleHidden isOpen={isOpen} onClose={close}>
      <PaletteList actions={actions} onDone={close} />
    </Dialog>
  );
}

function PaletteList({ actions, onDone }: { readonly actions: readonly Action[]; onDone(): void }) {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const [index, setIndex] = useState(0);
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = actions.filter((action) => words.every((word) => action.label.toLowerCase().includes(word)));
  // What can be done now comes first.
  const found = [...fitting.filter((action) => action.isEnabled), ...fitting.filter((action) => !action.isEnabled)];
  const active = found[Math.min(index, found.length - 1)];

  const perform = (action: Action) => {
    if (!action.isEnabled) return;
    onDone();
    action.perform();
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setIndex(Math.min(found.length - 1, index + 1));
    else if (event.key === 'ArrowUp') setIndex(Math.max(0, index - 1));
    else if (event.key === 'Enter' && active) perform(active);
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
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setIndex(0);
          }}
          onKeyDown={keyed}
        />
        <Kbd keys="Esc" />
      </div>
      <div className="palette-list" id="palette-list" role="listbox" aria-label={t('action.app.palette')}>
        {found.map((action) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which names the item at hand to screen readers.
          <div
            key={action.id}
            id={`palette-${action.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={action === active}
            aria-disabled={!action.isEnabled}
            className={classes('palette-item', action === active && 'is-at-hand')}
            onClick={() => perform(action)}
          >
            <span className="cut grow">{action.label}</span>
            {action.shortcut ? <Kbd keys={action.shortcut} /> : null}
          </div>
        ))}
      </div>
      <p className="palette-foot small text-3" role="status">
        {found.length === 0 ? t('palette.empty') : t('palette.results', { count: found.length })}
      </p>
    </>
  );
}
