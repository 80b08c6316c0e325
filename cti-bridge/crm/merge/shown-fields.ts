import { type PersonFields, personFieldNames } from '../../../shared/contracts/record.ts';

/** One card of a person. */
export interface Card {
  readonly contactId: string;
  readonly headId: string;
  readonly updatedAt: number;
  readonly fields: PersonFields;
}

/** The head first, then the others in the order in which they fill what it leaves empty: the latest changed, then the lesser id. */
export function inOrder<Some extends Omit<Card, 'fields'>>(cards: readonly Some[]): readonly Some[] {
  const isHead = (card: Some) => card.contactId === card.headId;
  return [...cards].sort(
    (one, other) =>
      Number(isHead(other)) - Number(isHead(one)) || other.updatedAt - one.updatedAt || (one.contactId < other.contactId ? -1 : 1),
  );
}

/** The first value that is there, of cards in order. */
export function firstFilled<Some, Value>(cards: readonly Some[], value: (card: Some) => Value | null): Value | null {
  for (const card of cards) {
    const found = value(card);
    if (found !== null && found !== '') return found;
  }
  return null;
}

/** True when every card allows it: what somebody refused under one name is refused under all. */
export function allowedByAll<Some>(cards: readonly Some[], isAllowed: (card: Some) => boolean): boolean {
  return cards.every(isAllowed);
}

/**
 * What is shown of one person with several cards. A field is the head's; where the head's is empty, the next card's that has it. Custom
 * fields likewise, one by one. Consent is the exception: a refusal on any card stands.
 */
export function shownFields(cards: readonly Card[]): PersonFields {
  const ordered = inOrder(cards);
  const [head] = ordered;
  if (!head) throw new Error('A person has at least one card');
  const shown: Record<string, unknown> = {};
  for (const field of personFieldNames) {
    if (field === 'custom') shown[field] = Object.assign({}, ...ordered.map((card) => card.fields.custom).reverse());
    else if (isConsent(field)) shown[field] = allowedByAll(ordered, (card) => card.fields[field]);
    else shown[field] = firstFilled(ordered, (card) => card.fields[field]);
  }
  return shown as PersonFields;
}

/**
 * The cards whose value is the one shown, so that a change goes there and no card ever shows what was typed about another. Several only
 * for a consent that several refuse. Where nobody has a value, the head gets it. `custom` by the id of the field.
 */
export function ownersOf(cards: readonly Card[], field: Exclude<keyof PersonFields, 'custom'> | { readonly custom: string }): string[] {
  const ordered = inOrder(cards);
  const head = ordered[0]?.contactId;
  if (typeof field !== 'string') {
    const owner = ordered.find((card) => card.fields.custom[field.custom] !== undefined);
    return [owner?.contactId ?? head ?? ''];
  }
  if (isConsent(field)) {
    const refusing = ordered.filter((card) => !card.fields[field]).map((card) => card.contactId);
    return refusing.length > 0 ? refusing : [head ?? ''];
  }
  const owner = ordered.find((card) => card.fields[field] !== null && card.fields[field] !== '');
  return [owner?.contactId ?? head ?? ''];
}

type Consent = 'allowsRecording' | 'allowsCallOffers' | 'allowsSmsOffers' | 'allowsEmailOffers';

function isConsent(field: keyof PersonFields): field is Consent {
  return field.startsWith('allows');
}
