import type { CustomFieldDefinition } from '../../../shared/contracts/configuration.ts';
import type { CustomValue } from '../../../shared/contracts/record.ts';

/** What is wrong with values of the administrator's own fields, in words; null when nothing is. Null takes a value away, also of a field that is no more. */
export function checkCustomValues(
  definitions: readonly CustomFieldDefinition[],
  on: CustomFieldDefinition['on'],
  values: Readonly<Record<string, CustomValue | null>>,
): string | null {
  for (const [id, value] of Object.entries(values)) {
    if (value === null) continue;
    const definition = definitions.find((each) => each.id === id && each.on === on);
    if (!definition) return `There is no field "${id}" here.`;
    const expected = expectation(definition, value);
    if (expected !== null) return `"${definition.name.en}" takes ${expected}.`;
  }
  return null;
}

/** What should stand there instead; null when the value is right. */
function expectation({ kind, choices }: CustomFieldDefinition, value: CustomValue): string | null {
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? null : 'text';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'a number';
    case 'flag':
      return typeof value === 'boolean' ? null : 'yes or no';
    case 'day':
      return typeof value === 'string' && isDay(value) ? null : 'a day such as 2026-10-01';
    case 'choice':
      return choices.some((choice) => choice.id === value) ? null : `one of ${choices.map((choice) => choice.name.en).join(', ')}`;
  }
}

/** A day that the calendar has: not 31 February. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
