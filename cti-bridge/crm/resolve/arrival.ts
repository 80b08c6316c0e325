import { type NormalisedNumber, type Numbering, normaliseNumber } from '../../../shared/phone-number.ts';
import type { CallerAddress } from '../../interactions/index.ts';
import { plainText } from '../names/name-key.ts';
import type { Arrival } from './resolve.ts';

/** What somebody arrives with, on every channel. The keys are those under which identifiers are stored. */

/** A call or an SMS: `entered` is what was typed in the menu. */
export function arrivalByPhone(caller: CallerAddress, numbering: Numbering | string, entered: readonly string[] = []): Arrival {
  const number = normaliseNumber(caller.number, numbering);
  return {
    kind: 'phone',
    key: 'value' in number ? number.value : null,
    isAnonymous: number.kind === 'anonymous',
    presentedName: caller.presentedName,
    entered: entered.map((digits) => digits.trim()).filter((digits) => digits !== ''),
  };
}

/** The `From` of a message: `"Okafor, Margaret" <m.okafor@harbourvale.example>`, or the address alone. */
export function arrivalByEmail(from: string): Arrival {
  const parts = /^\s*(.*?)\s*<([^<>]*)>\s*$/s.exec(from.slice(0, longest));
  const address = plainText(parts?.[2] ?? from.slice(0, longest)).trim();
  const name = (parts?.[1] ?? '')
    .replace(/^"(.*)"$/s, '$1')
    .replace(/\\(.)/gs, '$1')
    .trim();
  const isAddress = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/.test(address);
  return { kind: 'email', key: isAddress ? address : null, isAnonymous: false, presentedName: name === '' ? null : name, entered: [] };
}

/** Whoever writes in a chat: by what their browser keeps, and the name they gave. */
export function arrivalByChat(visitorId: string | null, givenName: string | null): Arrival {
  const key = visitorId?.trim() || null;
  return { kind: 'chatVisitor', key, isAnonymous: key === null, presentedName: givenName, entered: [] };
}

/** The key under which a number is stored and looked up; null when it has none. */
export function numberKey(raw: string | null, numbering: Numbering | string): string | null {
  const number: NormalisedNumber = normaliseNumber(raw, numbering);
  return 'value' in number ? number.value : null;
}

const longest = 1_000;
