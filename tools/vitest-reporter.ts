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
  /** Tests that failed at first, and passed when their file ran again with nothing beside it. */
  readonly secondAttempts?: readonly string[];
}

/** What a file came to, each time it ran. */
interface FileResult {
  readonly file: string;
  readonly project: string;
  readonly passed: number;
  readonly failures: readonly string[];
  readonly skips: readonly Skip[];
}

/**
 * Counts what ran; of a file that ran twice, the second time. A file that could not be loaded and an error outside any test count as failures:
 * neither may end in green.
 */
export class SummaryReporter implements Reporter {
  readonly #files = new Map<string, FileResult>();
  readonly #failedBefore = new Map<string, readonly string[]>();
  #strayErrors = 0;

  get summary(): Summary {
    const files = [...this.#files.values()];
    return {
      passed: files.reduce((sum, { passed }) => sum + passed, 0),
      failed: files.reduce((sum, { failures }) => sum + failures.length, this.#strayErrors),
      skips: files.flatMap(({ skips }) => skips),
      secondAttempts: files.flatMap(({ file, failures }) => (failures.length === 0 ? (this.#failedBefore.get(file) ?? []) : [])),
    };
  }

  /** Files with failures; null when something failed that belongs to none. */
  get failedFiles(): readonly Pick<FileResult, 'file' | 'project'>[] | null {
    return this.#strayErrors > 0 ? null : [...this.#files.values()].filter(({ failures }) => failures.length > 0);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    this.#strayErrors += unhandledErrors.length;
    for (const module of modules) {
      const result = resultOf(module);
      const before = this.#files.get(result.file);
      if (before && before.failures.length > 0) this.#failedBefore.set(result.file, before.failures);
      this.#files.set(result.file, result);
    }
  }
}

function resultOf(module: TestModule): FileResult {
  const file = module.relativeModuleId;
  const tests = [...module.children.allTests()];
  const nameOf = (test: TestCase) => `${file} > ${test.fullName}`;
  const state = (test: TestCase) => test.result().state;
  return {
    file,
    project: module.project.name,
    passed: tests.filter((test) => state(test) === 'passed').length,
    // Failed, or never finished.
    failures: [
      ...module.errors().map(({ message }) => `${file}: ${message}`),
      ...tests.filter((test) => !['passed', 'skipped'].includes(state(test))).map(nameOf),
    ],
    skips: tests.flatMap((test) => {
      const result = test.result();
      return result.state === 'skipped' ? [{ test: nameOf(test), reason: result.note ?? null }] : [];
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
