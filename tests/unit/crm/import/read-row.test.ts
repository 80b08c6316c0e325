import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../../cti-bridge/crm/export/csv-lines.ts';
import type { CustomField } from '../../../../cti-bridge/crm/import/guess-mapping.ts';
import { compileMapping, type ImportedPerson } from '../../../../cti-bridge/crm/import/read-row.ts';
import { dayOf } from '../../../../cti-bridge/crm/import/values.ts';
import { CsvRows } from '../../../../cti-bridge/intake/decoders/csv-rows.ts';
import type { ImportTarget } from '../../../../shared/contracts/imports.ts';

const customFields: readonly CustomField[] = [
  { id: 'fleet', name: { en: 'Fleet', zh: '车队' }, kind: 'number', choices: [] },
  { id: 'colour', name: { en: 'Colour', zh: '颜色' }, kind: 'choice', choices: [{ id: 'red', name: { en: 'Red', zh: '红' } }] },
];
const orgUnits = [{ id: 'sh', name: { en: 'Shanghai', zh: '上海' } }];

function read(columns: readonly ImportTarget[], ...cells: readonly string[]) {
  return compileMapping({ columns: [...columns] }, { homeCountry: 'CN', header: columns, customFields, orgUnits })(7, cells);
}
const person = (columns: readonly ImportTarget[], ...cells: readonly string[]) => read(columns, ...cells) as ImportedPerson;
const problem = (target: ImportTarget, cell: string) => read(['name', target], 'A', cell);

