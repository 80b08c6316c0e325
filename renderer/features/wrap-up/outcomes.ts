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

/** How well a label fits, the lower the better: where it begins, where one of its words does, anywhere; null where it does not. */
type Fit = 0 | 1 | 2 | null;

/**
 * The outcome that fits best what was typed, anywhere in the label, in pinyin too: the better fit first, then what can be chosen before what only
 * leads on, then what is in the column at hand. Null: none has it.
 */
export function searchOutcome(
  all: readonly Disposition[],
  column: readonly Disposition[],
  typed: string,
  language: 'en' | 'zh',
): Disposition | null {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return null;
  const parents = new Set(all.map(({ parent }) => parent));
  const ranked = all.flatMap((each, order) => {
    const fit = fitOf(each, wanted, language);
    if (fit === null) return [];
    return [{ each, rank: [fit, column.includes(each) ? 0 : 1, parents.has(each.code) ? 1 : 0, order] as const }];
  });
  ranked.sort((one, other) => {
    const at = one.rank.findIndex((value, index) => value !== other.rank[index]);
    return at === -1 ? 0 : (one.rank[at] ?? 0) - (other.rank[at] ?? 0);
  });
  return ranked[0]?.each ?? null;
}

function fitOf({ label, reading }: Disposition, wanted: string, language: 'en' | 'zh'): Fit {
  const text = label[language].toLowerCase();
  const at = text.indexOf(wanted);
  if (at === 0) return 0;
  if (at > 0) return /[\s\p{P}]/u.test(text[at - 1] ?? '') ? 1 : 2;
  return language === 'zh' && reading !== undefined ? readingFit(reading.split(' '), wanted.replaceAll(' ', '')) : null;
}

/** Pinyin from any syllable on, in full, cut off, or by its initials: 账单解释 by `zhangdan`, `danj` and `zdjs`. */
function readingFit(syllables: readonly string[], wanted: string): Fit {
  const initials = syllables.map((syllable) => syllable.slice(0, 1)).join('');
  for (const [from] of syllables.entries()) {
    const isHere = syllables.slice(from).join('').startsWith(wanted) || initials.slice(from).startsWith(wanted);
    if (isHere) return from === 0 ? 0 : 1;
  }
  return null;
}
