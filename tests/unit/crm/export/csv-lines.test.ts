import { describe, expect, it } from 'vitest';
import { csvLine, withoutGuard } from '../../../../cti-bridge/crm/export/csv-lines.ts';

describe('a line of an exported file', () => {
  it('quotes what a reader would cut', () => {
    expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', ' h', null, 5, true])).toBe('a,"b,c","d""e","f\ng"," h",,5,true\r\n');
  });

  it.each(['=1+1', '+8613900004126', '-cmd', '@SUM(A1)', '\t=1', '\r=1', ' =1', "'=1", '＝1'])(
    'runs no formula in a spreadsheet: %j',
    (text) => {
      const line = csvLine([text]);
      expect(line.startsWith(`"'`)).toBe(true);
      expect(withoutGuard(`'${text}`)).toBe(text);
    },
  );

  it('leaves numbers as numbers', () => {
    expect(csvLine([-5, 1.5])).toBe('-5,1.5\r\n');
  });

  it('takes no apostrophe that it did not put there', () => {
    expect(["'tis", "O'Brien", "'", 'x'].map(withoutGuard)).toEqual(["'tis", "O'Brien", "'", 'x']);
  });
});