describe('a row of a file', () => {
  it('becomes a person with everything it says', () => {
    const columns: ImportTarget[] = [
      'name',
      'title',
      'mobile',
      'phone',
      'email',
      'externalId',
      'company',
      'tier',
      'stage',
      'locale',
      'birthday',
      'orgUnit',
      'addressLines',
      'city',
      'country',
      'allowsSmsOffers',
      'note',
      'custom:fleet',
      'custom:colour',
    ];
    expect(
      person(
        columns,
        ' 王小明 ',
        '经理',
        '139 0000 4126',
        '021-5555 1234转801',
        'Wang@Example.COM',
        'c-1',
        '远大物流',
        '金卡',
        '成熟',
        '中文',
        '1984年3月28日',
        '上海',
        '人民路1号',
        '上海',
        '中国',
        '同意',
        '老客户',
        '1,200',
        'red',
      ),
    ).toEqual({
      row: 7,
      name: '王小明',
      nameKey: '王小明',
      fields: {
        name: '王小明',
        title: '经理',
        tier: 'gold',
        stage: 'mature',
        locale: 'zh',
        birthday: '1984-03-28',
        orgUnitId: 'sh',
        allowsSmsOffers: true,
      },
      custom: { fleet: 1200, colour: 'red' },
      identifiers: [
        { kind: 'mobile', value: '+8613900004126', extension: null },
        { kind: 'phone', value: '+862155551234', extension: '801' },
        { kind: 'email', value: 'wang@example.com', extension: null },
        { kind: 'externalId', value: 'c-1', extension: null },
      ],
      company: '远大物流',
      companyKey: '远大物流',
      companyRole: null,
      address: { lines: '人民路1号', city: '上海', region: null, postalCode: null, country: 'CN' },
      note: '老客户',
    });
  });

  it('says nothing by an empty cell', () => {
    expect(person(['name', 'tier', 'email', 'birthday'], 'A', '', '  ', '\t')).toMatchObject({
      fields: { name: 'A' },
      identifiers: [],
      address: null,
    });
  });

  it.each<[ImportTarget, string, string]>([
    ['mobile', '1.39E+10', 'numberLostDigits'],
    ['phone', '2.15555E+09', 'numberLostDigits'],
    ['membership', '1.1010119900307E+17', 'numberLostDigits'],
    ['externalId', '6,2E+15', 'numberLostDigits'],
    ['mobile', 'call me', 'badNumber'],
    ['mobile', '12', 'badNumber'],
    ['phone', '021-5555 1234 / nonsense', 'badNumber'],
    ['email', 'wang(at)example.com', 'badEmail'],
    ['email', 'a@b.co; c@', 'badEmail'],
    ['birthday', '3/4/1984', 'badDate'],
    ['birthday', '1984-02-30', 'badDate'],
    ['birthday', 'yesterday', 'badDate'],
    ['tier', 'purple', 'unknownValue'],
    ['locale', 'Klingon', 'unknownValue'],
    ['allowsRecording', 'perhaps', 'unknownValue'],
    ['country', 'Atlantis', 'unknownValue'],
    ['orgUnit', 'Elsewhere', 'unknownOrgUnit'],
    ['title', 'x'.repeat(201), 'tooLong'],
    ['note', 'x'.repeat(20_001), 'tooLong'],
    ['custom:fleet', 'many', 'unknownValue'],
    ['custom:colour', 'green', 'unknownValue'],
  ])('is refused as a whole when %s is %j: %s', (target, cell, code) => {
    const problems = problem(target, cell);
    expect(problems).toMatchObject([{ row: 7, column: target, code }]);
    expect((problems as readonly { found: string }[])[0]?.found.length).toBeLessThanOrEqual(80);
  });

  it('tells all its problems at once', () => {
    expect(read(['name', 'email', 'tier'], '', 'x', 'y')).toMatchObject([
      { code: 'badEmail' },
      { code: 'unknownValue', expected: 'standard, silver, gold, diamond' },
      { code: 'noName', column: 'name' },
    ]);
  });

  it('with more cells than there are columns is told, with empty ones at its end is not', () => {
    expect(read(['name'], 'A', 'B')).toMatchObject([{ code: 'wrongColumnCount', found: '2', expected: '1' }]);
    expect(read(['name'], 'A', '', ' ')).toMatchObject({ name: 'A' });
  });

  it('may hold several numbers or addresses in one cell, and each once', () => {
    const { identifiers } = person(['name', 'phone', 'email'], 'A', '021-55551234 / 139 0000 4126;+86 21 5555 1234', 'a@b.co, C@d.org');
    expect(identifiers.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'phone +862155551234',
      'mobile +8613900004126',
      'email a@b.co',
      'email c@d.org',
    ]);
  });

  it('knows a mobile number in the column of fixed ones, and the other way round', () => {
    expect(person(['name', 'phone', 'mobile'], 'A', '13900004126', '021-55551234').identifiers.map(({ kind }) => kind)).toEqual([
      'mobile',
      'phone',
    ]);
  });

  it.each(['"; drop table person; --', '*', 'NEAR(a b)', '王\u200b小\u202e明', '👩‍👩‍👧 Ünï', "O'Brien", '=1+1', 'null', '\u0000'])(
    'takes the text %j as it is',
    (text) => {
      const read = person(['name', 'custom:free', 'note'], text, text, text);
      const literal = text.trim();
      expect([read.name, read.custom.free, read.note]).toEqual([literal, literal, literal]);
    },
  );

  it('never throws and never loses count, whatever stands in it', () => {
    const target = fc.constantFrom<ImportTarget>(
      'name',
      'title',
      'mobile',
      'phone',
      'email',
      'externalId',
      'tier',
      'birthday',
      'company',
      'country',
      'note',
      'custom:fleet',
      'skip',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(target, fc.string({ unit: 'binary' })), { maxLength: 8 }), (cells) => {
        const outcome = read(
          cells.map(([each]) => each),
          ...cells.map(([, text]) => text),
        );
        expect(Array.isArray(outcome) ? outcome.every((each) => each.row === 7) : (outcome as ImportedPerson).row === 7).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('that was exported comes back as it was, numbers with their plus sign included', () => {
    const free = fc
      .string({ unit: 'grapheme' })
      .map((text) => text.replaceAll('\r', ' ').trim())
      .filter((text) => text !== '');
    const risky = fc
      .constantFrom('=1+1', '+86', '-5', '@sum', "'=x", "''+1", '\t=1', '＝1', "'", 'a,b', '"q"', 'a;b')
      .map((text) => text.trim());
    fc.assert(
      fc.property(
        fc.oneof(free, risky),
        fc.oneof(free, risky),
        fc.integer({ min: 100_000_000, max: 999_999_999 }),
        (name, note, digits) => {
          const mobile = `+8613${digits}`;
          const rows = new CsvRows(',');
          const [row] = [...rows.push(csvLine([name, mobile, note])), ...rows.end()];
          if (!row || !('cells' in row)) throw new Error('the exported row was not read');
          expect(row.cells.every((cell) => !/^[\s]*[=+\-@]/.test(cell))).toBe(true);
          const read = person(['custom:free', 'mobile', 'note', 'name'], ...row.cells, 'A');
          expect([read.custom.free, read.note, read.identifiers[0]?.value]).toEqual([name, note, mobile]);
        },
      ),
    );
  });
});

describe('a day', () => {
  it.each([
    ['1984-03-28', '1984-03-28'],
    ['1984/3/8', '1984-03-08'],
    ['1984年3月8日', '1984-03-08'],
    ['19840308', '1984-03-08'],
    ['28.3.1984', '1984-03-28'],
    ['28/03/1984', '1984-03-28'],
    ['3/28/1984', '1984-03-28'],
    ['4/4/1984', '1984-04-04'],
    ['1984-03-28T00:00', '1984-03-28'],
    ['3月28日', '03-28'],
    ['--03-28', '03-28'],
    ['2月29日', '02-29'],
    ['3/4/1984', null],
    ['29/2/1983', null],
    ['1700-01-01', null],
    ['28', null],
  ])('written %s is %s', (written, day) => expect(dayOf(written)).toBe(day));
});
