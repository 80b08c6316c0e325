import type { ContactRecord, ContactSummary } from '../../../shared/contracts/contact.ts';
import type { Candidate, Certainty } from '../../../shared/contracts/screen-pop.ts';
import { asId, type ContactId } from '../../../shared/ids.ts';
import type { Arrival } from './resolve.ts';

/** Somebody of the record as the store answers: the person, their cards, and the card that holds what they arrived with. */
export interface KnownCards {
  /** Null where only their company has it. */
  readonly cardId: string | null;
  readonly cardIds: readonly string[];
}

/** What the store knows of whoever arrives: one read. Certain comes with the whole record. */
export type Identified =
  | { readonly kind: 'certain'; readonly reason: Certainty; readonly record: ContactRecord; readonly cards: KnownCards }
  | {
      readonly kind: 'candidates';
      readonly candidates: readonly Candidate[];
      /** By the id of the candidate. */
      readonly cards: Readonly<Record<string, KnownCards>>;
      readonly suggestShared: boolean;
    }
  | { readonly kind: 'unknown' };

/** Who it is. `normalised` is the key to look up and to teach; null where there is none. */
export type Identification =
  | {
      readonly kind: 'certain';
      readonly normalised: string | null;
      readonly contactId: ContactId;
      readonly summary: ContactSummary;
      readonly reason: Certainty;
      readonly cards: KnownCards;
    }
  | (Extract<Identified, { kind: 'candidates' }> & { readonly normalised: string | null })
  | { readonly kind: 'unknown'; readonly normalised: string | null }
  | { readonly kind: 'anonymous' };

/**
 * Who arrives, on whatever channel, and their record where that is certain. Rejects only when the repository does, which is not asked
 * about somebody who comes without anything that could be looked up.
 */
export async function identify(
  arrival: Arrival,
  repository: { identify(arrival: Arrival, at: number): Promise<Identified> },
  at: number,
): Promise<{ readonly identification: Identification; readonly record: ContactRecord | null }> {
  const normalised = arrival.key;
  const nothingToLookUp = normalised === null && arrival.entered.length === 0;
  const found: Identified = nothingToLookUp ? { kind: 'unknown' } : await repository.identify(arrival, at);
  switch (found.kind) {
    case 'certain': {
      const { reason, record, cards } = found;
      const contactId = asId<ContactId>(record.contactId);
      return { identification: { kind: 'certain', normalised, contactId, summary: record, reason, cards }, record };
    }
    case 'candidates':
      return { identification: { ...found, normalised }, record: null };
    case 'unknown':
      return { identification: arrival.isAnonymous ? { kind: 'anonymous' } : { kind: 'unknown', normalised }, record: null };
  }
}
