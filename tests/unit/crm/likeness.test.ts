import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likenessOf, type Portrait, worthAsking } from '../../../cti-bridge/crm/index.ts';

const nobody: Portrait = { names: ['Ada Lin'], birthdays: [], companies: [], identifiers: [], addresses: [] };
const named = (name: string, more: Partial<Portrait> = {}): Portrait => ({ ...nobody, names: [name], ...more });
const has = (kind: string, value: string, more: Partial<Portrait['identifiers'][number]> = {}) => ({
  ...{ kind, value, label: null, source: null, shared: false },
  ...more,
});
const with_ = (...identifiers: ReturnType<typeof has>[]): Partial<Portrait> => ({ identifiers });
const kemp = { companies: [{ accountId: 'kemp', name: 'Kemp & Sons' }] };

describe('likeness', () => {
  it.each<[string, Portrait, Portrait, [string, number][]]>([
    ['the same number of their own', named('A', with_(has('mobile', '+1'))), named('B', with_(has('phone', '+1'))), [['sameNumber', 45]]],
    ['the same e-mail address', named('A', with_(has('email', 'a@b'))), named('B', with_(has('email', 'a@b'))), [['sameEmail', 45]]],
    [
      'the same customer number',
      named('A', with_(has('externalId', '1'))),
      named('B', with_(has('externalId', '1'))),
      [['sameExternalId', 60]],
    ],
    [
      'an extension that reads like a customer number',
      named('A', with_(has('externalId', '6012'))),
      named('B', with_(has('phone', '6012'))),
      [],
    ],
    [
      'a line that one of them is known to share',
      named('A', with_(has('phone', '+1', { shared: true }))),
      named('B', with_(has('phone', '+1'))),
      [['sharedLine', 5]],
    ],
    [
      'the same name, in the same company',
      named('Ada Lin', kemp),
      named('ADA  LIN', kemp),
      [
        ['sameName', 30],
        ['sameCompany', 10],
      ],
    ],
    ['similar names', named('Ada Lin'), named('Lin, Ada'), [['similarName', 20]]],
    ['the same birthday', named('A', { birthdays: ['1984-03-28'] }), named('B', { birthdays: ['1984-03-28'] }), [['sameBirthday', 20]]],
    [
      'the same day without the year',
      named('A', { birthdays: ['03-28'] }),
      named('B', { birthdays: ['1984-03-28'] }),
      [['sameBirthday', 10]],
    ],
    [
      'the same day of another year',
      named('A', { birthdays: ['1985-03-28'] }),
      named('B', { birthdays: ['1984-03-28'] }),
      [['differentBirthday', -40]],
    ],
    [
      'the same address, written otherwise',
      named('A', { addresses: ['1, High St. Leeds'] }),
      named('B', { addresses: ['1 High St, leeds'] }),
      [['sameAddress', 15]],
    ],
    [
      'two numbers of one register',
      named('A', with_(has('externalId', '1', { source: 'import:1' }))),
      named('B', with_(has('externalId', '2', { source: 'import:1' }))),
      [['differentExternalId', -30]],
    ],
    [
      'numbers of two registers',
      named('A', with_(has('externalId', '1', { source: 'api:crm' }))),
      named('B', with_(has('externalId', '2', { source: 'api:billing' }))),
      [],
    ],
  ])('%s', (_, one, other, expected) => {
    const { reasons, confidence } = likenessOf(one, other);
    expect(reasons.map(({ code, points }) => [code, points])).toEqual(expected);
    expect(confidence).toBe(
      Math.max(
        0,
        expected.reduce((sum, [, points]) => sum + points, 0),
      ),
    );
  });

  it('of people behind one switchboard is not worth a question, nor is a name alone', () => {
    const behind = (name: string) => named(name, { ...kemp, ...with_(has('phone', '+1', { shared: true })) });
    expect(likenessOf(behind('Arthur Kemp'), behind('Joanna Kemp')).confidence).toBeLessThan(worthAsking);
    expect(likenessOf(named('王伟'), named('王伟')).confidence).toBeLessThan(worthAsking);
    expect(likenessOf(named('王伟', kemp), named('王伟', kemp)).confidence).toBeGreaterThanOrEqual(worthAsking);
  });

  it('is not doubled by a second number, and one different birthday outweighs the name', () => {
    const two = with_(has('mobile', '+1'), has('mobile', '+2'));
    expect(likenessOf(named('A', two), named('B', two)).confidence).toBe(45);
    expect(likenessOf(named('Ada Lin', { birthdays: ['1984-03-28'] }), named('Ada Lin', { birthdays: ['1990-01-01'] })).confidence).toBe(0);
  });

  it('is the same from either side, and between 0 and 100', () => {
    const portrait = fc.record<Portrait>({
      names: fc.array(fc.constantFrom('Ada Lin', 'Lin, Ada', '林达', 'A. Lin'), { minLength: 1, maxLength: 2 }),
      birthdays: fc.array(fc.constantFrom('1984-03-28', '03-28', '1990-01-01'), { maxLength: 1 }),
      companies: fc.array(fc.constantFrom({ accountId: '1', name: 'One' }, { accountId: '2', name: 'Two' }), { maxLength: 2 }),
      identifiers: fc.array(
        fc.record({
          kind: fc.constantFrom('phone', 'mobile', 'email', 'externalId', 'membership', 'chatVisitor'),
          value: fc.constantFrom('1', '2', '3'),
          label: fc.constant(null),
          source: fc.constantFrom(null, 'api:crm'),
          shared: fc.boolean(),
        }),
        { maxLength: 4 },
      ),
      addresses: fc.array(fc.constantFrom('1 High St', '1, high st.', ''), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(portrait, portrait, (one, other) => {
        const [there, back] = [likenessOf(one, other), likenessOf(other, one)];
        expect(back.reasons.map(({ code, points }) => [code, points])).toEqual(there.reasons.map(({ code, points }) => [code, points]));
        expect(there.confidence).toBe(back.confidence);
        expect(there.confidence).toBeGreaterThanOrEqual(0);
        expect(there.confidence).toBeLessThanOrEqual(100);
      }),
    );
  });
});
