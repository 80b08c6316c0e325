/**
 * What a network calls a message it took, and what its receipts call the same one, may differ: one in hexadecimal and one in decimal
 * (SMPP 3.3 and 3.4 disagree), zeros in front, another case. So one is found by any of its forms.
 */

/** The forms of an id, that it was written in first. Two ids are the same when they have one in common; the earlier, the surer. */
export function providerIdForms(id: string): readonly string[] {
  const written = id.trim().toLowerCase();
  const short = withoutZeros(written);
  const forms = [written, short];
  // Beyond 64 bits nobody counts.
  if (/^[0-9a-f]{1,16}$/.test(short)) forms.push(BigInt(`0x${short}`).toString());
  if (/^\d{1,20}$/.test(short)) forms.push(BigInt(short).toString(16));
  return [...new Set(forms)];
}

/** Whether a receipt speaks of a message: `given` when it was taken, `named` in the receipt. */
export function sameProviderId(given: string, named: string): boolean {
  if (withoutZeros(given.trim().toLowerCase()) === withoutZeros(named.trim().toLowerCase())) return true;
  return numberOf(given, 16) === numberOf(named, 10) || numberOf(given, 10) === numberOf(named, 16);
}

/**
 * Which of those that were given a receipt speaks of; null: none. One that is written alike goes before one that is alike as a number,
 * since `10` in hexadecimal is another message's `16`.
 */
export function findProviderId(named: string, given: Iterable<string>): string | null {
  let asNumber: string | null = null;
  const short = withoutZeros(named.trim().toLowerCase());
  for (const each of given) {
    if (withoutZeros(each.trim().toLowerCase()) === short) return each;
    if (asNumber === null && sameProviderId(each, named)) asNumber = each;
  }
  return asNumber;
}

const withoutZeros = (id: string): string => id.replace(/^0+(?=.)/, '');

/** A value that equals none but an equal number. */
function numberOf(id: string, base: 10 | 16): bigint | symbol {
  const digits = withoutZeros(id.trim().toLowerCase());
  if (base === 16) return /^[0-9a-f]{1,16}$/.test(digits) ? BigInt(`0x${digits}`) : Symbol();
  return /^\d{1,20}$/.test(digits) ? BigInt(digits) : Symbol();
}
