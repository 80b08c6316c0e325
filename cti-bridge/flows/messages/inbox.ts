import type { WireError } from '../../../shared/contracts/errors.ts';
import type { InboxView, WrittenWork } from '../../../shared/contracts/messages/inbox.ts';
import { type AgentId, asId, type ContactId, type ConversationId, type MessageId, type QueueId } from '../../../shared/ids.ts';
import { agentOf, itemOf, mayBeAskedFor } from '../../acd/index.ts';
import { maskCardNumbers } from '../../interactions/index.ts';
import { err, ok, type Result } from '../../kernel/index.ts';
import type { Asker, InboxCommands } from '../ports.ts';
import { beginConversation } from './begin-conversation.ts';
import { cameBack } from './came-back.ts';
import type { MessageContext } from './context.ts';
import { draftView } from './draft-view.ts';
import { bringBack, close, handOver, park } from './hold-work.ts';
import type { LiveWork } from './live-work.ts';
import { plainIntake, plainMessage } from './note-event.ts';
import { quarantineOf } from './quarantine.ts';
import { queueWork } from './queue-work.ts';
import { sendAgain } from './send-again.ts';
import { ownSources } from './sources.ts';
import { isWaiting, tellMessage, tellWaitingGone, tellWork } from './tell.ts';
import { tryRules } from './try-rules.ts';
import { conversationView, messageView, waitingView, workView } from './views.ts';
import { writeMessage } from './write-message.ts';

const notYours: WireError = { code: 'not_found', message: 'This contact is not yours, or it is over.' };
const taken: WireError = { code: 'conflict', message: 'Somebody else has it, or it is over.' };
const nothing = {};

/** All of the inbox of one agent. */
export function inboxOf(agentId: AgentId, context: MessageContext): InboxView {
  const { works, routing } = context;
  const queues = new Set(agentOf(routing.state, agentId)?.memberships.map(({ queueId }) => queueId));
  return {
    mine: works.heldBy(agentId).flatMap((work) => workView(work, agentId, context, work.isStopped) ?? []),
    waiting: works
      .all()
      .filter((work) => queues.has(work.stored.queueId) && isWaiting(work, context))
      .map((work) => waitingView(work, context)),
  };
}

