import type { WireError } from '../../../shared/contracts/errors.ts';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { type AgentId, asId, type ContactId } from '../../../shared/ids.ts';
import type { Author, CustomerScope } from '../../crm/index.ts';
import { err, ok, type Result } from '../../kernel/index.ts';
import type { chooseContact } from '../choose-contact.ts';
import type { MessageContext } from './context.ts';
import type { LiveWork } from './live-work.ts';
import { tellWaiting, tellWork } from './tell.ts';
import { writtenPop } from './views.ts';

type Said = Parameters<typeof chooseContact>[2];

/** The agent says who writes: as of a call, and the conversation is this person's from now on. */
export async function chooseWriter(
  work: LiveWork,
  { contactId, agentId }: { readonly contactId: string; readonly agentId: AgentId },
  by: { readonly author: Author; readonly scope: CustomerScope },
  context: MessageContext,
): Promise<Result<ScreenPop, WireError>> {
  const { contacts, recorder, clock, routing, conversations, desktops } = context;
  const { interactionId, conversation } = work;
  const id = asId<ContactId>(contactId);
  const scope: Said['scope'] = work.mayBe(contactId) ? { units: null } : by.scope;
  const queue = routing.queue(work.stored.queueId);
  const record = await contacts.readRecord(id, clock.now(), scope);
  if (!record || !queue) return err(noSuchPerson);
  const kind = conversation.channel === 'sms' ? 'phone' : conversation.channel === 'chat' ? 'chatVisitor' : 'email';
  const key = conversation.channel === 'document' ? null : conversation.addressKey;
  const taught = key === null ? null : ({ kind, key } as const);
  const cards = await contacts.linkInteraction({ interactionId, contactId: id, taught, author: by.author, at: clock.now() });
  if (!cards) return err(noSuchPerson);
  const cardId = asId<ContactId>(cards.cardId);
  await Promise.all([
    conversations.linkConversation(conversation.conversationId, cardId),
    recorder.record(interactionId, { type: 'interaction:contactChosen', contactId: cardId, agentId }),
  ]);
  work.isChosen = true;
  work.cards = cards;
  work.record = record;
  work.conversation = { ...work.conversation, contactId: cardId };
  const pop = writtenPop(work, queue, work.pop?.why ?? [], context);
  work.pop = pop;
  for (const { reservation } of work.offers.values()) desktops.push(reservation.agentId, 'pop:updated', { interactionId, pop });
  tellWork(work, context);
  tellWaiting(work, context);
  return ok(pop);
}

const noSuchPerson: WireError = { code: 'not_found', message: 'There is no such person.' };
