import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type Numbering, normaliseNumber } from '../../shared/phone-number.ts';
import { emergencyNumbers } from './emergency.ts';

/** A number outside in the one form that rules look at and trunks are written from. */
export type OutsideNumber =
  | { readonly kind: 'emergency'; readonly digits: string }
  /** Three to six digits of the home country, such as 95588. */
  | { readonly kind: 'service'; readonly digits: string }
  | {
      readonly kind: 'public';
      readonly e164: string;
      /** ISO 3166 alpha-2 of the numbering plan; null for numbers of no country. */
      readonly country: string | null;
      /** Costs extra by its kind, is a satellite's, or belongs to a range abroad of which nobody can say what it is. */
      readonly isPremium: boolean;
    };

/** Reads what was typed, clicked or stored. Null for what is no number outside: lines of our own, and what cannot be read. */
export function readOutsideNumber(raw: string, numbering: Numbering): OutsideNumber | null {
  const emergency = readEmergency(raw, numbering);
  if (emergency !== null) return { kind: 'emergency', digits: emergency };
  const read = normaliseNumber(raw, numbering);
  if (read.kind === 'short') return { kind: 'service', digits: read.value };
  if (read.kind !== 'e164') return null;
  const number = parsePhoneNumberFromString(read.value);
  if (!number) return null;
  const country = number.country ?? read.country;
  return { kind: 'public', e164: read.value, country, isPremium: isPremium(number, country === numbering.homeCountry) };
}

/** With and without what is dialled for an outside line: who is in need dials from habit. */
function readEmergency(raw: string, { homeCountry, dialling }: Numbering): string | null {
  const digits = raw
    .normalize('NFKC')
    .replace(/^\s*tel:/i, '')
    .replace(/[\s().\-/]+/g, '');
  if (!/^\d{2,8}$/.test(digits)) return null;
  const known = emergencyNumbers(homeCountry);
  if (known.has(digits)) return digits;
  const prefix = dialling?.outsidePrefix;
  const behind = prefix && digits.startsWith(prefix) ? digits.slice(prefix.length) : null;
  return behind !== null && known.has(behind) ? behind : null;
}

/** Plans of no country: satellites, networks of ships and aeroplanes, personal and premium numbers (ITU-T E.164 list of country codes). */
const costlyPlans = new Set(['870', '878', '881', '882', '883', '979', '808']);

function isPremium(number: PhoneNumber, isHome: boolean): boolean {
  if (costlyPlans.has(number.countryCallingCode)) return true;
  const type = number.getType();
  if (type === 'PREMIUM_RATE' || type === 'SHARED_COST') return true;
  // At home new ranges open faster than tables are updated; abroad an unknown range is how toll fraud is paid.
  return type === undefined && !isHome;
}
