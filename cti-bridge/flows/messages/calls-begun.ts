import { type AgentId, asId, type ConversationId, type InteractionId, type MessageId } from '../../../shared/ids.ts';
import { formatNumber } from '../../../shared/phone-number.ts';
import type { OpenInteraction } from '../../crm/index.ts';
import type { EventListener } from '../../interactions/index.ts';
import type { CallOrigin } from '../outbound-call.ts';
import type { MessageContext } from './context.ts';
import { plainIntake, plainMessage } from './note-event.ts';
import { tellMessage } from './tell.ts';

/** Of the conversation it was begun in. */
interface BegunCall {
  readonly conversationId: ConversationId;
  /** The contact in writing that it was begun in. */
  readonly interactionId: InteractionId | null;
  /** Monotonic ms since when they talk; `before`: since before a restart; null: they do not yet. */
  talkingSince: number | 'before' | null;
}

/**
 * An agent calls whoever writes to them: the conversation tells that they did, and how it went, to colleagues alone. Each line is named by the
 * call, so that it stands there once; a call that was up over a restart has its last line, too.
 */
export class CallsBegun {
  readonly #context: MessageContext;
  readonly #calls = new Map<InteractionId, BegunCall>();

  constructor(context: MessageContext) {
    this.#context = context;
  }

  /** Null where this agent does not have it in hand. */
  originOf(agentId: AgentId, conversationId: string): CallOrigin | null {
    const work = this.#context.works.ofConversation(conversationId);
    if (work?.agentId !== agentId) return null;
    const { identification, record, cards, isChosen, knownAt } = work;
    const origin = { conversationId: work.conversation.conversationId, interactionId: work.interactionId };
    return {
      conversationId: origin.conversationId,
      customer: record && { identification, record, cards, isChosen, knownAt },
      dialled: (callId, number) => {
        this.#calls.set(callId, { ...origin, talkingSince: null });
        const { agents, organisation } = this.#context;
        const agentName = agents.find(agentId)?.name ?? null;
        this.#note(callId, 'called', { ...origin, agentName, number: formatNumber(number, organisation.homeCountry) });
      },
    };
  }

  readonly listener: EventListener = (event) => {
    if (event.type !== 'interaction:answered' && event.type !== 'interaction:ended') return;
    const call = this.#calls.get(event.interactionId);
    if (!call) return;
    const now = this.#context.clock.monotonic();
    if (event.type === 'interaction:answered') {
      call.talkingSince ??= now;
      return;
    }
    this.#calls.delete(event.interactionId);
    this.#note(event.interactionId, outcomeOf(call.talkingSince, now), call);
  };

  /** At a start, before any of them ends: calls that were up then. */
  goOnWith(open: readonly OpenInteraction[]): void {
    for (const { interactionId, begunIn, agentId, isEnded } of open)
      if (begunIn !== undefined && !isEnded)
        this.#calls.set(interactionId, {
          conversationId: begunIn,
          interactionId: null,
          talkingSince: agentId === null ? null : 'before',
        });
  }

  /** A line of the conversation, whether somebody still has it in hand or not. */
  #note(
    callId: InteractionId,
    what: string,
    about: Pick<BegunCall, 'conversationId' | 'interactionId'> & { readonly agentName?: string | null; readonly number?: string },
  ): void {
    const { works, conversations, clock, ids, log } = this.#context;
    const { conversationId } = about;
    const at = clock.now();
    const noted = works.inTurn.do(conversationId, async () => {
      const work = works.ofConversation(conversationId);
      const conversation = work?.conversation ?? (await conversations.readConversation(asId<ConversationId>(conversationId)));
      if (!conversation) return;
      const { message, isNew } = await conversations.store({
        ...plainIntake,
        conversation,
        message: {
          ...plainMessage,
          messageId: ids.next<MessageId>(),
          interactionId: about.interactionId ?? work?.interactionId ?? null,
          kind: 'event',
          at,
          author: { kind: 'system', name: about.agentName ?? null },
          text: what,
          quoted: about.number ?? '',
          clientId: what === 'called' ? `call:${callId}` : `call-over:${callId}`,
        },
      });
      if (!isNew) return;
      if (work) work.conversation = { ...work.conversation, lastSeq: message.seq };
      tellMessage(work, message, this.#context);
    });
    noted.catch((error: unknown) => log.error('message:callNotNoted', { interactionId: callId, error: String(error) }));
  }
}

/** As a word of the conversation, see `MessageView.kind`. */
function outcomeOf(talkingSince: BegunCall['talkingSince'], now: number): string {
  if (talkingSince === null) return 'notReached';
  return talkingSince === 'before' ? 'callOver' : `talked ${Math.round((now - talkingSince) / 1_000)}`;
}
