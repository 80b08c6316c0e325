import { CircleHelp, Languages, PanelRight, Search, SunMoon } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { DesktopSettings } from '../../../shared/contracts/desktop-api.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, IconButton, Kbd, Mark, Menu, MenuChoice, tipOf } from '../../ui/index.ts';
import './title-bar.css';

export interface TitleBarProps {
  readonly stores: Stores;
  readonly actions: Readonly<Record<'app.palette' | 'app.keys', Action>>;
  onSettings(change: Partial<Pick<DesktopSettings, 'theme' | 'language' | 'flash'>>): void;
  /** How the desk stands with what it depends on. */
  readonly connection: ReactNode;
  /** Who asks for help. */
  readonly help: ReactNode;
  onToggleCustomer(): void;
}

export function TitleBar({ stores, actions, connection, help, onSettings, onToggleCustomer }: TitleBarProps) {
  const { t, formats } = useText();
  const organisation = useStore(stores.desk, (desk) => desk.organisation);
  const { 'app.palette': palette, 'app.keys': keys } = actions;
  return (
    <header className="title-bar" data-tips="below">
      <div className="title-bar-brand">
        <Mark />
        <h1>{t('app.name')}</h1>
        <span className="cut title-bar-site">{organisation?.name[formats.language]}</span>
      </div>
      <button type="button" className="title-bar-command" {...tipOf(palette.label, palette.shortcut)} onClick={palette.perform}>
        <Search className="icon" aria-hidden="true" />
        <span className="cut">{t('title.command')}</span>
        <span className="push row title-bar-keys">
          <Kbd keys="Ctrl" />
          <Kbd keys="K" />
        </span>
      </button>
      <div className="title-bar-end">
        {help}
        {connection}
        <OwnSettings stores={stores} onSettings={onSettings} />
        <IconButton icon={CircleHelp} label={keys.label} shortcut={keys.shortcut} onClick={keys.perform} />
        <IconButton icon={PanelRight} label={t('customer.open')} className="title-bar-drawer" onClick={onToggleCustomer} />
      </div>
    </header>
  );
}

/** How this agent wants the screen. Not drawn anew with the bar around it. */
const OwnSettings = memo(function OwnSettings({ stores, onSettings }: Pick<TitleBarProps, 'stores' | 'onSettings'>) {
  const { t } = useText();
  const settings = useStore(stores.settings);
  const names = useStore(stores.computer, (computer) => computer.fixed);
  const fixed = (name: keyof DesktopSettings) => (names.includes(name) ? t('title.fixed') : undefined);
  return (
    <>
      <Menu align="end" trigger={<IconButton icon={Languages} label={t('title.language')} />}>
        <MenuChoice
          label={t('title.language')}
          value={settings.language}
          fixed={fixed('language')}
          onChange={(language) => onSettings({ language })}
          choices={(['system', 'en', 'zh'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
        />
      </Menu>
      <Menu align="end" trigger={<IconButton icon={SunMoon} label={t('title.theme')} />}>
        <MenuChoice
          label={t('title.theme')}
          value={settings.theme}
          fixed={fixed('theme')}
          onChange={(theme) => onSettings({ theme })}
          choices={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
        />
        <MenuChoice
          label={t('title.flash')}
          value={settings.flash === true ? 'on' : 'off'}
          fixed={fixed('flash')}
          onChange={(flash) => onSettings({ flash: flash === 'on' })}
          choices={(['off', 'on'] as const).map((value) => ({ value, label: t(`title.flash.${value}`) }))}
        />
      </Menu>
    </>
  );
});
