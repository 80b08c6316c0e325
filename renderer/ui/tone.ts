/** A state colour. It always says something about a person, a line or a deadline, and never stands without a word beside it. */
export type Tone = 'ready' | 'waiting' | 'talking' | 'finishing' | 'away' | 'broken';

export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