/** What agents do with written work, one method a command: finds what is theirs and hands the wish to its story. */
export function createInbox(
  context: MessageContext,
  parts: {
    /** Whether this asker may see the customer, or has them in hand. */
    readonly mayRead: (asker: Asker, contactId: ContactId) => Promise<boolean>;
    readonly wakeMails: () => void;
    readonly showPictures: (asker: Asker, messageId: string) => Promise<Result<{ readonly path: string }, WireError>>;
  },
): InboxCommands {
  const { works, conversations, routing, agents, clock, ids, log, configuration, desktops, visitors, files } = context;

  async function stored<Value>(what: string, work: () => Promise<Result<Value, WireError>>): Promise<Result<Value, WireError>> {
    try {
      return await work();
    } catch (error) {
      log.error('inbox:storeFailed', { what, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      return err({ code: 'storage_unavailable', message: 'The store does not answer at the moment. Try again.' });
    }
  }

  function shown(work: LiveWork, agentId: AgentId): Result<WrittenWork, WireError> {
    const view = workView(work, agentId, context, work.isStopped);
    return view ? ok(view) : err(taken);
  }

  /** In hand when it resolves, or somebody else's. */
  async function untilTaken(work: LiveWork, agentId: AgentId): Promise<Result<WrittenWork, WireError>> {
    const reservation = [...work.offers.values()].find((each) => each.reservation.agentId === agentId)?.reservation;
    if (!reservation) return work.agentId === agentId ? shown(work, agentId) : err(taken);
    const decided = work.nextDecision();
    await routing.accept(reservation);
    await decided;
    return work.agentId === agentId ? shown(work, agentId) : err(taken);
  }

  async function readable(asker: Asker, conversationId: string): Promise<boolean> {
    const work = works.ofConversation(conversationId);
    if (work && asker.agentId !== null) {
      const isOffered = [...work.offers.values()].some(({ reservation }) => reservation.agentId === asker.agentId);
      if (isOffered || work.holders.includes(asker.agentId)) return true;
      const isMember = agentOf(routing.state, asker.agentId)?.memberships.some(({ queueId }) => queueId === work.stored.queueId);
      if (work.stored.state === 'queued' && isMember) return true;
    }
    const conversation = await conversations.readConversation(asId<ConversationId>(conversationId));
    return conversation?.contactId != null && parts.mayRead(asker, conversation.contactId);
  }

  /** A message of a conversation that is this agent's. */
  async function ownMessage(asker: Asker, messageId: string) {
    const message = await conversations.readMessage(asId<MessageId>(messageId));
    const work = message && works.ofConversation(message.conversationId);
    return message && work && asker.agentId !== null && work.agentId === asker.agentId ? { message, work } : null;
  }

  return {
    'reservation:accept': (asker, { reservationId }) =>
      stored('accept', async () => {
        const found = asker.agentId && works.findOffer(asker.agentId, reservationId);
        return found && asker.agentId ? untilTaken(found.work, asker.agentId) : err(taken);
      }),

    'inbox:take': (asker, { workItemId }) =>
      stored('take', async () => {
        const { agentId } = asker;
        const work = works.findItem(workItemId);
        if (!work || agentId === null) return err(taken);
        const agent = agentOf(routing.state, agentId);
        const item = itemOf(routing.state, work.workItemId);
        if (!agent?.memberships.some(({ queueId }) => queueId === work.stored.queueId)) return err(notYours);
        const queue = routing.queue(work.stored.queueId);
        if (!item || item.reservationIds.length > 0) return err(taken);
        if (!queue || !mayBeAskedFor(agent, queue.channel))
          return err({ code: 'conflict', message: 'There is no room for another contact of this kind.' });
        routing.tell({ type: 'item:gone', workItemId: work.workItemId });
        tellWaitingGone(work, context);
        const decided = work.nextDecision();
        queueWork(work, { kind: 'asked', agentId, by: agentId, isTheirs: true }, context);
        await decided;
        return work.agentId === agentId ? shown(work, agentId) : err(taken);
      }),

    'conversation:messages': (asker, { conversationId, beforeSeq, limit }) =>
      stored('messages', async () => {
        if (!(await readable(asker, conversationId))) return err(notYours);
        const id = asId<ConversationId>(conversationId);
        const [conversation, messages] = await Promise.all([
          conversations.readConversation(id),
          conversations.readMessages(id, beforeSeq, limit + 1),
        ]);
        if (!conversation) return err(notYours);
        const isStopped = works.ofConversation(conversationId)?.isStopped ?? false;
        const cameBackAt = await cameBack(conversation, context);
        return ok({
          conversation: { ...conversationView(conversation, isStopped, context), ...(cameBackAt === null ? {} : { cameBackAt }) },
          messages: messages.slice(0, limit).map(messageView),
          hasMore: messages.length > limit,
        });
      }),

    'conversation:seen': (asker, { interactionId, seq }) =>
      stored('seen', async () => {
        const work = works.findOwn(asker.agentId, interactionId);
        if (!work) return err(notYours);
        if (seq <= work.conversation.agentSeq && work.unread === 0) return ok(nothing);
        work.conversation = { ...work.conversation, agentSeq: Math.max(seq, work.conversation.agentSeq) };
        work.unread = 0;
        await conversations.seen(work.conversation.conversationId, 'agent', seq);
        if (work.conversation.channel === 'chat') visitors.tell(work.conversation.conversationId, { kind: 'read', seq });
        tellWork(work, context);
        return ok(nothing);
      }),

    async 'conversation:typing'(asker, { interactionId }) {
      const work = works.findHeld(asker.agentId, interactionId);
      if (!work || asker.agentId === null) return err(notYours);
      const name = agents.find(asker.agentId)?.name ?? '';
      for (const colleague of work.holders)
        if (colleague !== asker.agentId) desktops.push(colleague, 'conversation:typing-seen', { interactionId, colleague: name });
      // Whoever was asked in writes notes, of which the visitor is to know nothing.
      if (work.conversation.channel === 'chat' && work.agentId === asker.agentId)
        visitors.tell(work.conversation.conversationId, { kind: 'typing', name });
      return ok(nothing);
    },

    'message:save-draft': (asker, { interactionId, composed, revision }) =>
      stored('draft', async () => {
        const { agentId } = asker;
        const work = works.findOwn(agentId, interactionId);
        if (!work || agentId === null) return err(notYours);
        const draft = { interactionId: work.interactionId, agentId, composed, revision, savedAt: clock.now() };
        const saved = await conversations.saveDraft(draft);
        if (!saved.ok) return err({ code: 'conflict', message: `A newer text (revision ${saved.storedRevision}) is stored.` });
        const view = await draftView({ ...draft, savedAt: saved.savedAt }, context);
        work.draft = view;
        return ok(view);
      }),

    'message:send': (asker, { interactionId, clientId, composed }) =>
      stored('send', async () => {
        const work = works.findOwn(asker.agentId, interactionId);
        if (!work || asker.agentId === null) return err(notYours);
        return writeMessage(work, asker.agentId, { clientId, composed }, context);
      }),

    'message:withdraw': (asker, { messageId }) =>
      stored('withdraw', async () => {
        const own = await ownMessage(asker, messageId);
        if (!own) return err(notYours);
        const changed = await conversations.changeState(
          asId<MessageId>(messageId),
          ['queued'],
          { state: 'withdrawn', why: null },
          clock.now(),
        );
        if (!changed) return err({ code: 'conflict', message: 'It has left already.' });
        tellMessage(own.work, changed, context);
        // What waited behind it.
        context.wakeOutbox();
        return ok(messageView(changed));
      }),

    'message:settle': (asker, { messageId, as }) =>
      stored('settle', async () => {
        const own = await ownMessage(asker, messageId);
        if (!own) return err(notYours);
        if (as === 'sendAgain') return sendAgain(own.work, asId<MessageId>(messageId), context);
        const changed = await conversations.changeState(
          asId<MessageId>(messageId),
          ['mayHaveBeenSent'],
          { state: as, why: null },
          clock.now(),
        );
        if (!changed) return err({ code: 'conflict', message: 'It is known by now what became of it.' });
        tellMessage(own.work, changed, context);
        return ok(messageView(changed));
      }),

    'message:show-pictures': (asker, { messageId }) => stored('pictures', () => parts.showPictures(asker, messageId)),

    'message:write-note': (asker, { interactionId, clientId, text }) =>
      stored('note', async () => {
        const { agentId } = asker;
        const work = works.findHeld(agentId, interactionId);
        if (!work || agentId === null) return err(notYours);
        const { message, isNew } = await conversations.store({
          ...plainIntake,
          conversation: work.conversation,
          message: {
            ...plainMessage,
            messageId: ids.next<MessageId>(),
            interactionId: work.interactionId,
            kind: 'note',
            at: clock.now(),
            author: { kind: 'agent', name: asker.name },
            agentId,
            text: maskCardNumbers(text),
            clientId: `agent:${clientId}`,
          },
        });
        if (isNew) {
          work.conversation = { ...work.conversation, lastSeq: message.seq };
          tellMessage(work, message, context);
        }
        return ok(messageView(message));
      }),

    'conversation:begin': (asker, request) =>
      stored('begin', async () => {
        if (asker.agentId === null) return err(notYours);
        const begun = await beginConversation(asker.agentId, request, context);
        return begun.ok ? shown(begun.value, asker.agentId) : begun;
      }),

    'inbox:wait': (asker, { interactionId }) =>
      stored('wait', async () => {
        const work = works.findOwn(asker.agentId, interactionId);
        if (!work || asker.agentId === null) return err(notYours);
        await park(work, { state: 'waiting' }, context);
        return shown(work, asker.agentId);
      }),

    'inbox:snooze': (asker, { interactionId, until }) =>
      stored('snooze', async () => {
        const work = works.findOwn(asker.agentId, interactionId);
        if (!work || asker.agentId === null) return err(notYours);
        if (until <= clock.now()) return err({ code: 'bad_request', message: 'That time is over.' });
        await park(work, { state: 'snoozed', until }, context);
        return shown(work, asker.agentId);
      }),

    'inbox:resume': (asker, { interactionId }) =>
      stored('resume', async () => {
        const { agentId } = asker;
        const work = works.findOwn(agentId, interactionId);
        if (!work || agentId === null) return err(notYours);
        if (work.stored.state === 'open') return shown(work, agentId);
        const decided = work.nextDecision();
        bringBack(work, context);
        await decided;
        return shown(work, agentId);
      }),

    'inbox:transfer': (asker, { interactionId, to, reason, note }) =>
      stored('transfer', async () => {
        const work = works.findOwn(asker.agentId, interactionId);
        if (!work) return err(notYours);
        const target = targetOf(to, work, context);
        if (!target.ok) return target;
        await handOver(work, target.value, { reason, note: maskCardNumbers(note) }, context);
        return ok(nothing);
      }),

    'inbox:invite': (asker, { interactionId, agentId }) =>
      stored('invite', async () => {
        const work = works.findOwn(asker.agentId, interactionId);
        const guest = agents.find(asId<AgentId>(agentId));
        if (!work || asker.agentId === null) return err(notYours);
        if (!guest?.hasDesktop || guest.agentId === asker.agentId)
          return err({ code: 'conflict', message: 'They cannot be asked in now.', why: 'cannotBeAsked' });
        if (!work.stored.guestIds.includes(guest.agentId))
          work.stored = { ...work.stored, guestIds: [...work.stored.guestIds, guest.agentId] };
        await conversations.saveWork(work.stored);
        tellWork(work, context);
        return shown(work, asker.agentId);
      }),

    'inbox:leave': (asker, { interactionId, agentId }) =>
      stored('leave', async () => {
        const work = works.findHeld(asker.agentId, interactionId);
        const isAllowed = work && (work.agentId === asker.agentId || agentId === asker.agentId);
        if (!work || !isAllowed || !work.stored.guestIds.includes(asId<AgentId>(agentId))) return err(notYours);
        work.stored = { ...work.stored, guestIds: work.stored.guestIds.filter((each) => each !== agentId) };
        await conversations.saveWork(work.stored);
        desktops.push(asId<AgentId>(agentId), 'inbox:gone', { interactionId, why: 'left' });
        tellWork(work, context);
        return ok(nothing);
      }),

    'inbox:close': (asker, { interactionId, dispositionCode, note }) =>
      stored('close', async () => {
        const work = works.findOwn(asker.agentId, interactionId);
        if (!work) return err(notYours);
        const { dispositions } = configuration();
        const isLeaf =
          dispositions.some(({ code }) => code === dispositionCode) && !dispositions.some(({ parent }) => parent === dispositionCode);
        if (!isLeaf) return err({ code: 'bad_request', message: `"${dispositionCode}" is not an outcome that can be chosen.` });
        await close(work, { agentId: asker.agentId, dispositionCode, note: maskCardNumbers(note), isAutomatic: false }, context);
        return ok(nothing);
      }),

    'sources:list': async () => ok({ sources: ownSources(configuration()) }),

    'templates:list': async () => ok({ templates: [...configuration().messageTemplates] }),

    'quarantine:list': (asker) => stored('quarantine', async () => ok({ arrivals: (await quarantineOf(asker, context)).map(quarantined) })),

    'quarantine:settle': (_asker, { arrivalId, as }) =>
      stored('quarantine', async () => {
        await conversations.settleArrival(arrivalId, as === 'again' ? { state: 'new' } : { state: 'discarded' });
        if (as === 'discard') await files.remove('arrivals', arrivalId);
        else parts.wakeMails();
        return ok(nothing);
      }),

    'rules:try': (_asker, { rules, days }) =>
      stored('rules', async () => {
        const past = await conversations.readIncomingSince(clock.now() - days * 86_400_000, 5_000);
        return ok(tryRules(rules, past, context));
      }),
  };
}

function quarantined({
  envelope,
  arrivalId,
  channel,
  sourceId,
  receivedAt,
  why,
  bytes,
  text,
}: Awaited<ReturnType<MessageContext['conversations']['readQuarantine']>>[number]) {
  return { arrivalId, channel, sourceId, receivedAt, why, bytes, from: envelope.from, text: text.slice(0, 64_000) };
}

function targetOf(
  to: Parameters<InboxCommands['inbox:transfer']>[1]['to'],
  work: LiveWork,
  { routing, agents }: MessageContext,
): Result<Parameters<typeof handOver>[1], WireError> {
  const nobody: WireError = { code: 'not_found', message: 'There is nobody by that name or number.', why: 'nobody' };
  if (to.kind === 'queue') {
    const queue = routing.queue(asId<QueueId>(to.queueId));
    if (queue?.channel !== work.conversation.channel) return err(nobody);
    return ok({ kind: 'queue', queueId: queue.queueId });
  }
  if (to.kind === 'outside') return err(nobody);
  const agent = to.kind === 'agent' ? agents.find(asId<AgentId>(to.agentId)) : agents.findByExtension(to.extension);
  const state = agent && agentOf(routing.state, agent.agentId);
  if (!agent || !state || agent.agentId === work.agentId) return err(nobody);
  if (!mayBeAskedFor(state, work.conversation.channel))
    return err({ code: 'conflict', message: 'They are out of reach, or have no room.', why: 'cannotBeAsked' });
  return ok({ kind: 'agent', agentId: agent.agentId });
}
