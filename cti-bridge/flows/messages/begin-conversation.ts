import type { WireError } from '../../../shared/contracts/errors.ts';
import {
  type AgentId,
  asId,
  type ContactId,
  type ConversationId,
  type InteractionId,
  type PopId,
  type QueueId,
  type TrunkId,
  type WorkItemId,
} from '../../../shared/ids.ts';
import { agentOf, mayBeAskedFor } from '../../acd/index.ts';
import { arrivalByEmail, arrivalByPhone } from '../../crm/index.ts';
import { mailToken, type StoredWork, sameAddress } from '../../interactions/index.ts';
import { err, ok, type Result } from '../../kernel/index.ts';
import { resolveArrival } from '../customers/arrival.ts';
import type { MessageContext } from './context.ts';
import { bringBack } from './hold-work.ts';
import { LiveWork } from './live-work.ts';
import { queueWork } from './queue-work.ts';
import { mailboxFor, queueOfSource } from './sources.ts';
import { learn } from './take-message.ts';

interface Wanted {
  readonly channel: 'email' | 'sms';
  readonly sourceId: string;
  readonly to: string;
  readonly contactId: string | null;
}

/** An agent writes to somebody who did not write first: theirs from the start, an interaction of its own. A number has one conversation. */
export async function beginConversation(
  agentId: AgentId,
  { channel, sourceId: wanted, to, contactId }: Wanted,
  context: MessageContext,
): Promise<Result<LiveWork, WireError>> {
  const { ids, clock, conversations, recorder, routing, works, scope, configuration, organisation, interactions } = context;
  const refuse = (message: string) => err({ code: 'bad_request' as const, message });
  const { mailboxes, smsLines } = configuration();
  // The desktop need not know which there are.
  const first = channel === 'email' ? mailboxFor(wanted, mailboxes) : smsLines[0];
  const sourceId = wanted === 'default' ? (first?.id ?? wanted) : wanted;
  const isSet = channel === 'email' ? mailboxes.some(({ id }) => id === sourceId) : smsLines.some(({ id }) => id === sourceId);
  const queueId = queueOfSource(channel, sourceId, configuration());
  const agent = agentOf(routing.state, agentId);
  if (!isSet || queueId === null) return refuse('There is nothing set up to send it from.');
  if (!agent || !mayBeAskedFor(agent, channel))
    return err({ code: 'conflict', message: 'There is no room for another contact of this kind.' });
  const arrival = channel === 'email' ? arrivalByEmail(to) : arrivalByPhone({ number: to, presentedName: null }, organisation);
  const key = arrival.key === null ? null : channel === 'email' ? sameAddress(arrival.key) : arrival.key;
  if (key === null) return refuse(channel === 'email' ? 'This is no e-mail address.' : 'This is no number that can be written to.');

  const before = channel === 'sms' ? await conversations.findByAddress('sms', sourceId, key) : null;
  const there = before && works.ofConversation(before.conversationId);
  if (there) {
    if (there.agentId !== agentId) return err({ code: 'conflict', message: 'A colleague is writing with them.' });
    bringBack(there, context);
    return ok(there);
  }
  const at = clock.now();
  const known = await resolveArrival(arrival, context, { channel });
  const conversationId = before?.conversationId ?? ids.next<ConversationId>();
  const conversation = before ?? {
    ...{
      conversationId,
      channel,
      sourceId,
      addressKey: key,
      address: to,
      name: null,
      subject: null,
      locale: known?.record?.locale ?? ('en' as const),
    },
    ...{ contactId: contactId === null ? null : asId<ContactId>(contactId), startedAt: at, lastAt: at, lastSeq: 0 },
    ...{ threadToken: channel === 'email' ? mailToken(conversationId) : null, tokenDigest: null, page: null, visitorSeq: 0, agentSeq: 0 },
  };
  const stored: StoredWork = {
    ...{ interactionId: ids.next<InteractionId>(), workItemId: ids.next<WorkItemId>(), conversationId, queueId: asId<QueueId>(queueId) },
    ...{ priority: null, needs: null, tier: known?.record?.tier ?? null, state: 'waiting', agentId, reservationId: null, queuedAt: at },
    ...{ takenAt: at, answerBy: null, waitsSince: null, snoozedUntil: null, guestIds: [], transfer: null, handledMs: 0 },
  };
  const { interactionId } = stored;
  await Promise.all([
    conversations.begin(conversation, stored),
    interactions.recordCaller(interactionId, { number: to, key, presentedName: null, dialled: sourceId, at }),
    recorder.record(interactionId, {
      type: 'interaction:received',
      channel,
      direction: 'outbound',
      dnis: sourceId,
      trunkId: asId<TrunkId>(sourceId),
    }),
  ]);
  const work = new LiveWork(stored, conversation, ids.next<PopId>(), scope.child(`contact ${interactionId}`));
  works.add(work);
  learn(work, known, at);
  if (channel === 'sms') work.isStopped = await conversations.isStopped(sourceId, key);
  work.waitingSince = routing.now();
  const taken = work.nextDecision();
  queueWork(work, { kind: 'asked', agentId, by: agentId, isTheirs: true }, context);
  await taken;
  return ok(work);
}
