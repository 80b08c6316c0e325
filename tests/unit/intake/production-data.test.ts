import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonElements } from '../../../cti-bridge/intake/decoders/json-elements.ts';
import { rowAsResource } from '../../../cti-bridge/intake/rows-as-resources.ts';

async function read(text: string, chunk = 3) {
  const bytes = Buffer.from(text);
  const found: unknown[] = [];
  const open = async function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  };
  for await (const element of jsonElements(open)) found.push('isUnreadable' in element ? 'unreadable' : element.value);
  return found;
}

describe('a file of resources', () => {
  it('is read as a list, and one that is no JSON costs itself alone', async () => {
    expect(await read('  [ {"a": [1, {"b": "],}\\" ["}]} , {broken}, "x" , 3 ]\n')).toEqual([
      { a: [1, { b: '],}" [' }] },
      'unreadable',
      'x',
      3,
    ]);
  });

  it('is read with one resource a line', async () => {
    expect(await read('{"a":1}\r\n\n{broken\n{"b":"王"}')).toEqual([{ a: 1 }, 'unreadable', { b: '王' }]);
  });

  it('gives what was written, however it is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { minLength: 1 }), fc.integer({ min: 1, max: 20 }), async (values, chunk) => {
        const plain = JSON.parse(JSON.stringify(values)) as unknown[];
        expect(await read(JSON.stringify(plain, null, 1), chunk)).toEqual(plain);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['[{"a":1},', 'damaged'],
    ['', 'empty'],
    [' \n', 'empty'],
  ])('that is cut short or empty is refused: %j', async (text, reason) => {
    await expect(read(text)).rejects.toMatchObject({ reason });
  });
});

describe('a row of a table of resources', () => {
  it('becomes the resource its columns name', () => {
    const header = [
      '@type',
      'billNo',
      'taxIncludedAmount.value',
      'taxIncludedAmount.unit',
      'relatedParty.0.id',
      'relatedParty.0.role',
      'note',
    ];
    expect(rowAsResource(header, ['CustomerBill', '0042', '12.50', 'CNY', 'C-1', 'customer', ''])).toEqual({
      '@type': 'CustomerBill',
      billNo: '0042',
      taxIncludedAmount: { value: 12.5, unit: 'CNY' },
      relatedParty: [{ id: 'C-1', role: 'customer' }],
    });
  });

  it('cannot reach beyond itself', () => {
    rowAsResource(['__proto__.polluted', 'constructor.prototype.polluted'], ['yes', 'yes']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(rowAsResource(['a.999999999.b', 'c.0', 'c.x'], ['1', '2', '3'])).toEqual({ a: [], c: ['2'] });
  });
});
