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

/** How our own exchange is dialled from. */
export interface Dialling {
  /** What is dialled to get an outside line: `9`, `0`. */
  readonly outsidePrefix: string | null;
  /** Where our lines are, as dialled from elsewhere in the country: `0574`, `020`, `202`. A number without an area code is there. */
  readonly areaCode: string | null;
}

/** Where the numbers of an organisation are at home; its configuration is one. */
export interface Numbering {
  /** ISO 3166 alpha-2: the country of a number without a prefix. */
  readonly homeCountry: string;
  readonly dialling?: Dialling | undefined;
}

/**
 * Reads a number as received or typed. `numbering` may be the home country alone: without an area code a number of one city that does not say
 * which is no key. Never throws.
 */
export function normaliseNumber(raw: string | null, numbering: Numbering | string): NormalisedNumber {
  const { homeCountry, dialling = plainDialling } = numberingOf(numbering);
  const asked = `${homeCountry} ${dialling.outsidePrefix ?? ''} ${dialling.areaCode ?? ''} ${raw ?? ''}`;
  const known = lately.get(asked);
  if (known) return known;
  const found = readNumber(raw, homeCountry, dialling);
  if (asked.length > 64) return found;
  if (lately.size >= latelyKept) lately.clear();
  lately.set(asked, found);
  return found;
}

/** What was asked lately: one call asks about its one number in several places, and reading it takes a tenth of a millisecond. */
const lately = new Map<string, NormalisedNumber>();
const latelyKept = 500;

