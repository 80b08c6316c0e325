import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import {
  type AdminSection,
  addEntry,
  type ConfigurationState,
  type Entry,
  type Stores,
  spotOf,
  statusOf,
  unsavedCount,
  unsavedIn,
} from '../../stores/index.ts';
import { type Action, Badge, Button, Chip, classes, Dialog, EmptyState } from '../../ui/index.ts';
import { blankEntry } from './blank.ts';
import type { AdminDeeds } from './deeds.ts';
import { EntryForm } from './EntryForm.tsx';
import { EntryList } from './EntryList.tsx';
import { History } from './History.tsx';
import { Leave } from './Leave.tsx';
import { adminSections, rowsOf, sectionIcons } from './places.ts';
import { Review } from './Review.tsx';
import { sectionTitle } from './words.ts';
import './admin.css';

export interface AdminProps {
  readonly stores: Stores;
  readonly deeds: AdminDeeds;
  readonly actions: Readonly<Record<'admin.review', Action>>;
  /** What the rules of retention would do, for those who may. */
  readonly records: ReactNode;
}

/** Sections at the left, the list of one in the middle, the form of one entry at the right; above them what is unsaved. */
export function Admin({ stores, deeds, actions, records }: AdminProps) {
  const { t } = useText();
  const state = useStore(stores.configuration);
  const user = useStore(stores.desk, (desk) => desk.user);
  const isReadOnly = !user?.rights.includes('configuration:write');
  useEffect(() => void deeds.open(), [deeds]);
  const { draft, phase, failure } = state;

  const show = (path: string) => {
    if (!draft) return;
    const spot = spotOf(draft, path);
    stores.configuration.setState((now) => ({
      review: null,
      ...(spot
        ? {
            section: spot.section,
            selected:
              spot.section !== 'organisation' && spot.index !== null ? { ...now.selected, [spot.section]: spot.index } : now.selected,
            wanted: spot.field,
          }
        : {}),
    }));
  };

  return (
    <div className="admin">
      <AdminHead stores={stores} deeds={deeds} state={state} isReadOnly={isReadOnly} review={actions['admin.review']} />
      {draft ? (
        <div
          className={classes(
            'admin-panes',
            hasOpen(state) && 'has-entry-open',
            (state.section === 'organisation' || state.section === 'records') && 'has-no-list',
          )}
        >
          <Sections state={state} hasRecords={records !== null} onChoose={(section) => stores.configuration.setState({ section })} />
          {state.section === 'records' ? (
            <main className="pane admin-entry" id="place-centre" tabIndex={-1}>
              <div className="pane-head">
                <h2>{t('admin.section.records')}</h2>
              </div>
              {records}
            </main>
          ) : state.section === 'history' ? (
            <History stores={stores} deeds={deeds} isReadOnly={isReadOnly} onShow={show} />
          ) : (
            <SectionPanes key={state.section} stores={stores} deeds={deeds} state={state} isReadOnly={isReadOnly} />
          )}
        </div>
      ) : (
        <main className="pane admin-nothing" id="place-centre" tabIndex={-1}>
          {phase === 'failed' && failure ? (
            <EmptyState title={t('admin.failed')} action={<Button onClick={() => void deeds.open()}>{t('admin.retry')}</Button>}>
              {t(`failure.${failure}`)}
            </EmptyState>
          ) : (
            <p className="text-3" role="status">
              {t('admin.loading')}
            </p>
          )}
        </main>
      )}
      <Review stores={stores} deeds={deeds} onShow={show} />
      <Leave stores={stores} deeds={deeds} />
    </div>
  );
}

function hasOpen({ section, selected, openRevision }: ConfigurationState): boolean {
  if (section === 'history') return openRevision !== null;
  return section === 'organisation' || section === 'records' || selected[section] !== undefined;
}

