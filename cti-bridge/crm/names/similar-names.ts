import { isPlainHan, nameKey } from './name-key.ts';
import { nameReadings } from './pinyin.ts';

/**
 * Whether two names may be one, written by two people: the words in another order, initials, a slip of the pen in a long word, characters
 * that sound alike, a Chinese name in pinyin. The very same name is not similar, it is the same (`nameKey`).
 */
export function areNamesSimilar(one: string, other: string): boolean {
  const [first, second] = [nameKey(one.slice(0, longest)), nameKey(other.slice(0, longest))];
  if (first === '' || second === '' || first === second) return false;
  if (isPlainHan.test(first) && isPlainHan.test(second)) return soundAlike(first, second) || differByOneCharacter(first, second);
  if (isPlainHan.test(first)) return isPinyinOf(first, second);
  if (isPlainHan.test(second)) return isPinyinOf(second, first);
  return areWordsSimilar(words(first), words(second));
}

/** A name as a telephone network or a mail program sends it, against one of the record: the same, similar, or a part of it. */
export function doesNameFit(given: string, name: string): boolean {
  const [presented, known] = [nameKey(given.slice(0, longest)), nameKey(name.slice(0, longest))];
  if (presented === '' || known === '') return false;
  if (presented === known || areNamesSimilar(presented, known)) return true;
  const [sent, own] = [words(presented), words(known)];
  return (
    sent.some((word) => word.length > 1 && own.includes(word)) &&
    sent.every((word) => own.some((each) => each === word || isInitial(word, each)))
  );
}

const longest = 100;
const words = (key: string) => key.split(/[\s.,·'-]+/).filter((word) => word !== '');

function areWordsSimilar(one: readonly string[], other: readonly string[]): boolean {
  const [few, many] = one.length <= other.length ? [one, other] : [other, one];
  if (few.length < 2) return few.length === 1 && many.length === 1 && isSlip(few[0] ?? '', many[0] ?? '');
  const left = [...many];
  let whole = 0;
  for (const word of few) {
    const at = left.findIndex((each) => each === word || isSlip(each, word) || isInitial(word, each) || isInitial(each, word));
    if (at < 0) return false;
    if (word.length > 1 && (left[at] ?? '').length > 1) whole++;
    left.splice(at, 1);
  }
  return whole > 0;
}

const isInitial = (letter: string, word: string) => letter.length === 1 && word.startsWith(letter);

/** One letter more, less, other, or two changed places, in a word long enough for that to be a slip. */
function isSlip(one: string, other: string): boolean {
  return Math.min(one.length, other.length) >= 5 && isOneEditApart(one, other);
}

function isOneEditApart(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  let end = 0;
  while (end < short.length - start && short[short.length - 1 - end] === long[long.length - 1 - end]) end++;
  const [rest, longRest] = [short.slice(start, short.length - end), long.slice(start, long.length - end)];
  if (rest.length <= 1 && longRest.length <= 1) return true;
  return rest.length === 2 && longRest.length === 2 && rest[0] === longRest[1] && rest[1] === longRest[0];
}

function differByOneCharacter(one: string, other: string): boolean {
  const [first, second] = [[...one], [...other]];
  if (first.length !== second.length || first.length < 3) return false;
  return first.filter((character, at) => character !== second[at]).length === 1;
}

function soundAlike(one: string, other: string): boolean {
  const readings = new Set(spoken(one));
  return spoken(other).some((reading) => readings.has(reading));
}

const spoken = (name: string) => nameReadings([...name]).map((reading) => reading.join(' '));

/** `chen zhiyuan`, `zhiyuan chen`, `chen zhi-yuan`. */
function isPinyinOf(han: string, latin: string): boolean {
  const typed = words(latin);
  const lastFirst = typed.length > 1 ? [typed.at(-1) ?? '', ...typed.slice(0, -1)].join('') : '';
  return nameReadings([...han]).some((reading) => {
    const joined = reading.join('');
    return joined === typed.join('') || joined === lastFirst;
  });
}
