import type { ContactRecord } from '../../../shared/contracts/contact.ts';
import { type Arrival, type Identification, identify } from '../../crm/index.ts';
import { withTimeLimit } from '../../kernel/index.ts';
import { limits, type StoryContext } from '../context.ts';

/**
 * Who arrives, by whatever channel: a call, a message, a visitor in the chat. One read, with the whole record where it is certain, within
 * `limits.identify`. Null when the store does not tell in time: whoever it is goes on as unknown, and is never kept waiting for it.
 */
export async function resolveArrival(
  arrival: Arrival,
  { clock, contacts, log }: Pick<StoryContext, 'clock' | 'contacts' | 'log'>,
  about: Readonly<Record<string, unknown>>,
): Promise<{ readonly identification: Identification; readonly record: ContactRecord | null } | null> {
  try {
    return await withTimeLimit(clock, limits.identify, 'identifying who arrives', identify(arrival, contacts, clock.now()));
  } catch (error) {
    log.warn('identify:failed', { ...about, error: String(error) });
    return null;
  }
}
