import type { ConversationId } from '../../../shared/ids.ts';
import { arrivalByPhone } from '../../crm/index.ts';
import type { StoredConversation, TextMessages } from '../../interactions/index.ts';
import { resolveArrival } from '../customers/arrival.ts';
import type { MessageContext } from './context.ts';

/**
 * Text messages that a call flow sends. Into the outbox of the line on which that person was last written with, else of the first there is, and
 * into the conversation with that number, where whoever answers a reply to it sees what was sent. `sent` means that it is on disk and will go;
 * somebody who wants none on a line gets none on it, and none on another for that.
 */
export function textsOfFlows(
  context: MessageContext,
  send: (conversation: StoredConversation, text: string, context: MessageContext) => Promise<void>,
): TextMessages {
  const { configuration, organisation, conversations, ids, clock, log } = context;
  return {
    async send(to, text, signal) {
      const { smsLines } = configuration();
      const [first] = smsLines;
      if (!first) return 'notSet';
      const arrival = arrivalByPhone({ number: to, presentedName: null }, organisation);
      const { key } = arrival;
      if (!key?.startsWith('+') || signal.aborted) return 'notSent';
      try {
        const found = await Promise.all(smsLines.map(({ id }) => conversations.findByAddress('sms', id, key)));
        const [before = null] = found.flatMap((each) => each ?? []).sort((one, other) => other.lastAt - one.lastAt);
        const lineId = before?.sourceId ?? first.id;
        if (await conversations.isStopped(lineId, key)) return 'notSent';
        const at = clock.now();
        const known = before ? null : await resolveArrival(arrival, context, { line: lineId });
        const whom = known?.identification;
        await send(
          before ?? {
            ...{ conversationId: ids.next<ConversationId>(), channel: 'sms', sourceId: lineId, addressKey: key, address: to, name: null },
            ...{ subject: null, contactId: whom?.kind === 'certain' ? whom.contactId : null, locale: known?.record?.locale ?? 'zh' },
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
