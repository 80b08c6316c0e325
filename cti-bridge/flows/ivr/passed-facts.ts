import type { TakeOverRule } from '../../../shared/contracts/ivr/take-over.ts';
import { documentOf, factOf, valueAt } from './taken-values.ts';
import { readUserToUser } from './user-to-user.ts';

/** What came with a call under the name of a SIP header; null for nothing. */
export type HeaderOf = (name: string) => string | null;

/** More than any system sends along. */
const longest = 4_000;

/** What a header says: of User-to-User the text that it carries, of any other its value. */
export function saidUnder(name: string, header: HeaderOf): string | null {
  const value = header(name);
  if (value === null || value.length > longest) return null;
  return name.toLowerCase() === 'user-to-user' ? readUserToUser(value) : value.trim();
}

/**
 * What a PBX or another IVR before us has found out, taken over from the headers of the call by the rules of its trunk: facts by their full
 * names. What is not there, or cannot be read, is no fact.
 */
export function passedFacts(rules: readonly TakeOverRule[], header: HeaderOf): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rules.flatMap(({ header: name, as, pick }) => {
      const said = saidUnder(name, header);
      const value = said === null ? null : pick === undefined ? factOf(said) : valueAt(documentOf(said), pick);
      return value === null ? [] : [[`passed.${as}`, value] as const];
    }),
  );
}

/** Of what was passed on, what may be the number of a customer or of a membership: it says who calls, as if they had typed it. */
export function numbersAmong(facts: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(facts).flatMap(([name, value]) =>
    name.startsWith('passed.') && /^[0-9A-Za-z._+-]{4,40}$/.test(value) && /\d/.test(value) ? [value] : [],
  );
}
