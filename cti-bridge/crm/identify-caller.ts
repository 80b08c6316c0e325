import type { ContactSummary } from '../../shared/contracts/contact.ts';
import type { CallerFacts } from '../../shared/contracts/screen-pop.ts';
import { asId, type ContactId } from '../../shared/ids.ts';
import { formatNumber, type NormalisedNumber, normaliseNumber } from '../../shared/phone-number.ts';
import type { CallerAddress } from '../interactions/index.ts';
import type { ContactRepository, NumberMatch } from './ports.ts';

/** Who is calling, as far as the number alone can tell. `normalised` is the key to look up and to teach; null where there is none. */
export type Identification =
  | { readonly kind: 'certain'; readonly normalised: string; readonly contactId: ContactId; readonly summary: ContactSummary }
  | {
      readonly kind: 'candidates';
      readonly normalised: string;
      readonly candidates: readonly (ContactSummary & { readonly lastUsedAt: number | null })[];
    }
  | { readonly kind: 'unknown'; readonly normalised: string | null }
  | { readonly kind: 'anonymous' };

/**
 * One contact has the number and shares it with nobody: certain. Several have it, or it is known as a switchboard or household line:
 * candidates, most recently used first. Rejects only when the repository does.
 */
export async function identifyCaller(
  caller: CallerAddress,
  homeCountry: string,
  repository: Pick<ContactRepository, 'findByNumber'>,
  options: { readonly limit: number },
): Promise<Identification> {
  const number = normaliseNumber(caller.number, homeCountry);
  if (number.kind === 'anonymous') return { kind: 'anonymous' };
  if (number.kind === 'invalid') return { kind: 'unknown', normalised: null };

  const found = await repository.findByNumber(number.value, options.limit);
  const [first, ...others] = found;
  if (!first) return { kind: 'unknown', normalised: number.value };
  if (others.length === 0 && !first.isShared) {
    return { kind: 'certain', normalised: number.value, contactId: asId<ContactId>(first.contactId), summary: withoutUse(first) };
  }
  return { kind: 'candidates', normalised: number.value, candidates: found.map(({ isShared: _, ...candidate }) => candidate) };
}

function withoutUse({ lastUsedAt: _, isShared: __, ...summary }: NumberMatch): ContactSummary {
  return summary;
}

/** What the number alone says; shown at once, whatever the record says. */
export function callerFacts(caller: CallerAddress, homeCountry: string, callsToday: number): CallerFacts {
  const number = normaliseNumber(caller.number, homeCountry);
  const known = { presentedName: caller.presentedName, callsToday };
  switch (number.kind) {
    case 'e164':
      return {
        number: number.value,
        display: formatNumber(number.value, homeCountry),
        kind: number.type,
        country: number.country,
        ...known,
      };
    case 'short':
      return { number: number.value, display: number.value, kind: 'shortCode', country: homeCountry, ...known };
    case 'extension':
      return { number: number.value, display: number.value, kind: 'extension', country: null, ...known };
    case 'anonymous':
      return { number: null, display: '', kind: 'anonymous', country: null, ...known };
    case 'invalid':
      return { number: null, display: (caller.number ?? '').slice(0, 40), kind: 'unknown', country: null, ...known };
  }
}

/** The key under which a number is stored and looked up; null when it has none. */
export function numberKey(raw: string | null, homeCountry: string): string | null {
  const number: NormalisedNumber = normaliseNumber(raw, homeCountry);
  return 'value' in number ? number.value : null;
}
