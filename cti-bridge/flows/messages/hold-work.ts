import { days } from '../../../shared/duration.ts';
import { type AgentId, asId, type QueueId } from '../../../shared/ids.ts';
import type { Reservation } from '../../acd/index.ts';
import type { ToldToVisitor } from '../../interactions/index.ts';
import { type MessageContext, messageLimits } from './context.ts';
import { draftView } from './draft-view.ts';
import { type LiveWork, partOf } from './live-work.ts';
import { noteEvent } from './note-event.ts';
import { queueWork } from './queue-work.ts';
import { nameOfSource } from './sources.ts';
import { tellWaitingGone, tellWork } from './tell.ts';
import { conversationTitle } from './titles.ts';
import { writtenPop } from './views.ts';

/**
 * Steps 7 to 10 of written work in somebody's hands:
 *
 *     queued ─ taken ─▶ open ─ wait, snooze ─▶ waiting, snoozed ─ the customer writes, the time comes ─▶ open
 *        ▲                │ ▲                                                                            with the same agent, if here
 *        └── returned ────┘ └── transferred to somebody
 *                         └── closed, with an outcome
 */

/** Theirs from now on: on disk, then told. */
export async function takeInHand(work: LiveWork, reservation: Reservation, context: MessageContext): Promise<void> {
  const { clock, conversations, interactions, recorder, routing, desktops, agents } = context;
  const { agentId, reservationId } = reservation;
  const { interactionId } = work;
  const isNew = work.stored.takenAt === null || work.stored.agentId !== agentId;
  work.reservation = reservation;
  work.inHandSince = clock.monotonic();
  void work.snooze?.dispose();
  work.stored = {
    ...work.stored,
    ...{ state: 'open', agentId, reservationId, queueId: reservation.queueId, snoozedUntil: null },
    takenAt: work.stored.takenAt ?? clock.now(),
    guestIds: work.stored.guestIds.filter((guestId) => guestId !== agentId),
  };
  const queue = routing.queue(reservation.queueId);
  if (queue) work.pop = writtenPop(work, queue, work.pop?.why ?? reservation.reasons, context);
  const waitedMs = Math.max(0, Math.round(routing.now() - work.waitingSince));
  await Promise.all([
    conversations.saveWork(work.stored),
    recorder.record(interactionId, { type: 'interaction:answered', reservationId, agentId, waitedMs }),
  ]);
  work.waitingSince = 0;
  const [draft, note] = await Promise.all([conversations.readDraft(interactionId), interactions.readDraft(interactionId)]);
  work.draft = draft && (await draftView(draft, context));
  work.note = note && { interactionId, ...note };
  desktops.push(agentId, 'reservation:ended', { reservationId, interactionId, cause: 'answered' });
  work.decisionMade();
  tellWork(work, context);
  tellVisitor(
    work,
    { kind: 'state', state: { state: 'withAgent', agentName: agents.find(agentId)?.name ?? null, ahead: null, mayRate: false } },
    context,
  );
  if (isNew && work.conversation.channel === 'chat') await noteEvent(work, 'joined', agents.find(agentId)?.name ?? '', context);
}

export function tellVisitor({ conversation }: LiveWork, told: ToldToVisitor, { visitors }: MessageContext): void {
  if (conversation.channel === 'chat') visitors.tell(conversation.conversationId, told);
}

/** Stays the agent's and takes no room of theirs: until the customer writes, or until then. */
export async function park(
  work: LiveWork,
  as: { readonly state: 'waiting' } | { readonly state: 'snoozed'; readonly until: number },
  context: MessageContext,
): Promise<void> {
  const { conversations } = context;
  letGo(work, context);
  const snoozedUntil = as.state === 'snoozed' ? as.until : null;
  work.stored = { ...work.stored, state: as.state, snoozedUntil, waitsSince: null };
  await conversations.saveWork(work.stored);
  if (snoozedUntil !== null) wakeAt(work, snoozedUntil, context);
  tellWork(work, context);
}

/** Looked at anew each day: no timer runs for a month, and a time of day stays one where the clock is set. */
export function wakeAt(work: LiveWork, at: number, context: MessageContext): void {
  const { clock } = context;
  void work.snooze?.dispose();
  work.snooze = work.scope.timer(Math.min(days(1), Math.max(0, at - clock.now())), () =>
    clock.now() < at ? wakeAt(work, at, context) : bringBack(work, context),
  );
}

