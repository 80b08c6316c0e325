/** What programs put before the subject of an answer or of what they pass on, in the languages of the mails that come in. */
const prefixes =
  /^(?:(?:re|fwd?|aw|wg|sv|vs|vb|antw|antwort|doorst|rv|res|enc|tr|ref|rif|odp|pd|ynt|ilt|rép|回复|回覆|答复|答覆|转发|轉寄|转寄|返信|転送|отв|ответ|пересл)(?:\s?[[(（]?\d{1,3}[\])）]?)?\s?[:：]|\[(?:external|ext|外部邮件|外部)\]|【外部邮件】)\s*/iu;

const token = /\[#([0-9a-z]{4})-?([0-9a-z]{4})\]/giu;

/** A subject without what answering and passing on added to it, in small letters: alike for all mails of one matter. */
export function plainSubject(subject: string): string {
  let rest = subject.replaceAll(token, ' ').replaceAll(/\s+/g, ' ').trim();
  for (let found = prefixes.exec(rest); found; found = prefixes.exec(rest)) rest = rest.slice(found[0].length);
  return rest.trim().toLowerCase();
}

/** Crockford's base 32: no letter that is taken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const tokenDigits = 6;
/** The largest prime below 32 x 32, so that one wrong letter, or two that changed places, never pass. */
const modulus = 1021;

/**
 * The token of a conversation, which stands in the subject of its mails as `[#K7Q2-M4XD]`: the last six letters of an id, then two that are made
 * of them, so that a mistyped one is nobody's.
 */
export function mailToken(conversationId: string): string {
  const digits = [...conversationId.toLowerCase()]
    .filter((letter) => alphabet.includes(letter))
    .join('')
    .slice(-tokenDigits)
    .padStart(tokenDigits, '0');
  const whole = `${digits}${checkOf(digits)}`.toUpperCase();
  return `${whole.slice(0, 4)}-${whole.slice(4)}`;
}

/** The subject with the token at its end, once. */
export function withMailToken(subject: string, conversationId: string): string {
  const bare = subject
    .replaceAll(token, ' ')
    .replaceAll(/\s{2,}/g, ' ')
    .trim();
  return `${bare} [#${mailToken(conversationId)}]`.trimStart();
}

/** The tokens in a subject whose check holds, in one form, the last one first: it is the youngest. */
export function mailTokensIn(subject: string): readonly string[] {
  const found: string[] = [];
  for (const [, first = '', second = ''] of subject.slice(0, 2000).matchAll(token)) {
    // What is read for a digit is one (Crockford): the letters o, i and l.
    const whole = `${first}${second}`.toLowerCase().replaceAll('o', '0').replaceAll(/[il]/g, '1');
    if (![...whole].every((letter) => alphabet.includes(letter))) continue;
    if (checkOf(whole.slice(0, tokenDigits)) === whole.slice(tokenDigits))
      found.unshift(`${whole.slice(0, 4)}-${whole.slice(4)}`.toUpperCase());
  }
  return [...new Set(found)];
}

function checkOf(digits: string): string {
  let sum = 7;
  for (const letter of digits) sum = (sum * 37 + alphabet.indexOf(letter) + 1) % modulus;
  return `${alphabet.charAt(Math.floor(sum / 32))}${alphabet.charAt(sum % 32)}`;
}
