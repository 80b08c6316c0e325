import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';

/**
 * One key for every way a number is written. Numbers are compared only by this key, on write and on lookup: E.164 where the text is a
 * public number, the bare digits for short codes and extensions.
 *
 * A number counts as public when its *length* fits its country's plan. Whether its range is in service is not asked: ranges open faster
 * than tables are updated, and a caller must not become a stranger for that.
 */
export type NormalisedNumber =
  | {
      readonly kind: 'e164';
      readonly value: string;
      /** ISO 3166 alpha-2 of the numbering plan; of `+1` and `+44` the largest country where the digits do not tell. */
      readonly country: string | null;
      readonly type: 'mobile' | 'fixed' | 'tollFree' | 'unknown';
      /** Digits behind `ext`, `x`, `转`: not part of the key. */
      readonly extension: string | null;
    }
  /** A service number of three to six digits (10086, 95588, 110). */
  | { readonly kind: 'short'; readonly value: string }
  /** A line inside our own exchange. */
  | { readonly kind: 'extension'; readonly value: string }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'invalid' };

/** Reads a number as received or typed. `homeCountry` (ISO 3166 alpha-2) is where a number without a prefix is at home. Never throws. */
export function normaliseNumber(raw: string | null, homeCountry: string): NormalisedNumber {
  const home = isSupportedCountry(homeCountry) ? homeCountry : 'CN';
  const written = readAddress((raw ?? '').slice(0, 256));
  if (anonymousWords.has(written.text.toLowerCase().replace(/[\s._-]+/g, ''))) return { kind: 'anonymous' };

  const { main, extension } = splitExtension(written.text);
  if (/[^\d+\s().\-/[\]]/.test(main)) return { kind: 'invalid' };
  const digits = main.replace(/\D/g, '');
  const isInternational = main.trimStart().startsWith('+');
  if (!isInternational && digits.length >= 3 && digits.length <= 6 && !digits.startsWith('0')) {
    return { kind: isServiceNumber(digits, home) ? 'short' : 'extension', value: digits };
  }
  if (digits.length < 7 || digits.length > 24) return { kind: 'invalid' };

  const found = readPublicNumber(isInternational ? `+${digits}` : digits, home);
  if (!found) return { kind: 'invalid' };
  const country = found.country ?? found.getPossibleCountries()[0] ?? null;
  return { kind: 'e164', value: found.number, country, type: numberType(found, country), extension: extension ?? written.extension };
}

/** For the eye: numbers of the home country in their national form, others with `+` and spaces; short codes and extensions as they are. */
export function formatNumber(value: string, homeCountry: string): string {
  if (!value.startsWith('+')) return value;
  const number = parsePhoneNumberFromString(value);
  if (!number?.isPossible()) return value;
  const country = number.country ?? number.getPossibleCountries()[0];
  return country === homeCountry ? number.formatNational() : number.formatInternational();
}

const anonymousWords = new Set([
  ...[
    '',
    'anonymous',
    'unknown',
    'unavailable',
    'restricted',
    'private',
    'withheld',
    'blocked',
    'nocallerid',
    'callerunknown',
    'privatenumber',
  ],
  ...['匿名', '未知', '未知号码', '隐藏号码', '私人号码', '无主叫', '无法显示', 'anonym', 'unbekannt', 'unterdrückt'],
]);

