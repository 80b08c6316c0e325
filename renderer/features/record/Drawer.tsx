import { Undo2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { ContactPage, RecordChange } from '../../../shared/contracts/record.ts';
import { type Text, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Chip, IconButton, Segments } from '../../ui/index.ts';
import type { RecordDeeds } from './deeds.ts';

export interface DrawerProps {
  readonly stores: Stores;
  readonly deeds: RecordDeeds;
  readonly page: ContactPage;
  readonly now: number;
  readonly mayWrite: boolean;
  readonly merges: ReactNode;
}

/** Who changed what, and which records were made one; each can be taken back. */
export function Drawer({ stores, deeds, now, mayWrite, merges }: DrawerProps) {
  const { t } = useText();
  const { drawer, history } = useStore(stores.record);
  return (
    <aside className="record-now record-drawer" aria-label={t('record.history')}>
      <header className="pane-head">
        <Segments
          label={t('record.history')}
          value={drawer === 'merges' ? 'merges' : 'history'}
          onChange={deeds.showDrawer}
          segments={(['history', 'merges'] as const).map((value) => ({ value, label: t(`record.drawer.${value}`) }))}
        />
        <span className="push" />
        <IconButton icon={X} label={t('record.closeDrawer')} onClick={() => deeds.showDrawer('none')} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <section className="record-now-body" tabIndex={0} aria-label={t(`record.drawer.${drawer === 'merges' ? 'merges' : 'history'}`)}>
        {drawer === 'merges' ? (
          merges
        ) : (
          <>
            <ul className="changes">
              {history.changes.map((change) => (
                <ChangeLine key={change.changeId} change={change} now={now} mayWrite={mayWrite} onUndo={() => deeds.undoChange(change)} />
              ))}
            </ul>
            {history.phase === 'ready' && history.changes.length === 0 ? (
              <p className="text-2 merge-none">{t('record.noHistory')}</p>
            ) : null}
            {history.phase === 'failed' ? (
              <p className="merge-none tone-broken">{t('record.historyFailed')}</p>
            ) : history.hasMore ? (
              <p className="merge-none">
                <Button size="small" disabled={history.phase === 'loading'} onClick={deeds.moreHistory}>
                  {t('timeline.more')}
                </Button>
              </p>
            ) : null}
          </>
        )}
      </section>
    </aside>
  );
}

function ChangeLine(props: { readonly change: RecordChange; readonly now: number; readonly mayWrite: boolean; onUndo(): void }) {
  const text = useText();
  const { t, formats } = text;
  const { change, now, mayWrite, onUndo } = props;
  return (
    <li className="change-line">
      <p className="medium">
        {fieldName(text, change.field)} {change.undone ? <Chip>{t('record.takenBack')}</Chip> : null}
      </p>
      <p className="whole">
        <del className="text-3">{valueText(text, change.before)}</del> <span aria-hidden="true">→</span>{' '}
        <ins>{valueText(text, change.after)}</ins>
      </p>
      <p className="row small text-3">
        <span className="grow whole">
          {change.author}, {formats.dateOrTime(change.at, now)}
          {change.source === 'agent' || change.source === 'desktop' || change.source === '' ? '' : ` · ${change.source}`}
        </span>
        {mayWrite && !change.undone ? (
          <Button size="small" kind="quiet" icon={Undo2} onClick={onUndo}>
            {t('record.undo')}
          </Button>
        ) : null}
      </p>
    </li>
  );
}

const known = new Set([
  ...['name', 'title', 'locale', 'tier', 'segment', 'stage', 'birthday', 'orgUnitId', 'prefersChannel', 'prefersFrom', 'prefersUntil'],
  ...['allowsRecording', 'allowsCallOffers', 'allowsSmsOffers', 'allowsEmailOffers'],
]);

/** By the name it has on the page. The bridge names parts of lists (`identifier.label`), which are said by their kind. */
function fieldName({ t }: Text, field: string): string {
  if (known.has(field)) return t(`record.field.${field as 'name'}`);
  if (field.startsWith('custom')) return field.replace(/^custom[.:]?/, '') || t('record.custom');
  if (field.startsWith('identifier')) return t('customer.identifiers');
  if (field.startsWith('address')) return t('record.addresses');
  return field;
}

/** Values are JSON. What is an object is shown by its values: a change of an address shows the address. */
function valueText({ t }: Text, json: string | null): string {
  if (json === null) return t('record.notGiven');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return json;
  }
  if (value === null || value === '') return t('record.notGiven');
  if (typeof value === 'boolean') return t(value ? 'record.yes' : 'record.no');
  if (typeof value === 'object') {
    const parts = Object.values(value).filter((part) => typeof part === 'string' && part !== '');
    return parts.length > 0 ? parts.join(', ') : JSON.stringify(value);
  }
  return String(value);
}
