/**
 * `npm test`: all set-up, then everything. Debian packages beside the bundles; then the tests that mostly wait, beside the checks and the tests that
 * compute; then what needs the machine for itself. Ends with each skip and its reason, and a last line `N passed, N failed, N skipped`. Arguments go
 * to vitest: a part of a path, `--project unit`, `-t name`.
 */
import { fork } from 'node:child_process';
import { inProject } from './project.ts';
import { runCommand } from './run-command.ts';
import { kinds, TestRuns } from './run-tests.ts';
import { adviceAtOnce, ensureSystemPackages } from './system-packages.ts';
import type { Beside } from './test-beside.ts';
import { describeSummary, isGreen, type Summary } from './vitest-reporter.ts';

const started = performance.now();

function end(summary: Summary): never {
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  process.stdout.write(`\n${minutes} minutes\n${describeSummary(summary)}\n`);
  process.exit(isGreen(summary) ? 0 : 1);
}

/** Set-up that failed is one failure and the end: what follows would only fail for the same reason. */
function stop(why: string): never {
  process.stdout.write(`\n${why}\n`);
  return end({ passed: 0, failed: 1, skips: [] });
}

async function build(): Promise<string | null> {
  const { code } = await runCommand(process.execPath, [inProject('tools', 'build.ts')], { isShown: true });
  return code === 0 ? null : 'build.ts failed; the tests were not run.';
}

const args = process.argv.slice(2);
const runs = new TestRuns(args);

/** What computes. */
function runBeside(): Promise<Beside> {
  const child = fork(inProject('tools', 'test-beside.ts'), args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  child.stdout?.on('data', (chunk: Buffer) => process.stdout.write(chunk));
  child.stderr?.on('data', (chunk: Buffer) => process.stderr.write(chunk));
  return new Promise((resolve) => {
    child.once('message', resolve as (beside: Beside) => void);
    child.once('exit', () => resolve('failed'));
  });
}

const advice = adviceAtOnce();
if (advice !== null) stop(advice);
// Packages are fetched and unpacked meanwhile, which is mostly waiting. Neither is left running when the other failed.
for (const failure of await Promise.all([ensureSystemPackages(), build()])) if (failure !== null) stop(failure);

const besides = runBeside();
void besides.then((beside) => (beside === 'failed' ? runs.cancel() : undefined));
await runs.run(kinds.waiting);
const beside = await besides;
if (beside === 'failed') stop('The checks failed; not all tests were run.');
runs.reporter.add(beside);
await runs.run(kinds.alone);

/**
 * What listens to sound and networks in real time is disturbed by what runs beside it on a small machine, and a screen waits for its frames; the
 * others owe nothing to chance.
 */
const inRealTime: readonly string[] = [...kinds.waiting, ...kinds.alone, 'dom'];
/** More than so many files are no chance. */
const mostAgain = 8;

const failed = runs.isPart ? null : runs.reporter.failedFiles;
if (failed && failed.length > 0 && failed.length <= mostAgain && failed.every(({ project }) => inRealTime.includes(project))) {
  process.stdout.write('\nOnce more, one after the other with nothing beside:\n');
  for (const each of failed) await runs.again(each);
}
const { summary } = runs.reporter;
end(runs.isPart ? { ...summary, skips: summary.skips.filter((skip) => skip.reason !== null) } : summary);
