import { type ReactNode, Suspense } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { WrittenWork } from '../../shared/contracts/messages/inbox.ts';
import type { ScreenPop } from '../../shared/contracts/screen-pop.ts';
import { Know } from '../features/customer/index.ts';
import { AgreedNote } from '../features/follow-ups/AgreedNote.tsx';
import { AskForHelp } from '../features/help/index.ts';
import { Idle } from '../features/idle/index.ts';
import { OfferStrip } from '../features/inbox/index.ts';
import { Notes } from '../features/notes/index.ts';
import { CallerFactsList, Candidates, Handover, OfferPane, PopPath } from '../features/offer/index.ts';
import { TalkPane } from '../features/talk/index.ts';
import { Message } from '../features/voicemail/index.ts';
import { OutcomeTree, WrapUpPane } from '../features/wrap-up/index.ts';
import { callerName, useText } from '../i18n/index.ts';
import { currentWork, interactionIdOf, popOf, type Work, writtenOffer } from '../stores/index.ts';
import { onDemand, Section, useKeyboardHome, useMinute } from '../ui/index.ts';
import type { Desk } from './desk.ts';
import { BesideGuide, useGuide } from './GuideBeside.tsx';
import { Usual, useFittingAnswers } from './Knowledge.tsx';
import type { BoundActions } from './use-actions.ts';

const ConversationPane = onDemand(async () => ({ default: (await import('../features/inbox/index.ts')).ConversationPane }));
const WhatHappensNext = onDemand(async () => ({ default: (await import('../features/follow-ups/index.ts')).WhatHappensNext }));
const FinishPane = onDemand(async () => ({ default: (await import('../features/inbox/index.ts')).FinishPane }));

/** Where the keyboard is at home when what had it has gone. */
export const middle = {
  get current() {
    return document.querySelector<HTMLElement>('#place-centre');
  },
};

/** The middle pane: the contact that has the agent's attention, in the state it is in. */
export function Centre({ desk, actions }: { readonly desk: Desk; readonly actions: BoundActions }) {
  const { stores } = desk;
  const selectedId = useStore(stores.view, (view) => view.selectedId);
  const work = useStore(
    stores.desk,
    useShallow((state) => currentWork(state, selectedId)),
  );
  const offer = useStore(stores.desk, writtenOffer);
  const presence = useStore(stores.desk, ({ agent }) => agent?.presence ?? 'none');
  // What had the keyboard may have gone with the contact it belonged to, or with the state in which it applied.
  useKeyboardHome(middle, work ? `${work.kind} ${interactionIdOf(work)}` : presence);
  if (!work) return <Idle stores={stores} actions={actions.byId} />;
  return (
    <>
      <LostBanner desk={desk} />
      {offer && offer.interactionId !== interactionIdOf(work) ? <OfferStrip stores={stores} offer={offer} actions={actions.byId} /> : null}
      <BesideGuide desk={desk} actions={actions} work={work}>
        <OpenWork desk={desk} actions={actions} work={work} />
      </BesideGuide>
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
  const guide = useGuide(desk, actions, work);

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
          usual={<Usual desk={desk} pop={pop} className="offer-part" />}
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
          next={<Next desk={desk} actions={actions} interactionId={interactionId} pop={pop} />}
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
          guide={guide.pane}
          choice={
            <>
              {guide.choice}
              {guide.chooser}
            </>
          }
          help={<AskForHelp stores={stores} deeds={desk.help} action={actions.byId['help.ask']} interactionId={interactionId} />}
          actions={actions.byId}
          onDropParty={(partyId) => desk.calls.dropParty(interactionId, partyId)}
          aside={
            <div className="talk-aside">
              <BesideTheCall desk={desk} pop={pop} />
              <Usual desk={desk} pop={pop} />
            </div>
          }
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

function Next(props: { readonly desk: Desk; readonly actions: BoundActions; readonly interactionId: string; readonly pop: ScreenPop }) {
  const { desk, actions, interactionId, pop } = props;
  return (
    <Suspense fallback={null}>
      <WhatHappensNext
        stores={desk.stores}
        deeds={desk.followUps}
        interactionId={interactionId}
        pop={pop}
        add={actions.byId['record.followUp']}
        addUsual={actions.byId['followUp.usual']}
      />
    </Suspense>
  );
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
  const answers = useFittingAnswers(desk, actions, work);
  return (
    <Suspense fallback={null}>
      <ConversationPane
        stores={stores}
        deeds={desk.inbox}
        written={desk.written}
        outbox={desk.outbox}
        work={work}
        actions={actions.byId}
        answers={answers}
        help={<AskForHelp stores={stores} deeds={desk.help} action={actions.byId['help.ask']} interactionId={interactionId} />}
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
            next={<Next desk={desk} actions={actions} interactionId={interactionId} pop={pop} />}
          />
        }
      />
    </Suspense>
  );
}

/** What to know before saying more, where somebody is known; otherwise what the number says. */
function BesideTheCall({ desk, pop }: { readonly desk: Desk; readonly pop: ScreenPop }) {
  const { t } = useText();
  const now = useMinute(useStore(desk.stores.connection, (connection) => connection.clockOffsetMs));
  return (
    <>
      <AgreedNote pop={pop} now={now} />
      {pop.match.kind === 'certain' ? (
        <Know record={pop.match.contact} now={now} />
      ) : (
        <Section title={t('offer.whatIsKnown')}>
          <CallerFactsList pop={pop} />
        </Section>
      )}
    </>
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
