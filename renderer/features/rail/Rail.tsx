import {
  AudioLines,
  BookOpen,
  Briefcase,
  Building2,
  FileUp,
  Headset,
  LayoutGrid,
  ListChecks,
  LogOut,
  type LucideIcon,
  Monitor,
  SlidersHorizontal,
  Users,
  UsersRound,
  Workflow,
} from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import { type TextKey, useText } from '../../i18n/index.ts';
import type { Place, Stores } from '../../stores/index.ts';
import { type Action, Avatar, classes, Menu, MenuGroup, MenuItem, tipOf } from '../../ui/index.ts';
import './rail.css';

export interface RailProps {
  readonly stores: Stores;
  readonly actions: Readonly<Record<'app.signOut' | 'app.computer' | `place.${Place}`, Action>>;
}

const places = [
  { place: 'work', icon: Headset, nameKey: 'rail.work' },
  { place: 'customers', icon: Users, nameKey: 'rail.customers' },
  { place: 'cases', icon: Briefcase, nameKey: 'rail.cases' },
  { place: 'my-customers', icon: UsersRound, nameKey: 'rail.my-customers' },
  { place: 'account', icon: Building2, nameKey: 'rail.company' },
  { place: 'import', icon: FileUp, nameKey: 'rail.import' },
  { place: 'board', icon: LayoutGrid, nameKey: 'rail.board' },
  { place: 'flows', icon: Workflow, nameKey: 'rail.flows' },
  { place: 'guides', icon: ListChecks, nameKey: 'rail.guides' },
  { place: 'prompts', icon: AudioLines, nameKey: 'rail.prompts' },
  { place: 'articles', icon: BookOpen, nameKey: 'rail.articles' },
  { place: 'admin', icon: SlidersHorizontal, nameKey: 'rail.admin' },
] as const satisfies readonly { place: Place; icon: LucideIcon; nameKey: TextKey }[];

const ids = ['app.signOut', 'app.computer', ...places.map(({ place }) => `place.${place}` as const)] as const;

/** Drawn anew when an action of its own changes, not with those of the whole desk. */
export const Rail = memo(RailDrawn, ({ stores, actions }, { stores: otherStores, actions: others }) => {
  return stores === otherStores && ids.every((id) => actions[id] === others[id]);
});

function RailDrawn({ stores, actions }: RailProps) {
  const { t } = useText();
  const user = useStore(stores.desk, (desk) => desk.user);
  const extension = useStore(stores.desk, (desk) => desk.agent?.extension);
  const here = useStore(stores.view, (view) => view.place);
  const signOut = actions['app.signOut'];
  const computer = actions['app.computer'];
  const name = user?.name ?? '';
  return (
    <nav className="rail" data-tips="right" aria-label={t('rail.label')}>
      {places
        .filter(({ place }) => actions[`place.${place}`].isEnabled)
        .map(({ place, icon: Icon, nameKey }) => {
          const { perform, shortcut } = actions[`place.${place}`];
          return (
            <button
              key={place}
              type="button"
              className={classes('rail-place', (place === here || (place === 'customers' && here === 'customer')) && 'is-on')}
              aria-current={place === here ? 'page' : undefined}
              {...tipOf(t(nameKey), shortcut)}
              onClick={perform}
            >
              <Icon className="icon icon-large" aria-hidden="true" />
              <span className="sr-only">{t(nameKey)}</span>
            </button>
          );
        })}
      <span className="rail-gap" />
      <Menu
        side="right"
        align="end"
        trigger={
          <button type="button" className="rail-account" data-tip={name}>
            <span className="sr-only">{t('rail.account')}</span>
            <Avatar name={name} size="small" />
          </button>
        }
      >
        <MenuGroup
          label={extension ? `${t('rail.signedInAs', { name })} · ${t('rail.extension', { extension })}` : t('rail.signedInAs', { name })}
        >
          {computer.isEnabled ? (
            <MenuItem
              label={computer.label}
              before={<Monitor className="icon" aria-hidden="true" />}
              shortcut={computer.shortcut}
              onChoose={computer.perform}
            />
          ) : null}
          <MenuItem
            label={signOut.label}
            before={<LogOut className="icon" aria-hidden="true" />}
            shortcut={signOut.shortcut}
            isOff={!signOut.isEnabled}
            onChoose={signOut.perform}
          />
        </MenuGroup>
      </Menu>
    </nav>
  );
}
