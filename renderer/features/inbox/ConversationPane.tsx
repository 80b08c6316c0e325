import { ArrowRightToLine, Clock, Ellipsis, Forward, Reply, ReplyAll } from 'lucide-react';
import { type ReactNode, Suspense, useCallback, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { WrittenWork } from '../../../shared/contracts/messages/inbox.ts';
import { channelSigns, useText } from '../../i18n/index.ts';
import type { Drafts, Outbox, Stores } from '../../stores/index.ts';
import {
  type Action,
  Button,
  Chip,
  classes,
  IconButton,
  Menu,
  MenuItem,
  onDemand,
  Segments,
  tipOf,
  useMinute,
  useSecond,
} from '../../ui/index.ts';
import { beginMail } from './begin-mail.ts';
import { Composer } from './Composer.tsx';
import { ComposerFrame } from './ComposerFrame.tsx';
import type { InboxDeeds } from './deeds.ts';
import type { FittingAnswers } from './FittingAnswers.tsx';
import { MessageList } from './MessageList.tsx';
import { NoteComposer } from './NoteComposer.tsx';
import { OutgoingMessages } from './Outgoing.tsx';
import { nameOf } from './words.ts';
import './inbox.css';

const MailComposer = onDemand(async () => ({ default: (await import('./MailComposer.tsx')).MailComposer }));

export type ConversationActions = Readonly<
  Record<
    | 'knowledge.open'
    | 'inbox.transfer'
    | 'inbox.finish'
    | 'inbox.wait'
    | 'inbox.snooze'
    | 'inbox.invite'
    | 'inbox.callInstead'
    | 'inbox.note'
    | 'inbox.leave',
    Action
  >
>;

export interface ConversationPaneProps {
  readonly stores: Stores;
  readonly deeds: InboxDeeds;
  readonly written: Drafts;
  readonly outbox: Outbox;
  readonly work: WrittenWork;
  readonly actions: ConversationActions;
  /** Who it may be, while that is open; and from whom it was handed over, with what words. */
  readonly above: ReactNode;
  /** To ask for help with it. */
  readonly help: ReactNode;
  /** Over where one writes to the customer. */
  readonly answers: FittingAnswers;
  /** Stands in the place of where one writes, while the conversation is being finished. */
  readonly finish: ReactNode;
}

/** One conversation: what was written, and where one writes. */
export function ConversationPane({ stores, deeds, written, outbox, work, actions, above, help, answers, finish }: ConversationPaneProps) {
  const text = useText();
  const { t } = text;
  const { interactionId, conversation } = work;
  const clockOffsetMs = useStore(stores.connection, (connection) => connection.clockOffsetMs);
  const now = useMinute(clockOffsetMs);
  const isFinishing = useStore(stores.inbox, ({ panel }) => panel?.kind === 'finish' && panel.interactionId === interactionId);
  const writes = useStore(stores.inbox, (inbox) => inbox.writes[interactionId]) ?? 'message';
  const name = nameOf(text, work);
  const told = useRef(0);
  const { unread } = work;

  const seen = useCallback(
    (seq: number) => {
      if (seq <= told.current && unread === 0) return;
      told.current = seq;
      if (unread > 0) deeds.seen(interactionId, seq);
    },
    [deeds, interactionId, unread],
  );

  const switcher =
    work.isGuest || conversation.channel === 'document' ? null : (
      <Segments
        label={t('composer.what')}
        value={writes}
        onChange={(what) => deeds.write(interactionId, what)}
        segments={(['message', 'note'] as const).map((value) => ({
          value,
          label: t(`composer.to${value === 'note' ? 'Note' : 'Message'}`),
        }))}
      />
    );
  const writesNote = work.isGuest || conversation.channel === 'document' || writes === 'note';
  const composer = { stores, deeds, written, work, theirName: name, switcher, answers, lookUp: actions['knowledge.open'] };
  return (
    <article className="conversation" aria-label={`${t(`inbox.head.${conversation.channel}`)}: ${name}`}>
      <ConversationHead {...{ work, actions, help, name, clockOffsetMs }} />
      <Standing work={work} name={name} now={now} deeds={deeds} actions={actions} />
      {above}
      <MessageList
        key={conversation.conversationId}
        {...{ stores, deeds, conversation, now }}
        theirName={name}
        isReadOnly={work.isGuest}
        onSeen={seen}
        after={
          <>
            <OutgoingMessages {...{ outbox, deeds, interactionId }} />
            <Typing
              {...{ stores, interactionId, name, clockOffsetMs }}
              otherwise={conversation.visitor?.isThere === false ? t('inbox.visitorGone', { name }) : ''}
            />
          </>
        }
      />
      {isFinishing ? (
        finish
      ) : writesNote ? (
        <NoteComposer key={interactionId} {...{ stores, deeds, interactionId, switcher }} isGuest={work.isGuest} />
      ) : conversation.channel === 'email' ? (
        <MailPlace key={interactionId} {...composer} />
      ) : (
        <Composer key={interactionId} {...composer} />
      )}
    </article>
  );
}

function ConversationHead(props: {
  readonly work: WrittenWork;
  readonly actions: ConversationActions;
  readonly help: ReactNode;
  readonly name: string;
  readonly clockOffsetMs: number;
}) {
  const { work, actions, help, name } = props;
  const { t } = useText();
  const { conversation } = work;
  const Sign = channelSigns[conversation.channel];
  const what = t(`inbox.head.${conversation.channel}`);
  const transfer = actions['inbox.transfer'];
  const finish = actions['inbox.finish'];
  const more = work.isGuest
    ? [actions['inbox.note'], actions['inbox.leave']]
    : [actions['inbox.wait'], actions['inbox.snooze'], actions['inbox.invite'], actions['inbox.callInstead'], actions['inbox.note']];
  return (
    <header className="pane-head conversation-head">
      <Sign className="icon text-3" aria-hidden="true" />
      <div className="conversation-title">
        <h2 className="cut conversation-name" title={name}>
          {name}
        </h2>
        <span className="small text-3 cut conversation-subject">
          {conversation.subject && conversation.channel !== 'email'
            ? t('inbox.head.subject', { what, subject: conversation.subject })
            : (conversation.subject ?? what)}
        </span>
      </div>
      <Clocks work={work} clockOffsetMs={props.clockOffsetMs} />
      {work.isGuest ? null : (
        <>
          {help}
          <Button
            size="small"
            icon={ArrowRightToLine}
            disabled={!transfer.isEnabled}
            {...tipOf(t('inbox.transfer'), transfer.shortcut)}
            onClick={transfer.perform}
          >
            {t('inbox.transfer')}
          </Button>
          <Button size="small" shortcut={finish.shortcut} disabled={!finish.isEnabled} onClick={finish.perform}>
            {t('inbox.finish')}
          </Button>
        </>
      )}
      <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('inbox.more')} />}>
        {more.map((action) => (
          <MenuItem key={action.id} label={action.label} shortcut={action.shortcut} isOff={!action.isEnabled} onChoose={action.perform} />
        ))}
      </Menu>
    </header>
  );
}

