/**
 * The part of `npm test` that computes: types and lint and import rules, then the tests that owe nothing to time. `test.ts` starts it beside what
 * mostly waits, and hears from it what came out; it takes what is left of the processors.
 */
import { setPriority } from 'node:os';
import { inProject } from './project.ts';
import { runCommand } from './run-command.ts';
import { kinds, TestRuns } from './run-tests.ts';
import type { Ran } from './vitest-reporter.ts';

/** `failed`: the checks; the tests were not run then. */
export type Beside = Ran | 'failed';

/** A third of what “below normal” takes from whoever listens in real time, and not the very lowest, which beside others' work never ends. */
const niceness = 15;
setPriority(niceness);
process.on('disconnect', () => process.exit(1));

async function beside(): Promise<Beside> {
  const { code } = await runCommand(process.execPath, [inProject('tools', 'check.ts')], { isShown: true, limitMs: 20 * 60_000 });
  if (code !== 0) return 'failed';
  const runs = new TestRuns(process.argv.slice(2));
  await runs.run(kinds.computing);
  return runs.reporter.ran;
}

process.send?.(await beside(), () => process.exit());
