import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import { type Stores, unsavedCount } from '../../stores/index.ts';
import { Button, Dialog } from '../../ui/index.ts';
import type { AdminDeeds } from './deeds.ts';

/** Asked when somebody goes away while something is unsaved. */
export function Leave({ stores, deeds }: { readonly stores: Stores; readonly deeds: AdminDeeds }) {
  const { t } = useText();
  const state = useStore(stores.configuration);
  const { leaving } = state;
  const count = unsavedCount(state);
  const stay = () => stores.configuration.setState({ leaving: null });
  return (
    <Dialog
      title={t('admin.leave.title')}
      isOpen={leaving !== null}
      onClose={stay}
      footer={
        <>
          <Button kind="quiet" onClick={() => leaving && void deeds.leave(leaving, false)}>
            {t(leaving === 'signOut' ? 'admin.leave.signOut' : 'admin.leave.discard')}
          </Button>
          <Button onClick={stay}>{t('admin.leave.stay')}</Button>
          {leaving === 'signOut' ? null : (
            <Button kind="primary" onClick={() => leaving && void deeds.leave(leaving, true)}>
              {t('admin.leave.keep')}
            </Button>
          )}
        </>
      }
    >
      <p className="dialog-body text-2">{t(leaving === 'signOut' ? 'admin.leave.signOutText' : 'admin.leave.text', { count })}</p>
    </Dialog>
  );
}
