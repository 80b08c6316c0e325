import type { KeyboardEvent, RefObject } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Popover } from '../../ui/index.ts';

const keys: readonly (readonly [string, string])[] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', ''],
  ['#', ''],
];

export interface KeypadProps {
  readonly stores: Stores;
  readonly anchor: RefObject<HTMLButtonElement | null>;
  onDigit(digit: string): void;
}

/** Tones into the call: by pointer, or by typing digits while it is open. */
export function Keypad({ stores, anchor, onDigit }: KeypadProps) {
  const { t } = useText();
  const isOpen = useStore(stores.view, (view) => view.open === 'keypad');
  const digits = useStore(stores.call, (call) => call.digits);

  const typed = (event: KeyboardEvent) => {
    if (!/^[0-9*#]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    onDigit(event.key);
  };

  return (
    <Popover
      title={t('keypad.title')}
      anchor={anchor}
      isOpen={isOpen}
      onOpenChange={(open) => stores.view.setState({ open: open ? 'keypad' : 'none' })}
    >
      <fieldset className="keypad" aria-label={t('keypad.title')} onKeyDown={typed}>
        <output className="keypad-digits" aria-label={t('keypad.sent')}>
          {digits}
        </output>
        {keys.map(([digit, letters]) => (
          <button key={digit} type="button" className="keypad-key" aria-label={t('keypad.key', { digit })} onClick={() => onDigit(digit)}>
            {digit}
            <span className="micro text-3" aria-hidden="true">
              {letters}
            </span>
          </button>
        ))}
      </fieldset>
    </Popover>
  );
}
