/** Somebody the store found by what a row says. */
export interface FoundPerson {
  readonly contactId: string;
  /** Cards with one head are one person. */
  readonly headId: string;
  readonly isInScope: boolean;
}

/** What the store looked up for one row. Each list may be cut after the second person: more are as ambiguous as two. */
export interface KnownFacts {
  /** Who has this external id or membership. */
  readonly byOwnId: readonly FoundPerson[];
  /** Who has one of the numbers or addresses and the same name. */
  readonly byNumberAndName: readonly (FoundPerson & { readonly hasOtherOwnId: boolean })[];
  /** Who has one of the mobile numbers or addresses as their own, under another name. */
  readonly byNumberAlone: readonly FoundPerson[];
}

export type Match =
  | { readonly is: 'new' }
  | { readonly is: 'known'; readonly contactId: string }
  | { readonly is: 'ambiguous' }
  | { readonly is: 'outOfScope' };

/**
 * Whom a row is about. An id of another system decides. Without one, a number or address decides together with the name; a mobile number
 * of its own under another name decides nothing: to overwrite that person would be a merge that nobody asked for, so the row is told.
 * A number several people share makes nobody known.
 */
export function matchKnown(facts: KnownFacts): Match {
  const owners = onePerPerson(facts.byOwnId);
  if (owners.length > 1) return { is: 'ambiguous' };
  if (owners[0]) return known(owners[0]);
  const namesakes = onePerPerson(facts.byNumberAndName);
  if (namesakes.length > 1) return { is: 'ambiguous' };
  const namesake = namesakes[0];
  if (namesake) return facts.byNumberAndName.some(({ hasOtherOwnId }) => hasOtherOwnId) ? { is: 'ambiguous' } : known(namesake);
  return facts.byNumberAlone.length > 0 ? { is: 'ambiguous' } : { is: 'new' };
}

function known(person: FoundPerson): Match {
  return person.isInScope ? { is: 'known', contactId: person.contactId } : { is: 'outOfScope' };
}

function onePerPerson<Person extends FoundPerson>(found: readonly Person[]): readonly Person[] {
  const heads = new Map<string, Person>();
  for (const person of [...found].sort((one, other) => (one.contactId < other.contactId ? -1 : 1))) {
    if (!heads.has(person.headId)) heads.set(person.headId, person);
  }
  return [...heads.values()];
}
