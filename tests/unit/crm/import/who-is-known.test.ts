import { describe, expect, it } from 'vitest';
import { type FoundPerson, type KnownFacts, matchKnown } from '../../../../cti-bridge/crm/import/match-known.ts';
import type { ImportedIdentifier, ImportedPerson } from '../../../../cti-bridge/crm/import/read-row.ts';
import { TwiceInFile } from '../../../../cti-bridge/crm/import/twice-in-file.ts';
import { nameKey } from '../../../../cti-bridge/crm/names/name-key.ts';

const found = (contactId: string, headId = contactId, isInScope = true): FoundPerson => ({ contactId, headId, isInScope });
const namesake = (contactId: string, headId = contactId, hasOtherOwnId = false) => ({ ...found(contactId, headId), hasOtherOwnId });
const match = (facts: Partial<KnownFacts>) => matchKnown({ byOwnId: [], byNumberAndName: [], byNumberAlone: [], ...facts });

describe('whom a row is about', () => {
  it.each<[string, Partial<KnownFacts>, ReturnType<typeof matchKnown>]>([
    ['nobody knows anything of it', {}, { is: 'new' }],
    ['the external id is known', { byOwnId: [found('a')], byNumberAlone: [found('b')] }, { is: 'known', contactId: 'a' }],
    ['two cards of one person have the external id', { byOwnId: [found('b', 'b'), found('a', 'b')] }, { is: 'known', contactId: 'a' }],
    ['two people have the external id', { byOwnId: [found('a'), found('b')] }, { is: 'ambiguous' }],
    ['somebody of that name has the number', { byNumberAndName: [namesake('a')] }, { is: 'known', contactId: 'a' }],
    ['somebody of that name has the number and another external id', { byNumberAndName: [namesake('a', 'a', true)] }, { is: 'ambiguous' }],
    ['two people of that name have the number', { byNumberAndName: [namesake('a'), namesake('b')] }, { is: 'ambiguous' }],
    ['the mobile number is somebody else’s', { byNumberAlone: [found('a')] }, { is: 'ambiguous' }],
    ['they are customers of another office', { byOwnId: [found('a', 'a', false)] }, { is: 'outOfScope' }],
  ])('when %s', (_, facts, expected) => expect(match(facts)).toEqual(expected));

  it('does not depend on the order in which the store found them', () => {
    expect(match({ byOwnId: [found('a', 'x'), found('b', 'x')] })).toEqual(match({ byOwnId: [found('b', 'x'), found('a', 'x')] }));
  });
});

describe('somebody who stands twice in a file', () => {
  const mobile = (value: string): ImportedIdentifier => ({ kind: 'mobile', value, extension: null });
  const own = (value: string): ImportedIdentifier => ({ kind: 'externalId', value, extension: null });
  const row = (number: number, name: string, ...identifiers: ImportedIdentifier[]): ImportedPerson => ({
    ...{ row: number, name, nameKey: nameKey(name), identifiers, fields: { name }, custom: {} },
    ...{ company: null, companyKey: null, companyRole: null, address: null, note: null },
  });

  it('is told by the external id, with the other row', () => {
    const seen = new TwiceInFile();
    expect(seen.see(row(2, '王小明', own('c-1')))).toBeNull();
    expect(seen.see(row(3, '李雷', own('c-2')))).toBeNull();
    expect(seen.see(row(4, '王晓明', own('c-1')))).toEqual({ row: 4, column: null, code: 'twiceInFile', found: 'c-1', expected: '2' });
  });

  it('is told by the same name with the same mobile number, but not by the number or the name alone', () => {
    const seen = new TwiceInFile();
    expect(seen.see(row(2, 'Tomasz Zieliński', mobile('+48500')))).toBeNull();
    expect(seen.see(row(3, 'Anna Zielińska', mobile('+48500')))).toBeNull();
    expect(seen.see(row(4, 'Tomasz Zieliński', mobile('+48501')))).toBeNull();
    expect(seen.see(row(5, 'TOMASZ  ZIELINSKI', mobile('+48500')))).toMatchObject({ code: 'twiceInFile', expected: '2' });
  });

  it('is told in a file of a hundred thousand, and nobody else is', () => {
    const seen = new TwiceInFile();
    const told = Array.from({ length: 100_000 }, (_, at) => seen.see(row(at + 2, 'A', own(`c-${at}`)))).filter(
      (problem) => problem !== null,
    );
    expect(told).toEqual([]);
    expect(seen.see(row(1, 'A', own('c-77777')))).toMatchObject({ expected: '77779' });
  });
});