/** To whoever had it if they are here, else to its queue, where they are waited for a while. */
export function bringBack(work: LiveWork, context: MessageContext): void {
  const { agents, routing } = context;
  const { agentId } = work.stored;
  void work.snooze?.dispose();
  if (work.stored.state === 'open' || work.stored.state === 'queued') return;
  const isHere = agentId !== null && agents.find(agentId)?.hasDesktop === true && agents.view(agentId)?.presence !== 'loggedOut';
  work.waitingSince = routing.now();
  if (agentId !== null && isHere) queueWork(work, { kind: 'asked', agentId, by: agentId, isTheirs: true }, context);
  else waitAgain(work, agentId === null ? [] : [agentId], context);
}

/** Nobody's any more: in its queue, behind those who came before it. */
export function waitAgain(work: LiveWork, preferred: readonly AgentId[], context: MessageContext): void {
  const { conversations, desktops } = context;
  for (const holder of work.holders) desktops.push(holder, 'inbox:gone', { interactionId: work.interactionId, why: 'released' });
  work.stored = { ...work.stored, state: 'queued', agentId: null, reservationId: null, guestIds: [], snoozedUntil: null };
  work.pop = null;
  partOf(work, 'waits again', () => conversations.saveWork(work.stored));
  queueWork(work, { kind: 'queued', preferred }, context);
}

/** What an agent has put off, or waits with for the customer, is the queue's again. */
export function takeBack(work: LiveWork, context: MessageContext): void {
  void work.snooze?.dispose();
  work.waitingSince = context.routing.now();
  waitAgain(work, [], context);
}

/** Out of an agent's hands through no doing of the customer's: before all others in its queue. */
export async function giveBack(work: LiveWork, isDeviceFault: boolean, context: MessageContext): Promise<void> {
  const { conversations, recorder, desktops, routing } = context;
  const { agentId, workItemId, queueId } = work.stored;
  if (work.stored.state !== 'open' || agentId === null) return;
  countHandled(work, context);
  for (const holder of work.holders) desktops.push(holder, 'inbox:gone', { interactionId: work.interactionId, why: 'released' });
  work.stored = { ...work.stored, state: 'queued', agentId: null, reservationId: null, guestIds: [] };
  work.pop = null;
  work.reservation = null;
  await Promise.all([
    conversations.saveWork(work.stored),
    recorder.record(work.interactionId, { type: 'workItem:returned', workItemId, queueId, agentId }),
  ]);
  work.waitingSince = routing.now();
  tellVisitor(work, { kind: 'state', state: { state: 'waiting', agentName: null, ahead: null, mayRate: false } }, context);
  queueWork(work, { kind: 'returned', from: agentId, isDeviceFault }, context);
}

/** The router has the agent's room back; the work is still theirs here. */
function letGo(work: LiveWork, context: MessageContext): void {
  const { agentId, workItemId, state } = work.stored;
  if (state !== 'open' || agentId === null) return;
  countHandled(work, context);
  void work.following?.dispose();
  context.routing.tell({ type: 'work:ended', agentId, workItemId, wrapsUp: false });
}

function countHandled(work: LiveWork, { clock }: MessageContext): void {
  if (work.inHandSince === null) return;
  work.stored = { ...work.stored, handledMs: work.stored.handledMs + Math.round(clock.monotonic() - work.inHandSince) };
  work.inHandSince = null;
}

/** To an agent or a queue, with all that is known and the words of whoever gives it: the agent who has it, or a supervisor. */
export async function handOver(
  work: LiveWork,
  to: { readonly kind: 'agent'; readonly agentId: AgentId } | { readonly kind: 'queue'; readonly queueId: QueueId },
  words: { readonly reason: string; readonly note: string },
  context: MessageContext,
  supervisor: { readonly userId: string; readonly name: string } | null = null,
): Promise<void> {
  const { clock, conversations, agents, desktops, routing } = context;
  const from = work.stored.agentId;
  if (from === null) return;
  const fromName = agents.find(from)?.name ?? '';
  const wasOpen = work.stored.state === 'open';
  if (wasOpen) letGo(work, context);
  for (const holder of work.holders)
    desktops.push(holder, 'inbox:gone', { interactionId: work.interactionId, why: supervisor ? 'given' : 'transferred' });
  work.stored = {
    ...work.stored,
    ...{ state: 'queued', agentId: null, reservationId: null, guestIds: [], snoozedUntil: null },
    ...(to.kind === 'queue' ? { queueId: to.queueId } : {}),
    transfer: { fromAgentId: supervisor?.userId ?? from, fromName: supervisor?.name ?? fromName, ...words, at: clock.now() },
  };
  work.pop = null;
  await conversations.saveWork(work.stored);
  await noteEvent(work, 'transferred', fromName, context);
  work.waitingSince = routing.now();
  tellVisitor(work, { kind: 'state', state: { state: 'waiting', agentName: null, ahead: null, mayRate: false } }, context);
  if (to.kind === 'queue') return queueWork(work, { kind: 'queued', preferred: [] }, context);
  askByName(work, to.agentId, supervisor ? null : from, context);
}

