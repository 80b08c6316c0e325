import { describe, expect, it } from 'vitest';
import { type CustomField, guessColumns } from '../../../../cti-bridge/crm/import/guess-mapping.ts';
import { columnLetter } from '../../../../shared/column-letter.ts';

const guess = (rows: readonly (readonly string[])[], custom: readonly CustomField[] = [], header?: boolean) =>
  guessColumns(rows, 'CN', custom, header);

describe('the mapping of a file', () => {
  it('is guessed from Chinese names of columns', () => {
    const { columns, hasHeader } = guess([
      ['客户编号', '姓名', '手机号码', '联系电话', '电子邮箱', '单位名称', '职务', '客户等级', '生日', '备注', '经手人'],
    ]);
    expect(hasHeader).toBe(true);
    expect(columns).toEqual(['externalId', 'name', 'mobile', 'phone', 'email', 'company', 'title', 'tier', 'birthday', 'note', 'skip']);
  });

  it('is guessed from English names of columns, however they are written', () => {
    const { columns } = guess([
      [
        'Customer ID',
        'FULL_NAME',
        'Cell Phone',
        'tel.',
        'E-Mail',
        'Company (legal)',
        'Date of birth',
        'Zip code',
        'SMS opt-in',
        'shoe size',
      ],
    ]);
    expect(columns).toEqual([
      'externalId',
      'name',
      'mobile',
      'phone',
      'email',
      'company',
      'birthday',
      'postalCode',
      'allowsSmsOffers',
      'skip',
    ]);
  });

  it('takes several numbers and only one name', () => {
    expect(guess([['Name', 'Phone', 'Phone 2', 'Name']]).columns).toEqual(['name', 'phone', 'phone', 'skip']);
  });

  it('is guessed from what stands in the columns where their names say nothing, or there are none', () => {
    const rows = [
      ['王小明', '13900004126', '021-5555 1234', 'wang@example.com', '7'],
      ['李雷', '+86 138 0000 1111', '010 8888 9999', 'li@example.com', '8'],
    ];
    expect(guess(rows)).toMatchObject({
      hasHeader: false,
      header: ['A', 'B', 'C', 'D', 'E'],
      columns: ['skip', 'mobile', 'phone', 'email', 'skip'],
    });
    expect(guess([['甲', '乙', '丙', '丁', '戊'], ...rows])).toMatchObject({
      hasHeader: true,
      columns: ['skip', 'mobile', 'phone', 'email', 'skip'],
    });
  });

  it('knows the fields of the administrator', () => {
    const size: CustomField = { id: 'fleet', name: { en: 'Fleet size', zh: '车队规模' }, kind: 'number', choices: [] };
    expect(guess([['name', '车队规模', 'fleet SIZE']], [size]).columns).toEqual(['name', 'custom:fleet', 'skip']);
  });

  it('believes whoever says that there is no head', () => {
    expect(guess([['name', 'email']], [], false)).toMatchObject({ hasHeader: false, header: ['A', 'B'] });
  });

  it('names columns as spreadsheets do', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });

  it('of no rows is empty', () => {
    expect(guess([])).toEqual({ hasHeader: false, header: [], columns: [] });
  });
});
