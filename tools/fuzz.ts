/**
 * `npm run fuzz -- [TARGET...] [--cases N] [--seed S] [--case AT]`: throws made-up and changed messages at the parsers that strangers reach.
 * Prints what each target stood and for how long; exit code 1 when something was found. `--case` shows the bytes of one case and checks it.
 */
import { parseArgs } from 'node:util';
import { caseOf, describeFinding, fuzz } from '../tests/conformance/fuzz/fuzz.ts';
import { fuzzTargets } from '../tests/conformance/fuzz/targets/index.ts';

function refuse(message: string): never {
  const names = fuzzTargets.map(({ name }) => name).join(', ');
  console.error(`${message}\nUsage: npm run fuzz -- [TARGET...] [--cases N] [--seed S] [--case AT]\nTargets: ${names}`);
  process.exit(2);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: { cases: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' }, case: { type: 'string' } },
      allowPositionals: true,
    });
    const numbers = { cases: Number(values.cases), seed: Number(values.seed), at: values.case === undefined ? null : Number(values.case) };
    if (!Number.isSafeInteger(numbers.cases) || numbers.cases < 1) return refuse('--cases is a whole number from 1.');
    if (!Number.isSafeInteger(numbers.seed) || (numbers.at !== null && !Number.isSafeInteger(numbers.at)))
      return refuse('--seed and --case are whole numbers.');
    const unknown = positionals.find((name) => !fuzzTargets.some((target) => target.name === name));
    if (unknown !== undefined) return refuse(`There is no target called ${unknown}.`);
    return { ...numbers, targets: fuzzTargets.filter(({ name }) => positionals.length === 0 || positionals.includes(name)) };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const { cases, seed, at, targets } = readArguments();
let found = 0;
for (const target of targets) {
  if (at !== null) {
    const input = caseOf(target, seed, at);
    console.log(`${target.name}, seed ${seed}, case ${at}: ${JSON.stringify(input.toString('latin1'))}`);
    target.check(input);
    continue;
  }
  const start = performance.now();
  const report = fuzz(target, { cases, seed });
  found += report.findings.length;
  const seconds = (performance.now() - start) / 1_000;
  console.log(
    `${target.name}: ${cases} cases, seed ${seed}, ${report.findings.length} findings, slowest ${report.slowestMs.toFixed(1)} ms, ` +
      `heap +${Math.max(0, Math.round(report.heapGrowthMb))} MB, ${seconds.toFixed(1)} s`,
  );
  for (const finding of report.findings) console.log(`  ${describeFinding(finding)}`);
}
process.exitCode = found > 0 ? 1 : 0;
