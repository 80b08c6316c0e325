import type { Locale } from '../../../shared/contracts/contact.ts';
import { asId, type ContactId, type InteractionId, type PopId, type QueueId, type TrunkId, type WorkItemId } from '../../../shared/ids.ts';
import type { Arrival, Identification } from '../../crm/index.ts';
import {
  maskCardNumbers,
  maskCardNumbersOfHtml,
  type NewMessage,
  type StoredConversation,
  type StoredFile,
  type StoredMessage,
} from '../../interactions/index.ts';
import { resolveArrival, resolveNamed } from '../customers/arrival.ts';
import type { MessageContext } from './context.ts';
import { bringBack } from './hold-work.ts';
import { LiveWork } from './live-work.ts';
import { plainIntake } from './note-event.ts';
import { queueWork } from './queue-work.ts';
import { nameOfSource, queueOfSource } from './sources.ts';
import { tellMessage, tellWaiting, tellWork } from './tell.ts';
import { conversationTitle } from './titles.ts';
import { previewOf } from './views.ts';

/** A message of a customer's, made ready by the story of its channel. */
export interface TakenMessage {
  readonly conversation: StoredConversation;
  readonly message: NewMessage;
  readonly files: readonly StoredFile[];
  readonly references: readonly { readonly internetId: string; readonly digest: string }[];
  readonly arrivalId: string | null;
  readonly partIds: readonly string[];
  /** What stays of their words; left out: all of them. */
  readonly partTexts?: readonly string[];
  readonly arrival: Arrival;
  /** Whose it is, where somebody here has said so. */
  readonly contactId?: ContactId | undefined;
  /** Null: the language of the person, or what is set. */
  readonly locale: Locale | null;
  /** It is kept with its conversation and asks for nobody's work: an automatic answer, a receipt that they read it. */
  readonly isForNobody?: boolean;
}

/**
 * Steps 1 to 4 of a written contact: received, identified, judged by the rules, queued. What belongs to a contact that somebody has in hand, or
 * that waits already, goes there. On disk when it resolves, with the work it makes, in one unit: a crash before it leaves the arrival to be
 * taken again, one after it leaves nothing to be done twice. Card numbers are hidden before anything is stored or shown.
 */
export async function takeMessage(
  taken: TakenMessage,
  context: MessageContext,
): Promise<{ readonly message: StoredMessage; readonly work: LiveWork | null }> {
  const { conversationId } = taken.conversation;
  return context.works.inTurn.do(conversationId, () => takeInTurn(withoutCards(taken), context));
}

function withoutCards(taken: TakenMessage): TakenMessage {
  const { conversation, message } = taken;
  const { subject, text, quoted, htmlText } = message;
  const hidden = (words: string | null) => words && maskCardNumbers(words);
  return {
    ...taken,
    conversation: { ...conversation, subject: hidden(conversation.subject) },
    message: {
      ...message,
      subject: hidden(subject),
      text: maskCardNumbers(text),
      quoted: maskCardNumbers(quoted),
      htmlText: htmlText && maskCardNumbersOfHtml(htmlText),
    },
  };
}

async function takeInTurn(taken: TakenMessage, context: MessageContext): ReturnType<typeof takeMessage> {
  const { works, conversations, clock } = context;
  const there = works.ofConversation(taken.conversation.conversationId);
  if (there) return addTo(there, taken, context);
  const startedAt = clock.monotonic();
  const about = { conversationId: taken.conversation.conversationId };
  const { contactId } = taken;
  const known =
    contactId === undefined ? await resolveArrival(taken.arrival, context, about) : await resolveNamed(contactId, context, about);
  const conversation = withPerson(taken.conversation, known);
  if (taken.isForNobody) {
    const { message } = await conversations.store({ ...plainIntake, ...partsOf(taken), conversation, message: taken.message });
    return { message, work: null };
  }
  return begin({ ...taken, conversation }, known, clock.monotonic() - startedAt, context);
}

/** Of something that happened: what was said about it, as its text is a word for programs. */
const wordsOf = ({ kind, text, quoted }: Pick<NewMessage, 'kind' | 'text' | 'quoted'>): string => (kind === 'event' ? quoted : text);

type Known = Awaited<ReturnType<typeof resolveArrival>>;

const partsOf = ({ files, references, arrivalId, partIds, partTexts }: TakenMessage) => ({
  ...{ files, references, arrivalId, partIds },
  ...(partTexts ? { partTexts } : {}),
});

/** The one it is known to be with stays; who is certain now is known from now on. */
function withPerson(conversation: StoredConversation, known: Known): StoredConversation {
  const { identification } = known ?? {};
  if (identification?.kind !== 'certain') return conversation;
  const cardId = identification.cards.cardId ?? identification.contactId;
  return {
    ...conversation,
    contactId: conversation.contactId ?? asId<ContactId>(cardId),
    locale: known?.record?.locale ?? conversation.locale,
  };
}

