import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openApi } from '../../../../cti-bridge/api/http/open-api.ts';
import { mergePatch, rowChange, toRow } from '../../../../cti-bridge/crm/index.ts';
import { tmfPath, tmfResources, tmfTypes } from '../../../../shared/contracts/tmf/index.ts';
import { tmfExamples } from '../../../support/tmf-examples.ts';

const reading = { homeCountry: 'CN', now: Date.UTC(2026, 9, 20) };
const wrong = (written: unknown, type?: Parameters<typeof toRow>[2]) => {
  const read = toRow(written, reading, type);
  return read.ok ? null : read.error;
};
const fieldsOf = (written: unknown) => {
  const read = toRow(written, reading);
  if (!read.ok) throw new Error(read.error);
  return read.value.fields;
};

describe('a resource of another system', () => {
  it.each(tmfTypes)('of the type %s fits its schema and is understood', (type) => {
    expect(tmfResources[type].schema.safeParse(tmfExamples[type])).toMatchObject({ success: true });
    expect(wrong(tmfExamples[type])).toBeNull();
  });

  it('is refused in words that name the place', () => {
    expect(wrong(null)).toContain('@type is missing; expected one of Individual, Organization');
    expect(wrong({ '@type': 'Individual' })).toBe('fullName is missing; a person has a fullName, or a givenName and a familyName.');
    expect(wrong({ ...tmfExamples.Product, name: undefined })).toBe('name is missing or is no string.');
    expect(wrong({ ...tmfExamples.Product, status: 'lost' })).toContain('status is not one of created, pendingActive, active');
    expect(
      wrong({ ...tmfExamples.Individual, contactMedium: [{ mediumType: 'mobile', characteristic: { phoneNumber: 'call me' } }] }),
    ).toBe('contactMedium is "call me"; expected a telephone number.');
    expect(wrong({ ...tmfExamples.Individual, partyCharacteristic: [{ name: 'tier', value: 'platinum' }] })).toContain(
      'standard, silver, gold',
    );
    expect(wrong({ ...tmfExamples.CustomerBill, remainingAmount: { unit: 'EUR', value: 1 } })).toBe(
      'remainingAmount is in EUR; expected CNY, as taxIncludedAmount.',
    );
    expect(wrong(tmfExamples.Usage, 'Product')).toBe('@type is Usage; here it is Product.');
  });

  it('has amounts in minor units of their currency', () => {
    const bill = (unit: string, value: number) =>
      fieldsOf({ ...tmfExamples.CustomerBill, taxIncludedAmount: { unit, value }, remainingAmount: { unit, value } });
    expect([bill('CNY', 128.05).amount, bill('JPY', 980).amount, bill('KWD', 1.234).amount]).toEqual([12_805, 980, 1_234]);
  });

  it('has a name written as its language writes names', () => {
    const name = (givenName: string, familyName: string) => fieldsOf({ '@type': 'Individual', givenName, familyName }).name;
    expect([name('志远', '陈'), name('Margaret', 'Okafor')]).toEqual(['陈志远', 'Margaret Okafor']);
  });

  it('of no readable kind is refused with what was found, whatever that is', () => {
    expect(toRow({ '@type': { toString: false } }, reading)).toMatchObject({ ok: false });
  });

  it('may be anything: it is read or refused, and never breaks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...tmfTypes), fc.object({ maxDepth: 4 }), (type, junk) => {
        const example = tmfExamples[type] as Readonly<Record<string, unknown>>;
        for (const key of Object.keys(example)) toRow({ ...example, [key]: Object.values(junk)[0] }, reading);
        toRow({ ...junk, '@type': type }, reading);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a change of a resource', () => {
  it('says what is other than before, and what is no more', () => {
    const row = (written: unknown) => {
      const read = toRow(written, reading);
      if (!read.ok) throw new Error(read.error);
      return read.value;
    };
    const patched = mergePatch(tmfExamples.Individual, { fullName: 'Chen', birthDate: null, contactMedium: [] });
    const change = rowChange(row(tmfExamples.Individual), row(patched));
    expect(change.fields).toEqual({ name: 'Chen', birthday: null });
    expect(change.removed?.identifiers.map(({ value }) => value)).toEqual(['+8613900004126', 'chen@example.com']);
    expect(change.removed?.addresses).toHaveLength(1);
  });

  it('merges as RFC 7396 shows', () => {
    const cases = [
      [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
      [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
      [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
      [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
      [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
      [
        ['a', 'b'],
        ['c', 'd'],
        ['c', 'd'],
      ],
      [{ e: null }, { a: 1 }, { e: null, a: 1 }],
      [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
    ] as const;
    for (const [target, patch, result] of cases) expect(mergePatch(target, patch)).toEqual(result);
  });
});

describe('the description of the interface', () => {
  it('has every resource with its schema, and a path for each', () => {
    const { paths, components } = openApi();
    for (const type of tmfTypes) {
      expect(Object.keys(paths[tmfPath(type)] ?? {}).sort()).toEqual(['get', 'post']);
      expect(Object.keys(paths[`${tmfPath(type)}/{id}`] ?? {}).sort()).toEqual(['get', 'patch']);
      const { properties, required } = components.schemas[type] as { properties: object; required?: readonly string[] };
      for (const field of required ?? []) expect(Object.keys(tmfExamples[type])).toContain(field);
      // What an example shows is described.
      expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(tmfExamples[type])));
    }
  });

  it('refers to nothing that is not in it', () => {
    const text = JSON.stringify(openApi());
    const { components } = openApi();
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) expect(Object.keys(components.schemas)).toContain(name);
  });
});
