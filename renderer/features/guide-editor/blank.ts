import type { GuideExit, GuideField, GuideOption, GuideStep, Words } from '../../../shared/contracts/guides.ts';

/** What is added to a guide begins like this. */
export const noWords: Words = { en: '', zh: '' };
export const blankExit: GuideExit = { when: [], to: null, outcome: null };
export const blankCondition = { fact: 'customer.tier', is: 'equals' as const, value: '' };

export const blankStep = (id: string): GuideStep => ({
  id,
  title: { ...noWords },
  say: { ...noWords },
  fields: [],
  article: null,
  exits: [{ ...blankExit }],
});

export const blankField = (name: string): GuideField => ({
  ...{ name, kind: 'text', label: { ...noWords }, required: true, shape: null, least: null, most: null, currency: null, options: [] },
});

export const blankOption = (value: string): GuideOption => ({
  value,
  label: { ...noWords },
  note: { ...noWords },
  needsApproval: false,
  article: null,
});

/** The first name of that kind that nothing has: `step2`, `answer3`. */
export function freeName(kind: string, taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number += 1) if (!taken.includes(`${kind}${number}`)) return `${kind}${number}`;
}

/** A list with one line put in place of another; null takes it away. */
export function put<Item>(list: readonly Item[], index: number, item: Item | null): Item[] {
  return item === null ? list.filter((_, at) => at !== index) : list.map((each, at) => (at === index ? item : each));
}

/** A list with one line moved up or down. */
export function moved<Item>(list: readonly Item[], index: number, by: -1 | 1): Item[] {
  const next = [...list];
  const [item] = next.splice(index, 1);
  if (item !== undefined) next.splice(index + by, 0, item);
  return next;
}
