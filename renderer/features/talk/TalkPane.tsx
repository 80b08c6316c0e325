import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { CallView } from '../../../shared/contracts/call.ts';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { callerName, type Text, useText, voiceOf, whyText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Chip, Popover, Section, useNow } from '../../ui/index.ts';
import { CallTrack } from './CallTrack.tsx';
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
}

export function TalkPane({ stores, pop, call, path, candidates, aside, notes }: TalkPaneProps) {
  const text = useText();
  const { t, formats } = text;
  const now = useNow(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const skills = useStore(stores.desk, (desk) => desk.skills);
  const reasons = useStore(stores.desk, (desk) => desk.reasons);
  const name = callerName(t, pop);
  return (
    <article className="talk-pane" aria-label={t('talk.title', { name })}>
      <header className="pane-head">
        <h2 className="talk-name">{t('talk.title', { name })}</h2>
        <Chip>{pop.queueName[formats.language]}</Chip>
        <span className="push" />
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
      </header>
      <CallTrack pop={pop} call={call} now={now} />
      <div className="talk-middle">
        {candidates}
        <div className="talk-columns">
          <Section title={t('offer.path')}>{path}</Section>
          {aside}
        </div>
        <Standing text={text} name={name} state={call.state} />
      </div>
      {notes}
    </article>
  );
}

/** Why nobody hears anybody just now. It stands over the foot of the middle, so that the notes below stay where the hands are. */
function Standing({ text: { t }, name, state }: { readonly text: Text; readonly name: string; readonly state: CallView['state'] }) {
  switch (state) {
    case 'held':
      return (
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
          {t('talk.connecting')}
        </p>
      );
    default:
      return null;
  }
}
