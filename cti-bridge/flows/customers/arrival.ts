import type { ContactRecord } from '../../../shared/contracts/contact.ts';
import type { ContactId } from '../../../shared/ids.ts';
import { type Arrival, type Identification, identify } from '../../crm/index.ts';
import { withTimeLimit } from '../../kernel/index.ts';
import { limits, type StoryContext } from '../context.ts';

type Arrived = { readonly identification: Identification; readonly record: ContactRecord | null };

/**
 * Who arrives, by whatever channel: a call, a message, a visitor in the chat. One read, with the whole record where it is certain, within
 * `limits.identify`. Null when the store does not tell in time: whoever it is goes on as unknown, and is never kept waiting for it.
 */
export async function resolveArrival(
  arrival: Arrival,
  { clock, contacts, log }: Pick<StoryContext, 'clock' | 'contacts' | 'log'>,
  about: Readonly<Record<string, unknown>>,
): Promise<Arrived | null> {
  try {
    return await withTimeLimit(clock, limits.identify, 'identifying who arrives', identify(arrival, contacts, clock.now()));
  } catch (error) {
    log.warn('identify:failed', { ...about, error: String(error) });
    return null;
  }
}

/** The same of whom somebody here has named: nobody is looked for. Null also where that person is no more. */
export async function resolveNamed(
  contactId: ContactId,
  { clock, contacts, log }: Pick<StoryContext, 'clock' | 'contacts' | 'log'>,
  about: Readonly<Record<string, unknown>>,
): Promise<Arrived | null> {
  try {
    const reading = contacts.readPerson(contactId, clock.now());
    const person = await withTimeLimit(clock, limits.identify, 'reading whom somebody named', reading);
    if (!person) return null;
    const { record, cardIds } = person;
    const certain = { kind: 'certain' as const, normalised: null, contactId, summary: record, reason: 'chosenByAgent' as const };
    return { identification: { ...certain, cards: { cardId: contactId, cardIds } }, record };
  } catch (error) {
    log.warn('identify:failed', { ...about, error: String(error) });
    return null;
  }
}
