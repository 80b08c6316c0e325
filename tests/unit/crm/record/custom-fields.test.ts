import { describe, expect, it } from 'vitest';
import { checkCustomValues } from '../../../../cti-bridge/crm/index.ts';
import type { CustomFieldDefinition } from '../../../../shared/contracts/configuration.ts';

const name = (en: string) => ({ en, zh: en });
const field = (id: string, kind: CustomFieldDefinition['kind'], more: Partial<CustomFieldDefinition> = {}): CustomFieldDefinition => ({
  ...{ id, name: name(id), on: 'person', kind, choices: [] },
  ...more,
});
const definitions = [
  field('remark', 'text'),
  field('floor', 'number'),
  field('since', 'day'),
  field('vip', 'flag'),
  field('colour', 'choice', { choices: [{ id: 'blue', name: name('Blue') }] }),
  field('ofCompany', 'text', { on: 'account' }),
];
const check = (values: Parameters<typeof checkCustomValues>[2]) => checkCustomValues(definitions, 'person', values);

describe('values of fields of one’s own', () => {
  it('are taken when they are what the field takes', () => {
    expect(check({ remark: '<b>', floor: -3.5, since: '2024-02-29', vip: false, colour: 'blue' })).toBeNull();
  });

  it.each([
    ['remark', 1, 'text'],
    ['floor', '3', 'a number'],
    ['floor', Number.NaN, 'a number'],
    ['since', '2026-02-29', 'a day'],
    ['since', 'yesterday', 'a day'],
    ['vip', 'yes', 'yes or no'],
    ['colour', 'red', 'one of Blue'],
  ] as const)('are refused in words otherwise: %s = %s', (id, value, expected) => {
    expect(check({ [id]: value })).toContain(`"${id}" takes ${expected}`);
  });

  it('are refused where there is no such field, but can be taken away there', () => {
    expect(check({ gone: 'x' })).toContain('no field "gone"');
    expect(check({ ofCompany: 'x' })).toContain('no field "ofCompany"');
    expect(check({ gone: null })).toBeNull();
    expect(check(JSON.parse('{"__proto__": "x"}'))).toContain('no field');
  });
});
