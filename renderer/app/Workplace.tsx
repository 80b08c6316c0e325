import { CircleParking, Phone } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useCallback, useMemo } from 'react';
import { useStore } from 'zustand';
import type { DesktopSettings } from '../../shared/contracts/desktop-api.ts';
import type { WrittenWork } from '../../shared/contracts/messages/inbox.ts';
import type { ScreenPop } from '../../shared/contracts/screen-pop.ts';
import { Board, Supervised, Wallboard } from '../features/board/index.ts';
import { CallBar } from '../features/call-bar/index.ts';
import { KeyList, Palette, type PaletteResult } from '../features/commands/index.ts';
import { Customer, Know } from '../features/customer/index.ts';
import type { PromptFieldProps as FlowPromptFieldProps } from '../features/flows/index.ts';
import { Idle, WhyNothing } from '../features/idle/index.ts';
import { OfferStrip } from '../features/inbox/index.ts';
import { Notes } from '../features/notes/index.ts';
import { Notices } from '../features/notices/index.ts';
import { CallerFactsList, Candidates, Handover, OfferPane, PopPath } from '../features/offer/index.ts';
import { Rail } from '../features/rail/index.ts';
import { Recordings } from '../features/recordings/index.ts';
import { Customers, hitDetail, hitIcons } from '../features/search/index.ts';
import { TalkPane } from '../features/talk/index.ts';
import { TitleBar } from '../features/title-bar/index.ts';
import { TransferDialog } from '../features/transfer/index.ts';
import { Message } from '../features/voicemail/index.ts';
import { WorkList } from '../features/work-list/index.ts';
import { OutcomeTree, WrapUpPane } from '../features/wrap-up/index.ts';
import { callerName, type Text, useText } from '../i18n/index.ts';
import { currentCall, currentWork, interactionIdOf, popOf, type Work, writtenOffer } from '../stores/index.ts';
import { classes, Section, TelLinksActive, useKeyboardHome, useNow } from '../ui/index.ts';
import type { ActionMeans } from './actions/index.ts';
import type { Desk } from './desk.ts';
import { type BoundActions, useActions } from './use-actions.ts';
import { useTelLinks } from './use-tel-links.ts';
import './workplace.css';

/** What is not there for every call: its code comes when it is opened. */
const CaseList = lazy(async () => ({ default: (await import('../features/cases/index.ts')).CaseList }));
const CustomerPage = lazy(async () => ({ default: (await import('./CustomerPage.tsx')).CustomerPage }));
const RecordDialogs = lazy(async () => ({ default: (await import('./CustomerPage.tsx')).RecordDialogs }));
const Account = lazy(async () => ({ default: (await import('../features/account/index.ts')).Account }));
const MyCustomers = lazy(async () => ({ default: (await import('../features/my-customers/index.ts')).MyCustomers }));
const Import = lazy(async () => ({ default: (await import('../features/import/index.ts')).Import }));
const Flows = lazy(async () => ({ default: (await import('../features/flows/index.ts')).Flows }));
const Prompts = lazy(async () => ({ default: (await import('../features/prompts/index.ts')).Prompts }));
const ConversationPane = lazy(async () => ({ default: (await import('../features/inbox/index.ts')).ConversationPane }));
const FinishPane = lazy(async () => ({ default: (await import('../features/inbox/index.ts')).FinishPane }));
const InboxDialogs = lazy(async () => ({ default: (await import('../features/inbox/index.ts')).InboxDialogs }));
const PromptField = lazy(async () => ({ default: (await import('../features/prompts/index.ts')).PromptField }));
const Retained = lazy(async () => ({ default: (await import('../features/privacy/index.ts')).Retained }));
const Admin = lazy(async () => ({ default: (await import('../features/admin/index.ts')).Admin }));

const paletteHits = 8;

export interface WorkplaceProps {
  readonly desk: Desk;
  onSettings(change: Partial<Pick<DesktopSettings, 'theme' | 'language'>>): void;
}

