import { Suspense, useMemo } from 'react';
import { useStore } from 'zustand';
import { Supervised, Wallboard } from '../features/board/index.ts';
import { CallBar } from '../features/call-bar/index.ts';
import { KeyList, Palette } from '../features/commands/index.ts';
import { Customer } from '../features/customer/index.ts';
import { SoundDevices } from '../features/devices/index.ts';
import { OwnFigures } from '../features/figures/index.ts';
import { HelpCount } from '../features/help/index.ts';
import { WhyNothing } from '../features/idle/index.ts';
import { Notices } from '../features/notices/index.ts';
import { OfferAlert } from '../features/offer/index.ts';
import { Rail } from '../features/rail/index.ts';
import { Recordings } from '../features/recordings/index.ts';
import { Connection, TitleBar, Update } from '../features/title-bar/index.ts';
import { TransferDialog } from '../features/transfer/index.ts';
import { WorkList } from '../features/work-list/index.ts';
import { currentCall } from '../stores/index.ts';
import { onDemand, TelLinksActive, Tips, useKeyboardHome } from '../ui/index.ts';
import type { ActionMeans } from './actions/index.ts';
import type { Desk } from './desk.ts';
import { KnowledgeBeside } from './Knowledge.tsx';
import { Centre, middle } from './OpenWork.tsx';
import { Panes } from './Panes.tsx';
import { Places } from './Places.tsx';
import { usePaletteResults } from './palette-results.ts';
import { useActions } from './use-actions.ts';
import { useTelLinks } from './use-tel-links.ts';
import './workplace.css';

/** What is not there for every call: its code comes when it is opened. */
const CheckDesk = onDemand(async () => ({ default: (await import('./CheckDesk.tsx')).CheckDesk }));
const RecordDialogs = onDemand(async () => ({ default: (await import('./CustomerPage.tsx')).RecordDialogs }));
const OutsideDesk = onDemand(async () => ({ default: (await import('./OutsideDesk.tsx')).OutsideDesk }));
const LinkConfirm = onDemand(async () => ({ default: (await import('../features/link-confirm/index.ts')).LinkConfirm }));
const ComputerSettings = onDemand(async () => ({ default: (await import('../features/computer/index.ts')).ComputerSettings }));
const FollowUpDialog = onDemand(async () => ({ default: (await import('../features/follow-ups/index.ts')).FollowUpDialog }));
const GuidePreview = onDemand(async () => ({ default: (await import('../features/guide/index.ts')).GuidePreview }));
const InboxDialogs = onDemand(async () => ({ default: (await import('../features/inbox/index.ts')).InboxDialogs }));

