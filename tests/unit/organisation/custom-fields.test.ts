import { describe, expect, it } from 'vitest';
import { validateConfiguration } from '../../../cti-bridge/organisation/index.ts';
import type { CustomFieldDefinition } from '../../../shared/contracts/configuration.ts';
import { smallConfiguration } from './configurations.ts';

const problemsOf = (change: Partial<CustomFieldDefinition>) => {
  const configuration = smallConfiguration();
  configuration.customFields = configuration.customFields.map((field) => ({ ...field, ...change }));
  const judged = validateConfiguration(configuration);
  return judged.ok ? [] : judged.problems.map(({ path, found }) => `${path}: ${found}`);
};
const blue = { id: 'blue', name: { en: 'Blue', zh: '蓝' } };

describe('fields of one’s own', () => {
  it('are absent from files of before, which is the same as none', () => {
    const { customFields: _fields, ...older } = smallConfiguration();
    const judged = validateConfiguration(older);
    expect(judged.ok && judged.configuration.customFields).toEqual([]);
  });

  it('have choices where there is a choice, each once, and nowhere else', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ choices: [] })).toEqual(['customFields/colour/choices: nothing to choose from']);
    expect(problemsOf({ kind: 'text' })).toEqual(['customFields/colour/choices: a list of 1']);
    expect(problemsOf({ choices: [blue, blue] })).toEqual(['customFields/colour/choices/blue: the same id twice']);
  });
});
