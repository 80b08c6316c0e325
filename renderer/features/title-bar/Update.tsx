import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, classes, Dot } from '../../ui/index.ts';

/** How updates stand, as a row of the light; only where this computer was given a source of them. */
export function Update({ stores, onInstall }: { readonly stores: Stores; onInstall(): void }) {
  const { t } = useText();
  const update = useStore(stores.computer, (computer) => computer.update);
  if (update.kind === 'off') return null;
  const tone = update.kind === 'refused' ? 'broken' : 'ready';
  return (
    <li className="light-row">
      <span className="light-name text-2">{t('light.update')}</span>
      <span className={classes('light-state', 'light-alone', `tone-${tone}`)}>
        <Dot tone={tone} />
        {t(`light.update.${update.kind}`, { version: update.kind === 'current' ? '' : update.version })}
      </span>
      {update.kind === 'ready' || update.kind === 'refused' ? (
        <p className="light-then small text-2">{t(`light.update.${update.kind}.then`)}</p>
      ) : null}
      {update.kind === 'ready' && update.mayInstall ? (
        <Button size="small" className="light-then" onClick={onInstall}>
          {t('light.update.install')}
        </Button>
      ) : null}
    </li>
  );
}
