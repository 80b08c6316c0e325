import type { ConversationView, MessageView } from '../../../shared/contracts/messages/conversation.ts';
import type { WaitingWork, WrittenWork } from '../../../shared/contracts/messages/inbox.ts';
import type { Reason } from '../../../shared/contracts/queue.ts';
import type { CallerFacts, Match, ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import type { AgentId } from '../../../shared/ids.ts';
import { formatNumber } from '../../../shared/phone-number.ts';
import type { Queue } from '../../acd/index.ts';
import { callerFacts } from '../../crm/index.ts';
import type { StoredConversation, StoredMessage } from '../../interactions/index.ts';
import type { MessageContext } from './context.ts';
import type { LiveWork } from './live-work.ts';
import { nameOfSource } from './sources.ts';

/** Written work as desktops show it. */

type Context = Pick<MessageContext, 'configuration' | 'agents' | 'routing' | 'organisation' | 'visitors'>;

const previewLength = 140;

/** The first words of it, on one line. */
export function previewOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= previewLength ? line : `${line.slice(0, previewLength - 1)}…`;
}

/** What only the bridge knows of a message stays here. */
export function messageView(message: StoredMessage): MessageView {
  const { interactionId: _i, agentId: _a, internetId: _n, clientId: _c, htmlText: _h, isAutomatic: _u, ...view } = message;
  return view;
}

export function conversationView(conversation: StoredConversation, isStopped: boolean, context: Context): ConversationView {
  const { conversationId, channel, sourceId, address, addressKey, name, contactId, visitorSeq, page } = conversation;
  return {
    conversationId,
    channel,
    source: { id: sourceId, name: nameOfSource(channel, sourceId, context.configuration()) },
    subject: conversation.subject,
    correspondent: { address, display: displayOf(conversation, context), name },
    contactId,
    locale: conversation.locale,
    startedAt: conversation.startedAt,
    lastSeq: conversation.lastSeq,
    visitor: channel === 'chat' ? { isThere: context.visitors.isThere(conversationId), readSeq: visitorSeq, page } : null,
    isStopped: channel === 'sms' && addressKey !== null && isStopped,
  };
}

function displayOf({ channel, address, addressKey, name }: StoredConversation, { organisation }: Context): string {
  if (channel === 'sms' && addressKey?.startsWith('+')) return formatNumber(addressKey, organisation.homeCountry);
  return (channel === 'chat' ? name : address) ?? name ?? '';
}

export function matchOf({ identification, record, isChosen }: LiveWork): Match {
  if (record) {
    const reason = identification?.kind === 'certain' && !isChosen ? identification.reason : 'chosenByAgent';
    return { kind: 'certain', reason, contact: record };
  }
  if (identification?.kind === 'candidates')
    return { kind: 'candidates', candidates: [...identification.candidates], suggestShared: identification.suggestShared };
  return identification?.kind === 'anonymous' ? { kind: 'anonymous' } : { kind: 'unknown' };
}

export function writtenPop(work: LiveWork, queue: Queue, why: readonly Reason[], context: Context): ScreenPop {
  const { conversation, stored } = work;
  const { transfer } = stored;
  return {
    popId: work.popId,
    interactionId: work.interactionId,
    caller: whoWrites(conversation, context),
    match: matchOf(work),
    dialled: conversation.sourceId,
    queueId: queue.queueId,
    queueName: queue.name,
    path: [],
    why: [...why],
    receivedAt: stored.waitsSince ?? stored.queuedAt,
    queuedAt: stored.queuedAt,
    knownAt: work.knownAt,
    callback: null,
    written: {
      channel: conversation.channel,
      conversationId: conversation.conversationId,
      subject: conversation.subject,
      preview: work.preview,
    },
    ...(transfer ? { transfer: { ...transfer, kind: 'transfer' as const, draft: null } } : {}),
  };
}

function whoWrites(conversation: StoredConversation, context: Context): CallerFacts {
  const { channel, address, name } = conversation;
  const attempts = { today: 0, week: 0 };
  if (channel === 'sms') return callerFacts({ number: address, presentedName: name }, context.organisation, attempts);
  return {
    number: null,
    display: displayOf(conversation, context),
    kind: channel === 'chat' ? 'visitor' : channel === 'email' ? 'email' : 'unknown',
    country: null,
    presentedName: name,
    region: null,
    carrier: null,
    attempts,
  };
}

/** Null while nobody has it. */
export function workView(work: LiveWork, agentId: AgentId, context: Context, isStopped = false): WrittenWork | null {
  const { stored, pop } = work;
  if (stored.state === 'queued' || !pop || stored.reservationId === null) return null;
  const queue = context.routing.queue(stored.queueId);
  return {
    interactionId: stored.interactionId,
    workItemId: stored.workItemId,
    reservationId: stored.reservationId,
    state: stored.state,
    snoozedUntil: stored.snoozedUntil,
    conversation: conversationView(work.conversation, isStopped, context),
    pop,
    preview: work.preview,
    unread: work.unread,
    waitsSince: stored.waitsSince,
    answerBy: stored.answerBy,
    takenAt: stored.takenAt ?? stored.queuedAt,
    draft: work.draft,
    note: work.note,
    guests: stored.guestIds.map((guestId) => ({ agentId: guestId, name: context.agents.find(guestId)?.name ?? '' })),
    isGuest: stored.agentId !== agentId,
    defaultDisposition: queue?.wrapUp.defaultDisposition ?? '',
  };
}

export function waitingView(work: LiveWork, { organisation }: Context): WaitingWork {
  const { stored, conversation } = work;
  return {
    workItemId: stored.workItemId,
    interactionId: stored.interactionId,
    channel: conversation.channel,
    queueId: stored.queueId,
    name: work.record?.name ?? conversation.name ?? displayOf(conversation, { organisation } as Context),
    preview: work.preview,
    subject: conversation.subject,
    priority: stored.priority ?? 0,
    queuedAt: stored.queuedAt,
    answerBy: stored.answerBy,
  };
}
