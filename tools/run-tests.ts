import { parseCLI, startVitest, type Vitest } from 'vitest/node';
import { root } from './project.ts';
import { type FailedFile, SummaryReporter } from './vitest-reporter.ts';

/** The kinds of `vitest.config.ts` by what they ask of the machine, in the order in which they run. */
export const kinds = {
  /** Whole bridges and phones on the line: two thirds of the time they wait, for a tone to be recognised or for seconds to pass. */
  waiting: ['live', 'bridge'],
  /** They owe nothing to time, and run beside those, with what these leave of the processors. */
  computing: ['unit', 'dom', 'contract', 'conformance'],
  /** What needs the machine for itself. */
  alone: ['integration', 'media', 'screens', 'calls', 'e2e'],
} as const;

/** Of which most files are one story, told in steps. */
const stories: readonly string[] = ['screens', 'calls', 'e2e'];

const onlyThese = (tests: readonly string[]) => {
  const names = tests.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^(?:${names.join('|')})$`);
};

/** Arguments as vitest has them: parts of a path, `--project unit`, `-t name`. */
export class TestRuns {
  readonly reporter = new SummaryReporter();
  readonly #filter: readonly string[];
  readonly #options: ReturnType<typeof parseCLI>['options'];
  #running: Vitest | undefined;

  constructor(args: readonly string[]) {
    const { filter, options } = parseCLI(['vitest', 'run', ...args]);
    this.#filter = filter;
    this.#options = options;
  }

  /** A name pattern leaves the other tests unrun on purpose; they are no skips that owe a reason. */
  get isPart(): boolean {
    return this.#options.testNamePattern !== undefined;
  }

  /** Once more, with nothing beside: the tests that failed; the whole file where one lives on those before it. */
  async again({ file, project, tests }: FailedFile): Promise<void> {
    if (tests && !stories.includes(project)) await this.run([project], [file], onlyThese(tests));
    if (this.reporter.failedFiles?.some((failed) => failed.file === file)) await this.run([project], [file]);
  }

  async run(
    kinds: readonly string[],
    files: readonly string[] = this.#filter,
    testNamePattern = this.#options.testNamePattern,
  ): Promise<void> {
    const asked = [this.#options.project ?? []].flat();
    const project = asked.length === 0 ? [...kinds] : kinds.filter((kind) => asked.includes(kind));
    if (project.length === 0) return;
    const onInit = (vitest: Vitest) => {
      this.#running = vitest;
    };
    const vitest = await startVitest('test', [...files], {
      ...this.#options,
      ...(testNamePattern === undefined ? {} : { testNamePattern }),
      ...{ root, project, watch: false, run: true, passWithNoTests: true, reporters: ['default', this.reporter, { onInit }] },
    });
    this.#running = undefined;
    await Promise.race([vitest.close(), new Promise((resolve) => setTimeout(resolve, 20_000).unref())]);
  }

  /** Begins no further file. */
  async cancel(): Promise<void> {
    await this.#running?.cancelCurrentRun('keyboard-input');
  }
}
