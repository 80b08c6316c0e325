import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { CallView } from '../../../shared/contracts/call.ts';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { callerName, useText, whyText } from '../../i18n/index.ts';
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
  const name = callerName(t, pop);
  return (
    <article className="talk-pane" aria-label={t('talk.title', { name })}>
      <header className="pane-head">
        <h2 className="cut">{t('talk.title', { name })}</h2>
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
          <p>{whyText(text, pop.why)}</p>
        </Popover>
      </header>
      <CallTrack pop={pop} call={call} now={now} />
      {call.state === 'held' ? (
        <p className="talk-banner" role="status">
          <strong>{t('talk.heldTitle', { name })}</strong> {t('talk.heldText')}
        </p>
      ) : null}
      {call.state === 'rejoining' ? (
        <p className="talk-banner" role="status">
          <strong>{t('talk.rejoiningTitle')}</strong> {t('talk.rejoiningText')}
        </p>
      ) : null}
      {call.state === 'connecting' ? (
        <p className="talk-banner is-calm" role="status">
          {t('talk.connecting')}
        </p>
      ) : null}
      <div className="talk-middle">
        {candidates}
        <div className="talk-columns">
          <Section title={t('offer.path')}>{path}</Section>
          {aside}
        </div>
      </div>
      {notes}
    </article>
  );
}
