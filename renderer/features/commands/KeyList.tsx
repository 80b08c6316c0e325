import { Printer } from 'lucide-react';
import { useStore } from 'zustand';
import { type TextKey, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, Button, Dialog, Kbd } from '../../ui/index.ts';
import { type KeyGroup, keyGroups } from './key-groups.ts';
import './commands.css';

/** Keys that mean something only where the keyboard is. */
const inPlace: readonly (readonly [string, TextKey])[] = [
  ['Alt+1 … 9', 'keys.inPlace.choose'],
  ['1 … 9', 'keys.inPlace.outcome'],
  ['1 … 9', 'keys.inPlace.reason'],
  ['1 … 4', 'keys.inPlace.supervise'],
  ['↑ ↓', 'keys.inPlace.move'],
  ['Esc', 'keys.inPlace.leave'],
];

export interface KeyListProps {
  readonly stores: Stores;
  readonly actions: readonly Action[];
  /** Puts the sheet, and nothing else of the screen, on paper. */
  onPrint(): void;
}

/** Every key on one sheet, by what it is for; to be printed and laid beside the keyboard. */
export function KeyList({ stores, actions, onPrint }: KeyListProps) {
  const { t } = useText();
  const isOpen = useStore(stores.view, (view) => view.open === 'keys');
  return (
    <Dialog
      title={t('keys.title')}
      isOpen={isOpen}
      isWide
      onClose={() => stores.view.setState({ open: 'none' })}
      footer={
        <Button icon={Printer} onClick={onPrint}>
          {t('keys.print')}
        </Button>
      }
    >
      <KeySheet actions={actions} />
    </Dialog>
  );
}

function KeySheet({ actions }: Pick<KeyListProps, 'actions'>) {
  const { t } = useText();
  const group = (name: KeyGroup | 'inPlace', rows: readonly (readonly [keys: string, words: string])[]) => (
    <section key={name} className="key-group" aria-labelledby={`keys-${name}`}>
      <h3 id={`keys-${name}`}>{t(`keys.group.${name}`)}</h3>
      <dl>
        {rows.map(([keys, words]) => (
          <div key={`${keys} ${words}`}>
            <dt>{words}</dt>
            <dd>
              <Kbd keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className="key-sheet" tabIndex={0} aria-label={t('keys.title')}>
      <p className="key-sheet-title">{t('keys.title')}</p>
      <div className="key-groups">
        {keyGroups(actions).map(({ name, rows }) => group(name, rows))}
        {group(
          'inPlace',
          inPlace.map(([keys, words]) => [keys, t(words)] as const),
        )}
      </div>
      <p className="small text-3">{t('keys.note')}</p>
    </section>
  );
}
