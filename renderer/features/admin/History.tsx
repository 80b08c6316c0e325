import { ChevronLeft, Undo2 } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Dialog, EmptyState, IconButton } from '../../ui/index.ts';
import type { AdminDeeds } from './deeds.ts';
import { EntryList } from './EntryList.tsx';
import { ChangeList, Problems } from './Review.tsx';
import { noteText } from './words.ts';

export interface HistoryProps {
  readonly stores: Stores;
  readonly deeds: AdminDeeds;
  readonly isReadOnly: boolean;
  onShow(path: string): void;
}

/** Every revision with who, when, why and what; each can be undone as a new one. */
export function History({ stores, deeds, isReadOnly, onShow }: HistoryProps) {
  const text = useText();
  const { t, formats } = text;
  const { history, draft, openRevision } = useStore(stores.configuration);
  const setOpen = (revision: number | null) => stores.configuration.setState({ openRevision: revision });
  useEffect(() => void deeds.readHistory(false), [deeds]);
  if (!draft) return null;
  const revision = history.revisions.find((each) => each.revision === openRevision) ?? null;
  const when = (at: number) => `${formats.date(at)} ${formats.timeOfDay(at)}`;

  return (
    <>
      <EntryList
        title={t('admin.history.title')}
        addLabel={null}
        filterHint={t('admin.history.filter')}
        rows={history.revisions.map((each) => ({
          index: each.revision,
          title: `${t('admin.revision', { revision: each.revision })}${each.note ? ` · ${noteText(text, each.note)}` : ''}`,
          detail: [
            t('admin.history.byAt', { name: each.by.name, time: when(each.at) }),
            each.changes.length === 0 ? null : t('admin.review.changes', { count: each.changes.length }),
          ]
            .filter((part) => part !== null)
            .join(' · '),
          depth: 0,
          status: 'same',
        }))}
        selected={openRevision}
        onSelect={setOpen}
        empty={<EmptyState title={t('admin.history.empty')}>{t('admin.history.emptyText')}</EmptyState>}
        foot={
          history.hasMore ? (
            <div className="admin-more">
              <Button size="small" disabled={history.isLoading} onClick={() => void deeds.readHistory(true)}>
                {t('admin.history.more')}
              </Button>
            </div>
          ) : null
        }
      />
      <main className="pane admin-entry" id="place-centre" tabIndex={-1}>
        {revision ? (
          <>
            <div className="pane-head">
              <IconButton className="admin-back" icon={ChevronLeft} label={t('admin.entry.back')} onClick={() => setOpen(null)} />
              <h2 className="cut">{t('admin.revision', { revision: revision.revision })}</h2>
              <span className="small text-3 cut">{t('admin.history.byAt', { name: revision.by.name, time: when(revision.at) })}</span>
              {isReadOnly || revision.changes.length === 0 ? null : (
                <span className="push">
                  <Button
                    size="small"
                    icon={Undo2}
                    onClick={() => stores.configuration.setState({ undo: { revision: revision.revision, isBusy: false, problems: [] } })}
                  >
                    {t('admin.history.undo')}
                  </Button>
                </span>
              )}
            </div>
            <div className="admin-form">
              {revision.note ? <p className="admin-note">{noteText(text, revision.note)}</p> : null}
              <ChangeList changes={revision.changes} before={draft} after={draft} />
            </div>
          </>
        ) : (
          <div className="admin-nothing">
            <EmptyState title={t('admin.history.choose')}>{t('admin.history.chooseText')}</EmptyState>
          </div>
        )}
      </main>
      <UndoDialog stores={stores} deeds={deeds} onShow={onShow} />
    </>
  );
}

function UndoDialog({ stores, deeds, onShow }: { readonly stores: Stores; readonly deeds: AdminDeeds; onShow(path: string): void }) {
  const { t } = useText();
  const { undo, history, draft } = useStore(stores.configuration);
  const close = () => stores.configuration.setState({ undo: null });
  const count = history.revisions.find((each) => each.revision === undo?.revision)?.changes.length ?? 0;
  return (
    <Dialog
      title={t('admin.history.undoTitle', { revision: undo?.revision ?? 0 })}
      isOpen={undo !== null}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('admin.cancel')}</Button>
          <Button kind="primary" disabled={undo?.isBusy === true} onClick={() => undo && void deeds.undo(undo.revision)}>
            {t('admin.history.undoConfirm')}
          </Button>
        </>
      }
    >
      <div className="dialog-body">
        <p className="text-2">{t('admin.history.undoText', { count })}</p>
        {undo && undo.problems.length > 0 && draft ? (
          <Problems
            problems={undo.problems}
            draft={draft}
            title={t('admin.history.undoProblems')}
            onShow={(path) => {
              close();
              onShow(path);
            }}
          />
        ) : null}
      </div>
    </Dialog>
  );
}
