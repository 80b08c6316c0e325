import type { Reporter, TestCase, TestModule } from 'vitest/node';

export interface Skip {
  readonly test: string;
  /** Why, as the test said with `context.skip(reason)`; null when it gave none. */
  readonly reason: string | null;
}

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skips: readonly Skip[];
  /** Tests that failed at first, and passed when they ran again with nothing beside them. */
  readonly secondAttempts?: readonly string[];
}

interface TestResult {
  readonly name: string;
  /** `pending`: it never finished. */
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending';
  readonly reason: string | null;
}

/** What a file came to. */
interface FileResult {
  readonly file: string;
  readonly project: string;
  /** Of no test: it could not be loaded, or prepared. */
  readonly errors: readonly string[];
  readonly tests: readonly TestResult[];
}

/** `tests` by name; null when it is the file that failed, and not some of them. */
export interface FailedFile extends Pick<FileResult, 'file' | 'project'> {
  readonly tests: readonly string[] | null;
}

/** What ran, as one process tells another. */
export interface Ran {
  readonly files: readonly FileResult[];
  /** Errors that belong to no test. */
  readonly strayErrors: number;
}

/**
 * Counts what ran; of a test that ran twice, the second time. A file that could not be loaded and an error outside any test count as failures:
 * neither may end in green.
 */
export class SummaryReporter implements Reporter {
  readonly #files = new Map<string, FileResult>();
  readonly #failedBefore = new Map<string, readonly string[]>();
  #strayErrors = 0;

  get summary(): Summary {
    const files = [...this.#files.values()];
    return {
      passed: files.reduce((sum, { tests }) => sum + tests.filter(({ state }) => state === 'passed').length, 0),
      failed: files.reduce((sum, file) => sum + failuresOf(file).length, this.#strayErrors),
      skips: files.flatMap(({ file, tests }) =>
        tests.flatMap(({ name, state, reason }) => (state === 'skipped' ? [{ test: `${file} > ${name}`, reason }] : [])),
      ),
      secondAttempts: files.flatMap((file) => (failuresOf(file).length === 0 ? (this.#failedBefore.get(file.file) ?? []) : [])),
    };
  }

  /** Files with failures, and the tests that failed in them; null when something failed that belongs to none. */
  get failedFiles(): readonly FailedFile[] | null {
    if (this.#strayErrors > 0) return null;
    return [...this.#files.values()]
      .filter((file) => failuresOf(file).length > 0)
      .map(({ file, project, errors, tests }) => ({
        file,
        project,
        tests: errors.length > 0 ? null : tests.filter(hasFailed).map(({ name }) => name),
      }));
  }

  get ran(): Ran {
    return { files: [...this.#files.values()], strayErrors: this.#strayErrors };
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    this.add({ files: modules.map(resultOf), strayErrors: unhandledErrors.length });
  }

  add({ files, strayErrors }: Ran): void {
    this.#strayErrors += strayErrors;
    for (const result of files) {
      const before = this.#files.get(result.file);
      const failures = before ? failuresOf(before) : [];
      if (failures.length > 0 && !this.#failedBefore.has(result.file)) this.#failedBefore.set(result.file, failures);
      this.#files.set(result.file, before ? later(before, result) : result);
    }
  }
}

const hasFailed = ({ state }: TestResult) => state !== 'passed' && state !== 'skipped';

const failuresOf = ({ file, errors, tests }: FileResult): readonly string[] => [
  ...errors,
  ...tests.filter(hasFailed).map(({ name }) => `${file} > ${name}`),
];

/** A test that was left out this time, and does not say why, is what it was before. */
function later(before: FileResult, now: FileResult): FileResult {
  if (before.tests.length !== now.tests.length) return now;
  const isLeftOut = ({ state, reason }: TestResult) => state === 'skipped' && reason === null;
  return { ...now, tests: now.tests.map((test, index) => (isLeftOut(test) ? (before.tests[index] ?? test) : test)) };
}

function resultOf(module: TestModule): FileResult {
  const file = module.relativeModuleId;
  return {
    file,
    project: module.project.name,
    errors: module.errors().map(({ message }) => `${file}: ${message}`),
    tests: [...module.children.allTests()].map((test: TestCase) => {
      const result = test.result();
      return { name: test.fullName, state: result.state, reason: result.state === 'skipped' ? (result.note ?? null) : null };
    }),
  };
}

/** The end of a test run on the terminal: second attempts, each skip with its reason, then the one line that says how it went. */
export function describeSummary({ passed, failed, skips, secondAttempts = [] }: Summary): string {
  return [
    ...secondAttempts.map((test) => `failed beside others, passed alone: ${test}`),
    ...skips.map(({ test, reason }) => `skipped: ${test}: ${reason ?? 'NO REASON GIVEN (use context.skip(reason))'}`),
    `${passed} passed, ${failed} failed, ${skips.length} skipped`,
  ].join('\n');
}

/** Green only when something passed, nothing failed, and every skip says why. */
export function isGreen({ passed, failed, skips }: Summary): boolean {
  return failed === 0 && passed > 0 && skips.every((skip) => skip.reason !== null);
}
