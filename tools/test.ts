/**
 * `npm test`: all set-up, then everything. Debian packages beside types and lint and import rules and the bundles, then every test of every project.
 * Ends with each skip and its reason, and a last line `N passed, N failed, N skipped`. Arguments go to vitest: a part of a path, `--project
 * unit`, `-t name`.
 */
import { parseCLI, startVitest } from 'vitest/node';
import { inProject, root } from './project.ts';
import { runCommand } from './run-command.ts';
import { adviceAtOnce, ensureSystemPackages } from './system-packages.ts';
import { describeSummary, isGreen, type Summary, SummaryReporter } from './vitest-reporter.ts';

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

/** Runs one after the other; says which failed, null when all are good. */
async function failureOf(...names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const { code } = await runCommand(process.execPath, [inProject('tools', name)], { isShown: true });
    if (code !== 0) return `${name} failed; the tests were not run.`;
  }
  return null;
}

const advice = adviceAtOnce();
if (advice !== null) stop(advice);
// Packages are fetched and unpacked meanwhile, which is mostly waiting. Neither is left running when the other failed.
for (const failure of await Promise.all([ensureSystemPackages(), failureOf('check.ts', 'build.ts')])) if (failure !== null) stop(failure);

const reporter = new SummaryReporter();
const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
// A name pattern leaves the other tests unrun on purpose; they are no skips that owe a reason.
const isPart = options.testNamePattern !== undefined;

async function run(files: readonly string[]): Promise<void> {
  const vitest = await startVitest('test', [...files], { ...options, root, watch: false, run: true, reporters: ['default', reporter] });
  await Promise.race([vitest.close(), new Promise((resolve) => setTimeout(resolve, 20_000).unref())]);
}

/** What listens to sound and networks in real time is disturbed by what runs beside it on a small machine; the others owe nothing to chance. */
const inRealTime: readonly string[] = ['integration', 'live', 'bridge', 'media', 'screens', 'far', 'e2e'];
/** More than so many files are no chance. */
const mostAgain = 6;

await run(filter);
const failed = isPart ? null : reporter.failedFiles;
if (failed && failed.length > 0 && failed.length <= mostAgain && failed.every(({ project }) => inRealTime.includes(project))) {
  process.stdout.write('\nOnce more, one after the other with nothing beside:\n');
  for (const { file } of failed) await run([file]);
}
end(isPart ? { ...reporter.summary, skips: reporter.summary.skips.filter((skip) => skip.reason !== null) } : reporter.summary);