/** Puts the features on the screen: title bar, call bar, rail, and the three panes. */
export function Workplace({ desk, onSettings }: WorkplaceProps) {
  const { stores } = desk;
  const means = useMemo<ActionMeans>(
    () => ({
      desk,
      focus: focusPlace,
      chooseImportFile,
      setTheme: (theme) => onSettings({ theme }),
      setLanguage: (language) => onSettings({ language }),
    }),
    [desk, onSettings],
  );
  const actions = useActions(means);
  const mayErase = useStore(stores.desk, (state) => state.user?.rights.includes('record:erase') === true);
  const place = useStore(stores.view, (view) => view.place);
  const isCustomerOpen = useStore(stores.view, (view) => view.isCustomerOpen);
  useKeyboardHome(place === 'work' ? nowhere : centre, place);

  const text = useText();
  const hasPanel = useStore(stores.inbox, ({ panel }) => panel !== null && panel.kind !== 'transfer' && panel.kind !== 'finish');
  const isAsked = useStore(stores.privacy, (privacy) => privacy.dialog !== null);
  const isRecordAsked = useStore(stores.record, (record) => record.form !== null || record.merge !== null) || isAsked;
  const mayRead = useStore(stores.desk, (state) => state.user?.rights.includes('contact:read') === true);
  const mayDial = useStore(stores.desk, (state) => state.user?.rights.includes('call:dial-out') === true);
  useTelLinks(desk.dial);
  const find = useCallback(
    async (typed: string): Promise<readonly PaletteResult[] | null> => {
      const calls = [...(mayDial && isDiallable(typed) ? [callResult(text, typed, desk)] : []), ...pickUpResult(text, typed, desk)];
      if (!mayRead) return calls;
      const hits = await desk.search.find(typed, paletteHits);
      return (
        hits
          ?.map(
            (hit): PaletteResult => ({
              id: `${hit.kind}-${hit.id}`,
              icon: hitIcons[hit.kind],
              title: hit.title,
              detail: hitDetail(text, hit),
              open: () => desk.search.open(hit),
            }),
          )
          .concat(calls) ?? (calls.length > 0 ? calls : null)
      );
    },
    [desk, text, mayRead, mayDial],
  );

  const promptField = useCallback(
    (props: FlowPromptFieldProps) => (
      <Suspense fallback={null}>
        <PromptField {...props} stores={stores} deeds={desk.prompts} />
      </Suspense>
    ),
    [stores, desk.prompts],
  );

  const sendDigit = (digit: string) => {
    const live = currentCall(stores.desk.getState());
    if (live?.kind === 'talking') desk.sendDigit(live.item.interactionId, digit);
  };

  if (place === 'wallboard') return <Wallboard stores={stores} deeds={desk.board} onLeave={() => desk.goTo('board')} />;
  return (
    <TelLinksActive value={mayDial}>
      <div className="workplace">
        <TitleBar
          stores={stores}
          actions={actions.byId}
          onSettings={onSettings}
          onToggleCustomer={() => stores.view.setState({ isCustomerOpen: !isCustomerOpen })}
        />
        <CallBar stores={stores} actions={actions.byId} notReady={actions.notReady} onDigit={sendDigit} />
        <div className="workplace-body">
          <Rail stores={stores} actions={actions.byId} />
          {place === 'board' ? null : <Supervised stores={stores} deeds={desk.board} place="strip" />}
          {place === 'board' ? <Board stores={stores} deeds={desk.board} wallboard={actions.byId['place.wallboard']} /> : null}
          {place === 'admin' ? (
            <Suspense fallback={null}>
              <Admin
                stores={stores}
                deeds={desk.configuration}
                actions={actions.byId}
                records={mayErase ? <Retained stores={stores} deeds={desk.privacy} /> : null}
              />
            </Suspense>
          ) : null}
          <Suspense fallback={null}>
            {place === 'customers' ? (
              <Customers stores={stores} deeds={desk.search} actions={actions.byId} onExport={desk.privacy.exportCustomers} />
            ) : null}
            {place === 'customer' ? <CustomerPage desk={desk} actions={actions.byId} /> : null}
            {place === 'cases' ? <CaseList stores={stores} deeds={desk.cases} /> : null}
            {place === 'account' ? (
              <Account
                stores={stores}
                deeds={desk.account}
                actions={actions.byId}
                onPerson={desk.record.open}
                onCase={(each) => desk.record.open(each.contactId, each.caseId)}
              />
            ) : null}
            {place === 'my-customers' ? (
              <MyCustomers stores={stores} deeds={desk.customers} actions={actions.byId} onShow={desk.account.show} />
            ) : null}
            {place === 'flows' ? (
              <Flows stores={stores} deeds={desk.flows} runs={desk.flowRuns} actions={actions.byId} promptField={promptField} />
            ) : null}
            {place === 'prompts' ? <Prompts stores={stores} deeds={desk.prompts} /> : null}
            {place === 'import' ? <Import stores={stores} deeds={desk.imports} actions={actions.byId} /> : null}
          </Suspense>
          {place === 'work' ? (
            <div className={classes('panes', isCustomerOpen && 'has-customer-open')}>
              <WorkList
                stores={stores}
                next={actions.byId['inbox.next']}
                begins={[actions.byId['inbox.newMail'], actions.byId['inbox.newSms'], actions.byId['inbox.bringIn']]}
                onTake={desk.inbox.take}
                onAccept={desk.inbox.accept}
              />
              <main className="pane" id="place-centre" tabIndex={-1}>
                <Centre desk={desk} actions={actions} />
              </main>
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
            </div>
          ) : null}
        </div>
        <Notices
          stores={stores}
          onDiscardDraft={(id) => {
            desk.drafts.forget(id);
            desk.written.forget(id);
            desk.inbox.discard(id);
          }}
          onUndoEdit={desk.record.undoEdit}
        />
        <Palette stores={stores} actions={actions.listed} find={find} />
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
        <KeyList stores={stores} actions={actions.all} />
        <WhyNothing stores={stores} ask={desk.askWhyMe} />
      </div>
    </TelLinksActive>
  );
}