/** How long they wait, of how long they may. */
function Clocks({ work, clockOffsetMs }: { readonly work: WrittenWork; readonly clockOffsetMs: number }) {
  const { t, formats } = useText();
  const now = useSecond(clockOffsetMs);
  const { waitsSince, answerBy, state } = work;
  if (waitsSince === null || state !== 'open') return null;
  const isOver = answerBy !== null && now > answerBy;
  const isShort = answerBy !== null && answerBy - waitsSince < 3_600_000;
  return (
    <Chip tone={isOver ? 'broken' : 'plain'} icon={Clock}>
      <span className="figures">
        {isOver
          ? t('inbox.over', { span: formats.span(Math.max(60_000, Math.floor((now - answerBy) / 60_000) * 60_000)) })
          : answerBy === null
            ? formats.clock(now - waitsSince)
            : isShort
              ? t('inbox.clockOf', { clock: formats.clock(now - waitsSince), limit: formats.clock(answerBy - waitsSince) })
              : t('inbox.due', { when: formats.deadline(answerBy, now) })}
      </span>
    </Chip>
  );
}

/** What is out of the ordinary with it: put off, somebody is in it, one is a guest. */
function Standing(props: {
  readonly work: WrittenWork;
  readonly name: string;
  readonly now: number;
  readonly deeds: InboxDeeds;
  readonly actions: ConversationActions;
}) {
  const { work, name, now, deeds, actions } = props;
  const { t, formats } = useText();
  const resume = actions['inbox.wait'];
  const when = work.snoozedUntil === null ? '' : formats.deadline(work.snoozedUntil, now);
  return (
    <>
      {work.isGuest ? <p className="conversation-standing small">{t('inbox.guestHint', { name })}</p> : null}
      {work.state === 'open' || work.isGuest ? null : (
        <p className="conversation-standing small row">
          <span className="grow">{work.state === 'snoozed' ? t('inbox.state.snoozed', { when }) : t('inbox.state.waiting')}</span>
          <Button size="small" shortcut={resume.shortcut} disabled={!resume.isEnabled} onClick={resume.perform}>
            {resume.label}
          </Button>
        </p>
      )}
      {work.guests.length > 0 && !work.isGuest ? (
        <p className="conversation-standing small row">
          <span className="grow">{t('inbox.guests', { names: formats.listed(work.guests.map((guest) => guest.name)) })}</span>
          {work.guests.map((guest) => (
            <Button key={guest.agentId} size="small" kind="quiet" onClick={() => deeds.leave(work.interactionId, guest.agentId)}>
              {t('inbox.letGo', { name: guest.name })}
            </Button>
          ))}
        </p>
      ) : null}
    </>
  );
}

