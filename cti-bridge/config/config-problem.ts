/** One thing that is wrong with the configuration, told so that whoever set it can put it right. */
export interface ConfigProblem {
  /** Dotted path, e.g. `http.port`; the empty string when it is about a whole source. */
  readonly setting: string;
  /** Where the value came from: `option --port`, `variable CROSSPOINT_HTTP_PORT`, `file /etc/crosspoint.json`, `the default`. */
  readonly source: string;
  readonly found: string;
  readonly expected: string;
  readonly advice: string;
}

/** All problems as one message for the terminal. */
export function describeProblems(problems: readonly ConfigProblem[]): string {
  const head = problems.length === 1 ? 'The configuration has a problem:' : `The configuration has ${problems.length} problems:`;
  const lines = problems.map((problem, index) => {
    const subject = problem.setting === '' ? problem.source : `${problem.setting} (from ${problem.source})`;
    return `  ${index + 1}. ${subject}: found ${problem.found}; expected ${problem.expected}.\n     ${problem.advice}`;
  });
  return [head, ...lines].join('\n');
}