function Centre({ desk, actions }: { readonly desk: Desk; readonly actions: BoundActions }) {
  const { stores } = desk;
  const state = useStore(stores.desk);
  const selectedId = useStore(stores.view, (view) => view.selectedId);
  const work = currentWork(state, selectedId);
  const offer = writtenOffer(state);
  if (!work) return <Idle stores={stores} actions={actions.byId} />;
  return (
    <>
      <LostBanner desk={desk} />
      {offer && offer.interactionId !== interactionIdOf(work) ? <OfferStrip stores={stores} offer={offer} actions={actions.byId} /> : null}
      <OpenWork desk={desk} actions={actions} work={work} />
    </>
  );
}

function OpenWork({ desk, actions, work }: { readonly desk: Desk; readonly actions: BoundActions; readonly work: Work }) {
  const { t } = useText();
  const { stores, drafts } = desk;
  const interactionId = interactionIdOf(work);
  const { match } = popOf(work);
  const candidates =
    match.kind === 'candidates' ? (
      <Candidates
        stores={stores}
        match={match}
        isRinging={work.kind === 'ringing'}
        create={actions.byId['record.create']}
        onChoose={(contactId) => desk.chooseContact(interactionId, contactId)}
        onMarkShared={() => desk.record.markShared(popOf(work).caller.number, match.candidates)}
      />
    ) : null;
  const pop = popOf(work);

  switch (work.kind) {
    case 'ringing':
      return (
        <OfferPane
          key={interactionId}
          stores={stores}
          offer={work.offer}
          candidates={candidates}
          decline={actions.byId['call.declineOther']}
          writtenActions={actions.byId}
        />
      );
    case 'written':
      return <Written key={interactionId} desk={desk} actions={actions} work={work.item} candidates={candidates} />;
    case 'wrapping':
      return (
        <WrapUpPane
          key={interactionId}
          stores={stores}
          item={work.item}
          actions={actions.byId}
          notes={
            <Notes
              drafts={drafts}
              interactionId={interactionId}
              title={t('notes.summary')}
              placeholder={t('notes.placeholder')}
              className="wrap-up-notes"
            />
          }
        />
      );
    case 'joining':
    case 'talking':
      return (
        <TalkPane
          key={interactionId}
          stores={stores}
          pop={pop}
          call={
            work.kind === 'talking'
              ? work.item.call
              : {
                  interactionId,
                  reservationId: work.offer.reservationId,
                  state: 'connecting',
                  answeredAt: null,
                  heldSince: null,
                  endedAt: null,
                  end: null,
                }
          }
          path={<PopPath pop={pop} />}
          candidates={candidates}
          handover={
            pop.transfer ? (
              <Handover pop={pop} />
            ) : pop.message ? (
              <Message
                message={pop.message}
                call={work.kind === 'talking' ? work.item.call : null}
                actions={actions.byId}
                hear={desk.record.hear}
              />
            ) : null
          }
          actions={actions.byId}
          onDropParty={(partyId) => desk.calls.dropParty(interactionId, partyId)}
          aside={<BesideTheCall desk={desk} pop={pop} />}
          notes={
            <Notes
              drafts={drafts}
              interactionId={interactionId}
              title={t('notes.title')}
              placeholder={t('talk.notesPlaceholder')}
              className="talk-notes"
            />
          }
        />
      );
  }
}

