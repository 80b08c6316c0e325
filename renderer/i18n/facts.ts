import type { Text } from './i18n.ts';

/** Facts of a code, as the bridge sends them. What is missing is null here and costs detail, never a hole in a sentence. */
export type CodeFacts = Readonly<Record<string, string | number>>;

export function textOf(facts: CodeFacts, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = facts[name];
    if (value !== undefined && value !== '') return String(value);
  }
  return null;
}

export function numberOf(facts: CodeFacts, ...names: readonly string[]): number | null {
  const value = textOf(facts, ...names);
  return value === null || Number.isNaN(Number(value)) ? null : Number(value);
}

/** Names in two languages travel as `nameEn` and `nameZh`, or as one plain `name`. */
export function localizedOf({ formats }: Text, facts: CodeFacts, ...names: readonly string[]): string | null {
  const ending = formats.language === 'zh' ? 'Zh' : 'En';
  return textOf(facts, ...names.map((name) => `${name}${ending}`), ...names);
}
