import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { assertNever } from '../../shared/assert-never.ts';
import type { NumberForm } from '../../shared/contracts/calling.ts';
import type { OutsideNumber } from './outside-number.ts';

/** A number as this trunk wants it. Emergency numbers stand as they are: a prefix that chooses a carrier would lead them astray. */
export function writeNumber(number: OutsideNumber, form: NumberForm, homeCountry: string): string {
  switch (number.kind) {
    case 'emergency':
      return number.digits;
    case 'service':
      return form.prefix + number.digits;
    case 'public':
      return form.prefix + withoutFirst(formed(number.e164, form.form, homeCountry), form.strip);
    default:
      return assertNever(number);
  }
}

function formed(e164: string, form: NumberForm['form'], homeCountry: string): string {
  switch (form) {
    case 'e164':
      return e164;
    case 'e164WithoutPlus':
    case 'asDialled':
      return e164.slice(1);
    case 'national':
      return dialledFrom(e164, homeCountry);
    default:
      return assertNever(form);
  }
}

/** As a telephone of the home country dials it. */
function dialledFrom(e164: string, homeCountry: string): string {
  const number = parsePhoneNumberFromString(e164);
  if (!number || !isSupportedCountry(homeCountry)) return `00${e164.slice(1)}`;
  if (number.country === homeCountry) return digitsOf(number.formatNational());
  const abroad = number.format('IDD', { fromCountry: homeCountry as CountryCode });
  return abroad ? digitsOf(abroad) : `00${e164.slice(1)}`;
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

function withoutFirst(number: string, count: number): string {
  const plus = number.startsWith('+') ? '+' : '';
  return count === 0 ? number : plus + number.slice(plus.length + count);
}
