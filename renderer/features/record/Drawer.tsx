import { Undo2, X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useStore } from 'zustand';
import type { ContactPage, RecordChange } from '../../../shared/contracts/record.ts';
import { recordFieldName, recordValueText, type Text, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Chip, IconButton, Segments, useKeyboardHome } from '../../ui/index.ts';
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
  const home = useRef<HTMLElement>(null);
  useKeyboardHome(home, 'opened');
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
      <section
        ref={home}
        className="record-now-body"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        tabIndex={0}
        aria-label={t(`record.drawer.${drawer === 'merges' ? 'merges' : 'history'}`)}
      >
        {drawer === 'merges' ? (
          merges
        ) : (
          <>
            <ul className="changes">
              {history.changes.map((change) => (
                <ChangeLine
                  key={change.changeId}
                  stores={stores}
                  change={change}
                  now={now}
                  mayWrite={mayWrite}
                  onUndo={() => deeds.undoChange(change)}
                />
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

function ChangeLine(props: {
  readonly stores: Stores;
  readonly change: RecordChange;
  readonly now: number;
  readonly mayWrite: boolean;
  onUndo(): void;
}) {
  const text = useText();
  const { t, formats } = text;
  const customFields = useStore(props.stores.desk, (desk) => desk.customFields);
  const { change, now, mayWrite, onUndo } = props;
  return (
    <li className="change-line">
      <p className="medium">
        {recordFieldName(text, change.field, customFields)} {change.undone ? <Chip>{t('record.takenBack')}</Chip> : null}
      </p>
      <p className="whole">
        <del className="text-3">{recordValueText(text, change.field, parsed(change.before))}</del> <span aria-hidden="true">→</span>{' '}
        <ins>{recordValueText(text, change.field, parsed(change.after))}</ins>
      </p>
      <p className="row small text-3">
        <span className="grow whole">
          {formats.pair(change.author, formats.dateOrTime(change.at, now))}
          {sourceText(t, change.source)}
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

/** What was not typed on a screen says where it came from. */
function sourceText(t: Text['t'], source: string): string {
  if (source === 'screen' || source === '') return '';
  return ` · ${/^import:/.test(source) ? t('record.byImport') : source.replace(/^api:/, '')}`;
}

/** Values are JSON; what is none is shown as it is. */
function parsed(json: string | null): unknown {
  if (json === null) return null;
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
