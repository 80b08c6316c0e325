import { nameKey } from './name-key.ts';
import { nameReadings, type Reading, textReading } from './pinyin.ts';
import { longestRun, longestWord, type Segment, segments } from './segments.ts';

/**
 * What the index keeps of somebody or something: words in lower case, each found by its beginning. Every token starts where a reader would
 * start to type: at a word, at any character of a Chinese name, at any syllable of its pinyin or of its initials.
 */
export interface SearchTokens {
  /** The name itself, folded. */
  readonly names: readonly string[];
  /** How a Chinese name is typed on a Latin keyboard: `chenzhiyuan`, `zhiyuan`, `yuan`, `czy`, `zy`, `chenzy`. */
  readonly pinyin: readonly string[];
  /** What else leads there: company, e-mail address, subject. */
  readonly others: readonly string[];
}

export interface SearchableText {
  /** A person's names: the first is the one shown. */
  readonly personNames?: readonly string[];
  /** Names of companies and households. */
  readonly titles?: readonly string[];
  readonly emails?: readonly string[];
  /** Names of companies the person belongs to. */
  readonly companies?: readonly string[];
  readonly texts?: readonly string[];
}

/** The tokens of a person, a company or a case. Takes some microseconds for a person; a long text is read to its first 200 characters. */
export function searchTokens(text: SearchableText): SearchTokens {
  const names = new Set<string>();
  const pinyin = new Set<string>();
  const others = new Set<string>();
  for (const name of text.personNames ?? []) addName(name, nameReadings, names, pinyin);
  for (const title of text.titles ?? []) addName(title, companyReading, names, pinyin);
  for (const company of text.companies ?? []) addName(company, companyReading, others, others);
  for (const email of text.emails ?? []) addEmail(email, others);
  for (const line of text.texts ?? []) for (const segment of segments(line, 200)) addSegment(segment, others);
  return { names: [...names], pinyin: [...pinyin], others: [...others] };
}

const longestName = 200;

function addName(
  name: string,
  readings: (characters: readonly string[]) => readonly Reading[],
  names: Set<string>,
  pinyin: Set<string>,
): void {
  let joined = '';
  for (const segment of segments(name, longestName)) {
    addSegment(segment, names);
    if (segment.kind === 'han') for (const reading of readings(segment.characters)) addReading(reading, pinyin);
    if (segment.kind !== 'word') continue;
    joined = segment.isJoined ? joined + (segment.forms[0] ?? '') : (segment.forms[0] ?? '');
    if (segment.isJoined) names.add(joined.slice(0, longestWord).toWellFormed());
  }
}

function companyReading(characters: readonly string[]): readonly Reading[] {
  return [textReading(characters.join(''))];
}

function addSegment(segment: Segment, tokens: Set<string>): void {
  if (segment.kind === 'sign') tokens.add(segment.token);
  else if (segment.kind === 'word') for (const form of segment.forms) tokens.add(form);
  else {
    const { characters } = segment;
    for (let from = 0; from < characters.length; from++) tokens.add(characters.slice(from, from + longestRun).join(''));
  }
}

function addReading(reading: Reading, tokens: Set<string>): void {
  let typed = '';
  let initials = '';
  for (let from = reading.length - 1; from >= 0; from--) {
    const syllable = reading[from] ?? '';
    typed = (syllable + typed).slice(0, longestWord);
    initials = (syllable.slice(0, 1) + initials).slice(0, longestWord);
    tokens.add(typed);
    // A single initial is the beginning of its syllable.
    if (initials.length > 1) tokens.add(initials);
  }
  if (reading.length > 2) tokens.add(((reading[0] ?? '') + initials.slice(1)).slice(0, longestWord));
}

function addEmail(email: string, tokens: Set<string>): void {
  const [local = '', domain = ''] = nameKey(email.slice(0, longestName)).split('@');
  for (const part of [local, domain.replace(/\.[^.]*$/, '')])
    for (const segment of segments(part, longestName)) addSegment(segment, tokens);
}
