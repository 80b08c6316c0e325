import { type ImportProblem, type ImportTarget, type ImportView, importFields } from '../../../shared/contracts/imports.ts';
import { customValueText, customValueTyped, recordValueText, type Text } from '../../i18n/index.ts';
import type { DeskState, ImportState } from '../../stores/index.ts';
import type { Tone } from '../../ui/index.ts';

/** Fields in groups, as they are chosen from. */
export const fieldGroups = {
  who: ['name', 'title', 'locale', 'birthday'],
  reach: ['mobile', 'phone', 'email', 'externalId', 'membership'],
  company: ['company', 'companyRole', 'orgUnit'],
  standing: ['tier', 'segment', 'stage'],
  address: ['addressLines', 'city', 'region', 'postalCode', 'country'],
  consent: ['prefersChannel', 'allowsSmsOffers', 'allowsEmailOffers', 'allowsCallOffers', 'allowsRecording'],
  other: ['note'],
} as const satisfies Readonly<Record<string, readonly (typeof importFields)[number][]>>;
export type FieldGroup = keyof typeof fieldGroups;

export function targetName({ t, formats }: Text, target: ImportTarget | string, customFields: DeskState['customFields']): string {
  if (target === 'skip') return t('import.target.skip');
  const known = importFields.find((field) => field === target);
  if (known) return t(`import.target.${known}`);
  const id = target.replace(/^custom:/, '');
  return customFields.find((field) => field.id === id)?.name[formats.language] ?? id;
}

/** A value as it would be stored, in the words of the record: codes of a closed set, offices, fields of the organisation's own. */
export function valueWords(
  text: Text,
  target: string,
  value: string,
  { customFields, offices }: { readonly customFields: DeskState['customFields']; readonly offices: ImportState['orgUnits'] },
): string {
  const { formats } = text;
  if (target === 'orgUnit') return offices.find(({ id }) => id === value)?.name[formats.language] ?? value;
  const custom = customFields.find(({ id }) => target === `custom:${id}`);
  if (!custom) return recordValueText(text, target, value);
  const typed = customValueTyped(custom, value);
  return typed === null ? value : customValueText(text, custom, typed);
}

/** What could stand in a row, told by codes: the words for them, which an import reads just as well. */
function expectedInWords(text: Text, expected: string): string {
  const codes = expected.split(', ');
  const inWords = ['tier', 'stage', 'locale', 'prefersChannel'].map((target) => codes.map((code) => recordValueText(text, target, code)));
  return inWords.find((words) => words.every((word, at) => word !== codes[at]))?.join(text.t('import.or')) ?? expected;
}

/** What is wrong with a row, in a sentence of its own. */
export function problemWords(text: Text, { code, expected }: ImportProblem): string {
  const { t } = text;
  if (code === 'unknownValue' && expected === '') return t('import.problem.unknownValue');
  if (code === 'unknownValue') return t('import.problem.unknownValueOf', { expected: expectedInWords(text, expected) });
  return t(`import.problem.${code}`, { expected });
}

export const stateTones: Readonly<Record<ImportView['state'], Tone | 'accent' | 'plain'>> = {
  uploaded: 'plain',
  waiting: 'waiting',
  running: 'accent',
  done: 'ready',
  canceled: 'plain',
  failed: 'broken',
  interrupted: 'waiting',
  undoing: 'accent',
  undone: 'plain',
};