/** Its room is always there, so that nothing moves when somebody begins to type. */
function Typing(props: {
  readonly stores: Stores;
  readonly interactionId: string;
  readonly name: string;
  readonly clockOffsetMs: number;
  /** What is said in that room while nobody types. */
  readonly otherwise: string;
}) {
  const { t } = useText();
  const until = useStore(props.stores.inbox, (inbox) => inbox.typing[props.interactionId] ?? 0);
  const colleague = useStore(props.stores.inbox, (inbox) => inbox.colleagues[props.interactionId]);
  const now = useSecond(props.clockOffsetMs);
  return (
    <p className={classes('conversation-typing small text-3')} aria-live="polite">
      {until > now
        ? `${props.name} ${t('inbox.isTyping')}`
        : colleague && colleague.until > now
          ? t('inbox.colleagueWrites', { name: colleague.name })
          : props.otherwise}
    </p>
  );
}

const mailKinds = [
  ['reply', Reply, 'composer.reply'],
  ['replyAll', ReplyAll, 'composer.replyAll'],
  ['forward', Forward, 'composer.forward'],
] as const;

/** A mail is not begun by being looked at: first one says what it is to be. */
function MailPlace(props: Parameters<typeof MailComposer>[0]) {
  const { stores, deeds, written, work, switcher } = props;
  const { t } = useText();
  const { interactionId, conversation } = work;
  const thread = useStore(stores.inbox, (inbox) => inbox.threads[conversation.conversationId]);
  const isBegun = useStore(written.store, (all) => (all[interactionId]?.text ?? '') !== '');
  const isNew = thread?.phase === 'ready' && thread.messages.length === 0;
  useEffect(() => deeds.loadSources(), [deeds]);
  // Whoever writes to somebody who did not ask has nothing to choose.
  useEffect(() => {
    if (isNew && !isBegun) deeds.edit(interactionId, { ...beginMail('reply', null, conversation), kind: 'new', subject: '' });
  }, [isNew, isBegun, deeds, interactionId, conversation]);
  if (isBegun) {
    return (
      <Suspense fallback={<div className="composer is-coming" />}>
        <MailComposer {...props} />
      </Suspense>
    );
  }
  return (
    <ComposerFrame answers={props.answers}>
      <div className="row mail-begin">
        {mailKinds.map(([kind, icon, label]) => (
          <Button
            key={kind}
            icon={icon}
            kind={kind === 'reply' ? 'primary' : 'plain'}
            {...(kind === 'reply' ? { 'data-place': 'composer' } : {})}
            onClick={() => deeds.beginMail(interactionId, kind)}
          >
            {t(label)}
          </Button>
        ))}
        <span className="push" />
        {switcher}
      </div>
    </ComposerFrame>
  );
}
