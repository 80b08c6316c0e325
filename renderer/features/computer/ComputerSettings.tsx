import { useState } from 'react';
import { useStore } from 'zustand';
import { type DesktopSettings, type HotKeys, usualSettings } from '../../../shared/contracts/desktop-api.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, classes, Dialog, Kbd, Section, Switch } from '../../ui/index.ts';
import { keyOf } from './key-of.ts';
import './computer.css';

export interface ComputerSettingsProps {
  readonly stores: Stores;
  onChange(change: Partial<Omit<DesktopSettings, 'bridgeUrl'>>): void;
}

const switches = [
  { name: 'stripShown', text: 'computer.stripShownText' },
  { name: 'closeToTray', text: 'computer.closeToTrayText' },
  { name: 'startAtLogin', text: null },
] as const;

export function ComputerSettings({ stores, onChange }: ComputerSettingsProps) {
  const { t } = useText();
  const isOpen = useStore(stores.view, (view) => view.open === 'computer');
  const settings = useStore(stores.settings);
  const fixed = useStore(stores.computer, (computer) => computer.fixed);
  const close = () => stores.view.setState({ open: 'none' });
  const hotKeys = settings.hotKeys ?? usualSettings.hotKeys;
  return (
    <Dialog title={t('computer.title')} isOpen={isOpen} onClose={close} footer={<Button onClick={close}>{t('computer.close')}</Button>}>
      <div className="dialog-body computer-settings">
        <p className="text-2">{t('computer.lead')}</p>
        {switches.map(({ name, text }) => (
          <div key={name} className="computer-line">
            <Switch
              label={t(`computer.${name}`)}
              isOn={settings[name] ?? usualSettings[name]}
              isOff={fixed.includes(name)}
              onChange={(isOn) => onChange({ [name]: isOn })}
            />
            <p className="small text-3">{fixed.includes(name) ? t('computer.fixed') : text && t(text)}</p>
          </div>
        ))}
        <Section title={t('computer.hotKeys')}>
          <p className="small text-3">{t(fixed.includes('hotKeys') ? 'computer.fixed' : 'computer.hotKeysText')}</p>
          {(['answer', 'mute', 'end'] as const).map((name) => (
            <HotKeyLine
              key={name}
              name={name}
              value={hotKeys[name]}
              isOff={fixed.includes('hotKeys')}
              onChange={(key) => onChange({ hotKeys: { ...hotKeys, [name]: key } })}
            />
          ))}
        </Section>
      </div>
    </Dialog>
  );
}

interface HotKeyLineProps {
  readonly name: keyof HotKeys;
  readonly value: string;
  readonly isOff: boolean;
  onChange(key: string): void;
}

/** Takes the next key that is pressed on it, except those one moves about with. */
function HotKeyLine({ name, value, isOff, onChange }: HotKeyLineProps) {
  const { t } = useText();
  const [isBare, setIsBare] = useState(false);
  const shown = value === '' ? t('computer.hotKey.none') : value.replace('Control', 'Ctrl').replaceAll('+', ' ');
  return (
    <div className="computer-key">
      <span>{t(`computer.hotKey.${name}`)}</span>
      {isBare ? (
        <span className="small tone-waiting" role="status">
          {t('computer.hotKey.needsModifier')}
        </span>
      ) : null}
      <button
        type="button"
        className={classes('computer-key-field', value === '' && 'is-none')}
        aria-label={`${t(`computer.hotKey.${name}`)} ${shown}`}
        disabled={isOff}
        onBlur={() => setIsBare(false)}
        onKeyDown={(event) => {
          if (['Tab', 'Escape', 'Enter'].includes(event.key)) return;
          const pressed = keyOf(event);
          event.preventDefault();
          event.stopPropagation();
          setIsBare(pressed.kind === 'bare');
          if (pressed.kind === 'none') onChange('');
          if (pressed.kind === 'key') onChange(pressed.key);
        }}
      >
        {value === '' ? shown : <Kbd keys={shown} />}
      </button>
    </div>
  );
}