async function addTo(work: LiveWork, taken: TakenMessage, context: MessageContext) {
  const { conversations } = context;
  const isAnswered = taken.isForNobody ?? false;
  const { at } = taken.message;
  const conversation = { ...work.conversation, name: taken.conversation.name ?? work.conversation.name, lastAt: at };
  const stored = isAnswered ? work.stored : { ...work.stored, waitsSince: work.stored.waitsSince ?? at };
  const { message, isNew } = await conversations.store({
    ...plainIntake,
    ...partsOf(taken),
    conversation,
    message: { ...taken.message, interactionId: work.interactionId },
    work: stored,
  });
  if (!isNew) return { message, work };
  work.conversation = { ...conversation, lastSeq: message.seq };
  // What was done to it meanwhile is not undone by this.
  work.stored = { ...work.stored, waitsSince: stored.waitsSince };
  if (message.kind !== 'event') work.preview = previewOf(message.text || message.files[0]?.name || '');
  if (isAnswered) {
    tellMessage(work, message, context);
    return { message, work };
  }
  work.unread++;
  if (work.stored.state === 'queued') tellWaiting(work, context);
  else bringBack(work, context);
  tellMessage(work, message, context);
  tellWork(work, context);
  return { message, work };
}

async function begin(taken: TakenMessage, known: Known, tookMs: number, context: MessageContext) {
  const { ids, clock, conversations, recorder, interactions, configuration, routing, scope, contacts, works } = context;
  const { conversation, message, arrival } = taken;
  const { channel, sourceId, addressKey, address, name } = conversation;
  const interactionId = ids.next<InteractionId>();
  const judged = judge(taken, known, context);
  const cardId = known?.identification.kind === 'certain' ? (known.identification.cards.cardId ?? known.identification.contactId) : null;
  const preview = previewOf(wordsOf(message) || taken.files[0]?.name || '');
  const title = conversationTitle(conversation, preview, nameOfSource(channel, sourceId, configuration()));
  const queue = routing.queue(judged.queueId);
  const stored = {
    interactionId,
    workItemId: ids.next<WorkItemId>(),
    conversationId: conversation.conversationId,
    ...judged,
    tier: known?.record?.tier ?? null,
    state: 'queued' as const,
    agentId: null,
    reservationId: null,
    queuedAt: message.at,
    takenAt: null,
    answerBy: message.at + (judged.answerWithinMs ?? queue?.serviceLevel.thresholdMs ?? 0),
    waitsSince: message.at,
    snoozedUntil: null,
    guestIds: [],
    transfer: null,
    handledMs: 0,
  };
  const { answerWithinMs: _within, ...row } = stored;
  const storing = conversations.store({
    ...plainIntake,
    ...partsOf(taken),
    conversation,
    message: { ...message, interactionId },
    work: row,
    timeline: cardId === null ? null : { contactId: asId<ContactId>(cardId), title: title[conversation.locale], detail: preview },
  });
  // Both go to the disk with the same flush.
  const called = { number: address, key: arrival.key ?? addressKey, presentedName: name, dialled: sourceId, at: message.at };
  const [{ message: kept, isNew }] = await Promise.all([
    storing,
    interactions.recordCaller(interactionId, called),
    recorder.record(interactionId, {
      type: 'interaction:received',
      channel,
      direction: 'inbound',
      // Where it came in: both are of ours.
      dnis: sourceId,
      trunkId: asId<TrunkId>(sourceId),
    }),
  ]);
  if (!isNew) {
    await recorder.record(interactionId, { type: 'interaction:ended', end: { by: 'system', reason: 'closed', fault: 'ours' } });
    return { message: kept, work: works.ofConversation(conversation.conversationId) };
  }
  const work = new LiveWork(row, { ...conversation, lastSeq: kept.seq }, ids.next<PopId>(), scope.child(`contact ${interactionId}`));
  works.add(work);
  learn(work, known, clock.now());
  work.preview = preview;
  work.unread = 1;
  recorder.note(interactionId, identified(known?.identification, tookMs), {
    type: 'workItem:queued',
    workItemId: row.workItemId,
    queueId: row.queueId,
    priority: row.priority ?? queue?.priority ?? 0,
  });
  const contactId = known?.record?.contactId;
  const whom = contactId ? await contacts.preferredAgents(asId<ContactId>(contactId)).catch(() => null) : null;
  const preferred = [whom?.accountManager, whom?.lastAgent?.agentId].flatMap((agentId) => agentId ?? []);
  queueWork(work, { kind: 'queued', preferred: [...new Set(preferred)] }, context);
  return { message: kept, work };
}

/** What is known of whoever writes, for the pop and the desktop. */
export function learn(work: LiveWork, known: Known, at: number): void {
  if (!known) return;
  work.identification = known.identification;
  work.record = known.record;
  work.cards = known.identification.kind === 'certain' ? known.identification.cards : { cardId: null, cardIds: [] };
  work.knownAt = at;
}

function identified(found: Identification | undefined, tookMs: number) {
  return {
    type: 'interaction:identified' as const,
    match: found?.kind ?? ('unknown' as const),
    contactId: found?.kind === 'certain' ? found.contactId : null,
    accountId: null,
    candidateIds: found?.kind === 'candidates' ? found.candidates.map(({ contactId }) => asId<ContactId>(contactId)) : [],
    tookMs,
  };
}

function judge(taken: TakenMessage, known: Known, { configuration, rules }: MessageContext) {
  const { queues } = configuration();
  const { channel, sourceId, addressKey, address } = taken.conversation;
  const own = queueOfSource(channel, sourceId, configuration()) ?? asId<QueueId>(queues[0]?.id ?? '');
  const { queueId, needs, priority, answerWithinMs } = rules().classify({
    channel,
    sourceId,
    queueId: own,
    from: [addressKey, address].flatMap((each) => each ?? []),
    subject: taken.message.subject ?? '',
    text: taken.message.text,
    tier: known?.record?.tier ?? null,
  });
  return { queueId: asId<QueueId>(queueId), needs: needs || null, priority, answerWithinMs };
}
