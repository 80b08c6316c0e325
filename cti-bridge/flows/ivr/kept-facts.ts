import type { IvrState } from '../../ivr/index.ts';

/** What of a run belongs to the contact: what the caller gave, what the flow set, what other systems said. The record has the rest. */
const ofTheContact = ['entered.', 'attribute.', 'lookUp.', 'passed.'];

/** What whoever takes the call gets to know, by the names of facts. Never a secret of the caller's. */
export function keptFacts({ facts, masked }: Pick<IvrState, 'facts' | 'masked'>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(facts).filter(([name]) => ofTheContact.some((kind) => name.startsWith(kind)) && !masked.includes(name)),
  );
}
