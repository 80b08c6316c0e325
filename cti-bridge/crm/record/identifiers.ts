import type { IdentifierKind } from '../../../shared/contracts/record.ts';
import { type Numbering, normaliseNumber } from '../../../shared/phone-number.ts';
import { plainText } from '../names/name-key.ts';

export interface NormalisedIdentifier {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly extension: string | null;
}

/**
 * The one form in which an identifier is stored and looked up: a number as its key, an e-mail address in small letters, anything else without
 * space around it. A number typed as `phone` that is a mobile one becomes `mobile`. Null when it is none of its kind.
 */
export function normaliseIdentifier(kind: IdentifierKind, written: string, numbering: Numbering | string): NormalisedIdentifier | null {
  if (kind === 'phone' || kind === 'mobile') {
    const number = normaliseNumber(written, numbering);
    if (!('value' in number)) return null;
    const isMobile = number.kind === 'e164' && number.type === 'mobile';
    return { kind: isMobile ? 'mobile' : 'phone', value: number.value, extension: number.kind === 'e164' ? number.extension : null };
  }
  if (kind === 'email') {
    const address = plainText(written).trim();
    return /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]+$/.test(address) ? { kind, value: address, extension: null } : null;
  }
  const value = written.trim();
  return value === '' ? null : { kind, value, extension: null };
}
