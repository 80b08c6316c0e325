import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/min';
import { type Numbering, normaliseNumber, numberingOf } from '../../../shared/phone-number.ts';

/** What of a typed text is looked up among the numbers: the whole number, its beginning as somebody types on, or its last digits. */
export interface NumberSearch {
  /** The key of a complete number. */
  readonly key: string | null;
  /** Beginnings of keys. */
  readonly beginnings: readonly string[];
  /** Four digits or more that a number ends in; a zero in front may belong to them or to dialling. */
  readonly endings: readonly string[];
}

/** `digits` is the text when it is written as a number, else null: then only a complete number in another form (`tel:`, `sip:`, 转) counts. */
export function numberSearch(text: string, digits: string | null, numbering: Numbering | string): NumberSearch {
  const { homeCountry, dialling } = numberingOf(numbering);
  const read = normaliseNumber(text, numbering);
  const key = 'value' in read && (read.kind === 'e164' || digits !== null) ? read.value : null;
  if (digits === null || digits.length < 3 || digits.length > 24) return { key, beginnings: [], endings: [] };

  const isInternational = /^\s*\+/.test(text.normalize('NFKC'));
  const abroad = isInternational ? digits : /^00\d/.test(digits) ? digits.slice(2) : null;
  const national = digits.replace(/^0/, '');
  const home = getCountryCallingCode(isSupportedCountry(homeCountry) ? homeCountry : 'CN');
  const areaCode = digits.startsWith('0') ? null : dialling?.areaCode?.replace(/^0/, '');
  const local = areaCode ? [`+${home}${areaCode}${digits}`] : [];
  return {
    key,
    beginnings: abroad !== null ? [`+${abroad}`] : [...new Set([digits, `+${digits}`, `+${home}${national}`, ...local])],
    endings: isInternational ? [] : [...new Set([digits, national])].filter((ending) => ending.length >= 4),
  };
}
