import { inProject } from './project.ts';
import { runCommand } from './run-command.ts';

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export interface ImportReport {
  /** How many files were read. 0 means that the checker was blind, not that all is well. */
  readonly modules: number;
  readonly violations: readonly Violation[];
}

interface CruiseOutput {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly unknown[] }[];
  readonly summary: {
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string; readonly to: string }[];
  };
}

/** Reads every import under `folders` of the tree at `baseDir` and holds it against the project's import rules. */
export async function checkImports(baseDir: string, folders: readonly string[]): Promise<ImportReport> {
  const cruiser = inProject('node_modules', '.bin', 'depcruise');
  const args = [cruiser, '--config', inProject('.dependency-cruiser.cjs'), '--output-type', 'json', ...folders];
  const done = await runCommand(process.execPath, args, { cwd: baseDir, limitMs: 10 * 60_000 });
  let parsed: CruiseOutput;
  try {
    parsed = JSON.parse(done.stdout) as CruiseOutput;
  } catch {
    throw new Error(`the import checker did not answer: ${done.output.slice(0, 2000)}`);
  }
  const own = parsed.modules.filter((module) => folders.some((folder) => module.source.startsWith(`${folder}/`)));
  return {
    modules: own.length,
    violations: parsed.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}
