import type { PopId } from '../../../shared/ids.ts';
import { arrivalByChat, arrivalByEmail, arrivalByPhone } from '../../crm/index.ts';
import type { StoredConversation, StoredWork } from '../../interactions/index.ts';
import { resolveArrival, resolveNamed } from '../customers/arrival.ts';
import type { MessageContext } from './context.ts';
import { draftView } from './draft-view.ts';
import { wakeAt } from './hold-work.ts';
import { LiveWork, partOf } from './live-work.ts';
import { queueWork } from './queue-work.ts';
import { learn } from './take-message.ts';
import { tellWaiting } from './tell.ts';
import { previewOf, writtenPop } from './views.ts';

/**
 * After a start: all written work that is not over stands where it stood. What waits, waits since it first did; what somebody had in hand is
 * theirs again, whether they are back yet or not.
 */
export async function resumeWorks(stored: readonly StoredWork[], context: MessageContext): Promise<void> {
  const { conversations, ids, works, scope, routing, interactions, log } = context;
  for (const one of stored) {
    const conversation = await conversations.readConversation(one.conversationId);
    if (!conversation) {
      log.error('message:workWithoutConversation', { interactionId: one.interactionId });
      continue;
    }
    const work = new LiveWork(one, conversation, ids.next<PopId>(), scope.child(`contact ${one.interactionId}`));
    const [messages, draft, note] = await Promise.all([
      conversations.readMessages(one.conversationId, null, 20),
      conversations.readDraft(one.interactionId),
      interactions.readDraft(one.interactionId),
    ]);
    const last = messages.find(({ kind, isAutomatic }) => (kind === 'in' || kind === 'out') && !isAutomatic);
    work.preview = previewOf(last?.text || last?.files[0]?.name || '');
    work.unread = messages.filter(({ kind, seq }) => kind === 'in' && seq > conversation.agentSeq).length;
    work.draft = draft && (await draftView(draft, context));
    work.note = note && { interactionId: one.interactionId, ...note };
    if (conversation.channel === 'sms' && conversation.addressKey)
      work.isStopped = await conversations.isStopped(conversation.sourceId, conversation.addressKey);
    works.add(work);
    partOf(work, 'identify', () => identifyAgain(work, context));
    const { state, agentId, snoozedUntil } = one;
    const queue = routing.queue(one.queueId);
    if (state === 'queued' || agentId === null) queueWork(work, { kind: 'queued', preferred: [] }, context);
    else if (state === 'open') queueWork(work, { kind: 'asked', agentId, by: agentId, isTheirs: true }, context);
    else if (queue) work.pop = writtenPop(work, queue, [], context);
    if (state === 'snoozed' && snoozedUntil !== null) wakeAt(work, snoozedUntil, context);
  }
}

async function identifyAgain(work: LiveWork, context: MessageContext): Promise<void> {
  const { contactId } = work.conversation;
  const about = { interactionId: work.interactionId };
  const found = await resolveArrival(arrivalOf(work.conversation, context), context, about);
  // What they write by may tell nothing, or not enough: then it is whoever was named.
  const isNamed = contactId !== null && found?.identification.kind !== 'certain';
  const known = isNamed ? ((await resolveNamed(contactId, context, about)) ?? found) : found;
  learn(work, known, context.clock.now());
  const queue = context.routing.queue(work.stored.queueId);
  if (work.pop && queue) work.pop = writtenPop(work, queue, work.pop.why, context);
  context.tellWork(work);
  tellWaiting(work, context);
}

function arrivalOf({ channel, address, addressKey, name }: StoredConversation, { organisation }: MessageContext) {
  if (channel === 'sms') return arrivalByPhone({ number: address, presentedName: name }, organisation);
  if (address?.includes('@')) return arrivalByEmail(address);
  return arrivalByChat(addressKey, name);
}
