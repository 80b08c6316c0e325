import type { Arrivals, KeptText } from '../../interactions/index.ts';
import { maskCardNumbers, providerIdForms } from '../../interactions/index.ts';
import { type MessageContext, messageLimits } from './context.ts';

/**
 * Where the channels bring what arrived. Bytes are whole on the disk before their row is, and the row before anybody is told that we have it. A
 * row that could not be written leaves no bytes.
 */
export function createArrivals(
  { conversations, files, ids }: Pick<MessageContext, 'conversations' | 'files' | 'ids'>,
  arrived: { raw(channel: 'email' | 'document'): void; text(text: KeptText): void; receipt(messageId: string): void },
): Arrivals {
  return {
    async keep({ content, ...arrival }) {
      const { channel, sourceId, onceKey } = arrival;
      if (await conversations.isKnownArrival(channel, sourceId, onceKey)) return 'known';
      const arrivalId = ids.next<string>();
      const limit = channel === 'email' ? messageLimits.mailBytes : messageLimits.documentBytes;
      const written = await files.write('arrivals', arrivalId, content, limit);
      if (written === 'tooLarge') return 'tooLarge';
      const { bytes, digest } = written;
      try {
        const kept = await conversations.keepArrival({ ...arrival, arrivalId, bytes, digest });
        if (kept === 'known') await files.remove('arrivals', arrivalId);
        else arrived.raw(channel);
        return kept;
      } catch (error) {
        await files.remove('arrivals', arrivalId);
        throw error;
      }
    },
    async keepText(text) {
      const kept = { ...text, text: maskCardNumbers(text.text), partId: ids.next<string>() };
      const outcome = await conversations.keepText(kept);
      if (outcome === 'kept') arrived.text(kept);
      return outcome;
    },
    async keepReceipt(receipt) {
      // What it was given as may be written otherwise in the receipt: the first form that is known is it, else it is kept as it came.
      for (const form of providerIdForms(receipt.providerId)) {
        const messageId = await conversations.keepReceipt(receipt, form);
        if (messageId !== null) return arrived.receipt(messageId);
      }
    },
  };
}
