import { Ellipsis, FileDown, Lock, type LucideIcon, UserX } from 'lucide-react';
import { useText } from '../../i18n/index.ts';
import { type Action, IconButton, Menu, MenuItem } from '../../ui/index.ts';

export type PrivacyActions = Readonly<Record<'privacy.dossier' | 'privacy.hold' | 'privacy.erase', Action>>;

/** What can be done with the whole record of somebody, after what others put first; nothing at all for those whose role allows none of it. */
export function PrivacyMenu({
  actions,
  first = [],
}: {
  readonly actions: PrivacyActions;
  readonly first?: readonly (readonly [LucideIcon, Action])[];
}) {
  const { t } = useText();
  const items = [
    ...first,
    [FileDown, actions['privacy.dossier']],
    [Lock, actions['privacy.hold']],
    [UserX, actions['privacy.erase']],
  ] as const;
  const allowed = items.filter(([, action]) => action.isEnabled);
  if (allowed.length === 0) return null;
  return (
    <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('privacy.more')} />}>
      {allowed.map(([Icon, action]) => (
        <MenuItem
          key={action.id}
          label={action.label}
          before={<Icon className="icon" aria-hidden="true" />}
          shortcut={action.shortcut}
          onChoose={action.perform}
        />
      ))}
    </Menu>
  );
}
