import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';

export function Admin(_props: { readonly stores: Stores }) {
  const { t } = useText();
  return (
    <main className="pane" id="place-centre" tabIndex={-1}>
      <div className="pane-head">
        <h2>{t('rail.admin')}</h2>
      </div>
    </main>
  );
}
