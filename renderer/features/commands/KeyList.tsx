import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, Dialog, Kbd } from '../../ui/index.ts';
import './commands.css';

export function KeyList({ stores, actions }: { readonly stores: Stores; readonly actions: readonly Action[] }) {
  const { t } = useText();
  const isOpen = useStore(stores.view, (view) => view.open === 'keys');
  return (
    <Dialog title={t('keys.title')} isOpen={isOpen} onClose={() => stores.view.setState({ open: 'none' })}>
      <div className="dialog-body">
        <dl className="key-list">
          {actions
            .filter((action) => action.shortcut !== null)
            .map((action) => (
              <div key={action.id}>
                <dt className="cut">{action.label}</dt>
                <dd>
                  <Kbd keys={action.shortcut ?? ''} />
                </dd>
              </div>
            ))}
        </dl>
        <p className="small text-3">{t('keys.note')}</p>
      </div>
    </Dialog>
  );
}