/** A conversation in writing, with what other features say about it. */
function Written(props: {
  readonly desk: Desk;
  readonly actions: BoundActions;
  readonly work: WrittenWork;
  readonly candidates: ReactNode;
}) {
  const { desk, actions, work, candidates } = props;
  const { stores } = desk;
  const { interactionId, pop } = work;
  const { t } = useText();
  const dispositions = useStore(stores.desk, (state) => state.dispositions);
  const chosen = useStore(stores.view, (view) => view.outcomes[interactionId] ?? null);
  return (
    <Suspense fallback={null}>
      <ConversationPane
        stores={stores}
        deeds={desk.inbox}
        written={desk.written}
        outbox={desk.outbox}
        work={work}
        actions={actions.byId}
        above={
          candidates || pop.transfer ? (
            <div className="conversation-above">
              <Handover pop={pop} />
              {candidates}
            </div>
          ) : null
        }
        finish={
          <FinishPane
            stores={stores}
            deeds={desk.inbox}
            interactionId={interactionId}
            name={callerName(t, pop)}
            finish={actions.byId['inbox.finish']}
            outcomes={
              <OutcomeTree
                all={dispositions}
                chosen={chosen}
                onChoose={(code) => stores.view.setState((view) => ({ outcomes: { ...view.outcomes, [interactionId]: code } }))}
              />
            }
            notes={
              <Notes
                drafts={desk.drafts}
                interactionId={interactionId}
                title={t('notes.summary')}
                placeholder={t('notes.placeholder')}
                className="finish-notes"
              />
            }
          />
        }
      />
    </Suspense>
  );
}

/** What to know before saying more, where somebody is known; otherwise what the number says. */
function BesideTheCall({ desk, pop }: { readonly desk: Desk; readonly pop: ScreenPop }) {
  const { t } = useText();
  const now = useNow(useStore(desk.stores.connection, (connection) => connection.clockOffsetMs));
  if (pop.match.kind === 'certain') return <Know record={pop.match.contact} now={now} />;
  return (
    <Section title={t('offer.whatIsKnown')}>
      <CallerFactsList pop={pop} />
    </Section>
  );
}

function LostBanner({ desk }: { readonly desk: Desk }) {
  const { t, formats } = useText();
  const lostSince = useStore(desk.stores.connection, (connection) => connection.lostSince);
  if (lostSince === null) return null;
  return (
    <p className="lost-banner" role="alert">
      {t('connection.lostBanner', { time: formats.timeOfDay(lostSince) })}
    </p>
  );
}

/** At the work the keyboard is where the call needs it. */
const nowhere = { current: null };
const centre = {
  get current() {
    return document.querySelector<HTMLElement>('#place-centre');
  },
};

function focusPlace(place: Parameters<ActionMeans['focus']>[0]): void {
  const selector = place === 'notes' || place === 'composer' ? `[data-place="${place}"]` : `#place-${place}`;
  // After what was opened together with it has been rendered.
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}

function chooseImportFile(): void {
  document.querySelector<HTMLInputElement>('#import-file')?.click();
}

/** What may be a telephone number, as people type them. */
const isDiallable = (typed: string): boolean => /^\s*\+?[\d][\d ()./-]{2,30}\s*$/.test(typed);

/** The number of a place where somebody may be parked. */
function pickUpResult({ t }: Text, typed: string, desk: Desk): readonly PaletteResult[] {
  const slot = typed.trim();
  if (!/^[1-9]\d?$/.test(slot) || desk.stores.desk.getState().agent === null) return [];
  return [
    {
      id: 'pick-up',
      icon: CircleParking,
      title: t('palette.pickUp', { slot }),
      detail: t('palette.pickUpDetail'),
      open: () => desk.calls.pickUp(slot),
    },
  ];
}

function callResult({ t }: Text, typed: string, desk: Desk): PaletteResult {
  const number = typed.trim();
  return { id: 'dial', icon: Phone, title: t('dial.call', { number }), detail: t('dial.detail'), open: () => desk.dial(number) };
}
