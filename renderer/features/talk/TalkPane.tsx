import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { CallView } from '../../../shared/contracts/call.ts';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { callerName, type Text, useText, voiceOf, whyText } from '../../i18n/index.ts';
import { askedParty, type Stores } from '../../stores/index.ts';
import { Button, Chip, Popover, Section, useNow } from '../../ui/index.ts';
import { CallTrack } from './CallTrack.tsx';
import { Company, type CompanyActions } from './Company.tsx';
import './talk.css';

export interface TalkPaneProps {
  readonly stores: Stores;
  readonly pop: ScreenPop;
  readonly call: CallView;
  /** The caller's way through the menu. */
  readonly path: ReactNode;
  /** Who it may be, while that is open. */
  readonly candidates: ReactNode;
  /** What the number says, or what was before. */
  readonly aside: ReactNode;
  readonly notes: ReactNode;
  /** From whom it was handed over, and with what words. */
  readonly handover: ReactNode;
  /** What is said and asked step by step, in the place of what is known; null: nothing, or put aside. */
  readonly guide: ReactNode;
  /** To turn between the two. */
  readonly choice: ReactNode;
  /** To ask for help with it. */
  readonly help: ReactNode;
  readonly actions: CompanyActions;
  onDropParty(partyId: string): void;
}

export function TalkPane({
  stores,
  pop,
  call,
  path,
  candidates,
  aside,
  notes,
  handover,
  help,
  guide,
  choice,
  actions,
  onDropParty,
}: TalkPaneProps) {
  const text = useText();
  const { t, formats } = text;
  const now = useNow(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const skills = useStore(stores.desk, (desk) => desk.skills);
  const reasons = useStore(stores.desk, (desk) => desk.reasons);
  const name = callerName(t, pop);
  const title = t(call.message ? 'voicemail.title' : call.dialled && call.state === 'connecting' ? 'talk.callingTitle' : 'talk.title', {
    name,
  });
  return (
    <article className="talk-pane" aria-label={title}>
      <header className="pane-head">
        <h2 className="talk-name">{title}</h2>
        {choice ? null : <Chip>{pop.queueName[formats.language]}</Chip>}
        <span className="push" />
        {choice}
        {call.dialled ? null : (
          <Popover
            title={t('offer.whyYou')}
            align="end"
            trigger={
              <Button kind="quiet" size="small">
                {t('offer.whyYou')}
              </Button>
            }
          >
            <p>{whyText(text, pop.why, voiceOf(text, { skills, reasons }))}</p>
          </Popover>
        )}
        {help}
      </header>
      <CallTrack pop={pop} call={call} now={now} />
      <Company call={call} customer={name} actions={actions} onDrop={onDropParty} />
      {guide ? (
        <div className="talk-guide">
          {handover || candidates ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
            <section className="talk-first" tabIndex={0} aria-label={t('talk.about')}>
              {handover}
              {candidates}
            </section>
          ) : null}
          {guide}
          <Standing text={text} name={name} call={call} />
        </div>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        <section className="talk-middle" tabIndex={0} aria-label={t('talk.about')}>
          {handover}
          {candidates}
          <div className="talk-columns">
            {call.dialled ? null : <Section title={t('offer.path')}>{path}</Section>}
            {aside}
          </div>
          <Standing text={text} name={name} call={call} />
        </section>
      )}
      {notes}
    </article>
  );
}

/** Why nobody hears anybody just now. It stands over the foot of the middle, so that the notes below stay where the hands are. */
function Standing({ text: { t }, name, call }: { readonly text: Text; readonly name: string; readonly call: CallView }) {
  if (call.message) return null;
  switch (call.state) {
    case 'held':
      // Whoever speaks with somebody else meanwhile is told above who hears whom.
      return askedParty(call) || call.advising ? null : (
        <p className="talk-banner" role="status">
          <strong>{t('talk.heldTitle', { name })}</strong> {t('talk.heldText')}
        </p>
      );
    case 'rejoining':
      return (
        <p className="talk-banner" role="status">
          <strong>{t('talk.rejoiningTitle')}</strong> {t('talk.rejoiningText')}
        </p>
      );
    case 'connecting':
      return (
        <p className="talk-banner is-calm" role="status">
          {call.dialled ? t(`talk.dialled.${call.dialled.progress}`, { name }) : t('talk.connecting')}
        </p>
      );
    default:
      return null;
  }
}