/** Puts the features on the screen: title bar, call bar, rail, and the three panes. */
export function Workplace({ desk }: { readonly desk: Desk }) {
  const { stores } = desk;
  const means = useMemo<ActionMeans>(
    () => ({
      desk,
      focus: focusPlace,
      chooseImportFile,
      setTheme: (theme) => desk.changeSettings({ theme }),
      setLanguage: (language) => desk.changeSettings({ language }),
    }),
    [desk],
  );
  const actions = useActions(means);
  const texts = useMemo(() => ({ notes: desk.drafts.store, answers: desk.written.store, outbox: desk.outbox.store }), [desk]);
  const place = useStore(stores.view, (view) => view.place);
  const isCustomerOpen = useStore(stores.view, (view) => view.isCustomerOpen);
  useKeyboardHome(place === 'work' ? nowhere : middle, place);

  const hasPanel = useStore(stores.inbox, ({ panel }) => panel !== null && panel.kind !== 'transfer' && panel.kind !== 'finish');
  const isAsked = useStore(stores.privacy, (privacy) => privacy.dialog !== null);
  const isRecordAsked = useStore(stores.record, (record) => record.form !== null || record.merge !== null) || isAsked;
  const isFollowedUp = useStore(stores.followUps, ({ form }) => form !== null);
  const isGuideLookedAt = useStore(stores.guides, ({ preview }) => preview !== null);
  const isCheckOpen = useStore(stores.view, (view) => view.open === 'check');
  const mayDial = useStore(stores.desk, (state) => state.user?.rights.includes('call:dial-out') === true);
  useTelLinks(desk.dial);
  const findResults = usePaletteResults(desk);
  const { 'inbox.newMail': newMail, 'inbox.newSms': newSms, 'inbox.bringIn': bringIn } = actions.byId;
  const begins = useMemo(() => [newMail, newSms, bringIn], [newMail, newSms, bringIn]);
  const sendDigit = (digit: string) => {
    const live = currentCall(stores.desk.getState());
    if (live?.kind === 'talking') desk.sendDigit(live.item.interactionId, digit);
  };

  const outside = desk.outside.isThere ? (
    <Suspense fallback={null}>
      <OutsideDesk desk={desk} actions={actions} />
      <LinkConfirm stores={stores} deeds={desk.outside} />
      <ComputerSettings stores={stores} onChange={desk.changeSettings} />
    </Suspense>
  ) : null;
  if (place === 'wallboard')
    return (
      <>
        <Wallboard stores={stores} deeds={desk.board} onLeave={() => desk.goTo('board')} />
        {outside}
      </>
    );
  return (
    <TelLinksActive value={mayDial}>
      <div className="workplace">
        <TitleBar
          stores={stores}
          actions={actions.byId}
          onSettings={desk.changeSettings}
          connection={
            <Connection stores={stores} action={actions.byId['app.connection']} texts={texts}>
              <Update stores={stores} onInstall={desk.installUpdate} />
            </Connection>
          }
          help={<HelpCount stores={stores} deeds={desk.help} take={actions.byId['help.take']} />}
          onToggleCustomer={() => stores.view.setState({ isCustomerOpen: !isCustomerOpen })}
        />
        <CallBar
          stores={stores}
          actions={actions.byId}
          notReady={actions.notReady}
          onDigit={sendDigit}
          devices={(anchor) => <SoundDevices stores={stores} deeds={desk.devices} anchor={anchor} />}
        />
        <div className="workplace-body">
          <Rail stores={stores} actions={actions.byId} />
          {place === 'board' ? null : <Supervised stores={stores} deeds={desk.board} place="strip" />}
          <Places desk={desk} actions={actions} place={place} />
          {place === 'work' ? (
            <Panes
              desk={desk}
              work={
                <WorkList
                  stores={stores}
                  next={actions.byId['inbox.next']}
                  begins={begins}
                  onTake={desk.inbox.take}
                  onAccept={desk.inbox.accept}
                  figures={
                    <OwnFigures stores={stores} deeds={desk.figures} action={actions.byId['figures.open']} onOpen={desk.record.open} />
                  }
                  owed={{ onDone: desk.followUps.done, onShow: desk.followUps.show }}
                />
              }
              centre={<Centre desk={desk} actions={actions} />}
              customer={
                <Customer
                  stores={stores}
                  actions={actions.byId}
                  loadTimeline={desk.loadTimeline}
                  recordings={(of) => <Recordings stores={stores} recordings={of} hear={desk.record.hear} />}
                  onOpen={desk.record.open}
                  onCompare={desk.merge.compare}
                  onConversation={(conversationId) => desk.inbox.open({ kind: 'conversation', conversationId })}
                  onClose={() => stores.view.setState({ isCustomerOpen: false })}
                />
              }
            />
          ) : null}
        </div>
        <KnowledgeBeside desk={desk} actions={actions} />
        <Notices
          stores={stores}
          onDiscardDraft={(id) => {
            desk.drafts.forget(id);
            desk.written.forget(id);
            desk.inbox.discard(id);
          }}
          onUndoEdit={desk.record.undoEdit}
          onAvailable={desk.outside.becomeAvailable}
        />
        <Palette stores={stores} actions={actions.listed} find={findResults} />
        {isRecordAsked ? (
          <Suspense fallback={null}>
            <RecordDialogs desk={desk} />
          </Suspense>
        ) : null}
        <TransferDialog
          stores={stores}
          deeds={desk.calls}
          drafts={desk.drafts}
          park={actions.byId['call.park']}
          handOver={desk.inbox.transfer}
        />
        {hasPanel ? (
          <Suspense fallback={null}>
            <InboxDialogs stores={stores} deeds={desk.inbox} />
          </Suspense>
        ) : null}
        {isFollowedUp ? (
          <Suspense fallback={null}>
            <FollowUpDialog stores={stores} deeds={desk.followUps} />
          </Suspense>
        ) : null}
        {isGuideLookedAt ? (
          <Suspense fallback={null}>
            <GuidePreview stores={stores} onClose={desk.guides.closePreview} />
          </Suspense>
        ) : null}
        {isCheckOpen ? (
          <Suspense fallback={null}>
            <CheckDesk desk={desk} />
          </Suspense>
        ) : null}
        <KeyList stores={stores} actions={actions.all} onPrint={() => window.print()} />
        {outside}
        <WhyNothing stores={stores} ask={desk.askWhyMe} />
        <OfferAlert stores={stores} keys={{ call: actions.byId['call.answer'].shortcut, written: actions.byId['inbox.accept'].shortcut }} />
      </div>
      <Tips />
    </TelLinksActive>
  );
}

/** At the work the keyboard is where the contact needs it. */
const nowhere = { current: null };

function focusPlace(place: Parameters<ActionMeans['focus']>[0]): void {
  const selector = place === 'notes' || place === 'composer' ? `[data-place="${place}"]` : `#place-${place}`;
  // After what was opened together with it has been rendered.
  requestAnimationFrame(() => {
    const found = document.querySelector<HTMLElement>(selector);
    found?.focus();
    if (place === 'states' && found?.getAttribute('aria-expanded') !== 'true') found?.click();
  });
}

function chooseImportFile(): void {
  document.querySelector<HTMLInputElement>('#import-file')?.click();
}
