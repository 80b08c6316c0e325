import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseIdentifier } from '../../../../cti-bridge/crm/index.ts';
import { identifierKinds } from '../../../../shared/contracts/record.ts';

describe('an identifier as it is stored', () => {
  it.each([
    ['phone', '139 0000 4126', 'CN', { kind: 'mobile', value: '+8613900004126', extension: null }],
    ['mobile', '021-5555 0100 转 8', 'CN', { kind: 'phone', value: '+862155550100', extension: '8' }],
    ['phone', '(01482) 555 010', 'GB', { kind: 'phone', value: '+441482555010', extension: null }],
    ['email', ' Ann.Lee@Example.NET ', 'CN', { kind: 'email', value: 'ann.lee@example.net', extension: null }],
    ['externalId', '  K-00417 ', 'CN', { kind: 'externalId', value: 'K-00417', extension: null }],
  ] as const)('%s %s', (kind, written, country, expected) => {
    expect(normaliseIdentifier(kind, written, country)).toEqual(expected);
  });

  it.each([
    ['phone', 'not a number'],
    ['phone', 'anonymous'],
    ['email', 'ann.lee'],
    ['email', 'ann@lee'],
    ['email', 'a b@example.net'],
    ['email', 'ann@example.net; drop table'],
    ['membership', '   '],
  ] as const)('is none where it cannot be one: %s "%s"', (kind, written) => {
    expect(normaliseIdentifier(kind, written, 'CN')).toBeNull();
  });

  it('stays what it is when it is read again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...identifierKinds),
        fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.emailAddress(), fc.stringMatching(/^\+?\d{3,15}$/)),
        (kind, written) => {
          const once = normaliseIdentifier(kind, written, 'CN');
          if (once) expect(normaliseIdentifier(once.kind, once.value, 'CN')).toMatchObject({ kind: once.kind, value: once.value });
        },
      ),
    );
  });
});
