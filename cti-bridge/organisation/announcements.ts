/** Prompts that are parts of sentences ("number", "seven", "in the line") or of spoken values, or speak to agents at their desk phones. */
const parts = [
  ...[/^number-\d+$/, /^minutes-(\d+|more)$/, /^position-(before|after)$/, /^wait-before$/, /^desk-/],
  ...[/^(day|month|digit)-\d+$/, /^letter-[a-z]$/, /^say-/, /^unit-/],
];

/** Those of the prompts that can be said to a caller by themselves. */
export function announcementsOf(prompts: readonly string[]): readonly string[] {
  return prompts.filter((prompt) => !parts.some((part) => part.test(prompt)));
}
