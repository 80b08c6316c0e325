import type { ConversationId } from '../../../shared/ids.ts';
import { arrivalByPhone } from '../../crm/index.ts';
import type { StoredConversation, TextMessages } from '../../interactions/index.ts';
import { resolveArrival } from '../customers/arrival.ts';
import type { MessageContext } from './context.ts';

/**
 * Text messages that a call flow sends. Into the outbox of the first line there is, and into the conversation with that number, where whoever
 * answers a reply to it sees what was sent. `sent` means that it is on disk and will go; somebody who wants none gets none.
 */
export function textsOfFlows(
  context: MessageContext,
  send: (conversation: StoredConversation, text: string, context: MessageContext) => Promise<void>,
): TextMessages {
  const { configuration, organisation, conversations, ids, clock, log } = context;
  return {
    async send(to, text, signal) {
      const line = configuration().smsLines[0];
      if (!line) return 'notSet';
      const arrival = arrivalByPhone({ number: to, presentedName: null }, organisation);
      const { key } = arrival;
      if (!key?.startsWith('+') || signal.aborted) return 'notSent';
      try {
        if (await conversations.isStopped(line.id, key)) return 'notSent';
        const before = await conversations.findByAddress('sms', line.id, key);
        const at = clock.now();
        const known = before ? null : await resolveArrival(arrival, context, { line: line.id });
        const found = known?.identification;
        await send(
          before ?? {
            ...{ conversationId: ids.next<ConversationId>(), channel: 'sms', sourceId: line.id, addressKey: key, address: to, name: null },
            ...{ subject: null, contactId: found?.kind === 'certain' ? found.contactId : null, locale: known?.record?.locale ?? 'zh' },
            ...{ startedAt: at, lastAt: at, lastSeq: 0, threadToken: null, tokenDigest: null, page: null, visitorSeq: 0, agentSeq: 0 },
          },
          text,
          context,
        );
        return 'sent';
      } catch (error) {
        log.warn('sms:flowNotSent', { error: String(error) });
        return 'notSent';
      }
    },
  };
}
