/** Digits as people write them, Latin or full-width, in groups or in one: at least as many as a card has. Nothing in it can be read in two ways. */
const written = /(?<plus>[+＋]?)(?<digits>[\d０-９](?:(?:[ \t\u00a0\u3000.‐-–－-]|&nbsp;){0,3}[\d０-９]){12,})/;
/** Addresses of pages stay: a card is not among them, and with digits missing they lead nowhere. */
const inText = new RegExp(`\\bhttps?://[!-~]+|${written.source}`, 'g');
const inHtml = new RegExp(`<[^<>]*>|${inText.source}`, 'g');
const group = /[\d０-９]+/g;
const [fewest, most, shownAtEnd] = [13, 19, 4];
/** How cards of the networks begin, and with how many digits in all (ISO/IEC 7812 issuer numbers as the networks publish them). */
const networks: readonly { readonly begins: RegExp; readonly lengths: readonly number[] }[] = [
  { begins: /^4/, lengths: [13, 16, 19] },
  { begins: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { begins: /^3[47]/, lengths: [15] },
  { begins: /^3(0|6|8|9)/, lengths: [14, 15, 16, 17, 18, 19] },
  { begins: /^35(2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { begins: /^(50|5[6-9]|6|81|9558)/, lengths: [13, 14, 15, 16, 17, 18, 19] },
];

/**
 * A text with its card numbers hidden: of 13 to 19 digits whose last is right by Luhn's rule (ISO/IEC 7812-1 annex B) only the last four stay, as
 * PCI DSS 3.4 allows. What begins with a plus is a telephone number. What begins as no card of that length does stays: the number of a device (IMEI)
 * and of a SIM (ICCID, which begins with 89) have the same check digit. One in ten other numbers that begin like a card is hidden too.
 */
export function maskCardNumbers(text: string, sign: HidingSign = '•'): string {
  return masked(text, inText, sign);
}

/** The second is for text messages: the first is in no telephone's alphabet, and would make them longer (3GPP TS 23.038). */
export type HidingSign = '•' | '*';

export function hasCardNumber(text: string): boolean {
  return maskCardNumbers(text) !== text;
}

/** As `maskCardNumbers`, of what stands between the tags. */
export function maskCardNumbersOfHtml(html: string): string {
  return masked(html, inHtml, '•');
}

/** Whether the one is the other, or what `maskCardNumbers` makes of it or of a text that it is a piece of. */
export function isHiddenFormOf(hidden: string, text: string): boolean {
  if (hidden.length !== text.length) return false;
  return text.split('').every((each, at) => each === hidden[at] || (hidden[at] === '•' && isDigit.test(each)));
}

const isDigit = /^[\d０-９]$/;

function masked(text: string, pattern: RegExp, sign: HidingSign): string {
  return text.replaceAll(pattern, (whole: string, ...rest: unknown[]) => {
    const { plus, digits } = rest.at(-1) as { readonly plus?: string; readonly digits?: string };
    return digits === undefined ? whole : hidden(whole, Boolean(plus), sign);
  });
}

/** Before and after a card stand other numbers, such as until when it holds: looked for is whatever begins and ends where a group does. */
function hidden(run: string, isPhone: boolean, sign: HidingSign): string {
  const groups = [...run.matchAll(group)].map((found) =>
    [...found[0]].map((each, place) => ({ value: digitOf(each), at: found.index + place })),
  );
  const away = new Set<number>();
  for (let first = isPhone ? 1 : 0; first < groups.length; first++) {
    const taken: { readonly value: number; readonly at: number }[] = [];
    for (let last = first; last < groups.length && taken.length < most; last++) {
      taken.push(...(groups[last] ?? []));
      if (taken.length < fewest || taken.length > most || !isCard(taken.map(({ value }) => value))) continue;
      for (const { at } of taken.slice(0, -shownAtEnd)) away.add(at);
    }
  }
  return away.size === 0 ? run : run.replaceAll(/./gsu, (each, at: number) => (away.has(at) ? sign : each));
}

function digitOf(digit: string): number {
  const code = digit.charCodeAt(0);
  return code >= 0xff10 ? code - 0xff10 : code - 0x30;
}

function isCard(digits: readonly number[]): boolean {
  const number = digits.join('');
  return networks.some(({ begins, lengths }) => lengths.includes(number.length) && begins.test(number)) && isRightByLuhn(digits);
}

function isRightByLuhn(digits: readonly number[]): boolean {
  const sum = digits.toReversed().reduce((total, value, place) => {
    const twice = value * 2;
    return total + (place % 2 === 0 ? value : twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0;
}
