import { Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Offer, ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { callerName, callSign, pathSentence, pathSteps, type Text, useText, voiceOf, whyText } from '../../i18n/index.ts';
import { currentCall, type Stores } from '../../stores/index.ts';
import { type Action, AfterPaint, Button, Path, RingingHalo, Section, useNow } from '../../ui/index.ts';
import { CallerFactsList } from './CallerFactsList.tsx';
import { Handover, handoverTitle } from './Handover.tsx';
import { MenuFacts } from './MenuFacts.tsx';
import './offer.css';

export interface OfferPaneProps {
  readonly stores: Stores;
  readonly offer: Offer;
  /** Who might be calling, to choose from; only for a number that several people use. */
  readonly candidates: ReactNode;
  /** Of a call that rings beside another; otherwise the call bar declines. */
  readonly decline: Action;
  /** Of written work, which no call bar answers. */
  readonly writtenActions: Readonly<Record<'inbox.accept' | 'inbox.decline', Action>>;
  /** Articles that may be what it is about. */
  readonly usual: ReactNode;
}

export function OfferPane({ stores, offer, candidates, decline, writtenActions, usual }: OfferPaneProps) {
  const text = useText();
  const { t, formats } = text;
  const now = useNow(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const isAnswering = useStore(stores.call, (call) => call.answering === offer.reservationId);
  const skills = useStore(stores.desk, (desk) => desk.skills);
  const reasons = useStore(stores.desk, (desk) => desk.reasons);
  const isWritten = offer.channel !== 'voice';
  const isOnDesk = useStore(stores.connection, (connection) => connection.phone === 'desk') && !isWritten;
  const isBeside = useStore(stores.desk, (desk) => currentCall(desk)?.kind === 'talking') && !isWritten;
  const { pop } = offer;
  const { match } = pop;
  const known = match.kind === 'certain';

  return (
    <article className="offer-pane" aria-label={isWritten ? offerTitle(text, pop) : t('offer.incoming')}>
      <header className="offer-head">
        <RingingHalo icon={callSign(pop, null)} />
        <div className="grow">
          <div className="row small">
            <span className="tone-waiting medium">
              {isOnDesk ? t('offer.liftDeskPhone') : isAnswering ? t('offer.answering') : offerTitle(text, pop)}
            </span>
            <span className="cut text-3">{pop.queueName[formats.language]}</span>
          </div>
          <h2 className="offer-name whole">{match.kind === 'unknown' && !isWritten ? t('unknown.title') : callerName(t, pop)}</h2>
          <div className="whole text-2">{callerLine(text, pop)}</div>
        </div>
        <div className="offer-countdown figures" role="timer">
          <strong>{formats.clock(offer.ringsUntil - now)}</strong>
          <span className="small text-3">
            {t(isWritten ? 'inbox.offer.left' : 'offer.left')} · {t('offer.waited', { clock: formats.clock(now - pop.queuedAt) })}
          </span>
        </div>
      </header>

      {isWritten ? (
        <div className="row offer-deeds">
          <Button
            kind="answer"
            shortcut={writtenActions['inbox.accept'].shortcut}
            disabled={!writtenActions['inbox.accept'].isEnabled}
            onClick={writtenActions['inbox.accept'].perform}
          >
            {writtenActions['inbox.accept'].label}
          </Button>
          <Button
            shortcut={writtenActions['inbox.decline'].shortcut}
            disabled={!writtenActions['inbox.decline'].isEnabled}
            onClick={writtenActions['inbox.decline'].perform}
          >
            {writtenActions['inbox.decline'].label}
          </Button>
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <section className="offer-body" tabIndex={0} aria-label={t('talk.about')}>
        {isBeside ? (
          <div className="offer-beside">
            <p>{t('offer.beside')}</p>
            <Button size="small" shortcut={decline.shortcut} disabled={!decline.isEnabled} onClick={decline.perform}>
              {decline.label}
            </Button>
          </div>
        ) : null}
        <Handover pop={pop} />
        {pop.written ? (
          <Section className="offer-part" title={pop.written.subject ?? t('inbox.offer.text')}>
            <p className="offer-why offer-written">{pop.written.preview}</p>
          </Section>
        ) : null}
        {pop.callback ? (
          <Section className="offer-part" title={t('offer.callback')}>
            {pop.callback.about === undefined ? (
              <p className="offer-why">
                {t(pop.callback.attempt > 1 ? 'offer.callbackAgain' : 'offer.callbackText', {
                  time: formats.timeOfDay(pop.callback.promisedAt),
                })}
              </p>
            ) : (
              <>
                <p className="offer-why medium">{pop.callback.about}</p>
                <p className="offer-why">{t(pop.callback.attempt > 1 ? 'followUp.offerAgain' : 'followUp.offer')}</p>
              </>
            )}
          </Section>
        ) : null}
        {pop.agreed ? (
          <Section className="offer-part" title={t('followUp.agreedTitle')}>
            <p className="offer-why medium">{pop.agreed.about}</p>
            <p className="offer-why">
              {t('followUp.agreedFor', { when: `${formats.date(pop.agreed.at)} ${formats.time(pop.agreed.at)}`, name: pop.agreed.by })}
            </p>
          </Section>
        ) : null}
        {pop.message ? (
          <Section className="offer-part" title={t('recording.message')}>
            <p className="offer-why">
              {t('voicemail.offerText', { time: formats.timeOfDay(pop.message.leftAt), clock: formats.clock(pop.message.durationMs ?? 0) })}
            </p>
          </Section>
        ) : null}
        {match.kind === 'candidates' ? candidates : null}
        {(match.kind === 'unknown' || match.kind === 'anonymous') && !isWritten ? (
          <Section className="offer-part" title={t('offer.whatIsKnown')}>
            <p className="offer-advice">{t(`${match.kind}.text`)}</p>
            <CallerFactsList pop={pop} />
          </Section>
        ) : null}
        <Section className="offer-part" title={t('offer.whyYou')}>
          <p className="offer-why">{whyText(text, pop.why, voiceOf(text, { skills, reasons }))}</p>
        </Section>
        {isWritten ? null : (
          <Section
            className="offer-part"
            title={t('offer.path')}
            more={pop.callback ? undefined : t('offer.pathTotal', { seconds: formats.seconds(offer.offeredAt - pop.receivedAt) })}
          >
            <PopPath pop={pop} />
          </Section>
        )}
        {usual}
        {known && !isWritten ? (
          <AfterPaint>
            <Section className="offer-part" title={t('offer.whatIsKnown')}>
              <CallerFactsList pop={pop} />
            </Section>
          </AfterPaint>
        ) : null}
      </section>

      <footer className="offer-proof">
        <Zap className="icon icon-small" aria-hidden="true" />
        <span className="cut">{isWritten ? t('inbox.offer.proof') : proof(text, offer)}</span>
      </footer>
    </article>
  );
}

/** The way through the menu, and what came of it. */
export function PopPath({ pop }: { readonly pop: ScreenPop }) {
  const text = useText();
  return (
    <>
      <Path
        steps={pathSteps(pop.path).map((step, index) => {
          const { text: sentence, pressed, detail, tone } = pathSentence(text, step);
          return { id: `${index}-${step.at}`, time: text.formats.timeOfDay(step.at), text: sentence, pressed, detail, tone };
        })}
      />
      <MenuFacts pop={pop} />
    </>
  );
}

function offerTitle({ t }: Text, pop: ScreenPop): string {
  const { callback, transfer, message, written } = pop;
  if (written && written.channel !== 'voice' && !transfer) return t(`inbox.offer.${written.channel}`);
  if (message) return t('voicemail.offer');
  if (transfer) return handoverTitle(t, pop, transfer);
  return t(callback ? 'offer.callback' : 'offer.incoming');
}

function callerLine({ t, formats }: Text, pop: ScreenPop): string {
  const { caller, match } = pop;
  const parts = [
    caller.number === null || match.kind === 'candidates' ? null : caller.display,
    caller.kind === 'unknown' || caller.kind === 'anonymous' ? null : t(`caller.kind.${caller.kind}`),
    match.kind === 'certain' ? match.contact.accountName : null,
    match.kind === 'candidates' ? t('candidates.lead', { count: match.candidates.length }) : null,
    match.kind === 'unknown' && caller.country ? formats.country(caller.country) : null,
    match.kind === 'anonymous' ? t('customer.match.numberWithheld') : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** When the record was known, against when it rang: told for every call, so that nobody needs to believe it. */
function proof({ t, formats }: Text, offer: Offer): string {
  const { match, knownAt, receivedAt, queuedAt } = offer.pop;
  if (match.kind === 'anonymous') return t('offer.anonymousProof');
  if (match.kind === 'candidates') return t('offer.candidatesProof');
  if (match.kind === 'certain' && match.reason === 'chosenByAgent') return t('offer.chosenProof');
  if (knownAt === null) return match.kind === 'unknown' ? t('offer.notKnown') : t('offer.lateProof');
  if (match.kind === 'unknown') return t('offer.notKnown');
  const time = formats.timeOfDay(knownAt);
  if (knownAt < queuedAt) return t('offer.knownInMenu', { time, seconds: formats.seconds(offer.offeredAt - knownAt) });
  return t('offer.known', { time, ms: formats.number(Math.max(0, knownAt - receivedAt)) });
}
