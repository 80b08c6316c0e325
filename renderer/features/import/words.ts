import { type ImportProblem, type ImportTarget, type ImportView, importFields } from '../../../shared/contracts/imports.ts';
import type { Text } from '../../i18n/index.ts';
import type { DeskState } from '../../stores/index.ts';
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

/** What is wrong with a row, in a sentence of its own. */
export function problemWords({ t }: Text, { code, expected }: ImportProblem): string {
  if (code === 'unknownValue') return expected === '' ? t('import.problem.unknownValue') : t('import.problem.unknownValueOf', { expected });
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

/** 418 kB, 12.4 MB. */
export function sizeWords({ formats }: Text, bytes: number): string {
  if (bytes < 1_000) return `${formats.number(bytes)}\u00a0B`;
  if (bytes < 1_000_000) return `${formats.number(Math.round(bytes / 1_000))}\u00a0kB`;
  return `${formats.decimal(bytes / 1_000_000)}\u00a0MB`;
}
