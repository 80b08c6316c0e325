/**
 * `npm run fault -- ROW [--count N] [--seed S] [--json]`: does one row of the fault matrix N times and says what came of it. Exit code 1 when
 * something was not as it must be. Without a row: lists them.
 */
import { parseArgs } from 'node:util';
import { faultRows } from '../tests/load/faults/index.ts';
import { figuresTable } from './figures.ts';

function refuse(message: string): never {
  const width = Math.max(...faultRows.map(({ name }) => name.length));
  const rows = faultRows.map(({ name, about, count }) => `  ${name.padEnd(width)}  ${about} (${count})`);
  console.error(
    `${message}\nUsage: npm run fault -- ROW [--count N] [--seed S] [--json]\nRows (and how often each is done when nobody says):\n${rows.join('\n')}`,
  );
  process.exit(2);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: { count: { type: 'string' }, seed: { type: 'string', default: '1' }, json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [name, ...more] = positionals;
    const row = faultRows.find((each) => each.name === name);
    if (!row || more.length > 0)
      return refuse(name === undefined ? 'Give the name of one row.' : `There is no row called ${positionals.join(' ')}.`);
    const count = values.count === undefined ? row.count : Number(values.count);
    const seed = Number(values.seed);
    if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) return refuse('--count and --seed are whole numbers.');
    return { row, count, seed, isJson: values.json };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const { row, count, seed, isJson } = readArguments();
const { figures, failures } = await row.run({ count, seed });
console.log(
  isJson ? JSON.stringify({ row: row.name, count, seed, figures, failures }) : figuresTable(`${row.name}: ${row.about}`, figures),
);
for (const failure of failures) console.error(`  FAILED: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