/** Takes the number out of a `tel:` URI (RFC 3966), a `sip:` address (RFC 3261 section 19.1) or plain text, in plain ASCII digits. */
function readAddress(raw: string): { text: string; extension: string | null } {
  let text = raw
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim();
  text = /<([^<>]*)>/.exec(text)?.[1]?.trim() ?? text;
  const uri = /^(sips?|tel):(.*)$/i.exec(text);
  if (!uri) return { text, extension: null };

  let rest = uri[2] ?? '';
  if (uri[1]?.toLowerCase() !== 'tel') {
    const [user, host] = splitOnce(rest, '@');
    if (host === undefined || /^anonymous\.invalid/i.test(host)) return { text: host === undefined ? text : '', extension: null };
    rest = user;
  }
  const [number = '', ...parameters] = decode(rest).split(';');
  const parameter = (name: string) => parameters.find((each) => each.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const context = parameter('phone-context');
  const isGlobalContext = context?.startsWith('+') && !number.startsWith('+');
  return { text: isGlobalContext ? `${context}${number.replace(/^0/, '')}` : number, extension: parameter('ext') ?? null };
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.lastIndexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function splitExtension(text: string): { main: string; extension: string | null } {
  const match = /^(.*?\d.*?)\s*[,;]?\s*(?:ext(?:ension)?\.?|extn\.?|x|转|分机|durchwahl|#)\s*[=:]?\s*(\d{1,7})$/i.exec(
    text.replace(/;ext=/i, ' ext '),
  );
  return match?.[1] && match[2] ? { main: match[1], extension: match[2] } : { main: text, extension: null };
}

/** Long-distance carriers a Chinese caller may dial first; some exchanges pass them on. */
const carrierPrefix = /^(?:17951|17909|17908|17911|12593|10193)(?=0|1[3-9]\d{9}$)/;

function readPublicNumber(written: string, home: CountryCode): PhoneNumber | null {
  const text = written.startsWith('+') ? written : written.replace(carrierPrefix, '');
  if (text.startsWith('+')) return possible(text, home);
  if (text.startsWith('00')) return possible(`+${text.slice(2)}`, home);

  const national = possible(text, home);
  if (text.startsWith('0')) return national;
  if (national && ranges[home]?.mobile.test(national.nationalNumber)) return national;
  // Trunks often send an international number without its plus sign.
  const abroad = text.length >= 11 ? possible(`+${text}`, home) : null;
  if (abroad && (abroad.isValid() || !national?.isValid() || text.startsWith(getCountryCallingCode(home)))) return abroad;
  // A local number without its area code is no key: it is another line in every city.
  return national && national.nationalNumber.length >= 9 ? national : abroad;
}

function possible(text: string, home: CountryCode): PhoneNumber | null {
  const number = parsePhoneNumberFromString(text, home);
  return number?.isPossible() ? number : null;
}

/** Emergency and service numbers, by country; everything else this short is a line of the own exchange. */
const serviceNumbers: Readonly<Record<string, RegExp>> = {
  CN: /^(?:1(?:1[0-9]|2[0-9])|1[0-2]\d{3}|1[02]\d{2}|9[56]\d{3,4}|106\d{0,3}|116\d{3})$/,
  GB: /^(?:999|101|105|111|112|119|116\d{3}|118\d{3}|1[45]\d|123|[68]\d{4})$/,
  DE: /^(?:110|112|115|116\d{3}|118\d{2,3}|22\d{3,4})$/,
  US: /^(?:[2-9]11|988|[2-9]\d{4,5})$/,
};

function isServiceNumber(digits: string, home: CountryCode): boolean {
  return serviceNumbers[home]?.test(digits) ?? /^(?:1\d\d|9\d\d)$/.test(digits);
}

/** The small table covers ranges, in service or not; what it does not know is asked of the library, which knows a few countries. */
const ranges: Readonly<Record<string, { readonly mobile: RegExp; readonly tollFree: RegExp }>> = {
  CN: { mobile: /^1[3-9]\d{9}$/, tollFree: /^[48]00/ },
  GB: { mobile: /^7[1-57-9]\d{8}$/, tollFree: /^80[08]/ },
  DE: { mobile: /^1[5-7]/, tollFree: /^800/ },
};

function numberType(number: PhoneNumber, country: string | null): 'mobile' | 'fixed' | 'tollFree' | 'unknown' {
  const range = country === null ? undefined : ranges[country];
  if (range?.mobile.test(number.nationalNumber)) return 'mobile';
  if (range?.tollFree.test(number.nationalNumber)) return 'tollFree';
  if (range) return 'fixed';
  const type = number.getType();
  if (type === 'MOBILE') return 'mobile';
  if (type === 'TOLL_FREE') return 'tollFree';
  return type === 'FIXED_LINE' ? 'fixed' : 'unknown';
}
