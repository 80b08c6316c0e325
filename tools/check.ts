/**
 * `npm run check`: types, lint, format and import rules of the whole tree, two steps at a time, and the proof that the import checker still
 * sees. Prints one line per step; the output of a step is shown only when it failed.
 */
import { buildRenderer, readScriptSizes } from './build-desktop.ts';
import { checkImports } from './import-rules.ts';
import { planted, testImportRules } from './import-rules-self-test.ts';
import { bin } from './project.ts';
import { runCommand } from './run-command.ts';
import { reportSizes } from './script-sizes.ts';

interface StepResult {
  readonly isGood: boolean;
  readonly note: string;
  readonly output: string;
}
interface Step {
  readonly name: string;
  run(): Promise<StepResult>;
}

const command = (name: string, program: string, args: readonly string[]): Step => ({
  name,
  async run() {
    // Under a minute each, but for `npm test`, which leaves them little of the processors.
    const { code, output } = await runCommand(bin(program), args, { limitMs: 10 * 60_000 });
    return { isGood: code === 0, note: '', output };
  },
});

const types = (program: string) => command(`types ${program}`, 'tsc', ['-p', program]);

const importRules: Step = {
  name: 'import rules',
  async run() {
    const { modules, violations } = await checkImports(process.cwd(), ['shared', 'cti-bridge', 'renderer', 'electron', 'tools']);
    const lines = violations.map(({ rule, from, to }) => `  ${rule}: ${from} -> ${to}`);
    if (modules === 0) lines.push('  the checker read no files: it is blind, not content');
    return { isGood: lines.length === 0, note: `${modules} files`, output: lines.join('\n') };
  },
};

const importRulesSelfTest: Step = {
  name: 'import rules see',
  async run() {
    const problems = await testImportRules();
    return {
      isGood: problems.length === 0,
      note: `${planted.length} wrong imports planted`,
      output: problems.map((line) => `  ${line}`).join('\n'),
    };
  },
};

/** What each import of the page weighs; more than its limit before signing in is a fault like a wrong type. */
const scriptSizes: Step = {
  name: 'script sizes',
  async run() {
    await buildRenderer(() => undefined);
    const { isGood, lines } = reportSizes(readScriptSizes());
    return {
      isGood,
      note: `\n${lines.join('\n')}`,
      output: isGood ? '' : '  The first script is over its limit: what is not needed to sign in is fetched later.',
    };
  },
};

const steps: readonly Step[] = [
  types('tests'),
  types('cti-bridge'),
  types('cti-bridge/channels/chat/widget'),
  types('renderer'),
  types('electron'),
  types('shared'),
  command('lint and format', 'biome', ['check', '--colors=off', '--max-diagnostics=50', '.']),
  importRules,
  importRulesSelfTest,
  scriptSizes,
];

const waiting = [...steps];
const failures: string[] = [];
const started = performance.now();

async function work(): Promise<void> {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const begun = performance.now();
    const { isGood, note, output } = await step.run();
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`${isGood ? 'good  ' : 'FAILED'} ${step.name.padEnd(20)} ${seconds.padStart(5)} s  ${note}`.trimEnd());
    if (!isGood) failures.push(`\n--- ${step.name}\n${output.trimEnd()}`);
  }
}

await Promise.all([work(), work()]);
for (const failure of failures) console.log(failure);
console.log(`\n${steps.length - failures.length} of ${steps.length} checks good in ${((performance.now() - started) / 1000).toFixed(1)} s`);
process.exitCode = failures.length === 0 ? 0 : 1;
