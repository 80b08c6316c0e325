import { Headset, LogOut } from 'lucide-react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, Avatar, Menu, MenuGroup, MenuItem } from '../../ui/index.ts';
import './rail.css';

export interface RailProps {
  readonly stores: Stores;
  readonly actions: Readonly<Record<'app.signOut', Action>>;
}

export function Rail({ stores, actions }: RailProps) {
  const { t } = useText();
  const user = useStore(stores.desk, (desk) => desk.user);
  const extension = useStore(stores.desk, (desk) => desk.agent?.extension);
  const signOut = actions['app.signOut'];
  const name = user?.name ?? '';
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      <span className="rail-place is-on" title={t('rail.work')}>
        <Headset className="icon icon-large" aria-hidden="true" />
        <span className="sr-only" aria-current="page">
          {t('rail.work')}
        </span>
      </span>
      <span className="rail-gap" />
      <Menu
        side="right"
        align="end"
        trigger={
          <button type="button" className="rail-account" title={name}>
            <span className="sr-only">{t('rail.account')}</span>
            <Avatar name={name} size="small" />
          </button>
        }
      >
        <MenuGroup
          label={extension ? `${t('rail.signedInAs', { name })} · ${t('rail.extension', { extension })}` : t('rail.signedInAs', { name })}
        >
          <MenuItem
            label={signOut.label}
            before={<LogOut className="icon" aria-hidden="true" />}
            isOff={!signOut.isEnabled}
            onChoose={signOut.perform}
          />
        </MenuGroup>
      </Menu>
    </nav>
  );
}