function AdminHead(props: {
  readonly stores: Stores;
  readonly deeds: AdminDeeds;
  readonly state: ConfigurationState;
  readonly isReadOnly: boolean;
  readonly review: Action;
}) {
  const { deeds, state, isReadOnly, review } = props;
  const { t } = useText();
  const [isDiscarding, setIsDiscarding] = useState(false);
  const count = unsavedCount(state);
  return (
    <section className="pane-head admin-head" aria-label={t('admin.title')}>
      <h1>{t('admin.title')}</h1>
      {state.base ? <span className="small text-3 nowrap">{t('admin.revision', { revision: state.revision })}</span> : null}
      {isReadOnly ? (
        <Chip tone="outlined">{t('admin.readOnly')}</Chip>
      ) : (
        <>
          <span className={classes('push small nowrap', count > 0 ? 'tone-accent medium' : 'text-3')} role="status">
            {count > 0 ? t('admin.unsaved', { count }) : t('admin.noChanges')}
          </span>
          <Button size="small" kind="quiet" disabled={count === 0} onClick={() => setIsDiscarding(true)}>
            {t('admin.discard')}
          </Button>
          <Button size="small" kind="primary" shortcut={review.shortcut} disabled={!review.isEnabled} onClick={review.perform}>
            {t('admin.review')}
          </Button>
        </>
      )}
      <Dialog
        title={t('admin.discard.title')}
        isOpen={isDiscarding}
        onClose={() => setIsDiscarding(false)}
        footer={
          <>
            <Button onClick={() => setIsDiscarding(false)}>{t('admin.cancel')}</Button>
            <Button
              kind="end"
              onClick={() => {
                setIsDiscarding(false);
                void deeds.discard();
              }}
            >
              {t('admin.discard')}
            </Button>
          </>
        }
      >
        <p className="dialog-body text-2">{t('admin.discard.text', { count })}</p>
      </Dialog>
    </section>
  );
}

function Sections({
  state,
  hasRecords,
  onChoose,
}: {
  readonly state: ConfigurationState;
  readonly hasRecords: boolean;
  onChoose(section: AdminSection): void;
}) {
  const text = useText();
  return (
    <nav className="admin-sections" aria-label={text.t('admin.sections')}>
      <ul>
        {adminSections
          .filter((section) => section !== 'records' || hasRecords)
          .map((section) => {
            const Icon = sectionIcons[section];
            const unsaved = section === 'organisation' || section === 'records' || section === 'history' ? 0 : unsavedIn(state, section);
            const title = sectionTitle(text, section);
            return (
              <li key={section}>
                <button
                  type="button"
                  className={classes('admin-section', section === state.section && 'is-on')}
                  aria-current={section === state.section ? 'page' : undefined}
                  title={title}
                  onClick={() => onChoose(section)}
                >
                  <Icon className="icon" aria-hidden="true" />
                  <span className="grow admin-section-name">{title}</span>
                  {unsaved > 0 ? <Badge count={unsaved} isAccent /> : null}
                </button>
              </li>
            );
          })}
      </ul>
    </nav>
  );
}

function SectionPanes(props: {
  readonly stores: Stores;
  readonly deeds: AdminDeeds;
  readonly state: ConfigurationState;
  readonly isReadOnly: boolean;
}) {
  const { stores, deeds, state, isReadOnly } = props;
  const text = useText();
  const { t } = text;
  const { draft, section } = state;
  if (!draft || section === 'records' || section === 'history') return null;
  const index = section === 'organisation' ? null : (state.selected[section] ?? null);
  const isOpen = section === 'organisation' || (index !== null && (draft[section][index] as Entry | undefined) !== undefined);
  const add = () => {
    if (section !== 'organisation') stores.configuration.setState((now) => addEntry(now, section, blankEntry(section, draft)), true);
  };

  return (
    <>
      {section === 'organisation' ? null : (
        <EntryList
          title={sectionTitle(text, section)}
          rows={rowsOf(text, draft, section).map((row) => ({ ...row, status: statusOf(state, section, row.index) }))}
          selected={index}
          onSelect={(chosen) => stores.configuration.setState((now) => ({ selected: { ...now.selected, [section]: chosen } }))}
          {...(isReadOnly ? { addLabel: null } : { addLabel: t(`admin.new.${section}`), onAdd: add })}
          empty={
            <EmptyState
              icon={sectionIcons[section]}
              title={sectionTitle(text, section)}
              action={isReadOnly ? null : <Button onClick={add}>{t(`admin.new.${section}`)}</Button>}
            >
              {t(`admin.empty.${section}`)}
            </EmptyState>
          }
        />
      )}
      <main className="pane admin-entry" id="place-centre" tabIndex={-1}>
        {isOpen ? (
          <EntryForm
            stores={stores}
            state={state}
            section={section}
            index={index}
            isReadOnly={isReadOnly}
            onSetPassword={deeds.setPassword}
            onTryRules={deeds.tryRules}
          />
        ) : (
          <div className="admin-nothing">
            <EmptyState title={t('admin.choose.title')}>{t('admin.choose.text')}</EmptyState>
          </div>
        )}
      </main>
    </>
  );
}
