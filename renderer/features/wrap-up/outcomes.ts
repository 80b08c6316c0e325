import type { Disposition } from '../../../shared/contracts/interaction.ts';

/** The outcome tree as columns. Pure: codes in, columns out. Only leaves may be chosen. */
export interface Column {
  readonly parent: string | null;
  readonly outcomes: readonly Disposition[];
  /** The outcome of this column that lies on the open path. */
  readonly open: string | null;
}

export function isLeaf(all: readonly Disposition[], code: string): boolean {
  return !all.some((each) => each.parent === code);
}

/** From the root down along `path`; a last column of children when the path ends on a branch. */
export function columnsOf(all: readonly Disposition[], path: readonly string[]): readonly Column[] {
  const columns: Column[] = [];
  let parent: string | null = null;
  for (const open of [...path, null]) {
    const under: string | null = parent;
    const outcomes = all.filter((each) => each.parent === under);
    if (outcomes.length === 0) break;
    columns.push({ parent: under, outcomes, open });
    if (open === null) break;
    parent = open;
  }
  return columns;
}

export function pathTo(all: readonly Disposition[], code: string): readonly string[] {
  const outcome = all.find((each) => each.code === code);
  if (!outcome) return [];
  return outcome.parent === null ? [code] : [...pathTo(all, outcome.parent), code];
}

/** The first outcome whose label begins with what was typed: in the column at hand, otherwise anywhere. */
export function searchOutcome(
  all: readonly Disposition[],
  column: readonly Disposition[],
  typed: string,
  language: 'en' | 'zh',
): Disposition | null {
  const wanted = typed.toLowerCase();
  const begins = (each: Disposition) => each.label[language].toLowerCase().startsWith(wanted);
  return column.find(begins) ?? all.find(begins) ?? null;
}