/** Offered to this agent alone, else to all of its queue. `by` null: a supervisor. */
export function askByName(work: LiveWork, agentId: AgentId, by: AgentId | null, context: MessageContext): void {
  const { offersMade } = work;
  queueWork(work, { kind: 'asked', agentId, by }, context);
  // They cannot be asked, after all.
  if (work.offersMade === offersMade) queueWork(work, { kind: 'queued', preferred: [agentId] }, context);
}

/** Steps 9 and 10: the outcome is on disk, then everybody is told. */
export async function close(
  work: LiveWork,
  by: { readonly agentId: AgentId | null; readonly dispositionCode: string; readonly note: string; readonly isAutomatic: boolean },
  context: MessageContext,
): Promise<void> {
  const { clock, conversations, interactions, recorder, desktops, agents, works, configuration } = context;
  const { interactionId, conversation } = work;
  const { agentId, dispositionCode, note, isAutomatic } = by;
  const holders = work.holders;
  const wasWaiting = work.stored.state === 'queued';
  countHandled(work, context);
  const contactId = work.cards.cardId ?? work.record?.contactId ?? conversation.contactId;
  await interactions.complete({
    interactionId,
    kind: conversation.channel,
    conversationId: conversation.conversationId,
    agentId,
    agentName: (agentId && agents.find(agentId)?.name) ?? '',
    contactId: contactId === null ? null : asId(contactId),
    title: conversationTitle(conversation, work.preview, nameOfSource(conversation.channel, conversation.sourceId, configuration())),
    dispositionCode,
    isAutomatic,
    note,
    handlingMs: work.stored.handledMs,
    at: clock.now(),
  });
  await recorder.record(
    interactionId,
    { type: 'interaction:ended', end: { by: agentId === null ? 'system' : 'agent', reason: 'closed', fault: 'caller' } },
    { type: 'interaction:completed', agentId, dispositionCode, isAutomatic, handlingMs: work.stored.handledMs },
  );
  await noteEvent(work, 'closed', (agentId && agents.find(agentId)?.name) ?? '', context);
  await conversations.endWork(interactionId);
  works.remove(work);
  if (wasWaiting) tellWaitingGone(work, context);
  const { agentId: holder, workItemId, state } = work.stored;
  void work.following?.dispose();
  if (state === 'queued') context.routing.tell({ type: 'item:gone', workItemId });
  else if (state === 'open' && holder !== null) context.routing.tell({ type: 'work:ended', agentId: holder, workItemId, wrapsUp: false });
  for (const each of holders) desktops.push(each, 'inbox:gone', { interactionId, why: 'closed' });
  const isRated = configuration().chatSites.find(({ id }) => id === conversation.sourceId)?.rating ?? false;
  const mayRate = isRated && work.stored.takenAt !== null;
  tellVisitor(work, { kind: 'state', state: { state: 'closed', agentName: null, ahead: null, mayRate } }, context);
  if (agentId !== null) {
    const today = context.today(agentId);
    desktops.push(agentId, 'interaction:completed', { interactionId, dispositionCode, automatic: isAutomatic, today });
  }
  await work.scope.end('closed');
}

/** The agent's desktop is gone: a visitor in the chat is not kept waiting for them, mails are. */
export function agentGone(work: LiveWork, context: MessageContext): void {
  if (work.conversation.channel !== 'chat' || work.stored.state !== 'open') return;
  work.returning ??= work.scope.timer(messageLimits.agentReturn, () => {
    work.returning = null;
    partOf(work, 'agent lost', () => giveBack(work, true, context));
  });
}

export function agentBack(work: LiveWork): void {
  void work.returning?.dispose();
  work.returning = null;
}

/** They signed out: what a customer waits for goes on without them, the rest stays theirs. */
export async function agentLeft(work: LiveWork, context: MessageContext): Promise<void> {
  const { stored, conversation } = work;
  if (stored.state !== 'open') return;
  if (stored.waitsSince !== null || conversation.channel === 'chat') await giveBack(work, false, context);
  else await park(work, { state: 'waiting' }, context);
}
