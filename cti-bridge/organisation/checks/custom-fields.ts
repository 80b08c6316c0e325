import type { Check } from '../draft.ts';

/** Fields of the record that this organisation has: a choice has something to choose from, nothing else has, and no choice is there twice. */
export const checkCustomFields: Check = (draft, report) => {
  for (const { id, kind, choices } of draft.customFields) {
    const path = `customFields/${id}/choices`;
    if (kind === 'choice' && choices.length === 0) report(path, 'nothing to choose from', 'one choice or more');
    if (kind !== 'choice' && choices.length > 0) report(path, `a list of ${choices.length}`, `[]: a ${kind} has no choices`);
    const seen = new Set<string>();
    for (const choice of choices) {
      if (seen.has(choice.id)) report(`${path}/${choice.id}`, 'the same id twice', 'an id of its own for each choice');
      seen.add(choice.id);
    }
  }
};
