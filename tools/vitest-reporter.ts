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
}

/** Counts what ran. A file that could not be loaded and an error outside any test count as failures: neither may end in green. */
export class SummaryReporter implements Reporter {
  #passed = 0;
  #failed = 0;
  readonly #skips: Skip[] = [];

  get summary(): Summary {
    return { passed: this.#passed, failed: this.#failed, skips: this.#skips };
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    this.#passed = 0;
    this.#skips.length = 0;
    this.#failed = unhandledErrors.length;
    for (const module of modules) {
      this.#failed += module.errors().length;
      for (const test of module.children.allTests()) this.#count(module, test);
    }
  }

  #count(module: TestModule, test: TestCase): void {
    const result = test.result();
    if (result.state === 'passed') this.#passed += 1;
    else if (result.state === 'skipped')
      this.#skips.push({ test: `${module.relativeModuleId} > ${test.fullName}`, reason: result.note ?? null });
    else this.#failed += 1; // failed, or never finished
  }
}

/** The end of a test run on the terminal: each skip with its reason, then the one line that says how it went. */
export function describeSummary({ passed, failed, skips }: Summary): string {
  const lines = skips.map(({ test, reason }) => `skipped: ${test}: ${reason ?? 'NO REASON GIVEN (use context.skip(reason))'}`);
  return [...lines, `${passed} passed, ${failed} failed, ${skips.length} skipped`].join('\n');
}

/** Green only when something passed, nothing failed, and every skip says why. */
export function isGreen({ passed, failed, skips }: Summary): boolean {
  return failed === 0 && passed > 0 && skips.every((skip) => skip.reason !== null);
}