function readNumber(raw: string | null, homeCountry: string, dialling: Dialling): NormalisedNumber {
  const home = isSupportedCountry(homeCountry) ? homeCountry : 'CN';
  const written = readAddress((raw ?? '').slice(0, 256));
  const word = written.text.toLowerCase().replace(/[\s._\-/"'()]+/g, '');
  if (anonymousWords.has(word) || anonymousDigits.test(word)) return { kind: 'anonymous' };

  const dialled = written.text
    .replace(servicePrefix, '')
    .replace(pauseForLine, (_, prefix: string, then: string) => (prefix === dialling.outsidePrefix ? prefix : prefix + then));
  const { main, extension } = splitExtension(dialled, home);
  if (/[^\d+\s().\-/[\]]/.test(main)) return { kind: 'invalid' };
  const digits = main.replace(/\D/g, '');
  const isInternational = /^[\s([]*\+/.test(main);
  if (!isInternational && digits.length >= 3 && digits.length <= 6 && !digits.startsWith('0')) {
    const outside = withoutOutsidePrefix(digits, dialling);
    if (outside && outside.length >= 5 && isServiceNumber(outside, home)) return { kind: 'short', value: outside };
    return { kind: isServiceNumber(digits, home) ? 'short' : 'extension', value: digits };
  }
  if (digits.length < 7 || digits.length > 24) return { kind: 'invalid' };

  const found = readPublicNumber(isInternational ? `+${digits.replace(/^00/, '')}` : digits, home, dialling);
  if (!found) return { kind: 'invalid' };
  const country = found.country ?? found.getPossibleCountries()[0] ?? null;
  return { kind: 'e164', value: found.number, country, type: numberType(found, country), extension: extension ?? written.extension };
}

/** The home country alone stands for an exchange that is dialled from like any telephone. */
export function numberingOf(numbering: Numbering | string): Numbering {
  return typeof numbering === 'string' ? { homeCountry: numbering } : numbering;
}

/** For the eye: numbers of the home country in their national form, others with `+` and spaces; short codes and extensions as they are. */
export function formatNumber(value: string, homeCountry: string): string {
  if (!value.startsWith('+')) return value;
  const number = parsePhoneNumberFromString(value);
  if (!number?.isPossible()) return value;
  const country = number.country ?? number.getPossibleCountries()[0];
  return country === homeCountry ? number.formatNational() : number.formatInternational();
}

const plainDialling: Dialling = { outsidePrefix: null, areaCode: null };

/** What networks, exchanges and people write where there is no number; without spaces and punctuation. */
const anonymousWords = new Set([
  '',
  ...(
    'anonymous anonymouscaller unknown unknowncaller unknownnumber callerunknown unavailable idunavailable restricted private ' +
    'privatenumber privatecaller withheld numberwithheld withheldnumber blocked blockedcall nocallerid nonumber callerid ' +
    'outofarea none null na hidden payphone coinline 匿名 匿名来电 未知 未知号码 未知来电 隐藏号码 隐藏 私人号码 私密号码 保密 保密号码 号码保密 无主叫 无主叫号码 无法显示 无号码 ' +
    '不显示号码 未显示号码 陌生号码 anonym unbekannt unterdrückt rufnummerunterdrückt numéromasqué masqué inconnu oculto desconocido 非通知 ' +
    '非通知設定 表示圏外 公衆電話 通知不可能 隱藏號碼 未顯示號碼 不明'
  ).split(' '),
]);

/** Zeros alone, and the words as a keypad spells them, which some exchanges send: anonymous, restricted, blocked, unknown, unavailable. */
const anonymousDigits = /^(?:0{3,}|\+?(?:0*266696687|7378742883|2562533|8656696|86282452253))$/;

/** Dialled before a number to hide or show one's own. */
const servicePrefix = /^\s*(?:[*#]31[#*]|\*30#|\*67|\*82)\s*/;

/** A comma makes the exchange wait for the line: `9,139...`. */
const pauseForLine = /^\s*(\d{1,3})([,wp]+)(?=[\s(+]*\d)/;

function withoutOutsidePrefix(digits: string, { outsidePrefix }: Dialling): string | null {
  return outsidePrefix && digits.startsWith(outsidePrefix) ? digits.slice(outsidePrefix.length) : null;
}

/** Takes the number out of a `tel:` URI (RFC 3966), a `sip:` address (RFC 3261 section 19.1) or plain text, in plain ASCII digits. */
function readAddress(raw: string): { text: string; extension: string | null } {
  let text = raw
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[\u0966-\u096f\u09e6-\u09ef]/g, (digit) => String((digit.charCodeAt(0) & 0xf) - 6))
    .trim();
  text = /<([^<>]*)>/.exec(text)?.[1]?.trim() ?? text;
  const uri = /^(sips?|tel|callto):(.*)$/i.exec(text);
  if (!uri) return { text: text.replace(label, ''), extension: null };

  let rest = uri[2] ?? '';
  if (uri[1]?.toLowerCase().startsWith('sip')) {
    const [user, host] = splitOnce(rest, '@');
    if (host === undefined || /^anonymous\.invalid/i.test(host)) return { text: host === undefined ? text : '', extension: null };
    // What follows a colon is a password.
    rest = user.replace(/:.*$/, '');
  }
  const [number = '', ...parameters] = decode(rest).split(';');
  const parameter = (name: string) => parameters.find((each) => each.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const context = parameter('phone-context');
  const isGlobalContext = context?.startsWith('+') && !number.startsWith('+');
  return {
    text: isGlobalContext ? `${context}${number.replace(/^0/, '')}` : number,
    extension: parameter('ext') ?? parameter('postd')?.replace(/\D/g, '') ?? null,
  };
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** What people write in front of a number in a signature or in a column of a table. */
const label =
  /^(?:tel(?:efon|ephone)?|phone|mobile|mobil|mob|cell|fax|office|work|home|联系电话|办公电话|电话|手机号?|固话|座机|传真|電話|☎|☏|📞|📱)\s*(?:no)?[.:\s]*(?=[+\d([])/iu;

function splitExtension(text: string, home: CountryCode): { main: string; extension: string | null } {
  const marked =
    /^(.*?\d.*?)\s*[,;(]?\s*(?:ext(?:ension)?\.?|extn\.?|x|转分机|转|轉|分机|分機|内线|内線|durchwahl|dw\.?|poste|anexo|#|[,;pw]+)\s*[=:.]?\s*(\d{1,7})\)?$/i.exec(
      text.replace(/;ext=/i, ' ext '),
    );
  if (marked?.[1] && marked[2]) return { main: marked[1], extension: marked[2] };
  const dashed = home === 'CN' || /^[\s(]*(?:\+|00)86/.test(text) ? chineseWithExtension.exec(text) : null;
  return dashed?.[1] && dashed[2] ? { main: dashed[1], extension: dashed[2] } : { main: text, extension: null };
}

/** Area code, number and, behind one more dash, the extension: 0574-87001234-802, 400-800-0100-2. */
const chineseWithExtension =
  /^\s*((?:\(?(?:\+|00)?86\)?[\s-]*)?(?:\(?0?(?:10|2\d|[3-9]\d{2})\)?[\s-]*\d{7,8}|[48]00[\s-]?\d{3,4}[\s-]?\d{3,4}))\s?-\s?(\d{1,6})\s*$/;

/** Long-distance carriers a Chinese caller may dial first; some exchanges pass them on. */
const carrierPrefix = /^(?:17951|179[0136][01]|17909|17908|1796[89]|12593|10193|11808)(?=0|1[3-9]\d{9}$)/;

function readPublicNumber(written: string, home: CountryCode, dialling: Dialling): PhoneNumber | null {
  const text = written.startsWith('+') ? written : written.replace(carrierPrefix, '');
  if (text.startsWith('+')) return possible(text, home);
  const dialled = withoutOutsidePrefix(text, dialling);
  const outside = () =>
    dialled !== null && dialled.length >= 7 ? readPublicNumber(dialled, home, { ...dialling, outsidePrefix: null }) : null;
  // Some countries dial abroad with more than two zeros: what cannot be read as if it were two is read as theirs.
  if (text.startsWith('00')) return possible(`+${text.slice(2)}`, home) ?? outside() ?? possible(text, home);

  const national = possible(text, home);
  const isLocalOutside = dialling.areaCode !== null && dialled !== null && dialled.length <= 8;
  if (text.startsWith('0')) return isLocalOutside ? (outside() ?? national) : (national ?? outside());
  if (national && ranges[home]?.mobile.test(national.nationalNumber)) return national;
  if (national && dialled !== null && !isLocalOutside && text.length <= 10 && national.isValid()) return national;
  const outer = outside();
  if (outer) return outer;
  // Trunks often send an international number without its plus sign.
  const abroad = text.length >= 11 ? possible(`+${text}`, home) : null;
  if (abroad && (abroad.isValid() || !national?.isValid() || text.startsWith(getCountryCallingCode(home)))) return abroad;
  // A local number without its area code is no key: it is another line in every city.
  if (national && (national.nationalNumber.length >= 9 || (withoutAreaCodes.has(home) && national.isValid()))) return national;
  return dialling.areaCode !== null && text.length <= 8 ? possible(dialling.areaCode + text, home) : abroad;
}

/** Where seven or eight digits are a whole number. */
const withoutAreaCodes: ReadonlySet<string> = new Set([
  ...['HK', 'MO', 'SG', 'BN', 'DK', 'NO', 'IS', 'EE', 'LV', 'LU', 'MT', 'CY', 'QA', 'KW', 'BH', 'OM', 'PA', 'CR', 'SV', 'GT', 'HN', 'NI'],
]);

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
