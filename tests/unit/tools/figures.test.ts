import { expect, test } from 'vitest';
import { figuresTable } from '../../../tools/figures.ts';

test('prints figures as aligned lines under the name of the bench', () => {
  const table = figuresTable('pop', [
    { name: 'painted p99', value: 87.456, unit: 'ms', at: 'budget 100' },
    { name: 'offers', value: 10_000, unit: '', at: '' },
  ]);
  expect(table).toBe(['pop', '  painted p99  87.46 ms  budget 100', '  offers       10000'].join('\n'));
});
