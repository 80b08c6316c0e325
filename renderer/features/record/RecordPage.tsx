import { UserRoundX } from 'lucide-react';
import { memo, type ReactNode, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { ContactPage } from '../../../shared/contracts/record.ts';
import type { Recorded } from '../../../shared/contracts/recording.ts';
import { useText } from '../../i18n/index.ts';
import { type RecordTab, recordTabs, type Stores } from '../../stores/index.ts';
import { type Action, Badge, Button, EmptyState, Tabs, useKeyboardHome, useSecond } from '../../ui/index.ts';
import { Bills } from './Bills.tsx';
import { CasesTab } from './CasesTab.tsx';
import { Drawer } from './Drawer.tsx';
import type { RecordDeeds } from './deeds.ts';
import { FactsColumn } from './FactsColumn.tsx';
import { Figures } from './Figures.tsx';
import { Files } from './Files.tsx';
import { Head } from './Head.tsx';
import { Holdings } from './Holdings.tsx';
import { NowColumn } from './NowColumn.tsx';
import { Stream } from './Stream.tsx';
import { Value } from './Value.tsx';
import './record.css';

export type RecordActions = Readonly<
  Record<
    | 'record.back'
    | 'record.isCaller'
    | 'record.followUp'
    | 'record.openCase'
    | 'record.addTask'
    | 'record.offer'
    | 'record.addIdentifier'
    | 'record.history'
    | 'record.merges',
    Action
  >
>;

/** Parts of the page that other features draw. */
export interface RecordSlots {
  /** What to know before speaking. */
  know(page: ContactPage): ReactNode;
  /** One case with its steps. */
  caseFile(caseId: string): ReactNode;
  /** What was recorded of a call. */
  recordings(of: readonly Recorded[]): ReactNode;
  /** The way that the caller took through the IVR in a call that was taken here. */
  path?: ((interactionId: string) => ReactNode) | undefined;
  /** Opens what was written, of an entry that is a conversation. */
  conversation?: ((conversationId: string) => ReactNode) | undefined;
  duplicates(page: ContactPage): ReactNode;
  merges: ReactNode;
  /** More that can be done with a whole record: leave it, erase it. */
  menu?(page: ContactPage): ReactNode;
}

export interface RecordPageProps {
  readonly stores: Stores;
  readonly deeds: RecordDeeds;
  readonly actions: RecordActions;
  readonly slots: RecordSlots;
  /** Opens the file of a company. */
  onAccount(accountId: string): void;
}

/** Everything of one customer: who they are at the left, what happened in the middle, what is to be done at the right. */
export function RecordPage({ stores, deeds, actions, slots, onAccount }: RecordPageProps) {
  const { t } = useText();
  const { page, phase, failure, contactId } = useStore(stores.record);
  const isOnline = useStore(stores.connection, (connection) => connection.bridge === 'connected');
  const second = useSecond(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const now = second - (second % 60_000);

  // What somebody else changed while the line was down is not told by anybody.
  useEffect(() => {
    if (isOnline) deeds.reload();
  }, [isOnline, deeds]);

  if (page === null) {
    return (
      <main className="pane record is-empty" id="place-centre" tabIndex={-1}>
        {phase === 'failed' ? (
          <EmptyState
            icon={UserRoundX}
            title={t('record.failed')}
            action={
              <span className="row">
                <Button onClick={deeds.reload}>{t('timeline.retry')}</Button>
                <Button kind="quiet" onClick={deeds.back} shortcut={actions['record.back'].shortcut}>
                  {t('record.back')}
                </Button>
              </span>
            }
          >
            {failure ? t(`failure.${failure}`) : null}
          </EmptyState>
        ) : (
          <p className="text-3 record-waits">{t('record.loading')}</p>
        )}
      </main>
    );
  }
  return <Open key={contactId} stores={stores} deeds={deeds} actions={actions} slots={slots} onAccount={onAccount} page={page} now={now} />;
}

/** Drawn again when something on it changes, and every minute for what is due. */
const Open = memo(function Open({
  stores,
  deeds,
  actions,
  slots,
  onAccount,
  page,
  now,
}: RecordPageProps & { readonly page: ContactPage; readonly now: number }) {
  const { t } = useText();
  const tab = useStore(stores.record, (record) => record.tab);
  const drawer = useStore(stores.record, (record) => record.drawer);
  const mayWrite = useStore(stores.desk, (desk) => desk.user?.rights.includes('contact:write') === true);
  const isAsked = useStore(stores.record, ({ form, merge }) => form !== null || merge !== null);
  const home = useRef<HTMLElement>(null);
  useKeyboardHome(home, `${drawer} ${isAsked}`);
  const open = { stores, deeds, actions, page, now, mayWrite };
  const panels: Readonly<Record<RecordTab, ReactNode>> = {
    timeline: (
      <Stream
        stores={stores}
        deeds={deeds}
        page={page}
        now={now}
        caseFile={slots.caseFile}
        recordings={slots.recordings}
        path={slots.path}
        conversation={slots.conversation}
      />
    ),
    cases: <CasesTab {...open} caseFile={slots.caseFile} />,
    products: <Holdings page={page} now={now} />,
    bills: <Bills page={page} now={now} />,
    value: <Value page={page} />,
    files: <Files {...open} />,
  };
  const counts: Partial<Readonly<Record<RecordTab, number>>> = {
    cases: page.cases.filter(({ status }) => status !== 'solved' && status !== 'closed').length,
    files: page.attachments.length,
  };
  return (
    <main className="pane record" id="place-centre" tabIndex={-1} aria-label={page.record.name} ref={home}>
      <Head {...open} menu={slots.menu?.(page)} onAccount={onAccount} />
      <Figures page={page} now={now} />
      <div className="record-columns">
        <FactsColumn {...open} />
        <div className="record-middle">
          <h2 className="sr-only">{t('customer.tabs')}</h2>
          <Tabs
            label={t('customer.tabs')}
            value={tab}
            onChange={(value) => deeds.showTab(value as RecordTab)}
            tabs={recordTabs.map((value) => ({
              value,
              label: (
                <>
                  {t(`record.tab.${value}`)}
                  {counts[value] ? <Badge count={counts[value]} /> : null}
                </>
              ),
              panel: value === tab ? panels[value] : null,
            }))}
          />
        </div>
        {drawer === 'none' ? (
          <NowColumn {...open} know={slots.know(page)} duplicates={slots.duplicates(page)} />
        ) : (
          <Drawer stores={stores} deeds={deeds} page={page} now={now} mayWrite={mayWrite} merges={slots.merges} />
        )}
      </div>
    </main>
  );
});

/** What every part of the page is given. */
export interface OpenProps {
  readonly stores: Stores;
  readonly deeds: RecordDeeds;
  readonly actions: RecordActions;
  readonly page: ContactPage;
  readonly now: number;
  readonly mayWrite: boolean;
}
